// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"
#include "opencode/text_search.h"
#include "support/opencode_database.h"

#include <QTemporaryDir>
#include <QTest>

#include <string>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

namespace {

//! Whether the words are found in a session that has nothing but these parts.
bool finds(const QStringList& words, const QList<QByteArray>& parts, SchemaAge age = SchemaAge::Current)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("opencode.db"));
    OpencodeDatabase database(path, age);
    database.addProject("project1", "/home/ada/project");
    database.addSession({.id = "ses_1"});
    database.addMessage("msg_1", "ses_1", 1, userMessage());
    for (qsizetype i = 0; i < parts.size(); ++i)
        database.addPart("prt_" + QByteArray::number(i), "msg_1", "ses_1", parts[i]);
    const auto store = SessionStore::open(path);
    const auto found = (*store)->mentions(QStringLiteral("ses_1"), TextWords(words), {});
    if (!found)
        qFatal("%s", qPrintable(caption(found.error())));
    return *found;
}

} // namespace

//! Words in what was said: nothing is missed because of how it is written down, and nothing else is found.
class TestTextSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsAndDecodes_data();
    void foldsAndDecodes();
    void onlyWhatWasSaid_data();
    void onlyWhatWasSaid();
    void wordsInDifferentParts();
    void neverMisses();
    void stops();
};

void TestTextSearch::foldsAndDecodes_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<bool>("isThere");
    const auto text = [](const char* literal) -> QByteArray {
        return QByteArray(R"({"type":"text","text":")") + literal + R"("})";
    };
    QTest::newRow("as it is") << "retry" << text("Add retry to it") << true;
    QTest::newRow("other case") << "RETRY" << text("add ReTrY to it") << true;
    QTest::newRow("at the very end") << "it" << text("Add i") << false;
    QTest::newRow("one letter short") << "retries" << text("retrie") << false;
    QTest::newRow("behind a line end") << "second" << text(R"(first\nsecond)") << true;
    QTest::newRow("quotes") << "say\"hello\"" << text(R"(they say\"hello\" here)") << true;
    QTest::newRow("path, escaped or not") << "src/app" << text(R"(in src\/app\/main.cpp)") << true;
    QTest::newRow("backslashes") << "c:\\users" << text(R"(in C:\\Users\\ada)") << true;
    QTest::newRow("ASCII as escapes") << "retry" << text(R"(add \u0072etry)") << true;
    QTest::newRow("escapes of colour only") << "retry" << text(R"(\u001b[31mred\u001b[0m)") << false;
    QTest::newRow("umlaut") << "größe" << text("die GRÖSSE und GRÖßE") << true;
    QTest::newRow("umlaut as escape") << "über" << text(R"(\u00dcber allem)") << true;
    QTest::newRow("Cyrillic") << "пароль" << text("Новый ПАРОЛЬ") << true;
    QTest::newRow("Chinese") << "密码" << text("新密码在这里") << true;
    QTest::newRow("emoji as surrogates") << "🔑" << text(R"(a \ud83d\udd11 key)") << true;
    QTest::newRow("invalid UTF-8 beside it") << "retry" << text("\xff\xfe add retry") << true;
    QTest::newRow("damaged JSON") << "retry" << QByteArray(R"({"type":"text","text":"retry)") << false;
}

void TestTextSearch::foldsAndDecodes()
{
    QFETCH(const QString, word);
    QFETCH(const QByteArray, part);
    QFETCH(const bool, isThere);
    QCOMPARE(finds({word}, {part}), isThere);
}

void TestTextSearch::onlyWhatWasSaid_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<bool>("isSaid");
    QTest::newRow("text") << QByteArray(R"({"type":"text","text":"needle"})") << true;
    QTest::newRow("reasoning") << QByteArray(R"({"type":"reasoning","text":"needle"})") << true;
    QTest::newRow("tool's input") << QByteArray(
                                         R"({"type":"tool","state":{"input":{"edits":[{"old":"needle"}]}}})")
                                  << true;
    QTest::newRow("tool's output") << QByteArray(R"({"type":"tool","state":{"output":"needle"}})") << true;
    QTest::newRow("tool's error") << QByteArray(R"({"type":"tool","state":{"error":"needle"}})") << true;
    QTest::newRow("file's name") << QByteArray(R"({"type":"file","filename":"needle.txt"})") << true;
    QTest::newRow("name of a member")
        << QByteArray(R"({"type":"tool","state":{"input":{"needle":1}}})") << false;
    QTest::newRow("kind") << QByteArray(R"({"type":"needle"})") << false;
    QTest::newRow("attachment") << QByteArray(R"({"type":"file","url":"data:needle"})") << false;
    QTest::newRow("signature") << QByteArray(
                                      R"({"type":"reasoning","text":"","metadata":{"signature":"needle"}})")
                               << false;
}

void TestTextSearch::onlyWhatWasSaid()
{
    QFETCH(const QByteArray, part);
    QFETCH(const bool, isSaid);
    QCOMPARE(finds({QStringLiteral("needle")}, {part}), isSaid);
}

void TestTextSearch::wordsInDifferentParts()
{
    const QList<QByteArray> parts{textPart("The first word"), textPart("and the last one")};
    QVERIFY(finds({QStringLiteral("first"), QStringLiteral("last")}, parts));
    QVERIFY(!finds({QStringLiteral("first"), QStringLiteral("middle")}, parts));
    QVERIFY(finds({QStringLiteral("first")}, parts, SchemaAge::First));
}

//! What the fast look at the raw JSON lets through is all that decoding would find.
void TestTextSearch::neverMisses()
{
    quint32 seed = 1;
    const auto next = [&seed](quint32 below) {
        seed = seed * 1664525u + 1013904223u;
        return (seed >> 8) % below;
    };
    const QStringList letters{QStringLiteral("a"),  QStringLiteral("B"), QStringLiteral("\""),
                              QStringLiteral("\\"), QStringLiteral("/"), QStringLiteral("ü"),
                              QStringLiteral("Ж"),  QStringLiteral("u"), QStringLiteral("0")};
    for (int round = 0; round < 3000; ++round) {
        QString word;
        for (quint32 i = 0; i <= next(5); ++i)
            word += letters.at(int(next(quint32(letters.size()))));
        QString text = QStringLiteral("x") + (next(2) == 0 ? word.toUpper() : word.toLower());
        // toUpper() may make two letters of one, which no folding takes back.
        if (!text.contains(word, Qt::CaseInsensitive))
            continue;
        std::string json = R"({"type":"text","text":")";
        for (const QChar letter : text) {
            const bool mustEscape = letter == u'"' || letter == u'\\';
            if (next(4) == 0)
                json += "\\u" + QString::number(letter.unicode(), 16).rightJustified(4, u'0').toStdString();
            else if (mustEscape || (letter == u'/' && next(2) == 0))
                json += '\\' + QString(letter).toStdString();
            else
                json += QString(letter).toStdString();
        }
        json += "\"}";
        const TextWords words({word});
        QVERIFY2(words.mayBeIn(0, json), json.c_str());
        QVERIFY2(words.isIn(0, text.toStdString()), json.c_str());
    }
}

void TestTextSearch::stops()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("opencode.db"));
    OpencodeDatabase database(path);
    database.addProject("project1", "/home/ada/project");
    database.addSession({.id = "ses_1"});
    std::stop_source stop;
    stop.request_stop();
    const auto store = SessionStore::open(path);
    const auto found =
        (*store)->mentions(QStringLiteral("ses_1"), TextWords({QStringLiteral("x")}), stop.get_token());
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestTextSearch)
#include "test_text_search.moc"
