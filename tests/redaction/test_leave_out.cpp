// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "marked_document.h"

#include "document/json_tree.h"
#include "document/transcript.h"
#include "redaction/leave_out.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;
using document::ItemType;
using document::JsonTree;
using document::ShareDocument;

namespace {

ShareDocument withPart(const std::string& part)
{
    ShareDocument document;
    document.addKeyed(ItemType::Session, "session", R"({"id":"ses_1","title":"T","time":{"created":1}})");
    document.addKeyed(ItemType::Message, "message/m", R"({"id":"m","sessionID":"ses_1","role":"assistant"})");
    document.addKeyed(ItemType::Part, "part/m/p", part);
    return document;
}

std::string left(const std::string& part, const ContentSet& out)
{
    const auto reduced = leaveOut(withPart(part), out);
    return reduced ? reduced->document.items().back().data : std::string();
}

std::string leftOfMessage(const std::string& info, const ContentSet& out)
{
    ShareDocument document;
    document.addKeyed(ItemType::Message, "message/m", info);
    const auto reduced = leaveOut(document, out);
    return reduced ? reduced->document.items().back().data : std::string();
}

QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

const std::string ids = R"({"id":"p","sessionID":"ses_1","messageID":"m",)";

} // namespace

class TestLeaveOut : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void names();
    void toolBecomesACountedStub();
    void failedTool();
    void reasoning();
    void attachments();
    void dataUrlsInOtherTexts();
    void textsOfAttachedFiles();
    void editsLoseTheirChange();
    void patchesAndSummaries();
    void systemPrompts();
    void modelsAndProviders();
    void unknownParts();
    void brokenItemsAreRefused();
    void nothingToLeaveOut();
    void nothingOfALeftOutKindRemains();
    void leavingOutTwiceChangesNothing();
    void oddDocumentsAreLeftOutOnceToo();
    void everyItemStays();
    void staysLinear();
};

void TestLeaveOut::defaults()
{
    const ContentSet set = ContentSet::leftOutByDefault();
    for (const ContentKind kind : allContent)
        QCOMPARE(set.has(kind), kind == ContentKind::Attachments || kind == ContentKind::Models);
}

void TestLeaveOut::names()
{
    for (const ContentKind kind : allContent)
        QCOMPARE(contentNamed(contentName(kind)), std::optional(kind));
    QVERIFY(!contentNamed("Tools"));
    QVERIFY(!contentNamed(""));
    const ContentSet both{ContentKind::Tools, ContentKind::Diffs};
    QVERIFY(both.without({ContentKind::Tools}) == ContentSet{ContentKind::Diffs});
    QVERIFY((ContentSet{ContentKind::Tools} | ContentSet{ContentKind::Diffs}) == both);
    QVERIFY(both.without(both).isEmpty());
}

void TestLeaveOut::toolBecomesACountedStub()
{
    std::string output;
    for (int i = 0; i < 2310; ++i)
        output += "line\\n";
    const std::string part =
        ids + R"("type":"tool","tool":"bash","callID":"c","state":{"status":"completed","title":"Runs X",)" +
        R"("input":{"command":"X"},"output":")" + output +
        R"(","metadata":{"output":"X","more":[{"k":"X"}]},)" +
        R"("time":{"start":1,"end":2,"note":"X"}},"metadata":{"p":"X"},"novel":"X"})";
    QCOMPARE(bytes(left(part, {ContentKind::Tools})),
             bytes(ids +
                   R"("type":"tool","tool":"bash","callID":"c","state":{"status":"completed","input":{},)" +
                   R"("output":"Tool output left out · bash · 2,310 lines","title":"","metadata":{},)" +
                   R"("time":{"start":1,"end":2}}})"));
    const auto reduced = leaveOut(withPart(part), {ContentKind::Tools});
    QVERIFY(reduced);
    const auto blocks = document::transcript(reduced->document);
    QCOMPARE(blocks.back().kind, document::BlockKind::LeftOut);
    QCOMPARE(bytes(blocks.back().text), QByteArray("Tool output left out · bash · 2,310 lines"));
}

void TestLeaveOut::failedTool()
{
    const std::string part = ids +
                             R"("type":"tool","tool":"web","state":{"status":"error","input":{"u":"X"},)" +
                             R"("error":"X said no"}})";
    const std::string made = left(part, {ContentKind::Tools});
    QVERIFY2(made.find(R"("error":"Tool output left out · web · 1 line")") != std::string::npos,
             made.c_str());
    QCOMPARE(made.find("X"), std::string::npos);
    // One that has not answered yet has nothing to count.
    const std::string pending = left(
        ids + R"("type":"tool","tool":"web","state":{"status":"pending","raw":"X"}})", {ContentKind::Tools});
    QVERIFY2(pending.find(R"("output":"Tool output left out · web")") != std::string::npos, pending.c_str());
    // What only looks like a stub is no stub.
    const std::string fake =
        left(ids + R"("type":"tool","tool":"web","state":{"output":"Tool output left out · web · X lines"}})",
             {ContentKind::Tools});
    QVERIFY2(fake.find("web · 1 line\"") != std::string::npos, fake.c_str());
}

void TestLeaveOut::reasoning()
{
    const std::string part =
        ids + R"("type":"reasoning","text":"X\nX","time":{"start":1},"metadata":{"s":"X"}})";
    QCOMPARE(bytes(left(part, {ContentKind::Reasoning})),
             bytes(ids + R"("type":"reasoning","text":"Reasoning left out · 2 lines","time":{"start":1}})"));
    QCOMPARE(bytes(left(part, {ContentKind::Tools})), bytes(part));
}

void TestLeaveOut::attachments()
{
    const std::string part = ids + R"("type":"file","mime":"image/png","filename":"plan.png",)" +
                             R"("url":"data:image/png;base64,QUJDRA==","source":{"text":{"value":"X"}}})";
    QCOMPARE(bytes(left(part, {ContentKind::Attachments})),
             bytes(ids +
                   R"("type":"file","mime":"image/png","filename":"Attachment left out · plan.png · 4 B",)" +
                   R"("url":""})"));
    const std::string tool =
        ids + R"("type":"tool","tool":"read","state":{"output":"Kept","attachments":[)" + part + R"(]}})";
    const std::string made = left(tool, {ContentKind::Attachments});
    QCOMPARE(made.find("QUJD"), std::string::npos);
    QVERIFY(made.find("Kept") != std::string::npos);
    QVERIFY(made.find("Attachment left out · plan.png") != std::string::npos);
}

void TestLeaveOut::dataUrlsInOtherTexts()
{
    const ContentSet out{ContentKind::Attachments};
    const std::string made = left(
        ids + R"("type":"novel","a":["see data:image/png;base64,QUJD\/+Q= here",)" +
            R"("data:image/svg+xml,%3Csvg%3E","data: this is prose, as it was","\u0064ata:a/b;base64,QUJD",)" +
            R"("{\"u\":\"data:image/png;base64,QUJD\"}"]})",
        out);
    QCOMPARE(made.find("QUJD"), std::string::npos);
    QCOMPARE(made.find("svg%3E"), std::string::npos);
    QVERIFY(made.find("data: this is prose, as it was") != std::string::npos);
    QVERIFY(made.find("see data:image/png;base64, here") != std::string::npos);
}

void TestLeaveOut::textsOfAttachedFiles()
{
    ShareDocument document;
    const std::string added = R"("messageID":"u","type":"text","synthetic":true,"text":"X\nX\nX"})";
    // The text stands before the file that it is of.
    QVERIFY(document.add("part", R"({"id":"1",)" + added));
    QVERIFY(document.add("part",
                         R"({"id":"2","messageID":"u","type":"file","filename":"a.txt","url":"file:///X"})"));
    QVERIFY(
        document.add("part", R"({"id":"3","messageID":"other","type":"text","synthetic":true,"text":"Y"})"));
    QVERIFY(document.add("message", R"({"id":"u","role":"user"})"));
    for (const ContentKind kind : {ContentKind::Attachments, ContentKind::Tools}) {
        const auto reduced = leaveOut(document, {kind});
        QVERIFY(reduced);
        QVERIFY(reduced->document.items()[0].data.find("Attachment left out · 3 lines") != std::string::npos);
        QVERIFY(reduced->document.items()[2].data.find('Y') != std::string::npos);
    }
    const auto prompts = leaveOut(document, {ContentKind::SystemPrompts});
    QVERIFY(prompts);
    QVERIFY(prompts->document.items()[0].data.find("System prompt left out · 3 lines") != std::string::npos);
    QVERIFY(prompts->document.items()[2].data.find("System prompt left out · 1 line\"") != std::string::npos);
}

void TestLeaveOut::editsLoseTheirChange()
{
    const std::string part =
        ids +
        R"("type":"tool","tool":"edit","state":{"status":"completed","title":"a.ts","output":"Done.",)" +
        R"("input":{"filePath":"/a.ts","oldString":"X","newString":"X"},)" +
        R"("metadata":{"diff":"@@\n-X\n+X","filediff":{"before":"X"}}}})";
    const std::string made = left(part, {ContentKind::Diffs});
    QCOMPARE(made.find('X'), std::string::npos);
    for (const char* kept : {"/a.ts", "Done.", "File changes left out · 3 lines"})
        QVERIFY2(made.find(kept) != std::string::npos, made.c_str());
    // A tool that nobody knows, and that changes files.
    const std::string foreign =
        left(ids + R"("type":"tool","tool":"mcp","state":{"input":{"p":"X"},"metadata":{"diff":"X"},)" +
                 R"("output":"diff --git a b\n@@ -1 +1 @@\n-X"}})",
             {ContentKind::Diffs});
    QCOMPARE(foreign.find('X'), std::string::npos);
    // What a command printed is output, whatever it looks like.
    const std::string command = ids + R"("type":"tool","tool":"bash","state":{"output":"diff --git a b"}})";
    QCOMPARE(bytes(left(command, {ContentKind::Diffs})), bytes(command));
}

void TestLeaveOut::patchesAndSummaries()
{
    const ContentSet out{ContentKind::Diffs};
    QCOMPARE(bytes(left(ids + R"("type":"patch","hash":"X","files":["/X","/X"]})", out)),
             bytes(ids + R"("type":"patch","hash":"","files":[],"text":"File changes left out · 2 files"})"));
    QCOMPARE(bytes(leftOfMessage(R"({"id":"m","summary":{"title":"T","diffs":[{"before":"X"}]}})", out)),
             bytes(R"({"id":"m","summary":{"title":"T","diffs":[]}})"));
    // A name that stands twice is sent twice.
    QCOMPARE(bytes(leftOfMessage(R"({"id":"m","summary":{"diffs":["X"]},"summary":{"diffs":["X"]}})", out)),
             bytes(R"({"id":"m","summary":{"diffs":[]},"summary":{"diffs":[]}})"));
    ShareDocument document;
    document.addKeyed(ItemType::SessionDiff, "session_diff", R"([{"file":"a","patch":"X"}])");
    document.addKeyed(
        ItemType::Session, "session",
        R"({"id":"s","summary":{"files":1,"diffs":[{"after":"X"}]},"revert":{"diff":"X","id":"r"}})");
    const auto reduced = leaveOut(document, out);
    QVERIFY(reduced);
    QCOMPARE(reduced->document.items()[0].data, std::string("[]"));
    QCOMPARE(bytes(reduced->document.items()[1].data),
             bytes(R"({"id":"s","summary":{"files":1,"diffs":[]},"revert":{"diff":"","id":"r"}})"));
}

void TestLeaveOut::systemPrompts()
{
    const ContentSet out{ContentKind::SystemPrompts};
    QCOMPARE(bytes(leftOfMessage(R"({"id":"m","role":"user","system":"X\nX"})", out)),
             bytes(R"({"id":"m","role":"user","system":"System prompt left out · 2 lines"})"));
    QCOMPARE(bytes(leftOfMessage(R"({"id":"m","system":["X","X"]})", out)),
             bytes(R"({"id":"m","system":["System prompt left out · 1 line"]})"));
}

void TestLeaveOut::modelsAndProviders()
{
    const ContentSet out{ContentKind::Models};
    ShareDocument document;
    document.addKeyed(ItemType::Model, "model", R"([{"id":"m1","options":{"baseURL":"http://10.0.0.1/X"}}])");
    const auto reduced = leaveOut(document, out);
    QVERIFY(reduced);
    QCOMPARE(reduced->document.items()[0].data, std::string("[]"));
    // Which model it was stays, how it is reached goes.
    QCOMPARE(bytes(leftOfMessage(R"({"id":"m","modelID":"m1","model":{"modelID":"m1","headers":{"a":"X"}},)"
                                 R"("error":{"name":"APIError","data":{"message":"Busy","statusCode":529,)"
                                 R"("responseHeaders":{"x":"X"},"responseBody":"X"}}})",
                                 out)),
             bytes(R"({"id":"m","modelID":"m1","model":{"modelID":"m1"},)"
                   R"("error":{"name":"APIError","data":{"message":"Busy","statusCode":529}}})"));
    QCOMPARE(bytes(left(ids + R"("type":"text","text":"T","metadata":{"openai":{"itemId":"X"}}})", out)),
             bytes(ids + R"("type":"text","text":"T","metadata":{}})"));
}

void TestLeaveOut::unknownParts()
{
    const std::string part = ids + R"("type":"hologram","depth":3,"voxels":["X"]})";
    QCOMPARE(bytes(left(part, {ContentKind::Tools})),
             bytes(ids + R"("type":"hologram","text":"Content left out · hologram"})"));
    QCOMPARE(bytes(left(part, {ContentKind::Reasoning, ContentKind::Diffs})), bytes(part));
    ShareDocument document;
    document.addItem({ItemType::Unknown, "novelty", "novelty/0", R"({"id":"n","say":"X"})"});
    const auto reduced = leaveOut(document, {ContentKind::Tools});
    QVERIFY(reduced);
    QCOMPARE(reduced->document.items()[0].data, std::string(R"({"id":"n"})"));
    QCOMPARE(reduced->document.items()[0].typeName, std::string("novelty"));
}

void TestLeaveOut::brokenItemsAreRefused()
{
    const auto reduced = leaveOut(withPart(R"({"type":"tool",)"), {ContentKind::Tools});
    QVERIFY(!reduced);
    QCOMPARE(reduced.error().code, ErrorCode::InvalidJson);
    QCOMPARE(reduced.error().subject, QStringLiteral("part/m/p"));
    for (const char* odd : {"null", "7", "[]", "{}", R"({"type":[]})", R"({"type":"tool","state":"x"})",
                            R"({"type":"file","url":7})", R"({"type":"patch","files":{"a":1}})"})
        QVERIFY2(leaveOut(withPart(odd), everything()), odd);
}

void TestLeaveOut::nothingToLeaveOut()
{
    const MarkedDocument marked(1);
    const auto reduced = leaveOut(marked.document, {});
    QVERIFY(reduced);
    QVERIFY(reduced->document == marked.document);
    QVERIFY(!reduced->hasChanged);
    // What there is was counted in passing.
    const auto counts = document::contentCounts(marked.document);
    QCOMPARE(reduced->before.messages, counts.messages);
    QVERIFY(reduced->before.tools == counts.tools && reduced->before.diffs == counts.diffs);
}

//! Documents with a mark in every place where a kind's content may stand: the marks of what is left out are
//! gone from all bytes, those of what stays are all still there.
void TestLeaveOut::nothingOfALeftOutKindRemains()
{
    for (quint32 seed = 0; seed < rounds; ++seed) {
        const MarkedDocument marked(seed);
        const ContentSet out = marked.someKinds();
        const auto reduced = leaveOut(marked.document, out);
        QVERIFY2(reduced, bytes(marked.document.toJson()).constData());
        const std::string json = reduced->document.toJson();
        for (const auto& mark : marked.marks) {
            const bool isThere = json.find(mark.text) != std::string::npos;
            const bool mustGo = !(mark.goesWith.without(out) == mark.goesWith);
            QVERIFY2(isThere != mustGo,
                     bytes(std::to_string(seed) + ' ' + mark.text + ' ' + json).constData());
        }
        QVERIFY2(ShareDocument::parse(json), bytes(json).constData());
    }
}

void TestLeaveOut::leavingOutTwiceChangesNothing()
{
    for (quint32 seed = 0; seed < rounds; ++seed) {
        const MarkedDocument marked(seed);
        const ContentSet out = marked.someKinds();
        const auto once = leaveOut(marked.document, out);
        QVERIFY(once);
        const auto twice = leaveOut(once->document, out);
        QVERIFY(twice);
        QVERIFY2(twice->document == once->document,
                 bytes(once->document.toJson() + "\n" + twice->document.toJson()).constData());
    }
}

//! Whatever stands where nobody expects it: no failure, and nothing changes the second time.
void TestLeaveOut::oddDocumentsAreLeftOutOnceToo()
{
    const QByteArrayList words{"\"type\"",   "\"tool\"",    "\"text\"",  "\"file\"",    "\"state\"",
                               "\"output\"", "\"content\"", "\"parts\"", "\"summary\"", "\"url\"",
                               "\"input\"",  "\"system\"",  "\"error\"", "\"model\"",   "\"reasoning\"",
                               "\"patch\"",  "\"files\"",   "\"shell\""};
    for (quint32 seed = 0; seed < rounds; ++seed) {
        const MarkedDocument marked(seed);
        QRandomGenerator random(seed);
        QByteArray json = bytes(marked.document.toJson());
        for (int changes = 0; changes < 6; ++changes) {
            const QByteArray from = words.at(random.bounded(int(words.size())));
            const auto at = json.indexOf(from, random.bounded(int(json.size())));
            if (at >= 0)
                json.replace(at, from.size(), words.at(random.bounded(int(words.size()))));
        }
        const auto document = ShareDocument::parse(json.toStdString());
        if (!document)
            continue;
        const auto once = leaveOut(*document, marked.someKinds());
        QVERIFY2(once, json.constData());
        const auto twice = leaveOut(once->document, marked.someKinds());
        QVERIFY2(twice && twice->document == once->document,
                 bytes(once->document.toJson() + "\n" + twice->document.toJson()).constData());
        QCOMPARE(once->document.items().size(), document->items().size());
    }
}

void TestLeaveOut::everyItemStays()
{
    for (quint32 seed = 0; seed < rounds / 10; ++seed) {
        const MarkedDocument marked(seed);
        const auto reduced = leaveOut(marked.document, everything());
        QVERIFY(reduced);
        QCOMPARE(reduced->document.items().size(), marked.document.items().size());
        for (std::size_t i = 0; i < reduced->document.items().size(); ++i) {
            const auto& before = marked.document.items()[i];
            const auto& after = reduced->document.items()[i];
            QCOMPARE(after.key, before.key);
            QCOMPARE(after.typeName, before.typeName);
            const auto was = JsonTree::parse(before.data);
            const auto is = JsonTree::parse(after.data);
            QVERIFY(was && is);
            for (const char* name :
                 {"id", "messageID", "sessionID", "type", "tool", "callID", "role", "title"})
                QCOMPARE(is->root()[name].text(), was->root()[name].text());
            if (before.type == ItemType::Part && was->root()["state"])
                QCOMPARE(is->root()["state"]["status"].text(), was->root()["state"]["status"].text());
        }
    }
}

void TestLeaveOut::staysLinear()
{
    std::string hostile;
    for (int i = 0; i < 200'000; ++i)
        hostile += "data:a/b;base64,data:";
    const std::string part = ids + R"("type":"text","text":")" + hostile + R"("})";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!left(part, everything()).empty());
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestLeaveOut)
#include "test_leave_out.moc"
