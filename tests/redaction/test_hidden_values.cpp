// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "plans.h"
#include "redaction/leak_gate.h"

#include <QByteArray>
#include <QTest>
#include <QUrl>

#include <random>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

HiddenValue secret(const std::string& value, int number = 1)
{
    return {HiddenKind::Secret, value, "<secret-" + std::to_string(number) + ">", HiddenShape::Value};
}

std::string base64(const std::string& text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string percent(const std::string& text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

bool passesTheGate(const std::string& text, const RedactionPlan& plan)
{
    return LeakGate(plan).check(saying(text).toJson()).has_value();
}

} // namespace

//! \brief Values that are hidden wherever they stand, unlike names and folders.
class TestHiddenValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spellings_data();
    void spellings();
    void insideBase64();
    void caseMatters();
    void overlaps();
    void beside();
    void survivesNoEncoding();
    void manyValues();
    void anyLengthAnywhere_data();
    void anyLengthAnywhere();
};

void TestHiddenValues::spellings_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const std::string& value, const std::string& text,
                        const std::string& expected) { QTest::newRow(name) << value << text << expected; };
    row("as it is", "hunter2x", "pw=hunter2x.", "pw=<secret-1>.");
    row("inside of a word", "hunter2x", "ahunter2xb", "a<secret-1>b");
    row("each place", "hunter2x", "hunter2x hunter2x", "<secret-1> <secret-1>");
    const std::string hard = "a\"b\\c/d\ne";
    row("JSON in a text", hard, document::quoted(hard), "\"<secret-1>\"");
    row("JSON in JSON in a text", hard, document::quoted(document::quoted(hard)), R"("\"<secret-1>\"")");
    row("letters escaped", "hunter2x", R"(\u0068unter\u0032x)", "<secret-1>");
    row("percent", "a&b=c d%e", percent("a&b=c d%e"), "<secret-1>");
    row("percent twice", "a&b=c d", percent(percent("a&b=c d")), "<secret-1>");
    const std::string encoded = "%40p%20q%3Dr";
    row("with escapes of its own", encoded,
        encoded + " " + percent(encoded) + " " + percent(percent(encoded)),
        "<secret-1> <secret-1> <secret-1>");
    row("form", "a b c d e", "a+b+c+d+e", "<secret-1>");
    row("not ASCII", "pässwörd", R"(pässwörd p\u00e4ssw\u00f6rd p%C3%A4ssw%C3%B6rd)",
        "<secret-1> <secret-1> <secret-1>");
    const std::string key = "-----BEGIN KEY-----\nAAAA\n-----END KEY-----";
    row("several lines", key, "k=" + document::quoted(key), "k=\"<secret-1>\"");
}

void TestHiddenValues::spellings()
{
    QFETCH(std::string, value);
    QFETCH(std::string, text);
    const RedactionPlan plan{{secret(value)}};
    QVERIFY(!passesTheGate(text, plan));
    const std::string result = redactedText(text, plan);
    QTEST(result, "expected");
    QVERIFY(passesTheGate(result, plan));
    QCOMPARE(redactedText(result, plan), result);
}

void TestHiddenValues::insideBase64()
{
    const RedactionPlan plan{{secret("correct-horse-battery")}};
    for (const std::string before : {"", "u", "us", "use"}) {
        for (const std::string behind : {"", "!", "!!"}) {
            const std::string text =
                "Authorization: Basic " + base64(before + "correct-horse-battery" + behind);
            QVERIFY(!passesTheGate(text, plan));
            const std::string result = redactedText(text, plan);
            QVERIFY(result.find("<secret-1>") != std::string::npos);
            QVERIFY(passesTheGate(result, plan));
        }
    }
}

void TestHiddenValues::caseMatters()
{
    const RedactionPlan plan{{secret("Hunter2x")}};
    QCOMPARE(redactedText("hunter2x Hunter2x", plan), std::string("hunter2x <secret-1>"));
}

void TestHiddenValues::overlaps()
{
    const RedactionPlan plan{{secret("abcdef", 1), secret("efghij", 2), secret("abcdefgh", 3)}};
    QCOMPARE(redactedText("abcdefgh", plan), std::string("<secret-3>"));
    // What begins inside of one value and reaches beyond it is hidden to its end.
    QCOMPARE(redactedText("xabcdefghijx", plan), std::string("x<secret-3>x"));
}

void TestHiddenValues::beside()
{
    RedactionPlan plan = aliceOnUnix();
    plan.hidden.push_back(secret("/home/alice/.key-9f2"));
    QCOMPARE(redactedText("/home/alice/x /home/alice/.key-9f2 alice", plan),
             std::string("~/x <secret-1> <user>"));
}

void TestHiddenValues::survivesNoEncoding()
{
    std::mt19937 random(2026);
    const auto text = [&random](std::size_t length) {
        static constexpr std::string_view alphabet =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-.\"\\ $&\n:@";
        std::string made;
        for (std::size_t i = 0; i < length; ++i)
            made += alphabet[random() % alphabet.size()];
        return made;
    };
    for (int round = 0; round < 500; ++round) {
        RedactionPlan plan;
        for (int i = 1; i <= 3; ++i)
            plan.hidden.push_back(secret(text(5 + random() % 15) +
                                             (round % 3 == 0 ? percent(text(4)) : text(4)) +
                                             text(5 + random() % 15),
                                         i));
        std::string said;
        for (const HiddenValue& hidden : plan.hidden) {
            const std::string& value = hidden.value;
            said += text(3) + value + text(2) + document::quoted(value) +
                    document::quoted(document::quoted(value)) + percent(value) + percent(percent(value)) +
                    percent(document::quoted(value)) + base64(text(random() % 3) + value);
        }
        const std::string result = redactedText(said, plan);
        const QByteArray context = QByteArray::number(round) + ": " + QByteArray::fromStdString(result);
        QVERIFY2(passesTheGate(result, plan), context.constData());
        QCOMPARE(redactedText(result, plan), result);
    }
}

void TestHiddenValues::manyValues()
{
    RedactionPlan plan;
    std::string said;
    for (int i = 1; i <= 500; ++i) {
        plan.hidden.push_back(secret("value-" + std::to_string(i) + "-" + std::to_string(i * 7919), i));
        said += plan.hidden.back().value + "\n";
    }
    const auto result = redact(saying(said), plan);
    QVERIFY(result);
    QCOMPARE(result->values, std::size_t(500));
    const auto verdict = LeakGate(plan).check(result->document.toJson());
    QVERIFY(verdict);
    QCOMPARE(verdict->hiddenValues, std::size_t(500));
}

void TestHiddenValues::anyLengthAnywhere_data()
{
    QTest::addColumn<std::string>("shorter");
    const std::string whole = "Zq7-Xk2_Wm9+Rt4";
    for (std::size_t length = 2; length <= whole.size(); ++length)
        QTest::addRow("%zu bytes", length) << whole.substr(0, length);
}

//! \brief Of values of which none is short, the search looks at a few bytes only, and not where they begin.
//! What stands around them looks like parts of them.
void TestHiddenValues::anyLengthAnywhere()
{
    QFETCH(const std::string, shorter);
    const std::string longer = "7-Xk2_Wm9+Rt4=Zq7-Xk";
    const RedactionPlan plan{{secret(shorter, 1), secret(longer, 2)}};
    const std::string nearly = shorter.substr(0, shorter.size() - 1) + ' ' + longer.substr(1) + '.';
    std::string filler;
    while (filler.size() < 1'100)
        filler += nearly;
    const std::string plainFiller = redactedText(filler, plan);
    QVERIFY(passesTheGate(plainFiller, plan));
    // Where blocks of the search end, at both ends of the text, and beside escapes.
    std::vector<std::size_t> places{0, 1, 2, 3, 7, 8, 9, 1'100};
    for (std::size_t at = 490; at < 530; ++at)
        places.push_back(at);
    for (const std::string& before : {std::string(), std::string("\\t"), std::string("%41")}) {
        for (const auto& [value, replaced] :
             {std::pair(shorter, std::string("<secret-1>")), std::pair(longer, std::string("<secret-2>"))}) {
            for (const std::size_t at : places) {
                const std::string left = std::string(at, '~') + before;
                const std::string text = left + value + "~" + before + "~~";
                QVERIFY(!passesTheGate(text, plan));
                QCOMPARE(redactedText(text, plan), left + replaced + "~" + before + "~~");
            }
        }
    }
    for (std::size_t at = 0; at < filler.size(); at += 5) {
        const std::string text = filler.substr(0, at) + "~" + longer + "~" + filler.substr(at);
        const std::string result = redactedText(text, plan);
        QVERIFY2(result.find(longer) == std::string::npos, text.c_str());
        QVERIFY2(passesTheGate(result, plan), text.c_str());
    }
}

QTEST_GUILESS_MAIN(TestHiddenValues)
#include "test_hidden_values.moc"
