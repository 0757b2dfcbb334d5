// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "document/transcript.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::document;

namespace {

ShareDocument withPart(const std::string& part, const std::string& role = "assistant")
{
    ShareDocument document;
    document.addKeyed(ItemType::Message, "message/m", R"({"id":"m","role":")" + role + R"("})");
    document.addKeyed(ItemType::Part, "part/m/p", part);
    return document;
}

//! \brief The one block that a part makes under its message.
Block block(const std::string& part, const std::string& role = "assistant")
{
    const auto blocks = transcript(withPart(part, role));
    if (blocks.size() == 2)
        return blocks[1];
    Block none;
    none.itemKey = "not one block";
    return none;
}

std::vector<BlockKind> kinds(const std::vector<Block>& blocks)
{
    std::vector<BlockKind> found;
    for (const Block& one : blocks)
        found.push_back(one.kind);
    return found;
}

} // namespace

class TestTranscript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inReadingOrder();
    void batches();
    void tools_data();
    void tools();
    void toolsShowLess();
    void filesNeverShowBase64();
    void attachmentsOfTools();
    void stepsAndOthers();
    void whatCannotBeReadIsShown();
    void longTextsAreCutAndCanBeHadWhole();
    void countsContents();
    void countsWhatChangedFiles();
    void stubsAreBlocksOfTheirOwn();
    void leftOutListsAreTold();
    void everyTextOfAPartIsInItsBlocks();
    void manyPartsStayLinear();
};

void TestTranscript::inReadingOrder()
{
    const auto document = ShareDocument::parse(R"([
        {"type":"model","data":[{"id":"m1","name":"Model one","providerID":"prov","api":{"url":"http://inner"}}]},
        {"type":"part","data":{"id":"p2","messageID":"b","type":"text","text":"answer"}},
        {"type":"session_diff","data":[{"file":"x.txt","before":"a\nb\nc","after":"a\nB\nc","additions":1,"deletions":1}]},
        {"type":"message","data":{"id":"a","role":"user","agent":"build","time":{"created":1700000000000},
            "summary":{"title":"Sum","diffs":[{"file":".env","patch":"+KEY=1"}]}}},
        {"type":"message","data":{"id":"b","role":"assistant","modelID":"m1","path":{"cwd":"/w"},
            "error":{"name":"ApiError","data":{"message":"overloaded"}}}},
        {"type":"part","data":{"id":"p1","messageID":"a","type":"text","text":"question"}},
        {"type":"part","data":{"id":"p3","messageID":"gone","type":"text","text":"stray"}},
        {"type":"session","data":{"id":"s"}}])");
    QVERIFY(document);
    const auto blocks = transcript(*document);
    QCOMPARE(kinds(blocks),
             (std::vector<BlockKind>{BlockKind::User, BlockKind::Step, BlockKind::Diff, BlockKind::Text,
                                     BlockKind::Assistant, BlockKind::Step, BlockKind::Text, BlockKind::Text,
                                     BlockKind::Diff, BlockKind::Model}));
    QCOMPARE(blocks[0].subtitle, std::string("build"));
    QCOMPARE(toMilliseconds(blocks[0].time.value_or(Timestamp())), qint64(1700000000000));
    QCOMPARE(blocks[1].text, std::string("Sum"));
    QCOMPARE(blocks[2].title, std::string(".env"));
    QCOMPARE(blocks[2].text, std::string("+KEY=1"));
    QVERIFY(blocks[3].ownText);
    QCOMPARE(blocks[4].title, std::string("m1"));
    QCOMPARE(blocks[4].subtitle, std::string("/w"));
    QCOMPARE(blocks[5].text, std::string("overloaded"));
    QCOMPARE(blocks[6].text, std::string("answer"));
    QVERIFY(!blocks[6].ownText);
    QCOMPARE(blocks[7].text, std::string("stray"));
    QCOMPARE(blocks[8].text, std::string(" a\n-b\n+B\n c"));
    QCOMPARE(blocks[8].subtitle, std::string("+1 -1"));
    QCOMPARE(blocks[9].title, std::string("Model one"));
    QVERIFY(blocks[9].text.find("http://inner") != std::string::npos);
}

void TestTranscript::batches()
{
    const auto document = ShareDocument::parse(R"([{"type":"messages","data":{"messages":[
        {"info":{"id":"a","role":"user"},"parts":[{"type":"text","text":"one"},{"type":"reasoning","text":"two"}]},
        {"id":"b","role":"assistant","parts":[{"type":"text","text":"three"}]}]}}])");
    QVERIFY(document);
    const auto blocks = transcript(*document);
    QCOMPARE(kinds(blocks), (std::vector<BlockKind>{BlockKind::User, BlockKind::Text, BlockKind::Reasoning,
                                                    BlockKind::Assistant, BlockKind::Text}));
    QVERIFY(blocks[1].ownText);
    for (const Block& one : blocks)
        QCOMPARE(fullText(*document, one), one.text);
}

void TestTranscript::tools_data()
{
    QTest::addColumn<std::string>("part");
    QTest::addColumn<std::string>("subtitle");
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, const char* tool, const char* state, const char* subtitle,
                        const char* status, const char* text) {
        QTest::newRow(name) << std::string(R"({"type":"tool","tool":")") + tool + R"(","state":)" + state +
                                   "}"
                            << std::string(subtitle) << std::string(status) << std::string(text);
    };
    row("bash", "bash",
        R"({"status":"completed","input":{"command":"ls -l","description":"List"},"output":"a\nb"})", "ls -l",
        "completed", "a\nb");
    row("read", "read", R"({"status":"completed","input":{"filePath":"/a.txt"},"output":"text"})", "/a.txt",
        "completed", "text");
    row("write shows what is written", "write",
        R"({"status":"completed","input":{"filePath":"/.env","content":"KEY=1"},"output":"ok"})", "/.env",
        "completed", "content: KEY=1\n\nok");
    row("error", "edit", R"({"status":"error","input":{"filePath":"/a"},"error":"no such file"})", "/a",
        "error", "no such file");
    row("pending", "bash", R"({"status":"pending","input":{}})", "", "pending", "");
    row("running", "bash", R"({"status":"running","input":{"command":"sleep 1"}})", "sleep 1", "running", "");
    row("other", "my_tool", R"({"status":"completed","input":{ "a" : [1, 2], "b":"x y\" z" }})",
        R"({"a":[1,2],"b":"x y\" z"})", "completed", "");
    row("line break", "bash", R"({"status":"running","input":{"command":"a\nb"}})", "a b", "running", "");
    row("no state", "bash", "null", "", "", "");
}

void TestTranscript::tools()
{
    QFETCH(std::string, part);
    const Block made = block(part);
    QCOMPARE(made.kind, BlockKind::Tool);
    QTEST(made.subtitle, "subtitle");
    QTEST(made.status, "status");
    QTEST(made.text, "text");
}

void TestTranscript::toolsShowLess()
{
    std::string output;
    for (int i = 1; i <= 100; ++i)
        output += "line " + std::to_string(i) + "\\n";
    const std::string part =
        R"({"type":"tool","tool":"bash","state":{"input":{"command":"x"},"output":")" + output + R"("}})";
    const Block made = block(part);
    QCOMPARE(made.lines, std::size_t(100));
    QVERIFY(made.truncated);
    QCOMPARE(std::count(made.text.begin(), made.text.end(), '\n'), std::ptrdiff_t(5));
    const std::string whole = fullText(withPart(part), made);
    QCOMPARE(std::count(whole.begin(), whole.end(), '\n'), std::ptrdiff_t(99));
}

void TestTranscript::filesNeverShowBase64()
{
    const Block image = block(
        R"({"type":"file","mime":"image/png","filename":"a.png","url":"data:image/png;base64,AAECAwQFBgcICQ=="})");
    QCOMPARE(image.kind, BlockKind::File);
    QCOMPARE(image.title, std::string("a.png"));
    QCOMPARE(image.subtitle, std::string("image/png"));
    QCOMPARE(image.bytes, std::size_t(10));
    QVERIFY(image.text.empty());
    const Block text =
        block(R"({"type":"file","mime":"text/plain","url":"data:text/plain;base64,aGVsbG8="})");
    QCOMPARE(text.text, std::string("hello"));
    QCOMPARE(text.bytes, std::size_t(5));
    const Block link = block(
        R"({"type":"file","mime":"text/plain","url":"file:///a","source":{"text":{"value":"inside"}}})");
    QCOMPARE(link.subtitle, std::string("text/plain · file:///a"));
    QCOMPARE(link.text, std::string("inside"));
}

void TestTranscript::attachmentsOfTools()
{
    const auto blocks = transcript(withPart(
        R"({"type":"tool","tool":"read","state":{"input":{"filePath":"a"},"attachments":[{"mime":"image/png","url":"data:,x"}]}})"));
    QCOMPARE(kinds(blocks), (std::vector<BlockKind>{BlockKind::Assistant, BlockKind::Tool, BlockKind::File}));
    QCOMPARE(blocks[2].ordinal, std::size_t(1));
}

void TestTranscript::stepsAndOthers()
{
    QCOMPARE(transcript(withPart(R"({"type":"step-start","snapshot":"abc"})")).size(), std::size_t(1));
    QCOMPARE(transcript(withPart(R"({"type":"step-finish","cost":1})")).size(), std::size_t(1));
    QCOMPARE(block(R"({"type":"compaction","auto":true})").kind, BlockKind::Step);
    QCOMPARE(block(R"({"type":"agent","name":"plan"})").subtitle, std::string("plan"));
    const Block subtask =
        block(R"({"type":"subtask","agent":"general","description":"do","prompt":"please"})");
    QCOMPARE(subtask.subtitle, std::string("general · do"));
    QCOMPARE(subtask.text, std::string("please"));
    QCOMPARE(block(R"({"type":"retry","attempt":2,"error":{"data":{"message":"busy"}}})").text,
             std::string("busy"));
    QCOMPARE(block(R"({"type":"snapshot","snapshot":"0123"})").subtitle, std::string("0123"));
    const Block patch = block(R"({"type":"patch","hash":"h","files":["/a","/b"]})");
    QCOMPARE(patch.kind, BlockKind::Patch);
    QCOMPARE(patch.text, std::string("/a\n/b"));
    const Block unknown = block(R"({"type":"hologram","data":"x"})");
    QCOMPARE(unknown.kind, BlockKind::Unknown);
    QCOMPARE(unknown.title, std::string("hologram"));
    QCOMPARE(unknown.text, std::string(R"({"type":"hologram","data":"x"})"));
    QVERIFY(!block(R"({"type":"text","text":"x","synthetic":true})", "user").ownText);
    QVERIFY(block(R"({"type":"text","text":"x"})", "user").ownText);
}

void TestTranscript::whatCannotBeReadIsShown()
{
    const Block broken = block("{\"type\":\"text\",\"text\":\"cut");
    QCOMPARE(broken.kind, BlockKind::Unknown);
    QVERIFY(broken.text.find("cut") != std::string::npos);
    for (const char* part :
         {"null", "[]", "7", "\"x\"", "{}", R"({"type":7})", R"({"type":"tool","state":[]})",
          R"({"type":"file"})", R"({"type":"text","text":{"a":1}})"})
        (void)transcript(withPart(part));
    ShareDocument foreign;
    QVERIFY(foreign.add("novelty", R"({"hello":"there"})"));
    const auto blocks = transcript(foreign);
    QCOMPARE(blocks.size(), std::size_t(1));
    QCOMPARE(blocks[0].title, std::string("novelty"));
    QCOMPARE(blocks[0].text, std::string(R"({"hello":"there"})"));
}

void TestTranscript::longTextsAreCutAndCanBeHadWhole()
{
    const std::string token(300'000, 'x');
    const std::string part = R"({"type":"text","text":")" + token + R"("})";
    const Block made = block(part);
    QVERIFY(made.truncated);
    QCOMPARE(made.bytes, token.size());
    QCOMPARE(made.lines, std::size_t(1));
    QVERIFY(made.text.size() < 4200);
    QVERIFY2(made.text.find("\xE2\x80\x8B") != std::string::npos, "long runs can be wrapped");
    QCOMPARE(fullText(withPart(part), made, 0), token);
    QVERIFY(fullText(withPart(part), made).size() > token.size());
    const std::string huge = R"({"type":"text","text":")" + std::string(3'000'000, 'y') + R"("})";
    QCOMPARE(fullText(withPart(huge), block(huge), 0).size(), std::size_t(1024 * 1024));
}

void TestTranscript::countsContents()
{
    const auto document = ShareDocument::parse(R"([
        {"type":"message","data":{"id":"a","summary":{"diffs":[{},{}]}}},
        {"type":"part","data":{"id":"1","messageID":"a","type":"tool","state":{"attachments":[{}]}}},
        {"type":"part","data":{"id":"2","messageID":"a","type":"reasoning"}},
        {"type":"part","data":{"id":"3","messageID":"a","type":"file"}},
        {"type":"session_diff","data":[{}]},{"type":"model","data":[{},{},{}]},
        {"type":"messages","data":{"messages":[{"info":{"summary":{"diffs":[{}]}},"parts":[{"type":"tool"}]}]}}])");
    QVERIFY(document);
    const ContentCounts counts = contentCounts(*document);
    QCOMPARE(counts.messages, std::size_t(2));
    QCOMPARE(counts.tools.count, std::size_t(2));
    QCOMPARE(counts.reasoning.count, std::size_t(1));
    QCOMPARE(counts.attachments.count, std::size_t(2));
    QCOMPARE(counts.diffs.count, std::size_t(4));
    QCOMPARE(counts.models.count, std::size_t(3));
    QCOMPARE(counts.models.bytes, std::size_t(6));
    QCOMPARE(counts.systemPrompts.count, std::size_t(0));
}

void TestTranscript::countsWhatChangedFiles()
{
    // One change leaves an edit and a patch behind; they are one change.
    ShareDocument document;
    QVERIFY(document.add("message", R"({"id":"a","role":"user","system":"Be brief."})"));
    QVERIFY(document.add("part", R"({"id":"1","messageID":"a","type":"tool","tool":"edit"})"));
    QVERIFY(document.add("part",
                         R"({"id":"2","messageID":"a","type":"tool","state":{"metadata":{"diff":"@@"}}})"));
    QVERIFY(document.add("part", R"({"id":"3","messageID":"a","type":"patch","files":["x"]})"));
    QVERIFY(document.add("part", R"({"id":"4","messageID":"a","type":"text","synthetic":true,"text":"x"})"));
    const ContentCounts counts = contentCounts(document);
    QCOMPARE(counts.diffs.count, std::size_t(2));
    QVERIFY(counts.diffs.bytes > 20);
    QCOMPARE(counts.systemPrompts.count, std::size_t(2));
}

void TestTranscript::stubsAreBlocksOfTheirOwn()
{
    const auto kindOf = [](const char* part) { return block(part).kind; };
    QCOMPARE(
        kindOf(
            R"({"type":"tool","tool":"bash","state":{"input":{},"output":"Tool output left out · bash"}})"),
        BlockKind::LeftOut);
    QCOMPARE(kindOf(R"({"type":"reasoning","text":"Reasoning left out · 3 lines"})"), BlockKind::LeftOut);
    QCOMPARE(kindOf(R"({"type":"file","filename":"Attachment left out · a.png","url":""})"),
             BlockKind::LeftOut);
    QCOMPARE(kindOf(R"({"type":"patch","files":[],"text":"File changes left out · 3 files"})"),
             BlockKind::LeftOut);
    QCOMPARE(kindOf(R"({"type":"odd","text":"Content left out · odd"})"), BlockKind::LeftOut);
    // A person may write such a sentence, and a command may print it.
    QCOMPARE(kindOf(R"({"type":"text","text":"Reasoning left out · 3 lines"})"), BlockKind::Text);
    QCOMPARE(
        kindOf(
            R"({"type":"tool","tool":"bash","state":{"input":{"command":"x"},"output":"Tool output left out"}})"),
        BlockKind::Tool);
    QCOMPARE(kindOf(R"({"type":"reasoning","text":"Reasoning left out, I think"})"), BlockKind::Reasoning);
}

void TestTranscript::leftOutListsAreTold()
{
    const auto original = ShareDocument::parse(R"([
        {"type":"session","data":{"id":"s","summary":{"diffs":[{"file":"x"}]}}},
        {"type":"message","data":{"id":"a","role":"user","summary":{"diffs":[{"file":"x"},{"file":"y"}]}}},
        {"type":"part","data":{"id":"p","messageID":"a","type":"text","text":"asked"}},
        {"type":"message","data":{"id":"b","role":"assistant","error":{"name":"E","data":{"message":"m"}}}},
        {"type":"message","data":{"id":"c","role":"user","summary":{"diffs":[{"file":"kept"}]},
            "error":{"name":"E","data":{"message":"m"}}}},
        {"type":"session_diff","data":[{"file":"x"},{"file":"y"},{"file":"z"}]},
        {"type":"model","data":[{"id":"m1"},{"id":"m2"}]}])");
    // Under other IDs, as it would be published.
    const auto shown = ShareDocument::parse(R"([
        {"type":"session","data":{"id":"t","summary":{"diffs":[]}}},
        {"type":"message","data":{"id":"u","role":"user","summary":{"diffs":[]}}},
        {"type":"part","data":{"id":"q","messageID":"u","type":"text","text":"asked"}},
        {"type":"message","data":{"id":"v","role":"assistant","error":{"name":"E","data":{"message":"m"}}}},
        {"type":"message","data":{"id":"w","role":"user","summary":{"diffs":[{"file":"kept"}]},
            "error":{"name":"E","data":{"message":"m"}}}},
        {"type":"session_diff","data":[]},
        {"type":"model","data":[]}])");
    QVERIFY(original && shown);
    const auto blocks = transcript(*shown, {}, {}, &*original);
    std::vector<std::string> stubs;
    for (const Block& one : blocks) {
        if (one.kind == BlockKind::LeftOut)
            stubs.push_back(one.itemKey + ": " + one.text);
        else
            QCOMPARE(fullText(*shown, one), one.text);
    }
    QCOMPARE(stubs, (std::vector<std::string>{"message/u: File changes left out · 2 files",
                                              "session: File changes left out · 1 file",
                                              "session_diff: File changes left out · 3 files",
                                              "model: Model details left out · 2 models"}));
    QCOMPARE(transcript(*original, {}, {}, &*original), transcript(*original));
    QCOMPARE(transcript(*shown).size(), blocks.size() - stubs.size());
}

void TestTranscript::everyTextOfAPartIsInItsBlocks()
{
    const std::string part = R"({"type":"tool","tool":"edit","state":{"status":"completed",
        "input":{"filePath":"WORD1","oldString":"WORD2","newString":"WORD3"},"output":"WORD4"}})";
    const Block made = block(part);
    const std::string all = made.subtitle + fullText(withPart(part), made);
    for (const char* word : {"WORD1", "WORD2", "WORD3", "WORD4"})
        QVERIFY2(all.find(word) != std::string::npos, word);
}

void TestTranscript::manyPartsStayLinear()
{
    QElapsedTimer timer;
    timer.start();
    ShareDocument document;
    for (int i = 0; i < 50'000; ++i) {
        const std::string id = std::to_string(i);
        document.addKeyed(ItemType::Message, "message/" + id, R"({"id":")" + id + R"("})");
        document.addKeyed(ItemType::Part, "part/" + id + "/p", R"({"type":"text","text":"x"})");
    }
    QCOMPARE(transcript(document).size(), std::size_t(100'000));
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestTranscript)
#include "test_transcript.moc"
