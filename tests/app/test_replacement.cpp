// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/links_page.h"
#include "app/publish_controller.h"

#include <QSet>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 30'000;
const QByteArray session = "ses_5f1c2d3e4a5bAbCdEfGhIjKlM1";

} // namespace

//! The dialog that publishes a snapshot in the place of a live link, and what it says of both.
class TestReplacement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void offered();
    void replaces();
    void waitsForDecisions();
    void saysWhenTheOldLinkStays();
    void failedSnapshotLeavesTheLink();

private:
    void shareLive();
    [[nodiscard]] bool prepared();
    [[nodiscard]] bool publish();
    [[nodiscard]] QVariantMap link() { return m_links->detailLink(); }
    [[nodiscard]] bool isPublic(const QString& url) const
    {
        return m_world->server->dataOf(url.section(QLatin1Char('/'), -1)).contains("ada");
    }

    std::unique_ptr<AppWorld> m_world;
    std::unique_ptr<CoreThread> m_core;
    std::unique_ptr<LinksPage> m_links;
    std::unique_ptr<PublishController> m_publish;
    QString m_url;
    QString m_name;
};

void TestReplacement::init()
{
    m_world = std::make_unique<AppWorld>();
    m_world->addSession(session, "A session", 2);
    shareLive();
    m_core = std::make_unique<CoreThread>();
    m_links = std::make_unique<LinksPage>(*m_core);
    m_publish = std::make_unique<PublishController>(*m_core, [](const QString&) { return nullptr; });
    connect(m_core.get(), &CoreThread::started, m_links.get(), &LinksPage::begin);
    connect(m_publish.get(), &PublishController::replaced, m_links.get(), &LinksPage::acceptReplaced);
    m_core->run(m_world->setup());
    QTRY_COMPARE_WITH_TIMEOUT(m_links->shown(), 1, patience);
    m_links->setDetailId(m_name);
}

void TestReplacement::cleanup()
{
    m_publish.reset();
    m_links.reset();
    m_core.reset();
}

void TestReplacement::shareLive()
{
    const auto shared = m_world->makePublic(session, "Of ada");
    m_url = shared.url.toString();
    m_name = linkName(shared.link);
    m_world->write([&](OpencodeDatabase& database) {
        database.addShare(session, shared.link.shareId.toUtf8(), m_url.toUtf8(), shared.key);
    });
}

bool TestReplacement::prepared()
{
    m_publish->prepareReplace(QString::fromLatin1(session), m_name);
    return QTest::qWaitFor([&] { return !m_publish->isPreparing() && m_publish->isReady(); }, patience);
}

bool TestReplacement::publish()
{
    QSignalSpy finished(m_publish.get(), &PublishController::finished);
    m_publish->publish();
    return m_publish->isRunning() && finished.wait(patience) && finished.at(0).at(0).toBool();
}

//! A link without a session or without a key, and one that is gone, have nothing that could take their place.
void TestReplacement::offered()
{
    sharing::Link live;
    live.kind = sharing::LinkKind::Live;
    live.state = sharing::LinkState::Live;
    live.hasKey = true;
    QVERIFY(!sharing::whyNotReplaceable(live));
    sharing::Link orphan = live;
    orphan.sessionDeleted = true;
    QCOMPARE(sharing::whyNotReplaceable(orphan)->code, ErrorCode::SessionNotFound);
    sharing::Link keyless = live;
    keyless.hasKey = false;
    QCOMPARE(sharing::whyNotReplaceable(keyless)->code, ErrorCode::KeyMissing);
    sharing::Link removed = live;
    removed.state = sharing::LinkState::Removed;
    QCOMPARE(sharing::whyNotReplaceable(removed)->code, ErrorCode::LinkClosed);
    QTRY_VERIFY_WITH_TIMEOUT(link().value(QStringLiteral("replaceable")).toBool(), patience);
}

void TestReplacement::replaces()
{
    QVERIFY(prepared());
    QCOMPARE(m_publish->kind(), PublishController::Kind::Replace);
    QTRY_VERIFY_WITH_TIMEOUT(m_publish->canPublish(), patience);
    QSet<int> steps;
    connect(m_publish.get(), &PublishController::progressChanged, this,
            [&] { steps.insert(m_publish->step()); });
    const QSignalSpy published(m_publish.get(), &PublishController::published);
    QVERIFY2(publish(), qPrintable(m_publish->errorText()));
    QVERIFY(steps.contains(1) && steps.contains(2));
    QCOMPARE(published.size(), 1);
    QCOMPARE(m_publish->oldLinkDoubt(), QString());
    QVERIFY(m_publish->linkUrl() != m_url);
    QVERIFY(!isPublic(m_url));
    QTRY_COMPARE_WITH_TIMEOUT(link().value(QStringLiteral("stateKey")).toString(), QStringLiteral("removed"),
                              patience);
    QVERIFY(!link().value(QStringLiteral("replaceable")).toBool());
    QCOMPARE(m_links->liveCount(), 1);
}

//! What nobody has decided about blocks it, as it blocks publishing.
void TestReplacement::waitsForDecisions()
{
    m_world->write([](OpencodeDatabase& database) {
        database.addMessage("msg_zz", session, 1'770'000'000'000, userMessage());
        database.addPart("prt_zz", "msg_zz", session,
                         textPart("ROTATION_KEY=9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678"));
    });
    QVERIFY(prepared());
    QVERIFY(m_publish->openFindings() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_publish->vaultProblem(), QString(), patience);
    QVERIFY(!m_publish->canPublish());
    m_publish->publish();
    QVERIFY(!m_publish->isRunning());
    QVERIFY(isPublic(m_url));
}

void TestReplacement::saysWhenTheOldLinkStays()
{
    QVERIFY(prepared());
    QTRY_VERIFY_WITH_TIMEOUT(m_publish->canPublish(), patience);
    // From the takedown on the old link's server answers with failure alone.
    const QByteArray old = "/api/share/" + m_url.section(QLatin1Char('/'), -1).toUtf8();
    m_world->server->injectWhere([old](const demo::SeenRequest& request) {
        return request.path.startsWith(old) ? demo::Fault::Status500 : demo::Fault::None;
    });
    QVERIFY(publish());
    QVERIFY(!m_publish->linkUrl().isEmpty());
    QVERIFY2(!m_publish->oldLinkDoubt().isEmpty(), "it is not gone, so nobody may think so");
    QCOMPARE(m_publish->errorText(), QString());
    QVERIFY(isPublic(m_url));
    // The list says so too, after the dialog is closed.
    QCOMPARE(link().value(QStringLiteral("errorText")).toString(), m_publish->oldLinkDoubt());
    const QString snapshot = m_publish->linkUrl();
    m_world->server->heal();
    QSignalSpy finished(m_publish.get(), &PublishController::finished);
    m_publish->retryTakedown();
    QVERIFY(m_publish->isRunning());
    QVERIFY(finished.wait(patience));
    QCOMPARE(m_publish->oldLinkDoubt(), QString());
    QCOMPARE(m_publish->linkUrl(), snapshot);
    QCOMPARE(m_links->failedCount(), 0);
    QVERIFY(!isPublic(m_url));
    m_publish->retryTakedown();
    QVERIFY2(!m_publish->isRunning(), "nothing is left to do");
}

void TestReplacement::failedSnapshotLeavesTheLink()
{
    QVERIFY(prepared());
    QTRY_VERIFY_WITH_TIMEOUT(m_publish->canPublish(), patience);
    m_world->server->inject(demo::Fault::Status413, "/sync", 1000);
    QVERIFY(!publish());
    QVERIFY(!m_publish->errorText().isEmpty());
    QCOMPARE(m_publish->linkUrl(), QString());
    QCOMPARE(m_publish->oldLinkDoubt(), QString());
    QVERIFY(isPublic(m_url));
}

int main(int argc, char** argv)
{
    return runGuiTest<TestReplacement>(argc, argv);
}

#include "test_replacement.moc"
