// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "document/blank_items.h"
#include "sharing/watcher.h"
#include "support/real_opencode.h"

#include <QCoroTask>

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::LoopbackShareServer;

//! Live links through the real opencode, and its own row cleared after a takedown.
class TestContractLive : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ShareManager> manager(std::optional<QUrl> server = {}) const
    {
        ManagerOptions options;
        options.environment = m_opencode->environment();
        options.vault = VaultKind::File;
        options.server = std::move(server);
        return std::make_unique<ShareManager>(options);
    }

    //! A session with something in it, made by an opencode that then ends.
    QString session(const QString& title) const
    {
        const RunningOpencode running(*m_opencode);
        const QString id = running.createSession(title);
        return running.note(id, QStringLiteral("A note in ") + title) ? id : QString();
    }

    //! How many rows opencode has for the session.
    int rowsOf(const QString& sessionId) const
    {
        const auto store = opencode::SessionStore::open(m_opencode->database());
        if (!store)
            return -1;
        const auto rows = (*store)->shares();
        return rows ? int(std::count_if(rows->begin(), rows->end(),
                                        [&](const auto& row) { return row.sessionId == sessionId; }))
                    : -1;
    }

    static bool isReadable(const LoopbackShareServer& server, const QString& shareId)
    {
        const QByteArray json = server.dataOf(shareId);
        const auto there = document::ShareDocument::parse(std::string_view(json.constData(), json.size()));
        return there && !there->isEmpty() && !document::isBlank(*there);
    }

    int deletesSeen() const
    {
        const auto requests = m_shares->requests();
        return int(std::count_if(requests.begin(), requests.end(),
                                 [](const auto& request) { return request.verb == "DELETE"; }));
    }

    std::unique_ptr<LoopbackShareServer> m_shares;
    std::unique_ptr<RealOpencode> m_opencode;

private Q_SLOTS:
    void init()
    {
        m_shares = std::make_unique<LoopbackShareServer>(demo::Generation::June2026);
        m_opencode = std::make_unique<RealOpencode>();
        QVERIFY2(m_opencode->problem().isEmpty(), qPrintable(m_opencode->problem()));
        QVERIFY(m_opencode->configure(m_shares->origin()));
    }

    void liveAndBack()
    {
        const QString id = session(QStringLiteral("Live"));
        QVERIFY(!id.isEmpty());
        const auto core = manager();
        const auto link = QCoro::waitFor(core->publishLive(id));
        QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
        QCOMPARE(link->kind, LinkKind::Live);
        QCOMPARE(link->state, LinkState::Live);
        // opencode sends the session alone first, the messages a second or more later.
        QCOMPARE(link->publicMessages, 1);
        QVERIFY(link->hasKey);
        QVERIFY(isReadable(*m_shares, link->id.shareId));
        QCOMPARE(rowsOf(id), 1);

        // opencode makes no second one, and neither do we.
        const auto again = QCoro::waitFor(core->publishLive(id));
        QVERIFY(again);
        QCOMPARE(again->id, link->id);

        const auto removed = QCoro::waitFor(core->unshare(link->id));
        QVERIFY2(removed, qPrintable(removed ? QString() : codeName(removed.error().code)));
        QCOMPARE(removed->state, LinkState::Removed);
        QVERIFY(!isReadable(*m_shares, link->id.shareId));
        const int deletes = deletesSeen();
        QCoro::waitFor(core->backgroundDone());
        QCOMPARE(rowsOf(id), 0);
        QCOMPARE(deletesSeen(), deletes);
        QVERIFY(!isReadable(*m_shares, link->id.shareId));
        QCOMPARE(core->receipts(1)->front().act, QStringLiteral("reconcile"));
        QCOMPARE(core->receipts(1)->front().outcome, QStringLiteral("ok"));

        // The row is gone, so it can be shared anew.
        const auto anew = QCoro::waitFor(core->publishLive(id));
        QVERIFY2(anew, qPrintable(anew ? QString() : codeName(anew.error().code)));
        QCOMPARE(anew->state, LinkState::Live);
        QCOMPARE(QCoro::waitFor(core->unshare(anew->id))->state, LinkState::Removed);
        QCoro::waitFor(core->backgroundDone());
        QCOMPARE(rowsOf(id), 0);
    }

    void throughARunningServer()
    {
        const RunningOpencode running(*m_opencode);
        QVERIFY(running.isReady());
        const QString id = running.createSession(QStringLiteral("Running"));
        QVERIFY(running.note(id, QStringLiteral("A note")));
        const auto core = manager();
        opencode::ServerAddress address;
        address.url = running.url();
        address.password = Secret("not this one");
        const auto refused = QCoro::waitFor(core->setOpencodeServer(address));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::OpencodeRefused);
        QVERIFY(core->opencodeServerUrl()->isEmpty());
        address.password = Secret(RunningOpencode::password().toStdString());
        const auto version = QCoro::waitFor(core->setOpencodeServer(address));
        QVERIFY2(version, qPrintable(version ? QString() : codeName(version.error().code)));
        QCOMPARE(*core->opencodeServerUrl(), running.url());

        const auto link = QCoro::waitFor(manager()->publishLive(id));
        QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
        QCOMPARE(link->state, LinkState::Live);
        // What is said later is uploaded by it as well; a takedown stands against that.
        QVERIFY(running.note(id, QStringLiteral("Later")));
        const auto removed = QCoro::waitFor(core->unshare(link->id));
        QVERIFY2(removed, qPrintable(removed ? QString() : codeName(removed.error().code)));
        QVERIFY(!isReadable(*m_shares, link->id.shareId));
        QCOMPARE(QCoro::waitFor(core->check(link->id))->state, LinkState::Removed);
        QCoro::waitFor(core->backgroundDone());
    }

    void deletedWhileTheShareServerWasDown()
    {
        const QString id = session(QStringLiteral("Deleted"));
        LinkId link;
        {
            const auto core = manager();
            const auto live = QCoro::waitFor(core->publishLive(id));
            QVERIFY2(live, qPrintable(live ? QString() : codeName(live.error().code)));
            link = live->id;
        }
        m_shares->stop();
        const auto deleted = m_opencode->run({QStringLiteral("session"), QStringLiteral("delete"), id});
        QCOMPARE(deleted.status, 0);
        m_shares->start();
        QCOMPARE(rowsOf(id), 0);
        QVERIFY(isReadable(*m_shares, link.shareId));

        const auto core = manager();
        QVERIFY(core->links()->front().sessionDeleted);
        QCOMPARE(QCoro::waitFor(core->check(link))->state, LinkState::Orphan);
        const auto removed = QCoro::waitFor(core->unshare(link));
        QVERIFY2(removed, qPrintable(removed ? QString() : codeName(removed.error().code)));
        QCOMPARE(removed->state, LinkState::Removed);
        QVERIFY(!isReadable(*m_shares, link.shareId));
    }

    //! Shared and deleted by opencode, as its own program does it, with nobody to ask.
    void watchedFromOutside()
    {
        const RunningOpencode running(*m_opencode);
        QVERIFY(running.isReady());
        const QString id = running.createSession(QStringLiteral("Watched"));
        QVERIFY(running.note(id, QStringLiteral("A note")));
        const auto core = manager();
        Watcher watcher(*core);
        std::vector<WatchEvent> events;
        bool isWatching = false;
        connect(&watcher, &Watcher::watching, this, [&] { isWatching = true; });
        connect(&watcher, &Watcher::happened, this,
                [&](const WatchEvent& event) { events.push_back(event); });
        std::stop_source stop;
        const auto watching = watcher.run(stop.get_token());
        QTRY_VERIFY(isWatching);

        QCOMPARE(running.call("POST", QStringLiteral("/session/%1/share").arg(id)).status, 200);
        QElapsedTimer since;
        since.start();
        QTRY_VERIFY(!events.empty() && events.front().link.hasKey);
        qInfo("taken in %lld ms after opencode's answer", since.elapsed());
        QVERIFY(since.elapsed() < 2000);
        QCOMPARE(events.front().kind, WatchKind::Shared);
        const LinkId link = events.front().link.id;
        QTRY_VERIFY_WITH_TIMEOUT(isReadable(*m_shares, link.shareId), 20'000);

        m_shares->stop();
        QCOMPARE(running.call("DELETE", QStringLiteral("/session/%1").arg(id)).status, 200);
        m_shares->start();
        const auto isOrphaned = [](const WatchEvent& event) { return event.kind == WatchKind::Orphaned; };
        QTRY_VERIFY(std::any_of(events.begin(), events.end(), isOrphaned));
        QCOMPARE(rowsOf(id), 0);
        const auto removed = QCoro::waitFor(core->unshare(link));
        QVERIFY2(removed, qPrintable(removed ? QString() : codeName(removed.error().code)));
        QCOMPARE(removed->state, LinkState::Removed);
        QVERIFY(!isReadable(*m_shares, link.shareId));
        stop.request_stop();
        QCoro::waitFor(watching);
    }

    void otherShareServer()
    {
        const LoopbackShareServer other(demo::Generation::June2026);
        const QString id = session(QStringLiteral("Elsewhere"));
        const auto core = manager(other.origin());
        const auto link = QCoro::waitFor(core->publishLive(id));
        QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
        QCOMPARE(link->id.origin, other.origin());
        QVERIFY(m_shares->requests().empty());
        QCOMPARE(QCoro::waitFor(core->unshare(link->id))->state, LinkState::Removed);
        QCoro::waitFor(core->backgroundDone());
        QCOMPARE(rowsOf(id), 0);
    }

    void cancelled()
    {
        const QString id = session(QStringLiteral("Cancelled"));
        const auto core = manager();
        std::stop_source stop;
        m_shares->onCarriedOut([&stop](const demo::SeenRequest& request) {
            if (request.verb == "POST")
                stop.request_stop();
        });
        const auto link = QCoro::waitFor(core->publishLive(id, stop.get_token()));
        QVERIFY(!link);
        QCOMPARE(link.error().code, ErrorCode::Cancelled);
        for (const QString& shareId : m_shares->shareIds())
            QVERIFY(!isReadable(*m_shares, shareId));
        const std::vector<Link> links = core->links().value();
        for (const Link& left : links)
            QCOMPARE(left.state, LinkState::Removed);
        QCoro::waitFor(core->backgroundDone());
    }
};

QTEST_GUILESS_MAIN(TestContractLive)
#include "test_contract_live.moc"
