// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "plans.h"
#include "redaction/leak_gate.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

//! \brief A request of which one text is \p text, and where in it that text begins.
std::string request(const std::string& text, std::size_t* offset = nullptr)
{
    const std::string before =
        R"({"secret":"0b0e1c32-0000-4000-8000-000000000000","data":[{"type":"part","data":{"text":)";
    if (offset != nullptr)
        *offset = before.size() + 1;
    return before + document::quoted(text) + "}}]}";
}

//! \brief What the gate says of a request with \p text: its error's subject, or `passed`.
QString verdict(const std::string& text, const RedactionPlan& plan)
{
    const auto checked = LeakGate(plan).check(request(text));
    return checked ? QStringLiteral("passed") : checked.error().subject;
}

std::string nestedJson(std::string text, int levels)
{
    for (int i = 0; i < levels; ++i)
        text = "{\"x\":" + document::quoted(text) + "}";
    return text;
}

} // namespace

class TestLeakGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEachEncoding_data();
    void findsEachEncoding();
    void findsNestedJson();
    void findsNamesOfMembers();
    void namesKindAndOffsetButNoValue();
    void passesWhatIsNotHidden_data();
    void passesWhatIsNotHidden();
    void passesOpaqueTexts();
    void countsWhatItSearched();
    void searchesBytesThatAreNoJson();
    void staysLinear_data();
    void staysLinear();
};

void TestLeakGate::findsEachEncoding_data()
{
    QTest::addColumn<RedactionPlan>("plan");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, const RedactionPlan& plan, const std::string& text) {
        QTest::newRow(name) << plan << text;
    };
    const RedactionPlan home = onlyHome("/home/alice");
    row("home", home, "see /home/alice/src");
    row("home at the end", home, "see /home/alice");
    row("home before a full stop", home, "see /home/alice.");
    row("file URL", home, "file:///home/alice/x");
    row("option", home, "-I/home/alice/x");
    row("escaped slashes", home, R"(\/home\/alice\/x)");
    row("escaped slashes, deeper", home, R"(\\\/home\\\/alice\\\/x)");
    row("escaped slashes as numbers", home, R"(\u002fhome\u002Falice)");
    row("percent", home, "%2Fhome%2Falice%2Fx");
    row("percent, lower case", home, "%2fhome%2falice%2fx");
    row("percent twice", home, "%252Fhome%252Falice");
    row("percent in JSON", home, R"({\"u\":\"x%2Fhome%2Falice\"})");
    row("hyphens", home, "projects/-home-alice-src");
    row("base64", home, "data:text/plain;base64," + QByteArray("in /home/alice/x").toBase64().toStdString());
    row("base64, cut", home,
        "data:text/plain;base64," + QByteArray("in /home/alice/x \xC3").toBase64().toStdString());
    row("base64 of base64", home,
        "data:;base64," +
            QByteArray("data:;base64," + QByteArray("/home/alice").toBase64()).toBase64().toStdString());
    row("base64 with escaped slashes", onlyUser("alice"), "data:;base64,Pz8\\/YWxpY2U=");
    row("base64 of JSON", home,
        "data:;base64," + QByteArray(R"({"p":"\/home\/alice"})").toBase64().toStdString());
    row("base64 of percent", home, "data:;base64," + QByteArray("%2Fhome%2Falice").toBase64().toStdString());
    row("space as plus", onlyHome("/home/al ex"), "file%3A%2F%2F%2Fhome%2Fal+ex");
    const RedactionPlan windows = onlyHome("C:\\Users\\alice");
    row("Windows", windows, R"(C:\Users\alice\x)");
    row("Windows in JSON", windows, R"(C:\\Users\\alice\\x)");
    row("Windows in JSON in JSON", windows, R"(C:\\\\Users\\\\alice\\\\x)");
    row("Windows, forward", windows, "c:/users/alice/x");
    row("Windows, percent", windows, "C%3A%5CUsers%5Calice");
    row("Windows, hyphens", windows, "C--Users-alice-x");
    row("Windows, Unix-like shell", windows, "/mnt/c/Users/alice");
    const RedactionPlan user = onlyUser("alice");
    row("user", user, "I am Alice.");
    row("user in e-mail", user, "alice@example.org");
    row("user after line end", user, "\nalice");
    row("user after an escaped line end", user, R"(\nalice\n)");
    row("user after percent", user, "%20alice%20");
    row("user in escaped letters", user, R"(\u0061lice)");
    row("user in percent letters", user, "%61lice");
    const RedactionPlan zoe = onlyUser("zo\u00EB");
    row("composed", zoe, "zo\u00EB");
    row("upper case", zoe, "ZO\u00CB");
    row("decomposed", zoe, "zoe\u0308");
    row("percent UTF-8", zoe, "zo%C3%AB");
    row("escaped", zoe, R"(zo\u00eb)");
    row("given decomposed", onlyUser("zoe\u0308"), "zo\u00EB");
    row("pair", onlyUser("\U00010400x"), R"(\ud801\udc00x)");
    row("host", {{{HiddenKind::HostName, "wonder", "<host>", HiddenShape::Name}}}, "ssh wonder.local");
}

void TestLeakGate::findsEachEncoding()
{
    QFETCH(RedactionPlan, plan);
    QFETCH(std::string, text);
    QVERIFY(verdict(text, plan) != QStringLiteral("passed"));
    // And it lets pass what redact() makes of the same text.
    const auto redacted = redact(saying(text), plan);
    QVERIFY(redacted);
    QVERIFY(LeakGate(plan).check(redacted->document.toJson()));
}

void TestLeakGate::findsNestedJson()
{
    for (int levels = 0; levels <= 3; ++levels) {
        for (const std::string text :
             {"alice", "line\nalice", "\"alice\"", "/home/alice/x", "tab\talice\\"}) {
            const std::string nested = nestedJson(text, levels);
            QVERIFY2(verdict(nested, aliceOnUnix()) != QStringLiteral("passed"), nested.c_str());
            QVERIFY2(redactedText(nested, aliceOnUnix()).find("alice") == std::string::npos, nested.c_str());
        }
    }
}

void TestLeakGate::findsNamesOfMembers()
{
    QVERIFY(!LeakGate(aliceOnUnix()).check(R"([{"type":"part","data":{"/home/alice/x":1}}])"));
    QVERIFY(!LeakGate(aliceOnUnix()).check(R"([{"type":"part","data":{"alice":{}}}])"));
    QVERIFY(!LeakGate(aliceOnUnix()).check(R"([{"type":"alice","data":{}}])"));
}

void TestLeakGate::namesKindAndOffsetButNoValue()
{
    std::size_t start = 0;
    const std::string before = "some text, a line end\n, \"quotes\" and then ";
    const std::string json = request(before + "alice", &start);
    const auto checked = LeakGate(aliceOnUnix()).check(json);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::LeakFound);
    QCOMPARE(checked.error().subject, QStringLiteral("user name at byte %1").arg(json.find("alice")));
    QVERIFY(checked.error().detail.isEmpty());
    QVERIFY(!caption(checked.error()).contains(QStringLiteral("alice")));
    // Through two layers, and in a payload: where the encoded text begins.
    const std::string nested = request("x" + nestedJson("a \"b\" \nalice", 2));
    QCOMPARE(LeakGate(onlyUser("alice")).check(nested).error().subject,
             QStringLiteral("user name at byte %1").arg(nested.find("alice")));
    const std::string payload = request("data:;base64," + QByteArray("alice").toBase64().toStdString());
    QCOMPARE(LeakGate(onlyUser("alice")).check(payload).error().subject,
             QStringLiteral("user name at byte %1").arg(payload.find("YWxpY2U")));
    const std::string percent = request("q=%22x%22%20%2Fhome%2Falice");
    QCOMPARE(LeakGate(onlyHome("/home/alice")).check(percent).error().subject,
             QStringLiteral("home folder at byte %1").arg(percent.find("%2Fhome")));
}

void TestLeakGate::passesWhatIsNotHidden_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"", "malice", "alices", "alice_x", "alice\xC3\xA9", "/home/alice2",
                             "/home/alicent/x", "%2Fhome%2Falice2", "wonderful", "~/x", "<user>",
                             "msg_0123456789abaliceBCDEFGHIJKL", "xalice", "home alice2", "-home-alicent"})
        QTest::newRow(text) << std::string(text);
}

void TestLeakGate::passesWhatIsNotHidden()
{
    QFETCH(std::string, text);
    QCOMPARE(verdict(text, aliceOnUnix()), QStringLiteral("passed"));
    QCOMPARE(redactedText(text, aliceOnUnix()), text);
}

void TestLeakGate::passesOpaqueTexts()
{
    QRandomGenerator random(11);
    RedactionPlan plan = aliceOnUnix();
    for (int i = 0; i < 10'000; ++i) {
        QByteArray bytes(60, Qt::Uninitialized);
        for (char& byte : bytes)
            byte = char(random.bounded(256));
        const std::string text = i % 3 == 0   ? "data:image/png;base64," + bytes.toBase64().toStdString()
                                 : i % 3 == 1 ? bytes.toBase64().toStdString()
                                              : bytes.first(20).toHex().toStdString();
        QVERIFY2(LeakGate(plan).check(request(text)), text.c_str());
    }
}

void TestLeakGate::countsWhatItSearched()
{
    const std::string json = request("nothing");
    const auto checked = LeakGate(aliceOnUnix()).check(json);
    QVERIFY(checked);
    QCOMPARE(checked->hiddenValues, std::size_t(4));
    QCOMPARE(checked->bytesSearched, json.size());
    const auto none = LeakGate(RedactionPlan{}).check("alice");
    QVERIFY(none);
    QCOMPARE(none->hiddenValues, std::size_t(0));
}

void TestLeakGate::searchesBytesThatAreNoJson()
{
    const LeakGate gate(aliceOnUnix());
    QVERIFY(!gate.check("alice"));
    QVERIFY(!gate.check("{\"text\":\"alice"));
    QVERIFY(!gate.check("\xff\xfe alice \x80"));
    QVERIFY(!gate.check(std::string("\0alice\0", 7)));
    QVERIFY(!gate.check("\\ud800alice"));
    for (const char* odd :
         {"", "\\", "\\u", "\\u12", "%", "%4", "\xC3", "\xF0\x9F", ";base64,", ";base64,A", "a", "/"})
        QVERIFY(gate.check(odd));
}

void TestLeakGate::staysLinear_data()
{
    QTest::addColumn<std::string>("text");
    const auto repeated = [](const char* piece) {
        std::string text;
        while (text.size() < 1'000'000)
            text += piece;
        return text;
    };
    for (const char* piece :
         {"\\", "%", "%25", "%2525", "/", "/home", "-home-", "\\u", "\\u0061", "a", "\"", "\\\"", "\n\\",
          "alicex", "-", ".", "data:;base64,", ";base64,YWxpY2V4 ", "\xC3\xA9"})
        QTest::newRow(piece) << repeated(piece);
}

void TestLeakGate::staysLinear()
{
    QFETCH(std::string, text);
    QElapsedTimer timer;
    timer.start();
    (void)LeakGate(aliceOnUnix()).check(text);
    (void)LeakGate(aliceOnWindows()).check(request(text));
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestLeakGate)
#include "test_leak_gate.moc"
