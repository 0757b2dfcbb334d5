// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "plans.h"
#include "redaction/leak_gate.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

void row(const char* name, const char* text, const char* expected)
{
    QTest::newRow(name) << std::string(text) << std::string(expected);
}

} // namespace

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unixPaths_data();
    void unixPaths();
    void windows_data();
    void windows();
    void otherNames_data();
    void otherNames();
    void namesWithPercentEscapes_data();
    void namesWithPercentEscapes();
    void payloads();
    void everyFieldOfEveryItem();
    void whatIsNotHiddenStaysByteByByte();
    void namesOfMembersStayApart();
    void countsPlacesAndValues();
    void refusesBrokenData();
    void emptyPlanChangesNothing();
    void staysLinear_data();
    void staysLinear();
};

void TestRedact::unixPaths_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    row("home", "in /home/alice/src", "in ~/src");
    row("home alone", "/home/alice", "~");
    row("end of sentence", "It is /home/alice. Or (/home/alice)", "It is ~. Or (~)");
    row("someone else's", "/home/alice2/src and /home/alicent", "/home/alice2/src and /home/alicent");
    row("longer folder names", "/home/alice-old /home/alice.bak", "/home/<user>-old /home/<user>.bak");
    row("as an option's value", "-I/home/alice/include --x=/home/alice", "-I~/include --x=~");
    row("elsewhere in a path", "/mnt/home/alice/x", "/mnt~/x");
    row("file URL", "file:///home/alice/a.txt", "file://~/a.txt");
    row("doubled slash", "/home//alice/x", "~/x");
    row("percent", "file%3A%2F%2F%2Fhome%2Falice%2Fsrc", "file%3A%2F%2F~%2Fsrc");
    row("percent, lower case", "%2fhome%2falice%2fsrc", "~%2fsrc");
    row("percent, twice", "%252Fhome%252Falice", "~");
    row("percent, letters too", "%2Fhome%2F%61lice", "~");
    row("hyphens", "~/.claude/projects/-home-alice-src-app", "~/.claude/projects/~-src-app");
    row("JSON in a text", R"({"cwd":"\/home\/alice\/src"})", R"({"cwd":"~\/src"})");
    row("JSON in JSON", R"("{\"p\":\"\\\/home\\\/alice\\\/x\"}")", R"("{\"p\":\"~\\\/x\"}")");
    row("JSON in JSON in JSON", R"(\\\\\\\/home\\\\\\\/alice\\\\\\\/x)", R"(~\\\\\\\/x)");
    row("escaped slash", R"(\u002fhome\u002Falice)", "~");
    row("user", "alice, Alice and ALICE: alice's alice@x.org",
        "<user>, <user> and <user>: <user>'s <user>@x.org");
    row("user at the borders", "alice", "<user>");
    row("user in words", "malice alices alice_x xalice 1alice alice1 alic\xC3\xA9 alice\xC3\xA9",
        "malice alices alice_x xalice 1alice alice1 alic\xC3\xA9 alice\xC3\xA9");
    row("user after marks", "-alice-.alice./alice/@alice@", "-<user>-.<user>./<user>/@<user>@");
    row("user after an escape", R"(\nalice \"alice\" \\talice \u0022alice)",
        R"(\n<user> \"<user>\" \\t<user> \u0022<user>)");
    row("user after percent", "%20alice %2Falice%20 =%22alice%22", "%20<user> %2F<user>%20 =%22<user>%22");
    row("user, escaped letters", R"(\u0061lice \\u0041LICE)", "<user> <user>");
    row("user, escapes in escapes", R"(\u005c\u0075\u0030\u0030\u0036\u0031lice and \u005Cu0061lice)",
        "<user> and <user>");
    row("escapes in escapes of others", R"(\u005c\u0075\u0030\u0030\u0036\u0031lbert)",
        R"(\u005c\u0075\u0030\u0030\u0036\u0031lbert)");
    row("host", "alice@wonder wonder.example.org WONDER wonderful", "<user>@<host> <host> <host> wonderful");
    row("opencode's IDs", "ses_0123456789abaliceBCDEFGHIJKL msg_alice000000",
        "ses_0123456789abaliceBCDEFGHIJKL msg_alice000000");
    row("many", "alice alice alice", "<user> <user> <user>");
    row("another letter",
        "al\xC4\xB1"
        "ce",
        "al\xC4\xB1"
        "ce");
}

void TestRedact::unixPaths()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    QCOMPARE(redactedText(text, aliceOnUnix()), expected);
    QCOMPARE(redactedText(expected, aliceOnUnix()), expected);
}

void TestRedact::windows_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    row("plain", R"(C:\Users\alice\src)", R"(~\src)");
    row("in JSON", R"({"p":"C:\\Users\\alice\\src"})", R"({"p":"~\\src"})");
    row("in JSON in JSON", R"(C:\\\\Users\\\\alice\\\\src)", R"(~\\\\src)");
    row("forward slashes", "c:/users/ALICE/src", "~/src");
    row("file URL", "file:///C:/Users/alice/src file:///c%3A/Users/alice", "file:///~/src file:///~");
    row("hyphens", "projects/C--Users-alice-src", "projects/~-src");
    row("in a Unix-like shell", "/c/Users/alice/src /mnt/c/Users/alice", "~/src /mnt~");
    row("someone else's", R"(C:\Users\alice2 C:\Users\alicent)", R"(C:\Users\alice2 C:\Users\alicent)");
    row("name that touches the folder", R"(aliceC:\Users\alice)", "<user>~");
    row("another drive", R"(D:\Users\alice\x)", R"(D:\Users\<user>\x)");
}

void TestRedact::windows()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    QCOMPARE(redactedText(text, aliceOnWindows()), expected);
    QCOMPARE(redactedText(expected, aliceOnWindows()), expected);
}

void TestRedact::otherNames_data()
{
    QTest::addColumn<RedactionPlan>("plan");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    const auto name = [](const char* title, const char* user, const char* text, const char* expected) {
        QTest::newRow(title) << onlyUser(user) << std::string(text) << std::string(expected);
    };
    const auto home = [](const char* title, const char* folder, const char* text, const char* expected) {
        QTest::newRow(title) << onlyHome(folder) << std::string(text) << std::string(expected);
    };
    name("begins with a slash", "/srv7x", R"(/srv7x /SRV7X /\u0073rv7x /s\u0072v7x /sr\u0076%37x)",
         "<user> <user> <user> <user> <user>");
    name("any letter escaped", "wonder7",
         R"(wonder7 \u0057onder7 w%6Fnder7 wo\u006eder7 won\u0064er7 wond%657)",
         "<user> <user> <user> <user> <user> wond%657");
    name("accented, composed", "zo\u00EB", "zo\u00EB ZO\u00CB", "<user> <user>");
    name("accented, decomposed", "zo\u00EB", "zoe\u0308!", "<user>!");
    name("accented, given decomposed", "zoe\u0308", "zo\u00EB", "<user>");
    name("accented, percent", "zo\u00EB", "/zo%C3%AB/ /zo%c3%ab/ zoe%CC%88", "/<user>/ /<user>/ <user>");
    name("accented, escaped", "zo\u00EB", R"(zo\u00eb zo\\u00EB)", "<user> <user>");
    name("Cyrillic", "\u043C\u0430\u0448\u0430", "\u041C\u0430\u0448\u0430, \u041C\u0410\u0428\u0410!",
         "<user>, <user>!");
    name("Cyrillic in a word", "\u043C\u0430\u0448\u0430", "\u043C\u0430\u0448\u0430\u043B",
         "\u043C\u0430\u0448\u0430\u043B");
    name("beyond the BMP", "\U00010400x", R"(\ud801\udc00x \ud801\udc28x)", "<user> <user>");
    name("dotted", "john.doe", "john.doe@x john%2Edoe johnxdoe", "<user>@x <user> johnxdoe");
    name("with a space", "al ex", "al ex al%20ex al+ex", "<user> <user> <user>");
    name("Kelvin sign", "kim", "\u212Aim", "<user>");
    home("root", "/root", "/root/x cd /root; /rooted a/root/b --root=1 -root \"/root\"",
         "~/x cd ~; /rooted a/root/b --root=1 -root \"~\"");
    home("mac", "/Users/zo\u00EB.x", "/Users/zoe\u0308.x/a -Users-zo\u00EB-x-a", "~/a ~-a");
    home("trailing slash", "/home/kim/", "/home/kim /home/kim/", "~ ~/");
    home("with a space", "/home/al ex", "/home/al%20ex/x /home/al+ex \\/home\\/al ex\\/", "~/x ~ ~\\/");
    home("deep", "/srv/people/kim", "/srv/people/kim/x -srv-people-kim-x /srv/people", "~/x ~-x /srv/people");
}

void TestRedact::otherNames()
{
    QFETCH(RedactionPlan, plan);
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    QCOMPARE(redactedText(text, plan), expected);
}

void TestRedact::namesWithPercentEscapes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    row("as it is", "p%40t, P%40T!", "<user>, <user>!");
    row("encoded", "p%2540t %70%2540t", "<user> <user>");
    row("encoded twice", "p%252540t", "<user>");
    row("escaped", R"(p\u002540t)", "<user>");
    row("someone else's", "xp%2540t p%2540tx", "xp%2540t p%2540tx");
    row("folder", "/home/p%40t/a %2Fhome%2Fp%2540t%2Fa", "~/a ~%2Fa");
    row("begins with one", "%41da %2541da/%252541da", "<host> <host>/<host>");
}

//! A name that looks encoded, and is encoded once more.
void TestRedact::namesWithPercentEscapes()
{
    QFETCH(std::string, text);
    const RedactionPlan plan{{{HiddenKind::HomeFolder, "/home/p%40t", "~", HiddenShape::Folder},
                              {HiddenKind::UserName, "p%40t", "<user>", HiddenShape::Name},
                              {HiddenKind::HostName, "%41da", "<host>", HiddenShape::Name}}};
    const std::string result = redactedText(text, plan);
    QTEST(result, "expected");
    QVERIFY(LeakGate(plan).check(saying(result).toJson()));
    QCOMPARE(redactedText(result, plan), result);
}

void TestRedact::payloads()
{
    const auto url = [](const QByteArray& content, const char* mime = "text/plain") {
        return std::string("data:") + mime + ";base64," + content.toBase64().toStdString();
    };
    QCOMPARE(redactedText(url("I am alice"), aliceOnUnix()), url("I am <user>"));
    QCOMPARE(redactedText("x " + url("/home/alice") + " y", aliceOnUnix()), "x " + url("~") + " y");
    const std::string nested = url(QByteArray::fromStdString("see " + url("alice") + " there"));
    QCOMPARE(redactedText(nested, aliceOnUnix()),
             url(QByteArray::fromStdString("see " + url("<user>") + " there")));
    // Escaped slashes, and a payload that was cut in the middle of a character.
    QCOMPARE(redactedText("data:text/plain;base64,Pz8\\/YWxpY2U=", onlyUser("alice")), url("??"
                                                                                           "?<user>"));
    const std::string cut = QByteArray("alice \xC3").toBase64(QByteArray::OmitTrailingEquals).toStdString();
    QVERIFY(redactedText("data:text/plain;base64," + cut, aliceOnUnix()).find(cut) == std::string::npos);
    const std::string image = url(QByteArray("\x89PNG\r\n\x1a\n\0 alice", 15), "image/png");
    QCOMPARE(redactedText(image, aliceOnUnix()), image);
    QCOMPARE(redactedText(url("nobody here"), aliceOnUnix()), url("nobody here"));
}

void TestRedact::everyFieldOfEveryItem()
{
    const auto document = document::ShareDocument::parse(R"([
        {"type":"session","data":{"id":"ses_1","title":"alice","directory":"/home/alice/x","permission":[{"p":"/home/alice/*"}]}},
        {"type":"message","data":{"id":"msg_1","path":{"cwd":"/home/alice","root":"/"},"summary":{"diffs":[{"after":"alice"}]}}},
        {"type":"part","data":{"id":"prt_1","messageID":"msg_1","state":{"metadata":{"files":{"/home/alice/a":["alice"]}}}}},
        {"type":"session_diff","data":[{"file":"/home/alice/x","before":"alice"}]},
        {"type":"model","data":[{"headers":{"x-host":"wonder"}}]},
        {"type":"novelty of alice","data":"wonder"},
        {"type":"messages","data":{"messages":[{"info":{"id":"m"},"parts":[{"text":"alice"}]}]}}])");
    QVERIFY(document);
    const auto result = redact(*document, aliceOnUnix());
    QVERIFY(result);
    const std::string json = result->document.toJson();
    QVERIFY2(json.find("alice") == std::string::npos, json.c_str());
    QVERIFY2(json.find("wonder") == std::string::npos, json.c_str());
    QCOMPARE(result->document.items().size(), document->items().size());
    QCOMPARE(result->document.items()[2].key, std::string("part/msg_1/prt_1"));
    QVERIFY(document::ShareDocument::parse(json));
}

void TestRedact::whatIsNotHiddenStaysByteByByte()
{
    const std::string data = "{ \"n\":1.0e2, \"t\":\"\\u0041\\/\", \"id\":\"prt_1\", \"x\":\"alice\" }";
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1", data);
    const auto result = redact(document, aliceOnUnix());
    QVERIFY(result);
    std::string expected = data;
    expected.replace(expected.find("alice"), 5, "<user>");
    QCOMPARE(result->document.items()[0].data, expected);
}

void TestRedact::namesOfMembersStayApart()
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/a/b", R"({"alice":1,"ALICE":2,"<user>":3})");
    const auto result = redact(document, aliceOnUnix());
    QVERIFY(result);
    QCOMPARE(result->document.items()[0].data, std::string(R"({"<user>-2":1,"<user>-3":2,"<user>":3})"));
    const auto again = redact(result->document, aliceOnUnix());
    QVERIFY(again);
    QCOMPARE(again->document, result->document);
}

void TestRedact::countsPlacesAndValues()
{
    const auto result = redact(saying("alice /home/alice/alice wonder"), aliceOnUnix());
    QVERIFY(result);
    QCOMPARE(result->places, std::size_t(4));
    QCOMPARE(result->values, std::size_t(3));
    const auto nothing = redact(saying("nobody"), aliceOnUnix());
    QVERIFY(nothing);
    QCOMPARE(nothing->places, std::size_t(0));
    QCOMPARE(nothing->values, std::size_t(0));
}

void TestRedact::refusesBrokenData()
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/a/b", "{\"text\":\"alice");
    const auto result = redact(document, aliceOnUnix());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidJson);
    QVERIFY(!result.error().subject.contains(QStringLiteral("alice")));
}

void TestRedact::emptyPlanChangesNothing()
{
    const auto document = saying("alice %2F \\ /home/alice");
    const auto result = redact(document, {});
    QVERIFY(result);
    QCOMPARE(result->document, document);
    const auto odd = redact(document, onlyHome("/"));
    QVERIFY(odd);
    QCOMPARE(odd->document, document);
}

void TestRedact::staysLinear_data()
{
    QTest::addColumn<std::string>("text");
    const auto repeated = [](const char* piece) {
        std::string text;
        while (text.size() < 1'000'000)
            text += piece;
        return text;
    };
    for (const char* piece : {"\\",
                              "%",
                              "%25",
                              "/",
                              "/home",
                              "/home/",
                              "-home-",
                              "\\u",
                              "\\u0061",
                              "\\u005c",
                              "a",
                              "alice",
                              "alice ",
                              "/home/alice/",
                              "-",
                              ".",
                              "25",
                              "data:;base64,",
                              ";base64,YWxpY2U=",
                              "\xC3\xA9"})
        QTest::newRow(piece) << repeated(piece);
}

void TestRedact::staysLinear()
{
    QFETCH(std::string, text);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(redact(saying(text), aliceOnUnix()));
    QVERIFY(redact(saying(text), aliceOnWindows()));
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestRedact)
#include "test_redact.moc"
