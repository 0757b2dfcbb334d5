// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/findings_view.h"
#include "app/publish_controller.h"

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

//! What was found, and what the person decides about it.
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
    void keepsWithAScope();
    void stepsOfOthersAreInOneRow();
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
    QCOMPARE(view.transcript.hiddenSecrets(), 1);
    QCOMPARE(view.transcript.openValues(), 1);
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
    // The blocks do not show it yet, so nothing is said about it.
    QCOMPARE(view.transcript.hiddenSecrets(), 1);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.transcript.hiddenSecrets(), 0);
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

void TestFindingsModel::keepsWithAScope()
{
    AppWorld world;
    addFindings(world);
    world.addSession("ses_b", "Beside it");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_y", "msg_b10000b", "ses_b", textPart("STRIPE_KEY=" + token));
    });
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QVERIFY(!view.findings.projectName().isEmpty());
    const auto scope = [&view] {
        return view.findings.index(view.rowOf(token))
            .data(FindingsModel::ScopeRole)
            .value<FindingsModel::Scope>();
    };
    const auto keptBeside = [&world] {
        View beside(world, QStringLiteral("ses_b"));
        [&beside] { QTRY_COMPARE(beside.findings.count(), 1); }();
        return beside.publishes(token);
    };
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Session);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!keptBeside());
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Project);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Project);
    QVERIFY(view.publishes(token));
    QVERIFY(keptBeside());
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Always);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Always);
    // Here it is hidden again, there it stays.
    view.findings.decide(view.rowOf(token), FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(token));
    QVERIFY(keptBeside());
    // All the way back, and forward.
    for (int i = 0; i < 4; ++i)
        view.findings.undo();
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.findings.canUndo());
    QVERIFY(!view.publishes(token));
    QVERIFY(!keptBeside());
    for (int i = 0; i < 3; ++i)
        view.findings.redo();
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Always);
    QVERIFY(keptBeside());
}

void TestFindingsModel::stepsOfOthersAreInOneRow()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QStringList done;
    const auto act = [](bool works) {
        return [works](sharing::ShareManager&) {
            return works ? Expected<void>() : Expected<void>(fail(ErrorCode::DiskFull));
        };
    };
    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.take({act(true), act(true), [&done](bool forward) {
                            done.append(forward ? QStringLiteral("on") : QStringLiteral("off"));
                        }});
    view.findings.undo();
    view.findings.redo();
    view.findings.undo();
    view.findings.undo();
    QCOMPARE(done, (QStringList{QStringLiteral("on"), QStringLiteral("off"), QStringLiteral("on"),
                                QStringLiteral("off")}));
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QTRY_VERIFY(view.findings.isSettled());
    // What fails is forgotten.
    view.findings.take({act(false), act(true), {}});
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.findings.canUndo());
    QVERIFY(!view.findings.errorText().isEmpty());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestFindingsModel>(argc, argv);
}
#include "test_findings_model.moc"
