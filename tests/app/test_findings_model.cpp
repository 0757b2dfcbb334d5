// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/findings_model.h"
#include "app/publish_controller.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";
const auto sessionId = QStringLiteral("ses_a");

struct View
{
    explicit View(const AppWorld& world)
        : transcript(core)
        , findings(core)
        , tester(&findings, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&transcript, &TranscriptModel::offerChanged, &findings,
                         [this] { findings.setOffer(transcript.sessionId(), transcript.offer()); });
        QObject::connect(&findings, &FindingsModel::decided, &transcript, &TranscriptModel::reload);
        core.run(world.setup());
        transcript.setSessionId(sessionId);
    }

    [[nodiscard]] FindingsModel::Choice choice(int row) const
    {
        return findings.index(row).data(FindingsModel::ChoiceRole).value<FindingsModel::Choice>();
    }
    [[nodiscard]] bool publishes(const QByteArray& text) const
    {
        const auto offer = transcript.offer();
        return offer && offer->snapshot.document().toJson().find(text.toStdString()) != std::string::npos;
    }

    CoreThread core;
    TranscriptModel transcript;
    FindingsModel findings;
    QAbstractItemModelTester tester;
};

void addFindings(AppWorld& world)
{
    world.addSession("ses_a", "With findings");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_z", "msg_a10000a", "ses_a",
                         textPart("STRIPE_KEY=" + token + " and ROTATION_KEY=" + doubtful));
    });
}

} // namespace

class TestFindingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWasFound();
    void aDecisionChangesWhatIsPublished();
    void takesBackAndDoesAgain();
    void decidesAllThatWait();
    void remembersAcrossStarts();
    void publishingWaits();
};

void TestFindingsModel::showsWhatWasFound()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    // What waits comes first.
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QCOMPARE(view.choice(1), FindingsModel::Choice::Redact);
    QCOMPARE(view.findings.open(), 1);
    QCOMPARE(view.findings.hiddenSecrets(), 1);
    const QModelIndex sure = view.findings.index(1);
    QVERIFY(sure.data(FindingsModel::SureRole).toBool());
    QVERIFY(!sure.data(FindingsModel::TitleRole).toString().isEmpty());
    QVERIFY(!sure.data(FindingsModel::ReasonRole).toString().isEmpty());
    QVERIFY(!sure.data(FindingsModel::MaskedRole).toString().contains(QString::fromLatin1(token)));
    QCOMPARE(view.findings.revealed(1).toLatin1(), token);
    QCOMPARE(view.findings.revealed(7), QString());
    QVERIFY(!view.publishes(token));
}

void TestFindingsModel::aDecisionChangesWhatIsPublished()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    QVERIFY(!view.findings.isSettled());
    QCOMPARE(view.choice(1), FindingsModel::Choice::Keep);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.choice(1), FindingsModel::Choice::Keep);
    QVERIFY(view.publishes(token));
    view.findings.decide(1, FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(token));
}

void TestFindingsModel::takesBackAndDoesAgain()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QVERIFY(!view.findings.canUndo());
    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    QTRY_VERIFY(view.findings.isSettled());
    view.findings.undo();
    view.findings.undo();
    QVERIFY(!view.findings.canUndo());
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QCOMPARE(view.choice(1), FindingsModel::Choice::Redact);
    QVERIFY(view.publishes(doubtful) && !view.publishes(token));
    view.findings.redo();
    QVERIFY(view.findings.canRedo());
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(doubtful) && !view.publishes(token));
}

void TestFindingsModel::decidesAllThatWait()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.open(), 1);
    QCOMPARE(view.findings.nextOpen(-1), 0);
    view.findings.decideOpen(FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.open(), 0);
    QCOMPARE(view.findings.nextOpen(0), -1);
    QVERIFY(!view.publishes(doubtful));
}

void TestFindingsModel::remembersAcrossStarts()
{
    AppWorld world;
    addFindings(world);
    {
        View view(world);
        QTRY_COMPARE(view.findings.count(), 2);
        view.findings.decide(1, FindingsModel::Choice::Keep);
        QTRY_VERIFY(view.findings.isSettled());
    }
    View again(world);
    QTRY_COMPARE(again.findings.count(), 2);
    QVERIFY(again.publishes(token));
}

void TestFindingsModel::publishingWaits()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    PublishController publish(view.core, [&view](const QString&) {
        return view.findings.isSettled() ? view.transcript.offer() : nullptr;
    });
    QTRY_COMPARE(view.findings.count(), 2);
    const auto prepared = [&] {
        publish.prepare(sessionId);
        return QTest::qWaitFor([&publish] { return publish.isReady(); });
    };
    QVERIFY(prepared());
    QCOMPARE(publish.openFindings(), 1);
    QCOMPARE(publish.secrets(), 2);
    QVERIFY(!publish.canPublish());

    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    // At once: not with what was previewed before the decisions.
    QVERIFY(prepared());
    QCOMPARE(publish.openFindings(), 0);
    QCOMPARE(publish.keptSecrets(), 1);
    QVERIFY(!publish.canPublish());
    publish.setKeptReason(QStringLiteral("  "));
    QVERIFY(!publish.canPublish());
    publish.setKeptReason(QStringLiteral("A key of the sandbox"));
    QTRY_VERIFY(publish.canPublish()); // As soon as the vault is open.
}

int main(int argc, char** argv)
{
    return runGuiTest<TestFindingsModel>(argc, argv);
}
#include "test_findings_model.moc"
