// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/share_document.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::document;

class TestShareDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAllTypes()
    {
        const std::string json = R"([ {"type":"session","data":{"id":"ses_1","title":"A \"title\""}},
            {"data":{"id":"msg_1","n":1.50},"type":"message"},
            {"type":"part","data":{"id":"prt_1","messageID":"msg_1"}}, {"type":"session_diff","data":[]},
            {"type":"model","data":[{"id":"m"}]}, {"type":"novelty","data":7} ])";
        const auto document = ShareDocument::parse(json);
        QVERIFY(document);
        const auto& items = document->items();
        QCOMPARE(items.size(), std::size_t(6));
        QCOMPARE(items[0].key, std::string("session"));
        QCOMPARE(items[1].key, std::string("message/msg_1"));
        QCOMPARE(items[1].data, std::string(R"({"id":"msg_1","n":1.50})"));
        QCOMPARE(items[2].key, std::string("part/msg_1/prt_1"));
        QCOMPARE(items[3].key, std::string("session_diff"));
        QCOMPARE(items[4].key, std::string("model"));
        QCOMPARE(items[5].type, ItemType::Unknown);
        QCOMPARE(items[5].typeName, std::string("novelty"));
        QCOMPARE(items[5].data, std::string("7"));
        QCOMPARE(document->sessionId(), std::string("ses_1"));
        QCOMPARE(document->title(), std::string("A \"title\""));
        QCOMPARE(document->messageCount(), std::size_t(1));
        QCOMPARE(ShareDocument::parse(document->toJson()), document);
    }

    void readsBatches()
    {
        const auto document = ShareDocument::parse(
            R"([{"type":"session","data":{"id":"ses_1","location":{}}},
                {"type":"messages","data":{"sessionID":"ses_1","messages":[{"info":{},"parts":[]},{"id":"msg_2"}]}},
                {"type":"messages","data":{"sessionID":"ses_1","messages":[{}]}}])");
        QVERIFY(document);
        QCOMPARE(document->items().size(), std::size_t(3));
        QCOMPARE(document->items()[1].type, ItemType::Messages);
        QVERIFY(document->items()[1].key != document->items()[2].key);
        QVERIFY(document->items()[1].key.starts_with("messages/"));
        QCOMPARE(document->messageCount(), std::size_t(3));
    }

    void losesNothingOddShaped()
    {
        const auto document = ShareDocument::parse(
            R"([{"type":"part","data":{"id":"prt_1"}},{"type":"message","data":null},{"type":"message"},
                {"type":"message","data":{"id":"m"}},{"type":"message","data":{"id":"m","second":1}},
                {"type":"session","data":[]},{"type":"model","data":1},{"type":"model","data":2}])");
        QVERIFY(document);
        QCOMPARE(document->items().size(), std::size_t(8));
        QVERIFY(document->toJson().find("second") != std::string::npos);
        const auto again = ShareDocument::parse(document->toJson());
        QVERIFY(again);
        QCOMPARE(again->items().size(), std::size_t(8));
        QVERIFY(document->sessionId().empty());
    }

    void refusesWhatIsNoDocument_data()
    {
        QTest::addColumn<std::string>("json");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << std::string() << ErrorCode::InvalidJson;
        QTest::newRow("html") << std::string("<html>") << ErrorCode::InvalidJson;
        QTest::newRow("truncated") << std::string(R"([{"type":"session")") << ErrorCode::InvalidJson;
        QTest::newRow("invalid UTF-8") << std::string("[{\"type\":\"a\xff\"}]") << ErrorCode::InvalidJson;
        QTest::newRow("object") << std::string(R"({"error":"x"})") << ErrorCode::DocumentInvalid;
        QTest::newRow("text") << std::string(R"("x")") << ErrorCode::DocumentInvalid;
        QTest::newRow("numbers") << std::string("[1,2]") << ErrorCode::DocumentInvalid;
        QTest::newRow("no type") << std::string(R"([{"data":{}}])") << ErrorCode::DocumentInvalid;
        QTest::newRow("type no text")
            << std::string(R"([{"type":1,"data":{}}])") << ErrorCode::DocumentInvalid;
    }
    void refusesWhatIsNoDocument()
    {
        QFETCH(std::string, json);
        QFETCH(ErrorCode, code);
        const auto document = ShareDocument::parse(json);
        QVERIFY(!document);
        QCOMPARE(document.error().code, code);
    }

    void emptyDocument()
    {
        const auto document = ShareDocument::parse("[]");
        QVERIFY(document);
        QVERIFY(document->isEmpty());
        QCOMPARE(document->toJson(), std::string("[]"));
        QCOMPARE(document->byteCount(), std::size_t(0));
        QVERIFY(document->title().empty());
    }

    void addReplacesByKey()
    {
        ShareDocument document;
        QVERIFY(document.add("message", R"({"id":"msg_1"})"));
        QVERIFY(document.add("part", R"({"id":"prt_1","messageID":"msg_1","text":"old"})"));
        QVERIFY(document.add("part", R"({"messageID":"msg_1","id":"prt_1","text":"new"})"));
        document.addKeyed(ItemType::Message, "message/msg_1", R"({"id":"msg_1","role":"user"})");
        QCOMPARE(document.items().size(), std::size_t(2));
        QCOMPARE(document.items()[0].data, std::string(R"({"id":"msg_1","role":"user"})"));
        QVERIFY(document.items()[1].data.find("new") != std::string::npos);
    }

    void addRefusesWhatHasNoKey_data()
    {
        QTest::addColumn<std::string>("type");
        QTest::addColumn<std::string>("data");
        QTest::newRow("broken") << std::string("part") << std::string(R"({"id":"prt_1","messageID":"msg_1")");
        QTest::newRow("no id") << std::string("part") << std::string(R"({"messageID":"msg_1"})");
        QTest::newRow("number as id") << std::string("message") << std::string(R"({"id":5})");
        QTest::newRow("session without id") << std::string("session") << std::string("{}");
        QTest::newRow("broken unknown") << std::string("novelty") << std::string("{");
    }
    void addRefusesWhatHasNoKey()
    {
        QFETCH(std::string, type);
        QFETCH(std::string, data);
        ShareDocument document;
        const auto added = document.add(type, data);
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::InvalidJson);
        QVERIFY(document.isEmpty());
    }

    void typeNamesGoBothWays()
    {
        for (const auto type : {ItemType::Session, ItemType::Message, ItemType::Part, ItemType::SessionDiff,
                                ItemType::Model, ItemType::Messages, ItemType::Unknown})
            QCOMPARE(itemType(typeName(type)), type);
        QCOMPARE(itemType("session-diff"), ItemType::Unknown);
        QCOMPARE(itemType(""), ItemType::Unknown);
    }

    void manyItemsStayLinear()
    {
        QElapsedTimer timer;
        timer.start();
        ShareDocument document;
        for (int i = 0; i < 100'000; ++i)
            document.addKeyed(ItemType::Part, "part/msg_1/prt_" + std::to_string(i), "{}");
        std::string same = "[";
        for (int i = 0; i < 100'000; ++i)
            same += R"({"type":"message","data":{"id":"m"}},)";
        same.back() = ']';
        const auto parsed = ShareDocument::parse(same);
        QVERIFY(parsed);
        QCOMPARE(parsed->items().size(), std::size_t(100'000));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestShareDocument)
#include "test_share_document.moc"
