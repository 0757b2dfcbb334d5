// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_items.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::document;

namespace {

const std::string conversation = R"([
 {"type":"session","data":{"id":"ses_1","title":"WORD","directory":"/WORD","time":{"created":5},"share":{"url":"WORD"}}},
 {"type":"message","data":{"id":"msg_1","sessionID":"ses_1","role":"user","summary":{"diffs":[{"file":"WORD"}]}}},
 {"type":"message","data":{"id":"msg_2","sessionID":"ses_1","role":"assistant","path":{"cwd":"/WORD"},"modelID":"WORD"}},
 {"type":"part","data":{"id":"prt_1","messageID":"msg_1","sessionID":"ses_1","type":"text","text":"WORD"}},
 {"type":"part","data":{"id":"prt_2","messageID":"msg_2","sessionID":"ses_1","type":"tool","tool":"bash",
   "state":{"status":"completed","input":{"command":"WORD"},"output":"WORD","metadata":{"WORD":1}}}},
 {"type":"session_diff","data":[{"file":"WORD","before":"WORD"}]},
 {"type":"model","data":[{"id":"WORD","headers":{"x":"WORD"}}]},
 {"type":"novelty","data":{"id":"nov_1","sessionID":"ses_1","text":"WORD","list":["WORD"]}},
 {"type":"messages","data":{"sessionID":"ses_1","messages":[
   {"info":{"id":"msg_3","sessionID":"ses_1","role":"user"},"parts":[{"id":"prt_3","messageID":"msg_3","text":"WORD"}]},
   {"id":"msg_4","text":"WORD","parts":[{"id":"prt_4","type":"WORD"}]}]}}
])";

bool blankItem(std::string_view type, std::string data)
{
    ShareDocument document;
    document.addKeyed(itemType(type), std::string(type), std::move(data));
    return isBlank(document);
}

//! \brief Objects in each other, so many levels.
std::string nested(int levels)
{
    std::string json;
    for (int i = 0; i < levels; ++i)
        json.append("{\"info\":");
    return json.append("null").append(std::size_t(levels), '}');
}

} // namespace

class TestBlankItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blanksEveryItemAndKeepsItsKey()
    {
        const auto document = ShareDocument::parse(conversation);
        QVERIFY(document);
        QVERIFY(!isBlank(*document));
        const auto blank = blanked(*document);
        QVERIFY(blank);
        const std::string json = blank->toJson();
        QVERIFY2(json.find("WORD") == std::string::npos, json.c_str());
        QVERIFY2(json.find("bash") == std::string::npos, json.c_str());
        const auto again = ShareDocument::parse(json);
        QVERIFY(again);
        QCOMPARE(again->items().size(), document->items().size());
        for (std::size_t i = 0; i < document->items().size(); ++i)
            QCOMPARE(again->items()[i].key, document->items()[i].key);
        QVERIFY(isBlank(*again));
        for (const std::string id :
             {"ses_1", "msg_1", "msg_2", "prt_1", "prt_2", "msg_3", "prt_3", "msg_4", "prt_4"})
            QVERIFY2(json.find('"' + id + '"') != std::string::npos, id.c_str());
        QCOMPARE(*blanked(*blank), *blank);
    }

    void anyOneItemLeftIsNotBlank()
    {
        const auto document = ShareDocument::parse(conversation);
        QVERIFY(document);
        const auto blank = blanked(*document);
        QVERIFY(blank);
        for (std::size_t i = 0; i < document->items().size(); ++i) {
            ShareDocument mixed = *blank;
            mixed.addItem(document->items()[i]);
            QVERIFY2(!isBlank(mixed), document->items()[i].key.c_str());
        }
    }

    void dataThatDoNotParseAreBlankedByTheirKey()
    {
        ShareDocument document;
        document.addKeyed(ItemType::Part, "part/msg_1/prt_1", "{\"text\":\"WORD");
        document.addKeyed(ItemType::Message, "message/msg_1", "WORD");
        document.addKeyed(ItemType::Model, "model", "[WORD");
        QVERIFY(!isBlank(document));
        const auto blank = blanked(document);
        QVERIFY(blank);
        QVERIFY(isBlank(*blank));
        const auto again = ShareDocument::parse(blank->toJson());
        QVERIFY(again);
        QCOMPARE(again->items()[0].key, std::string("part/msg_1/prt_1"));
        QCOMPARE(again->items()[1].key, std::string("message/msg_1"));
    }

    void blanksOfOtherProgramsCount()
    {
        QVERIFY(isBlank(ShareDocument()));
        QVERIFY(blankItem(
            "session",
            R"({"id":"ses_1","projectID":"abc","version":"1.18.33","title":"","time":{"created":1}})"));
        QVERIFY(blankItem(
            "message",
            R"({"id":"msg_1","role":"assistant","cost":0,"tokens":{"input":0},"parentID":"msg_0"})"));
        QVERIFY(
            blankItem("part", R"({"id":"prt_1","type":"text","text":"","state":{"input":{},"output":""}})"));
        QVERIFY(blankItem("session_diff", "[]"));
        QVERIFY(blankItem("model", "[{}]"));
        QVERIFY(blankItem("novelty", "null"));
        QVERIFY(blankItem("message", "{}"));
        // Names and texts are judged as what they say, not as they are written.
        QVERIFY(blankItem("part", R"({"\u0074ype":"t\u0065xt","text":""})"));
        QVERIFY(blankItem("message", R"({"info":{"parts":[{"id":"prt_1"},{}]}})"));
        QVERIFY(blankItem("message", nested(20)));
    }

    void contentIsNeverBlank_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<std::string>("data");
        const auto row = [](const char* name, const char* type, const char* data) {
            QTest::newRow(name) << std::string(type) << std::string(data);
        };
        row("title", "session", R"({"id":"ses_1","title":"x"})");
        row("directory", "session", R"({"id":"ses_1","directory":"/home"})");
        row("slug", "session", R"({"id":"ses_1","slug":"happy-fox"})");
        row("version that is a text", "session", R"({"version":"my password is x"})");
        row("text", "part", R"({"type":"text","text":" "})");
        row("tool", "part", R"({"type":"tool","text":""})");
        row("tool's name", "part", R"({"tool":"bash"})");
        row("path", "message", R"({"path":{"cwd":"/"}})");
        row("id that is a text", "part", R"({"id":"see what I wrote here"})");
        row("long id", "part",
            R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})");
        row("unknown name", "message", R"({"id":"msg_1","hunter2":0})");
        row("name in a map", "part", R"({"state":{"metadata":{"sk-live":null}}})");
        row("array of texts", "part", R"({"files":["a"]})");
        row("array of numbers", "part", R"({"text":[104,105]})");
        row("diff", "session_diff", R"([{"file":"a"}])");
        row("model", "model", R"([{"modelID":"gpt"}])");
        row("string", "novelty", R"("x")");
        row("broken", "part", R"({"text":)");
        row("second of one name", "part", R"({"text":"","text":"x"})");
        row("array in an array", "session_diff", "[[]]");
        row("name with an escape", "part", R"({"\u0068unter2":0})");
        row("text with an escape", "part", R"({"text":"\u0020"})");
        row("empty name", "part", R"({"":0})");
        row("deeper than any blank", "message", nested(70).c_str());
        row("said below all that", "message", nested(200).c_str());
        row("first of one name", "part", R"({"text":"x","text":""})");
    }
    void contentIsNeverBlank()
    {
        QFETCH(std::string, type);
        QFETCH(std::string, data);
        QVERIFY(!blankItem(type, data));
    }

    void countsMessagesThatSaySomething()
    {
        const auto document = ShareDocument::parse(R"([
            {"type":"session","data":{"id":"s"}},
            {"type":"message","data":{"id":"a","role":"user","time":{"created":1},"agent":"build"}},
            {"type":"message","data":{"id":"b","role":"user","time":{"created":1}}},
            {"type":"part","data":{"id":"p","messageID":"b","type":"text","text":""}},
            {"type":"part","data":{"id":"q","messageID":"b","type":"text","text":"said"}},
            {"type":"part","data":{"id":"r","messageID":"b","type":"text","text":"more"}},
            {"type":"message","data":{"id":"c","role":"user","time":{"created":0}}},
            {"type":"part","data":{"id":"t","messageID":"c","type":"text","text":""}},
            {"type":"message","data":{"id":"d","role":"assistant"}},
            {"type":"messages","data":{"sessionID":"s","messages":[
                {"info":{"id":"e","role":"user"},"parts":[{"id":"u","type":"text","text":"batched"}]},
                {"info":{"id":"f","role":"user"},"parts":[{"id":"v","type":"text","text":""}]}]}}])");
        QVERIFY(document);
        QCOMPARE(document->messageCount(), std::size_t(6));
        QCOMPARE(saidMessageCount(*document), std::size_t(3));
        const auto blank = blanked(*document);
        QVERIFY(blank);
        QCOMPARE(blank->messageCount(), std::size_t(6));
        QCOMPARE(saidMessageCount(*blank), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestBlankItems)
#include "test_blank_items.moc"
