// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"
#include "support/opencode_database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;
using document::ItemType;
using document::ShareDocument;

class TestSessionDocument : public QObject
{
    Q_OBJECT

private:
    QString path() const { return m_folder.filePath(QStringLiteral("opencode.db")); }

    static QJsonObject object(const std::string& json)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    }

    static const std::string& dataOf(const ShareDocument& document, std::string_view key)
    {
        for (const auto& item : document.items()) {
            if (item.key == key) {
                return item.data;
            }
        }
        qFatal("no item %s", key.data());
    }

    ShareDocument read(const QString& id = QStringLiteral("ses_1")) const
    {
        const auto store = SessionStore::open(path());
        if (!store) {
            qFatal("%s", qPrintable(store.error().detail));
        }
        auto document = (*store)->document(id);
        if (!document) {
            qFatal("%s %s", qPrintable(codeName(document.error().code)), qPrintable(document.error().detail));
        }
        return std::move(*document);
    }

    //! A database with one session of one message with one part, whose stored JSON is \p data.
    ShareDocument readWithPart(const QByteArray& data) const
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 1, assistantMessage());
        database.addPart("prt_1", "msg_1", "ses_1", data);
        return read();
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void orderAndKeys()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        // Time counts before ID for messages, ID alone for parts.
        database.addMessage("msg_b", "ses_1", 1, userMessage());
        database.addMessage("msg_a", "ses_1", 2, assistantMessage());
        database.addMessage("msg_c", "ses_1", 2, assistantMessage());
        database.addPart("prt_3", "msg_a", "ses_1", textPart("three"));
        database.addPart("prt_2", "msg_a", "ses_1", textPart("two"));
        database.addPart("prt_9", "msg_b", "ses_1", textPart("nine"));
        database.addSession({.id = "ses_2"});
        database.addMessage("msg_other", "ses_2", 1, userMessage());

        QStringList keys;
        const ShareDocument document = read();
        for (const auto& item : document.items()) {
            keys << QString::fromStdString(item.key);
        }
        const QStringList expected{
            QStringLiteral("session"),
            QStringLiteral("message/msg_b"),
            QStringLiteral("message/msg_a"),
            QStringLiteral("message/msg_c"),
            QStringLiteral("part/msg_b/prt_9"),
            QStringLiteral("part/msg_a/prt_2"),
            QStringLiteral("part/msg_a/prt_3"),
            QStringLiteral("session_diff"),
            QStringLiteral("model"),
        };
        QCOMPARE(keys, expected);
        // The keys that we built are those that a reader of the document finds.
        QVERIFY(ShareDocument::parse(document.toJson()) == document);
    }

    void head_data()
    {
        QTest::addColumn<std::size_t>("messages");
        QTest::addColumn<std::size_t>("bytes");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<QString>("parts");
        const std::size_t many = 1'000'000;
        QTest::newRow("all") << many << many << true << QStringLiteral("123");
        QTest::newRow("just all") << std::size_t(2) << many << true << QStringLiteral("123");
        QTest::newRow("one message") << std::size_t(1) << many << false << QStringLiteral("12");
        QTest::newRow("one part") << many << std::size_t(0) << false << QStringLiteral("1");
        QTest::newRow("two parts") << many << std::size_t(100) << false << QStringLiteral("12");
        QTest::newRow("no message") << std::size_t(0) << many << false << QString();
    }

    void head()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 1, userMessage());
        database.addMessage("msg_2", "ses_1", 2, assistantMessage());
        database.addPart("prt_1", "msg_1", "ses_1", textPart("one"));
        database.addPart("prt_2", "msg_1", "ses_1", textPart("two"));
        database.addPart("prt_3", "msg_2", "ses_1", textPart("three"));

        QFETCH(std::size_t, messages);
        QFETCH(std::size_t, bytes);
        const auto store = SessionStore::open(path());
        QVERIFY(store);
        const auto head = (*store)->head(QStringLiteral("ses_1"), {messages, bytes});
        QVERIFY(head);
        QTEST(head->whole, "whole");
        QString parts;
        for (const auto& item : head->document.items()) {
            if (item.type == ItemType::Part) {
                parts += QLatin1Char(item.key.back());
            }
        }
        QTEST(parts, "parts");
        if (head->whole) {
            QVERIFY(head->document == read());
        }
        const auto unknown = (*store)->head(QStringLiteral("ses_2"), {messages, bytes});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::SessionNotFound);
    }

    void everyColumnOfTheSession()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1", .title = "Notes", .parentId = "ses_0"});
        database.execute(
            "UPDATE session SET workspace_id = 'wrk_1', path = 'sub', agent = 'build', "
            "model = '{\"id\":\"m1\",\"providerID\":\"mock\"}', share_url = 'https://h/share/1', "
            "summary_additions = 3, summary_files = 1, summary_diffs = '[{\"file\":\"a\"}]', metadata = "
            "'{\"k\":1}', "
            "cost = 0.25, tokens_input = 1, tokens_output = 2, tokens_reasoning = 3, tokens_cache_read = 4, "
            "tokens_cache_write = 5, revert = '{\"messageID\":\"msg_1\"}', permission = "
            "'[{\"action\":\"deny\"}]', "
            "time_compacting = 7, time_archived = 8");
        const QByteArray expected =
            R"({"id":"ses_1","slug":"quiet-river","projectID":"project1","workspaceID":"wrk_1",)"
            R"("directory":"/home/ada/project","path":"sub","parentID":"ses_0","title":"Notes","agent":"build",)"
            R"("model":{"id":"m1","providerID":"mock"},"version":"1.18.33",)"
            R"("summary":{"additions":3,"deletions":0,"files":1,"diffs":[{"file":"a"}]},"cost":0.25,)"
            R"("tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}},)"
            "\"share\":{\"url\":\"https://h/share/"
            "1\"},\"metadata\":{\"k\":1},\"revert\":{\"messageID\":\"msg_1\"},"
            R"("permission":[{"action":"deny"}],)"
            R"("time":{"created":1700000000000,"updated":1700000001000,"compacting":7,"archived":8}})";
        QCOMPARE(QByteArray::fromStdString(dataOf(read(), "session")), expected);
    }

    void unsetColumnsAreLeftOut()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        const QStringList expected{
            QStringLiteral("cost"),      QStringLiteral("directory"), QStringLiteral("id"),
            QStringLiteral("projectID"), QStringLiteral("slug"),      QStringLiteral("time"),
            QStringLiteral("title"),     QStringLiteral("tokens"),    QStringLiteral("version"),
        };
        QCOMPARE(object(dataOf(read(), "session")).keys(), expected);
    }

    void firstSchema()
    {
        OpencodeDatabase database(path(), SchemaAge::First);
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 1, userMessage());
        database.addPart("prt_1", "msg_1", "ses_1", textPart("hello"));
        const ShareDocument document = read();
        QCOMPARE(document.items().size(), 5U);
        QVERIFY(!object(dataOf(document, "session")).contains(u"cost"));
    }

    void damagedColumnOfTheSession()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.execute("UPDATE session SET permission = '[{', metadata = '', model = 'null'");
        const auto session = object(dataOf(read(), "session"));
        QCOMPARE(session.value(u"id").toString(), QStringLiteral("ses_1"));
        QVERIFY(!session.contains(u"permission"));
        QVERIFY(!session.contains(u"metadata"));
        QVERIFY(!session.contains(u"model"));
    }

    void dataStaysByteByByte_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray ids = R"("id":"prt_1","sessionID":"ses_1","messageID":"msg_1"})";
        QTest::newRow("usual") << QByteArray(R"({"type":"text","text":"\u00e9 / \/"})")
                               << R"({"type":"text","text":"\u00e9 / \/",)" + ids;
        QTest::newRow("empty") << QByteArray("{}") << "{" + ids;
        QTest::newRow("spaces") << QByteArray("{ \"a\" : 1.0 }\n") << "{ \"a\" : 1.0 ," + ids;
        QTest::newRow("numbers") << QByteArray(R"({"a":1e2,"b":123456789012345678901234567890,"c":1e999})")
                                 << R"({"a":1e2,"b":123456789012345678901234567890,"c":1e999,)" + ids;
        QTest::newRow("own id gives way")
            << QByteArray(R"({"id":"x","a":[1, 2],"messageID":{"b":1},"z":null})")
            << R"({"a":[1, 2],"z":null,)" + ids;
        QTest::newRow("escaped name") << QByteArray(R"({"\u0069d":"x","a":"b"})") << R"({"a":"b",)" + ids;
        QTest::newRow("only ids") << QByteArray(R"({"id":"x"})") << "{" + ids;
        QTest::newRow("inner id stays") << QByteArray(R"({"a":{"id":"x"}})") << R"({"a":{"id":"x"},)" + ids;
        QTest::newRow("unknown type") << QByteArray(R"({"type":"hologram","rays":[true]})")
                                      << R"({"type":"hologram","rays":[true],)" + ids;
    }

    void dataStaysByteByByte()
    {
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(dataOf(readWithPart(stored), "part/msg_1/prt_1")), expected);
    }

    void damagedPart_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::newRow("cut") << QByteArray("{\"type\":\"text\",\"text\":\"sk-live-012");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("sk-live-012");
        QTest::newRow("no object") << QByteArray(R"(["sk-live-012"])");
        QTest::newRow("two values") << QByteArray(R"({"a":"sk-live-012"} {})");
        QTest::newRow("raw newline") << QByteArray("{\"a\":\"sk-live-012\n\"}");
        QTest::newRow("NUL") << QByteArray("{\"a\":\"sk-live-012\0\"}", 19);
        QTest::newRow("too deep") << QByteArray(R"({"a":"sk-live-012","b":)") + QByteArray(2000, '[') +
                                         QByteArray(2000, ']') + "}";
    }

    void damagedPart()
    {
        QFETCH(QByteArray, stored);
        const ShareDocument document = readWithPart(stored);
        QCOMPARE(document.items().size(), 5U);
        const auto part = object(dataOf(document, "part/msg_1/prt_1"));
        QCOMPARE(part.value(u"type").toString(), QStringLiteral("unreadable"));
        QCOMPARE(part.value(u"id").toString(), QStringLiteral("prt_1"));
        QCOMPARE(part.value(u"sessionID").toString(), QStringLiteral("ses_1"));
        QCOMPARE(part.value(u"messageID").toString(), QStringLiteral("msg_1"));
        QCOMPARE(part.value(u"bytes").toInt(), stored.size());
        QVERIFY2(document.toJson().find("sk-live") == std::string::npos, "unchecked bytes must stay out");
    }

    void damagedMessage()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 17, R"({"role":"user",)");
        database.addPart("prt_2", "msg_1", "ses_1", textPart("still here"));
        const ShareDocument document = read();
        const auto message = object(dataOf(document, "message/msg_1"));
        QCOMPARE(message.value(u"id").toString(), QStringLiteral("msg_1"));
        QCOMPARE(message.value(u"time").toObject().value(u"created").toInt(), 17);
        QCOMPARE(object(dataOf(document, "part/msg_1/prt_1")).value(u"type").toString(),
                 QStringLiteral("unreadable"));
        QCOMPARE(object(dataOf(document, "part/msg_1/prt_2")).value(u"text").toString(),
                 QStringLiteral("still here"));
    }

    void invalidUtf8()
    {
        const auto document = readWithPart(textPart("a\xff\xc3(b"));
        const auto part = object(dataOf(document, "part/msg_1/prt_1"));
        QCOMPARE(part.value(u"text").toString(), QStringLiteral("a\uFFFD\uFFFD(b"));
        QVERIFY(ShareDocument::parse(document.toJson()));
    }

    void largePart()
    {
        const QByteArray text(5'000'000, 'x');
        const auto document = readWithPart(textPart(text));
        QCOMPARE(object(dataOf(document, "part/msg_1/prt_1")).value(u"text").toString().size(), text.size());
    }

    void longLines()
    {
        const QByteArray text = QByteArray(300'000, 'a') + "\\n" + QByteArray(300'000, 'b');
        const auto document = readWithPart(textPart(text));
        QCOMPARE(object(dataOf(document, "part/msg_1/prt_1")).value(u"text").toString().size(), 600'001);
    }

    void models()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 1, userMessage("m1"));
        database.addMessage("msg_2", "ses_1", 2, userMessage("m\\\"2"));
        database.addMessage("msg_3", "ses_1", 3, userMessage("m1"));
        database.addMessage("msg_4", "ses_1", 4, assistantMessage());
        database.addMessage("msg_5", "ses_1", 5, R"({"role":"user","model":"gone"})");
        const QByteArray expected =
            R"([{"id":"m1","providerID":"mock","name":"m1","api":{"id":"m1"}},)"
            "{\"id\":\"m\\\"2\",\"providerID\":\"mock\",\"name\":\"m\\\"2\",\"api\":{\"id\":\"m\\\"2\"}}]";
        QCOMPARE(QByteArray::fromStdString(dataOf(read(), "model")), expected);
    }

    void unknownSession()
    {
        OpencodeDatabase database(path());
        const auto store = SessionStore::open(path());
        QVERIFY(store);
        const auto document = (*store)->document(QStringLiteral("ses_x' OR 1=1 --"));
        QVERIFY(!document);
        QCOMPARE(document.error().code, ErrorCode::SessionNotFound);
        QCOMPARE((*store)->fingerprint(QStringLiteral("ses_x")).error().code, ErrorCode::SessionNotFound);
    }

    void twentyMegabytes()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.execute("BEGIN");
        for (int i = 0; i < 2000; ++i) {
            const auto id = QByteArray::number(10'000 + i);
            database.addMessage("msg_" + id, "ses_1", i, assistantMessage());
            database.addPart("prt_" + id, "msg_" + id, "ses_1",
                             textPart(QByteArray("lorem ipsum ").repeated(830)));
        }
        database.execute("COMMIT");
        const auto store = SessionStore::open(path());
        QVERIFY(store);
        QBENCHMARK
        {
            const auto document = (*store)->document(QStringLiteral("ses_1"));
            QVERIFY(document);
            QCOMPARE(document->items().size(), 4003U);
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionDocument)
#include "test_session_document.moc"
