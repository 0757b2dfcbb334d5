// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/sessions_page.h"

#include <QAbstractItemModelTester>
#include <QDirIterator>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 60'000; // Another process may have the processor.
const QByteArray token = QByteArrayLiteral("ghp_") + "Zq8Lw3Xn5Tb7Vc1Rm9Kd2Hs4Jf6Gp0Yx8Qa2";

//! \brief What the list says of one session: "-" before it was scanned, else secrets and personal details.
QString chip(SessionsPage& page, const QString& id)
{
    const int row = page.rowOf(id);
    if (row < 0)
        return QStringLiteral("not shown");
    const QModelIndex index = page.model()->index(row, 0);
    if (!index.data(SessionListModel::ScannedRole).toBool())
        return QStringLiteral("-");
    return QStringLiteral("%1 %2")
        .arg(index.data(SessionListModel::SecretsRole).toInt())
        .arg(index.data(SessionListModel::PersonalRole).toInt());
}

struct Page
{
    explicit Page(const AppWorld& world)
        : page(core)
        , tester(page.model(), QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&core, &CoreThread::scanned, &page, &SessionsPage::acceptScan);
        core.run(world.setup());
        page.refresh();
    }
    void lookThrough(bool on = true)
    {
        core.call([on](sharing::ShareManager& manager) {
            manager.lookThrough(on);
            manager.follow();
            return true;
        });
    }
    void decide(const QString& sessionId, const redaction::ScopedDecisions& decided)
    {
        core.call([=](sharing::ShareManager& manager) {
            return manager.decide(sessionId, redaction::SecretText(token.toStdString()), decided);
        });
    }

    CoreThread core;
    SessionsPage page;
    QAbstractItemModelTester tester;
};

void say(AppWorld& world, const QByteArray& sessionId, const QByteArray& text)
{
    static int number = 0;
    const QByteArray id = QByteArray::number(++number);
    world.write([&](OpencodeDatabase& database) {
        database.addMessage("msg_z" + id, sessionId, 1'770'000'000'000 + number, userMessage());
        database.addPart("prt_z" + id, "msg_z" + id, sessionId, textPart(text));
    });
}

const auto leaky = QStringLiteral("ses_leaky");
const auto personal = QStringLiteral("ses_personal");
const auto clean = QStringLiteral("ses_clean");

void fill(AppWorld& world)
{
    world.addSession("ses_leaky", "Leaky", 1, 1'760'000'000'000);
    world.addSession("ses_personal", "Personal", 1, 1'760'000'100'000);
    world.addSession("ses_clean", "Clean", 1, 1'760'000'200'000);
    say(world, "ses_leaky", "export GITHUB_TOKEN=" + token);
    say(world, "ses_personal", "write to grace.hopper@navy-research-sample.org");
}

} // namespace

//! What is found in the background stands in the list, and stays true.
class TestSessionFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingBeforeItIsScanned();
    void countsAppear();
    void filter();
    void nextRunKnowsAtOnce();
    void decisionsCount();
    void changesAreFollowed();
    void deletedSessionsAreForgotten();
    void worksWithoutCache();
    void endsAtOnce();
    void keepsNoValue();
};

void TestSessionFindings::nothingBeforeItIsScanned()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    QCOMPARE(chip(view.page, leaky), QStringLiteral("-"));
    QVERIFY(!view.page.isScanning());
}

void TestSessionFindings::countsAppear()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    const QSignalSpy reset(view.page.model(), &QAbstractItemModel::modelReset);
    view.lookThrough();
    QTRY_VERIFY_WITH_TIMEOUT(view.page.isScanning(), patience);
    QCOMPARE(view.page.toScan(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, personal), QStringLiteral("0 1"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, clean), QStringLiteral("0 0"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!view.page.isScanning(), patience);
    QCOMPARE(view.page.scanned(), 3);
    QCOMPARE(reset.size(), 0);
}

void TestSessionFindings::filter()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    view.page.setWithFindings(true);
    QCOMPARE(view.page.shown(), 0);
    const QSignalSpy counts(&view.page, &SessionsPage::countsChanged);
    view.lookThrough();
    QTRY_COMPARE_WITH_TIMEOUT(view.page.shown(), 2, patience);
    QVERIFY(!counts.isEmpty());
    QCOMPARE(view.page.rowOf(clean), -1);
    // Kept, it is no finding any more, and the filter lets it go.
    view.decide(leaky, {redaction::Decision::Keep});
    QTRY_COMPARE_WITH_TIMEOUT(view.page.shown(), 1, patience);
    view.page.endScan();
    QCOMPARE(view.page.shown(), 3);
    QVERIFY(!view.page.withFindings());
    QCOMPARE(chip(view.page, leaky), QStringLiteral("-"));
}

void TestSessionFindings::nextRunKnowsAtOnce()
{
    AppWorld world;
    fill(world);
    {
        Page view(world);
        QTRY_COMPARE(view.page.total(), 3);
        view.lookThrough();
        QTRY_VERIFY_WITH_TIMEOUT(view.page.toScan() == 3 && !view.page.isScanning(), patience);
    }
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    const QSignalSpy news(&view.core, &CoreThread::scanned);
    view.lookThrough();
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
    // With the very first word, and so before anything was scanned.
    QCOMPARE(news.size(), 1);
    QCOMPARE(chip(view.page, clean), QStringLiteral("0 0"));
    const auto known = view.core.call([](sharing::ShareManager& manager) {
        return manager.knownFindings(manager.sessions().value_or(std::vector<opencode::SessionSummary>()));
    });
    QTRY_VERIFY(known.isFinished());
    QCOMPARE(known.result().size(), 3);
    QCOMPARE(known.result().value(leaky).secrets, 1);
}

void TestSessionFindings::decisionsCount()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    view.lookThrough();
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
    view.decide(leaky, {redaction::Decision::Keep});
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("0 0"), patience);
    view.decide(leaky, {redaction::Decision::Redact});
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
    // Always kept, and nothing decided for less.
    view.decide(leaky, {redaction::Decision::Open, redaction::Decision::Open, redaction::Decision::Keep});
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("0 0"), patience);
}

void TestSessionFindings::changesAreFollowed()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    view.lookThrough();
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, clean), QStringLiteral("0 0"), patience);
    say(world, "ses_clean", "the token is " + token);
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, clean), QStringLiteral("1 0"), patience);
    // opencode rewrites a part without touching its session.
    world.write([](OpencodeDatabase& database) {
        database.execute("UPDATE part SET data = '{\"type\":\"text\",\"text\":\"gone\"}', time_updated = "
                         "time_updated + 1 WHERE session_id = 'ses_leaky'");
    });
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("0 0"), patience);
    world.addSession("ses_new", "New", 1, 1'760'000'300'000);
    say(world, "ses_new", "the token is " + token);
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, QStringLiteral("ses_new")), QStringLiteral("1 0"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(view.page.scanned(), 4, patience);
}

void TestSessionFindings::deletedSessionsAreForgotten()
{
    AppWorld world;
    fill(world);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    view.lookThrough();
    QTRY_VERIFY_WITH_TIMEOUT(view.page.scanned() == 3 && !view.page.isScanning(), patience);
    world.write([](OpencodeDatabase& database) {
        database.execute("PRAGMA foreign_keys=OFF; DELETE FROM session WHERE id = 'ses_leaky'");
    });
    QTRY_COMPARE_WITH_TIMEOUT(view.page.toScan(), 2, patience);
    QCOMPARE(view.page.scanned(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(view.page.total(), 2, patience);
}

void TestSessionFindings::worksWithoutCache()
{
    AppWorld world;
    fill(world);
    // Where the folder of the cache should be, a file stands.
    offGuiThread([&] {
        QDir().mkpath(QFileInfo(world.environment.cacheFolder()).absolutePath());
        QFile blocker(world.environment.cacheFolder());
        if (!blocker.open(QIODevice::WriteOnly))
            qFatal("blocker");
    });
    Page view(world);
    QTRY_COMPARE(view.page.total(), 3);
    view.lookThrough();
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
    view.decide(leaky, {redaction::Decision::Keep});
    QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("0 0"), patience);
}

void TestSessionFindings::endsAtOnce()
{
    AppWorld world;
    for (int i = 0; i < 200; ++i)
        world.addSession("ses_" + QByteArray::number(1000 + i), "Session", 3, 1'760'000'000'000 + i);
    Page view(world);
    QTRY_COMPARE(view.page.total(), 200);
    view.lookThrough();
    QTRY_VERIFY_WITH_TIMEOUT(view.page.scanned() > 0 || view.page.isScanning(), patience);
    view.lookThrough(false);
    const auto done = view.core.call([](sharing::ShareManager&) { return true; });
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), patience);
    // It can begin again, with what it has.
    view.lookThrough();
    QTRY_VERIFY_WITH_TIMEOUT(view.page.scanned() == 200, patience);
}

void TestSessionFindings::keepsNoValue()
{
    AppWorld world;
    fill(world);
    {
        Page view(world);
        QTRY_COMPARE(view.page.total(), 3);
        view.lookThrough();
        QTRY_COMPARE_WITH_TIMEOUT(chip(view.page, leaky), QStringLiteral("1 0"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!view.page.isScanning(), patience);
    }
    offGuiThread([&] {
        int files = 0;
        for (const QString& folder : {world.environment.cacheFolder(), world.environment.dataFolder()}) {
            QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (each.hasNext()) {
                QFile file(each.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray bytes = file.readAll();
                QVERIFY(!bytes.contains(token));
                QVERIFY(!bytes.contains("grace.hopper"));
                ++files;
            }
        }
        QVERIFY(files >= 2);
    });
}

int main(int argc, char** argv)
{
    return runGuiTest<TestSessionFindings>(argc, argv);
}
#include "test_session_findings.moc"
