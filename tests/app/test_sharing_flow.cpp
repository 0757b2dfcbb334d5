// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/sharing_desk.h"

#include <QFile>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

//! A snapshot from its preview to its end, as the window does it.
class TestSharingFlow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyAtFirst();
    void publishLookTakeDown();
    void whatIsPreviewedIsSent();
    void updatesItsSnapshot();
    void cancelledUploadLeavesNothing();
    void shareModeDisabled();
    void opencodeNotInstalled();
    void laterPrepareWins();
    void brokenLedger();
    void settings();
};

void TestSharingFlow::emptyAtFirst()
{
    const AppWorld world;
    Desk desk(world);
    QCOMPARE(desk.links.state(), LinksPage::State::Loading);
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.state(), LinksPage::State::Empty, patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.activity.state(), ActivityModel::State::Empty, patience);
    QCOMPARE(desk.links.total(), 0);
    QCOMPARE(desk.links.liveHistory().size(), 15);
}

void TestSharingFlow::publishLookTakeDown()
{
    AppWorld world;
    world.addSession("ses_a", "Hostile <img src=x>", 2);
    Desk desk(world);
    const QSignalSpy progress(&desk.publish, &PublishController::progressChanged);
    const QString url = desk.publishNow(QStringLiteral("ses_a"));
    QVERIFY2(!url.isEmpty(), qPrintable(desk.publish.errorText()));
    QVERIFY(url.startsWith(world.server->origin().toString()));
    QVERIFY(progress.size() > 1);
    QCOMPARE(desk.publish.progress(), 1.0);
    const int row = desk.rowOf(url);
    QCOMPARE(desk.at(row, LinkListModel::TitleRole).toString(), QStringLiteral("Hostile <img src=x>"));
    QCOMPARE(desk.at(row, LinkListModel::KindRole).toString(), QStringLiteral("snapshot"));
    QCOMPARE(desk.at(row, LinkListModel::HasKeyRole).toBool(), true);
    QCOMPARE(desk.stateOf(url), QStringLiteral("live"));
    QCOMPARE(desk.links.liveCount(), 1);

    // What the public sees, and the link's history.
    desk.links.setDetailId(desk.idOf(url));
    QTRY_VERIFY_WITH_TIMEOUT(desk.links.detail()->isLoaded() && !desk.links.detail()->isLoading(), patience);
    QVERIFY(desk.links.detail()->rowCount() >= 8);
    for (int i = 0; i < desk.links.detail()->rowCount(); ++i) {
        const auto body = desk.links.detail()->index(i).data(TranscriptModel::BodyRole).toString();
        QVERIFY(!body.contains(world.home()));
    }
    QTRY_VERIFY_WITH_TIMEOUT(desk.links.detailHistory()->rowCount() > 0, patience);
    QCOMPARE(desk.links.detailLink().value(QStringLiteral("url")).toString(), url);
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.detailDifference(), QStringLiteral("up to date"), patience);

    desk.links.unshareOne(desk.idOf(url));
    QVERIFY(desk.links.isBusy());
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(url), QStringLiteral("removed"), patience);
    QTRY_VERIFY(!desk.links.isBusy());
    QVERIFY2(desk.links.detailDifference().isEmpty(), "there is nothing left to compare");
    QVERIFY(!desk.at(desk.rowOf(url), LinkListModel::ProofRole).toString().isEmpty());
    QCOMPARE(desk.at(desk.rowOf(url), LinkListModel::BusyTextRole).toString(), QString());
    QCOMPARE(desk.links.liveCount(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(desk.activity.total() > 2, patience);
    bool proved = false;
    for (int i = 0; i < desk.activity.rowCount(); ++i)
        proved = proved || desk.activity.index(i).data(ActivityModel::IsProofRole).toBool();
    QVERIFY(proved);
}

void TestSharingFlow::whatIsPreviewedIsSent()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2);
    Desk desk(world);
    desk.transcript.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.transcript.offer() != nullptr, patience);
    const auto previewed = desk.transcript.offer();
    const QString url = desk.publishNow(QStringLiteral("ses_a"));
    QVERIFY(!url.isEmpty());
    const QByteArray sent = world.server->dataOf(url.section(QLatin1Char('/'), -1));
    QVERIFY(!sent.isEmpty());
    for (const auto& item : previewed->snapshot.document().items()) {
        if (item.type == document::ItemType::Part)
            QVERIFY2(sent.contains(item.key.substr(item.key.rfind('/') + 1).c_str()), item.key.c_str());
    }
    // Its IDs are used up: once more is another link.
    desk.transcript.reload();
    QTRY_VERIFY_WITH_TIMEOUT(desk.transcript.offer() != previewed, patience);
    const QString second = desk.publishNow(QStringLiteral("ses_a"));
    QVERIFY(!second.isEmpty());
    QVERIFY(second != url);
}

void TestSharingFlow::updatesItsSnapshot()
{
    AppWorld world;
    world.addSession("ses_a", "A session");
    Desk desk(world);
    const QString url = desk.publishNow(QStringLiteral("ses_a"));
    QVERIFY2(!url.isEmpty(), qPrintable(desk.publish.errorText()));
    QVERIFY(desk.at(desk.rowOf(url), LinkListModel::UpdatableRole).toBool());
    QVERIFY(desk.at(desk.rowOf(url), LinkListModel::SyncedAtRole).toDateTime().isValid());

    const auto prepare = [&] {
        desk.publish.prepareUpdate(QStringLiteral("ses_a"), desk.idOf(url));
        return QTest::qWaitFor([&] { return !desk.publish.isPreparing(); }, patience);
    };
    QVERIFY(prepare());
    QVERIFY(desk.publish.isUpToDate());
    QVERIFY2(!desk.publish.canPublish(), "there is nothing to send");

    world.write([](OpencodeDatabase& database) {
        database.addMessage("msg_zz", "ses_a", 1'770'000'000'000,
                            R"({"role":"user","time":{"created":1770000000000}})");
        database.addPart("prt_zz", "msg_zz", "ses_a", textPart("Said later"));
    });
    QVERIFY(prepare());
    QCOMPARE(desk.publish.messages(), 1);
    QCOMPARE(desk.publish.blankedItems(), 0);
    desk.links.setDetailId(desk.idOf(url));
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.detailDifference(), QStringLiteral("1 newer message(s) here"),
                              patience);
    QTRY_VERIFY_WITH_TIMEOUT(desk.publish.canPublish(), patience);
    const QSignalSpy published(&desk.publish, &PublishController::published);
    QSignalSpy finished(&desk.publish, &PublishController::finished);
    desk.publish.publish();
    QVERIFY(finished.wait(patience));
    QVERIFY2(finished.at(0).at(0).toBool(), qPrintable(desk.publish.errorText()));
    QCOMPARE(desk.publish.linkUrl(), url);
    // Compared anew, with what is public now.
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.detailDifference(), QStringLiteral("up to date"), patience);
    QCOMPARE(published.count(), 0); // The clipboard is left alone.
    QVERIFY(world.server->dataOf(url.right(8)).contains("Said later"));

    // Where the snapshot ended is marked in the conversation.
    desk.transcript.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.transcript.isLoaded() && !desk.transcript.isLoading(), patience);
    const auto news = [&desk] {
        int count = 0;
        for (int row = 0; row < desk.transcript.rowCount(); ++row)
            count += desk.transcript.index(row).data(TranscriptModel::NewRole).toString().isEmpty() ? 0 : 1;
        return count;
    };
    QCOMPARE(news(), 0);
    desk.transcript.setSnapshot(desk.idOf(url), QDateTime::fromMSecsSinceEpoch(1'769'999'999'999));
    QVERIFY(news() > 0 && news() < desk.transcript.rowCount());
    desk.transcript.setSnapshot(desk.idOf(url), QDateTime::fromMSecsSinceEpoch(1'770'000'000'000));
    QCOMPARE(news(), 0);
}

void TestSharingFlow::cancelledUploadLeavesNothing()
{
    AppWorld world;
    world.addSession("ses_a", "A", 3);
    Desk desk(world);
    desk.publish.prepare(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.publish.canPublish(), patience);
    world.server->inject(demo::Fault::Slow, "/sync");
    world.server->onRequest([&desk](const demo::SeenRequest& request) {
        if (request.path.contains("/sync"))
            QMetaObject::invokeMethod(&desk.publish, &PublishController::cancel, Qt::QueuedConnection);
    });
    QSignalSpy finished(&desk.publish, &PublishController::finished);
    desk.publish.publish();
    QVERIFY(desk.publish.isRunning());
    QVERIFY(!desk.publish.canPublish());
    QVERIFY(finished.wait(patience));
    QCOMPARE(finished.at(0).at(0).toBool(), false);
    world.server->onRequest({});
    QVERIFY(!desk.publish.isRunning());
    QVERIFY(!desk.publish.errorText().isEmpty());
    QCOMPARE(desk.publish.linkUrl(), QString());
    for (const QString& id : world.server->shareIds())
        QVERIFY(!world.server->dataOf(id).contains("Answer"));
}

void TestSharingFlow::shareModeDisabled()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    world.configure(R"({"share":"disabled"})");
    Desk desk(world);
    desk.publish.prepare(QStringLiteral("ses_a"));
    QVERIFY(desk.publish.isPreparing());
    QTRY_VERIFY_WITH_TIMEOUT(desk.publish.isReady(), patience);
    QVERIFY(desk.publish.disabledReason().contains(QStringLiteral("opencode.json")));
    QVERIFY(!desk.publish.canPublish());
    desk.publish.publish();
    QVERIFY(!desk.publish.isRunning());
}

void TestSharingFlow::opencodeNotInstalled()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    Desk desk(world);
    desk.publish.prepare(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.publish.canPublish(), patience);
    QVERIFY(desk.publish.opencodeMissing());
    desk.publish.setKind(PublishController::Kind::Live);
    QVERIFY(!desk.publish.canPublish());
    desk.publish.setKind(PublishController::Kind::Snapshot);
    QVERIFY(desk.publish.canPublish());
    QCOMPARE(desk.publish.messages(), 2);
    QCOMPARE(desk.publish.server(), QStringLiteral("127.0.0.1"));
    QVERIFY(desk.publish.gateText().startsWith(QStringLiteral("0 of ")));
}

void TestSharingFlow::laterPrepareWins()
{
    AppWorld world;
    world.addSession("ses_a", "First", 200);
    world.addSession("ses_b", "Second");
    Desk desk(world);
    desk.publish.prepare(QStringLiteral("ses_a"));
    desk.publish.prepare(QStringLiteral("ses_b"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.publish.isReady(), patience);
    QCOMPARE(desk.publish.title(), QStringLiteral("Second"));
    const auto last = desk.core.call([](sharing::ShareManager&) { return true; });
    QTRY_VERIFY(last.isFinished());
    QCoreApplication::processEvents();
    QCOMPARE(desk.publish.title(), QStringLiteral("Second"));
    desk.publish.prepare(QStringLiteral("ses_gone"));
    QTRY_VERIFY_WITH_TIMEOUT(!desk.publish.isPreparing(), patience);
    QVERIFY(!desk.publish.isReady());
    QVERIFY(!desk.publish.errorText().isEmpty());
}

void TestSharingFlow::brokenLedger()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    const QString path = world.environment.dataFolder() % u"/ledger.db";
    offGuiThread([&] {
        QDir().mkpath(world.environment.dataFolder());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write("This is no ledger, but a letter of some length.") < 0)
            qFatal("ledger");
    });
    Desk desk(world);
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.state(), LinksPage::State::Failed, patience);
    QVERIFY(!desk.links.errorText().isEmpty());
    desk.activity.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(desk.activity.state(), ActivityModel::State::Failed, patience);
    desk.publish.prepare(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(!desk.publish.vaultProblem().isEmpty(), patience);
    QVERIFY(!desk.publish.canPublish());
}

void TestSharingFlow::settings()
{
    AppWorld world;
    Desk desk(world);
    QTRY_VERIFY_WITH_TIMEOUT(desk.settings.vaultOk(), patience);
    QCOMPARE(desk.settings.vaultKind(), QStringLiteral("file"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.settings.databasePath(), world.databasePath(), patience);
    QVERIFY(desk.settings.ledgerPath().startsWith(world.environment.dataFolder()));
    QCOMPARE(desk.settings.opencodeProgram(), QString());
    QVERIFY(desk.settings.vaultRemedy().isEmpty());
    desk.settings.moveVaultTo(QStringLiteral("nowhere"));
    QVERIFY(!desk.settings.vaultBusy());
    desk.settings.retryVault();
    QVERIFY(desk.settings.vaultBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!desk.settings.vaultBusy(), patience);
    QVERIFY(desk.settings.vaultOk());
    // The share server is no opencode server.
    desk.settings.testServer(world.server->origin().toString(), {}, QStringLiteral("pass"));
    QVERIFY(desk.settings.serverBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!desk.settings.serverBusy(), patience);
    QVERIFY(!desk.settings.serverOk());
    QVERIFY(!desk.settings.serverResultText().isEmpty());
    QCOMPARE(desk.settings.opencodeServerUrl(), QString());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestSharingFlow>(argc, argv);
}
#include "test_sharing_flow.moc"
