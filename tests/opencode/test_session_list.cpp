// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"
#include "support/opencode_database.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

class TestSessionList : public QObject
{
    Q_OBJECT

private:
    QString path() const { return m_folder.filePath(QStringLiteral("opencode.db")); }

    std::unique_ptr<SessionStore> opened() const
    {
        auto store = SessionStore::open(path());
        if (!store) {
            qFatal("%s", qPrintable(store.error().detail));
        }
        return std::move(*store);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void everyField()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/home/ada/project", "Engine");
        database.addSession({.id = "ses_1", .title = "Notes", .archived = 1'700'000'005'000});
        database.addShare("ses_1", "share001", "https://opncd.ai/share/share001", "key");
        database.addMessage("msg_1", "ses_1", 1, userMessage());
        database.addMessage("msg_2", "ses_1", 2, assistantMessage());

        const auto sessions = opened()->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), 1U);
        const SessionSummary expected{
            .id = QStringLiteral("ses_1"),
            .parentId = {},
            .title = QStringLiteral("Notes"),
            .projectId = QStringLiteral("project1"),
            .project = QStringLiteral("Engine"),
            .directory = QStringLiteral("/home/ada/project"),
            .worktree = QStringLiteral("/home/ada/project"),
            .created = fromMilliseconds(1'700'000'000'000),
            .updated = fromMilliseconds(1'700'000'001'000),
            .archived = fromMilliseconds(1'700'000'005'000),
            .messages = 2,
            .shareUrl = QUrl(QStringLiteral("https://opncd.ai/share/share001")),
        };
        QVERIFY(sessions->front() == expected);
    }

    void oneAlone()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/home/ada/project", "Engine");
        database.addSession({.id = "ses_1", .title = "Notes", .updated = 10});
        database.addSession({.id = "ses_2", .title = "Others", .updated = 20});
        database.addMessage("msg_1", "ses_1", 1, userMessage());
        database.addMessage("msg_2", "ses_2", 1, userMessage());
        database.addMessage("msg_3", "ses_2", 2, assistantMessage());

        const auto store = opened();
        const auto all = store->sessions();
        QVERIFY(all);
        for (const SessionSummary& expected : *all) {
            const auto session = store->session(expected.id);
            QVERIFY(session);
            QVERIFY(*session == expected);
        }
        for (const char* unknown : {"", "ses_", "ses_1' OR '1'='1"}) {
            const auto session = store->session(QLatin1String(unknown));
            QVERIFY(!session);
            QCOMPARE(session.error().code, ErrorCode::SessionNotFound);
        }
    }

    void lastUpdatedFirstChildrenIncluded()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_old", .updated = 10});
        database.addSession({.id = "ses_new", .updated = 30});
        database.addSession({.id = "ses_child", .parentId = "ses_old", .updated = 20});
        const auto sessions = opened()->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), 3U);
        QCOMPARE(sessions->at(0).id, QStringLiteral("ses_new"));
        QCOMPARE(sessions->at(1).id, QStringLiteral("ses_child"));
        QCOMPARE(sessions->at(1).parentId, QStringLiteral("ses_old"));
        QCOMPARE(sessions->at(2).id, QStringLiteral("ses_old"));
    }

    void projectNames_data()
    {
        QTest::addColumn<QByteArray>("worktree");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("named") << QByteArray("/a/b") << QByteArray("Nice") << QStringLiteral("Nice");
        QTest::newRow("folder") << QByteArray("/a/b/") << QByteArray() << QStringLiteral("b");
        QTest::newRow("Windows") << QByteArray(R"(C:\work\tool)") << QByteArray() << QStringLiteral("tool");
        QTest::newRow("global") << QByteArray("/") << QByteArray() << QStringLiteral("project");
    }

    void projectNames()
    {
        QFETCH(QByteArray, worktree);
        QFETCH(QByteArray, name);
        QFETCH(QString, expected);
        OpencodeDatabase database(path());
        database.addProject("project1", worktree, name);
        database.addSession({.id = "ses_1"});
        const auto sessions = opened()->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->front().project, expected);
        QCOMPARE(sessions->front().worktree, QString::fromUtf8(worktree));
    }

    void projectRowMissing()
    {
        OpencodeDatabase database(path());
        database.execute("PRAGMA foreign_keys=OFF");
        database.addSession({.id = "ses_1", .projectId = "gone"});
        const auto sessions = opened()->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->front().project, QStringLiteral("project"));
    }

    void firstSchema()
    {
        OpencodeDatabase database(path(), SchemaAge::First);
        database.addProject("project1", "/home/ada/tool");
        database.addSession({.id = "ses_1", .archived = 5});
        database.addMessage("msg_1", "ses_1", 1, userMessage());
        const auto store = opened();
        const auto sessions = store->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), 1U);
        QCOMPARE(sessions->front().messages, 1);
        QVERIFY(!sessions->front().archived);
        const auto shares = store->shares();
        QVERIFY(shares);
        QVERIFY(shares->empty());
    }

    void shares()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1"});
        database.addShare("ses_1", "share001", "http://127.0.0.1:7777/share/share001", "2b1c-key");
        const auto shares = opened()->shares();
        QVERIFY(shares);
        QCOMPARE(shares->size(), 1U);
        const ShareRow& share = shares->front();
        QCOMPARE(share.sessionId, QStringLiteral("ses_1"));
        QCOMPARE(share.shareId, QStringLiteral("share001"));
        QCOMPARE(share.url, QUrl(QStringLiteral("http://127.0.0.1:7777/share/share001")));
        QVERIFY(share.key == Secret("2b1c-key"));
        QCOMPARE(share.created, fromMilliseconds(1'700'000'002'000));
    }

    void hostileTexts()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/p");
        database.addSession({.id = "ses_1", .title = QByteArray("a\xff\xfe") + "<img src=x>"});
        database.addSession({.id = "ses_2", .title = QByteArray("nul\0tail", 8), .updated = 1});
        database.addSession({.id = "ses_3", .title = QByteArray(300'000, 't'), .updated = 0});
        const auto sessions = opened()->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), 3U);
        QCOMPARE(sessions->at(0).title, QStringLiteral("a\uFFFD\uFFFD<img src=x>"));
        QCOMPARE(sessions->at(1).title.size(), 8);
        QCOMPARE(sessions->at(2).title.size(), 300'000);
    }

    void tenThousandSessions()
    {
        OpencodeDatabase database(path());
        database.execute("BEGIN");
        database.addProject("project1", "/p");
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO session (id, project_id, slug, directory, title, version, time_created, "
            "time_updated) SELECT printf('ses_%022d', i), 'project1', 's', '/home/ada/project', "
            "'Session number ' || i, '1.18.33', i, i FROM n");
        database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
                         "INSERT INTO message (id, session_id, time_created, time_updated, data) "
                         "SELECT printf('msg_%022d', i), printf('ses_%022d', 1 + i % 10000), i, i, "
                         "'{\"role\":\"user\"}' FROM n");
        database.execute("COMMIT");
        const auto store = opened();
        QCOMPARE(store->sessions()->size(), 10'000U);
        QCOMPARE(store->sessions()->front().messages, 20);
        auto uncounted = *store->sessions(Counting::Nothing);
        QVERIFY(std::all_of(uncounted.begin(), uncounted.end(),
                            [](const SessionSummary& session) { return session.messages == -1; }));
        const auto counted = *store->sessions();
        QVERIFY(std::equal(uncounted.begin(), uncounted.end(), counted.begin(), counted.end(),
                           [](const SessionSummary& a, const SessionSummary& b) {
                               return a.id == b.id && a.title == b.title && a.updated == b.updated;
                           }));
        QBENCHMARK
        {
            const auto sessions = store->sessions();
            QVERIFY(sessions);
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionList)
#include "test_session_list.moc"
