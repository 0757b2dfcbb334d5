// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/jsonc.h"
#include "opencode/jsonc_edit.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

namespace {

const QString share = QStringLiteral("share");
const QString path = QStringLiteral("/c/opencode.json");

QByteArray set(const QByteArray& text, const char* mode = "disabled")
{
    return withMember(text, path, share, QString::fromLatin1(mode)).value_or("FAILED");
}

QByteArray removed(const QByteArray& text)
{
    return withMember(text, path, share, std::nullopt).value_or("FAILED");
}

//! Whether a parser takes it that knows comments, but no trailing commas and no substitutions.
bool isStrict(const QByteArray& jsonc)
{
    static const QRegularExpression token(
        QStringLiteral(R"re(("(?:[^"\\]|\\.)*")|//[^\r\n]*|/\*.*?\*/|^\x{feff})re"),
        QRegularExpression::DotMatchesEverythingOption);
    const QString json = QString::fromUtf8(jsonc).replace(token, QStringLiteral("\\1"));
    return QJsonDocument::fromJson(json.toUtf8()).isObject();
}

//! JSONC as nobody writes it: blanks, comments and line ends wherever they may stand.
class RandomJsonc
{
public:
    explicit RandomJsonc(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray text()
    {
        m_end = QList<QByteArray>{"\n", "\r\n", "\r"}.at(below(3));
        QByteArray text = below(4) == 0 ? QByteArray("\xef\xbb\xbf") : QByteArray();
        text += gap() + object(2) + gap();
        return text;
    }

private:
    int below(int bound) { return m_random.bounded(bound); }

    QByteArray gap()
    {
        QByteArray gap;
        for (int n = below(3); n > 0; --n) {
            const QList<QByteArray> pieces{" ",
                                           "  ",
                                           "\t",
                                           m_end,
                                           "/**/",
                                           "/* , } ] \" // */",
                                           "/* a" + m_end + " b */",
                                           "// , { \"share\": 1 /*" + m_end};
            gap += pieces.at(below(static_cast<int>(pieces.size())));
        }
        return gap;
    }

    QByteArray object(int depth)
    {
        QByteArray object = "{" + gap();
        const int count = below(5);
        for (int i = 0; i < count; ++i) {
            const QList<QByteArray> keys{"\"share\"", "\"sh\\u0061re\"", "\"$schema\"",
                                         "\"a\"",     "\"autoshare\"",   "\"Share\"",
                                         "\"\"",      "\"x // \\\" y\""};
            object +=
                keys.at(below(static_cast<int>(keys.size()))) + gap() + ':' + gap() + value(depth) + gap();
            object += i + 1 < count || below(3) == 0 ? ',' + gap() : QByteArray();
        }
        return object + '}';
    }

    QByteArray value(int depth)
    {
        const QList<QByteArray> values{"1",           "-2.5e3",     "true",       "null",          "\"auto\"",
                                       "\"a,}\\\"\"", "{env:SOME}", "{file:~/x}", "[1, [2], {},]", "\"\""};
        const int choice = below(static_cast<int>(values.size()) + 2);
        return choice >= values.size() && depth > 0 ? object(depth - 1)
                                                    : values.at(choice % static_cast<int>(values.size()));
    }

    QRandomGenerator m_random;
    QByteArray m_end;
};

} // namespace

class TestJsoncEdit : public QObject
{
    Q_OBJECT

private:
    static void row(const char* name, const QByteArray& before, const QByteArray& after)
    {
        QTest::newRow(name) << before << after;
    }

private Q_SLOTS:
    void add_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const QByteArray made =
            "{\n  \"$schema\": \"https://opencode.ai/config.json\",\n  \"share\": \"disabled\"\n}\n";
        row("nothing", "", made);
        row("blanks", "  \n\n", made);
        row("mark alone", "\xef\xbb\xbf", "\xef\xbb\xbf" + made);
        row("comment alone", "// mine", "// mine\n" + made);
        row("comments alone", "/* a */\n// b\n", "/* a */\n// b\n" + made);
        row("comment, CRLF", "// mine\r\n", "// mine\r\n" + QByteArray(made).replace("\n", "\r\n"));
        row("empty object", "{}", "{ \"share\": \"disabled\" }");
        row("empty object, blank", "{ }\n", "{ \"share\": \"disabled\" }\n");
        row("empty object, lines", "{\n}\n", "{\n  \"share\": \"disabled\"\n}\n");
        row("empty object, comment", "{\n    // none yet\n}",
            "{\n    \"share\": \"disabled\"\n    // none yet\n}");
        row("first", "{\n  \"a\": 1\n}\n", "{\n  \"share\": \"disabled\",\n  \"a\": 1\n}\n");
        row("comment of the brace", "{ // ours\n\t\"a\": 1\n}",
            "{ // ours\n\t\"share\": \"disabled\",\n\t\"a\": 1\n}");
        row("comment of the next", "{\n  // an a\n  \"a\": 1\n}",
            "{\n  \"share\": \"disabled\",\n  // an a\n  \"a\": 1\n}");
        row("one line", "{\"a\":1,\"b\":2}", "{\"share\":\"disabled\",\"a\":1,\"b\":2}");
        row("one line, spaced", "{ \"a\": 1 }", "{ \"share\": \"disabled\", \"a\": 1 }");
        row("CRLF", "{\r\n  \"a\" : 1,\r\n}\r\n",
            "{\r\n  \"share\" : \"disabled\",\r\n  \"a\" : 1,\r\n}\r\n");
        row("after the schema", "{\n  \"$schema\": \"s\",\n  \"a\": 1\n}",
            "{\n  \"$schema\": \"s\",\n  \"share\": \"disabled\",\n  \"a\": 1\n}");
        row("after the schema's comment", "{\n  \"$schema\": \"s\", // which\n\n  // an a\n  \"a\": 1\n}",
            "{\n  \"$schema\": \"s\", // which\n  \"share\": \"disabled\",\n\n  // an a\n  \"a\": 1\n}");
        row("schema alone", "{\n  \"$schema\": \"s\"\n}",
            "{\n  \"$schema\": \"s\",\n  \"share\": \"disabled\"\n}");
        row("schema alone, comment", "{\n  \"$schema\": \"s\" // which\n}",
            "{\n  \"$schema\": \"s\", // which\n  \"share\": \"disabled\"\n}");
        row("schema alone, comma", "{\n  \"$schema\": \"s\",\n}",
            "{\n  \"$schema\": \"s\",\n  \"share\": \"disabled\",\n}");
        row("schema last", "{\n  \"a\": 1,\n  \"$schema\": \"s\"\n}",
            "{\n  \"a\": 1,\n  \"$schema\": \"s\",\n  \"share\": \"disabled\"\n}");
        row("schema in one line", "{ \"$schema\": \"s\", \"a\": 1 }",
            "{ \"$schema\": \"s\", \"share\": \"disabled\", \"a\": 1 }");
        row("nested ones do not count", "{\n  \"x\": { \"share\": \"auto\" }\n}",
            "{\n  \"share\": \"disabled\",\n  \"x\": { \"share\": \"auto\" }\n}");
        row("substitution", "{\n  \"timeout\": {env:T},\n}",
            "{\n  \"share\": \"disabled\",\n  \"timeout\": {env:T},\n}");
    }

    void add()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(set(before), after);
        if (before.contains('\n') && before.contains('"')) {
            QCOMPARE(removed(after), before); // as if it never was
        }
    }

    void replace_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        row("value", "{\n  \"share\": \"auto\" // why\n}", "{\n  \"share\": \"disabled\" // why\n}");
        row("same", "{\"share\":\"\\u0064isabled\"}", "{\"share\":\"\\u0064isabled\"}");
        row("another type", "{\"share\" :{\"x\":[1]} ,\"b\":2,}", "{\"share\" :\"disabled\" ,\"b\":2,}");
        row("substitution", "{\"share\":{env:MODE}}", "{\"share\":\"disabled\"}");
        row("escaped key", "{\"sh\\u0061re\":\"auto\"}", "{\"sh\\u0061re\":\"disabled\"}");
        row("last of two", "{\"share\":\"auto\",\"share\":\"manual\"}",
            "{\"share\":\"auto\",\"share\":\"disabled\"}");
        row("comments around", "{\"share\"/*a*/:/*b*/true/*c*/}", "{\"share\"/*a*/:/*b*/\"disabled\"/*c*/}");
    }

    void replace()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(set(before), after);
    }

    void remove_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        row("absent", "{\n \"a\":1 }", "{\n \"a\":1 }");
        row("blank text", " // nothing", " // nothing");
        row("only", "{ \"share\": \"auto\" }", "{ }");
        row("only, trailing", "{\n  \"share\": \"auto\",\n}\n", "{\n}\n");
        row("first of two", "{\n  \"share\": \"auto\",\n  \"b\": 1\n}", "{\n  \"b\": 1\n}");
        row("last of two", "{\n  \"b\": 1,\n  \"share\": \"auto\"\n}", "{\n  \"b\": 1\n}");
        row("last, trailing", "{\n  \"b\": 1,\n  \"share\": \"auto\",\n}", "{\n  \"b\": 1,\n}");
        row("last, comment between", "{\n  \"b\": 1, // one\n  // mode\n  \"share\": \"auto\"\n}",
            "{\n  \"b\": 1 // one\n  // mode\n}");
        row("comment behind", "{\n  \"share\": \"auto\", // why\n  \"b\": 1\n}",
            "{\n  // why\n  \"b\": 1\n}");
        row("one line", "{ \"a\": 1, \"share\": \"auto\", \"b\": 2 }", "{ \"a\": 1, \"b\": 2 }");
        row("one line, last", "{ \"a\": 1, \"share\": \"auto\" }", "{ \"a\": 1 }");
        row("one line, first", "{\"share\":\"auto\",\"b\":2}", "{\"b\":2}");
        row("all of them", "{\n  \"share\": 1,\n  \"b\": 2,\n  \"share\": 3,\n  \"share\": 4\n}",
            "{\n  \"b\": 2\n}");
        row("two on a line", "{\n  \"share\": 1, \"share\": 2\n}", "{\n  \n}");
        row("CRLF", "{\r\n  \"share\": 1,\r\n  \"b\": 2\r\n}", "{\r\n  \"b\": 2\r\n}");
        row("comments inside", "{\"share\"/*a*/:/*b*/1/*c*/,/*d*/\"b\":2}", "{/*a*//*b*//*c*//*d*/\"b\":2}");
    }

    void remove()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(removed(before), after);
    }

    void brokenIsNeverChanged_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("cut") << QByteArray("{\n  \"share\": \"auto\",\n  \"key\": \"sk-live")
                             << QStringLiteral("line 3, column");
        QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("line 1, column 1");
        QTest::newRow("open comment") << QByteArray("// a\n/* sk-live") << QStringLiteral("line 2, column 2");
        QTest::newRow("two commas") << QByteArray("{\"sk-live\":1,,}") << QStringLiteral("line 1, column 15");
    }

    void brokenIsNeverChanged()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        for (const auto& value : {std::optional<QString>(), std::optional(QStringLiteral("auto"))}) {
            const auto edited = withMember(text, path, share, value);
            QVERIFY(!edited);
            QCOMPARE(edited.error().code, ErrorCode::ConfigBroken);
            QCOMPARE(edited.error().subject, path);
            QVERIFY2(edited.error().detail.startsWith(place), qPrintable(edited.error().detail));
            QVERIFY(!edited.error().detail.contains(u"sk-live"));
        }
        QVERIFY(!findMember(text, share));
    }

    void find()
    {
        const QByteArray text =
            "// x\n{\n  \"share\": 1,\n  \"sh\\u0061re\" :\n  \"auto\", \"b\": {\"share\": 2} }";
        const auto member = findMember(text, share);
        QVERIFY(member);
        QCOMPARE(member->line, 4);
        QVERIFY(text.sliced(member->keyBegin).startsWith("\"sh\\u0061re\" :"));
        QCOMPARE(text.sliced(member->valueBegin, member->valueEnd - member->valueBegin), "\"auto\"");
        QVERIFY(!findMember(text, QStringLiteral("autoshare")));
        QVERIFY(!findMember("", share));
        const QByteArray filled = "{\"share\": {env:MODE} , \"b\": 1}";
        const auto substitution = findMember(filled, share);
        QVERIFY(substitution);
        QCOMPARE(filled.sliced(substitution->valueBegin, substitution->valueEnd - substitution->valueBegin),
                 "{env:MODE}");
    }

    void hostileNameAndValue()
    {
        const QString odd = QStringLiteral("a\"\\\n\u00e9\u2028");
        const auto edited = withMember("{}", path, odd, odd);
        QVERIFY(edited);
        QCOMPARE(parseJsonc(*edited, path)->value(odd).toString(), odd);
    }

    //! Whatever the text: parsed, only this member differs; and undone, everything is as before.
    void anyTextKeepsItsMeaning()
    {
        int parsed = 0;
        int strict = 0;
        for (quint32 seed = 0; seed < 8'000; ++seed) {
            const QByteArray text = RandomJsonc(seed).text();
            auto before = parseJsonc(text, path);
            if (!before) {
                continue;
            }
            ++parsed;
            const QByteArray edited = set(text);
            before->insert(share, QStringLiteral("disabled"));
            const QByteArray report = QByteArray::number(seed) + ": " + text + " -> " + edited;
            QVERIFY2(parseJsonc(edited, path) == before, report.constData());
            QCOMPARE(set(edited), edited);
            const QByteArray back = removed(edited);
            before->remove(share);
            QVERIFY2(parseJsonc(back, path) == before, report.constData());
            if (isStrict(text)) {
                ++strict;
                QVERIFY2(isStrict(edited) && isStrict(back), report.constData());
            }
        }
        QVERIFY2(parsed > 4'000 && strict > 400,
                 qPrintable(QStringLiteral("%1, %2").arg(parsed).arg(strict)));
    }
};

QTEST_GUILESS_MAIN(TestJsoncEdit)
#include "test_jsonc_edit.moc"
