// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/links_page.h"
#include "app/publish_controller.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {
constexpr int patience = 30'000;
}

//! What a snapshot does not have yet, shown by itself.
class TestNews : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void onlyWhatIsNotPublic();
    void hiddenNowIsNews();
    void whatIsSentIsNoNewsAnyMore();
    void whatWasDeletedIsSeenAsBlanked();
    void withoutTheServer();
    void anotherSessionShowsAll();

private:
    void say(const QByteArray& text);
    [[nodiscard]] bool settled() const
    {
        return QTest::qWaitFor([this] { return m_transcript->isLoaded() && !m_transcript->isLoading(); },
                               patience);
    }
    [[nodiscard]] QStringList bodies() const;
    void runPublish();

    std::unique_ptr<AppWorld> m_world;
    std::unique_ptr<CoreThread> m_core;
    std::unique_ptr<TranscriptModel> m_transcript;
    std::unique_ptr<PublishController> m_publish;
    std::unique_ptr<LinksPage> m_links;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QString m_snapshot;
    int m_said = 0;
};

void TestNews::init()
{
    m_said = 0;
    m_world = std::make_unique<AppWorld>();
    m_world->addSession("ses_a", "A session", 2);
    m_core = std::make_unique<CoreThread>();
    m_transcript = std::make_unique<TranscriptModel>(*m_core);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_transcript.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_links = std::make_unique<LinksPage>(*m_core);
    m_publish = std::make_unique<PublishController>(*m_core, [](const QString&) { return nullptr; });
    connect(m_core.get(), &CoreThread::started, m_links.get(), &LinksPage::begin);
    connect(m_publish.get(), &PublishController::finished, m_transcript.get(),
            &TranscriptModel::compareAgain);
    m_core->run(m_world->setup());
    m_publish->prepare(QStringLiteral("ses_a"));
    runPublish();
    m_snapshot = linkName({m_world->server->origin(), m_publish->linkUrl().section(QLatin1Char('/'), -1)});
    m_transcript->setSessionId(QStringLiteral("ses_a"));
    m_transcript->setSnapshot(m_snapshot, QDateTime::fromMSecsSinceEpoch(1'765'000'000'000));
    QVERIFY(settled());
}

void TestNews::cleanup()
{
    m_tester.reset();
    m_publish.reset();
    m_links.reset();
    m_transcript.reset();
    m_core.reset();
}

void TestNews::runPublish()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_publish->canPublish(), patience);
    QSignalSpy finished(m_publish.get(), &PublishController::finished);
    m_publish->publish();
    QVERIFY(finished.wait(patience));
    QVERIFY2(finished.at(0).at(0).toBool(), qPrintable(m_publish->errorText()));
}

void TestNews::say(const QByteArray& text)
{
    m_world->write([&](OpencodeDatabase& database) {
        const QByteArray number = QByteArray::number(++m_said);
        const qint64 at = 1'770'000'000'000 + m_said;
        database.addMessage("msg_z" + number, "ses_a", at,
                            R"({"role":"user","time":{"created":)" + QByteArray::number(at) + "}}");
        database.addPart("prt_z" + number, "msg_z" + number, "ses_a", textPart(text));
    });
}

QStringList TestNews::bodies() const
{
    QStringList result;
    for (int row = 0; row < m_transcript->rowCount(); ++row) {
        const QString body = m_transcript->index(row).data(TranscriptModel::BodyRole).toString();
        if (!body.isEmpty())
            result.append(body);
    }
    return result;
}

void TestNews::onlyWhatIsNotPublic()
{
    const int all = m_transcript->rowCount();
    m_transcript->setNewOnly(true);
    QVERIFY(settled());
    QCOMPARE(m_transcript->rowCount(), 0);
    QVERIFY(!m_transcript->newsText().isEmpty());
    say("Said later");
    m_transcript->reload();
    QVERIFY(settled());
    QTRY_COMPARE_WITH_TIMEOUT(bodies(), QStringList{QStringLiteral("Said later")}, patience);
    // Who said it stands above it.
    QCOMPARE(m_transcript->index(0).data(TranscriptModel::KindRole).value<TranscriptModel::Kind>(),
             TranscriptModel::Kind::User);
    m_transcript->setNewOnly(false);
    QVERIFY(settled());
    QVERIFY(m_transcript->rowCount() > all);
    QVERIFY(bodies().contains(QStringLiteral("Said later")));
    // The original is never cut.
    m_transcript->setNewOnly(true);
    m_transcript->setOriginal(true);
    QVERIFY(settled());
    QVERIFY(m_transcript->rowCount() > all);
    m_transcript->setOriginal(false);
    QTRY_COMPARE_WITH_TIMEOUT(bodies(), QStringList{QStringLiteral("Said later")}, patience);
}

//! Also what was said long ago, if it is public otherwise than it should be.
void TestNews::hiddenNowIsNews()
{
    const auto hide = [](sharing::ShareManager& manager) {
        return manager.saveOwnWord({0, "Answer 0", false}).has_value();
    };
    QFuture<bool> hidden = m_core->call(hide);
    QTRY_VERIFY_WITH_TIMEOUT(hidden.isFinished(), patience);
    QVERIFY(hidden.result());
    m_transcript->reload();
    m_transcript->setNewOnly(true);
    QTRY_COMPARE_WITH_TIMEOUT(bodies().size(), 1, patience);
    QVERIFY(!bodies().at(0).contains(QLatin1String("Answer 0")));
}

void TestNews::whatIsSentIsNoNewsAnyMore()
{
    say("Said later");
    m_transcript->reload();
    m_transcript->setNewOnly(true);
    QTRY_COMPARE_WITH_TIMEOUT(bodies().size(), 1, patience);
    m_publish->prepareUpdate(QStringLiteral("ses_a"), m_snapshot);
    runPublish();
    QTRY_COMPARE_WITH_TIMEOUT(m_transcript->rowCount(), 0, patience);
    QCOMPARE(m_transcript->errorText(), QString());
}

void TestNews::whatWasDeletedIsSeenAsBlanked()
{
    m_world->write([](OpencodeDatabase& database) {
        const QByteArray last =
            "(SELECT id FROM message WHERE session_id = 'ses_a' ORDER BY id DESC LIMIT 2)";
        database.execute("DELETE FROM part WHERE message_id IN " + last);
        database.execute("DELETE FROM message WHERE id IN " + last);
    });
    m_publish->prepareUpdate(QStringLiteral("ses_a"), m_snapshot);
    runPublish();
    TranscriptModel isPublic(*m_core);
    const QAbstractItemModelTester tester(&isPublic, QAbstractItemModelTester::FailureReportingMode::Fatal);
    isPublic.setLink(linkOfName(m_snapshot));
    QTRY_VERIFY_WITH_TIMEOUT(isPublic.isLoaded() && !isPublic.isLoading(), patience);
    int stubs = 0;
    int speakers = 0;
    for (int row = 0; row < isPublic.rowCount(); ++row) {
        const QModelIndex index = isPublic.index(row);
        const auto kind = index.data(TranscriptModel::KindRole).value<TranscriptModel::Kind>();
        const QString body = index.data(TranscriptModel::BodyRole).toString();
        speakers += kind == TranscriptModel::Kind::User || kind == TranscriptModel::Kind::Assistant ? 1 : 0;
        stubs += kind == TranscriptModel::Kind::Blanked ? 1 : 0;
        if (kind == TranscriptModel::Kind::Blanked)
            QVERIFY2(body.startsWith(QLatin1String("2 message")), qPrintable(body));
    }
    QCOMPARE(stubs, 1);
    QCOMPARE(speakers, 2);
}

void TestNews::withoutTheServer()
{
    const int all = m_transcript->rowCount();
    m_world->server->stop();
    m_transcript->setNewOnly(true);
    QTRY_VERIFY_WITH_TIMEOUT(!m_transcript->errorText().isEmpty(), patience);
    QVERIFY2(m_transcript->offer() != nullptr, "what is previewed may be published all the same");
    m_transcript->setNewOnly(false);
    QVERIFY(settled());
    QCOMPARE(m_transcript->errorText(), QString());
    QCOMPARE(m_transcript->rowCount(), all);
    m_world->server->start();
}

void TestNews::anotherSessionShowsAll()
{
    m_world->addSession("ses_b", "Another", 1);
    m_transcript->setNewOnly(true);
    QVERIFY(settled());
    m_transcript->setSessionId(QStringLiteral("ses_b"));
    m_transcript->setSnapshot({}, {});
    QVERIFY(!m_transcript->isNewOnly());
    QVERIFY(settled());
    QVERIFY(m_transcript->rowCount() > 0);
}

int main(int argc, char** argv)
{
    return runGuiTest<TestNews>(argc, argv);
}

#include "test_news.moc"
