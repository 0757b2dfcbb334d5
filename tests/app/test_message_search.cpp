// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/sessions_page.h"

#include <QAbstractItemModelTester>
#include <QFile>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {
constexpr int patience = 30'000;
}

//! The search of the session list, which goes on into the messages.
class TestMessageSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void findsWhatTitlesLack();
    void wordsOfTitleAndMessage();
    void typingOnBeginsAnew();
    void singleLetterIsNoSearch();
    void followsChanges();
    void otherFiltersHold();
    void saysWhyItFailed();

private:
    void say(const QByteArray& session, const QByteArray& text, qint64 at = 1'770'000'000'000);
    void find(const char* text) { m_page->setSearch(QString::fromUtf8(text)); }
    [[nodiscard]] QStringList shown() const;
    [[nodiscard]] bool isByMessages(const QString& id) const;
    [[nodiscard]] bool settled() const
    {
        return QTest::qWaitFor([this] { return !m_page->isSearching(); }, patience);
    }

    std::unique_ptr<AppWorld> m_world;
    std::unique_ptr<CoreThread> m_core;
    std::unique_ptr<SessionsPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_said = 0;
};

void TestMessageSearch::init()
{
    m_world = std::make_unique<AppWorld>();
    m_world->addSession("ses_a", "Payment webhook", 1, 1'760'000'000'003);
    m_world->addSession("ses_b", "Parser", 1, 1'760'000'000'002);
    m_world->addSession("ses_c", "Guide", 1, 1'760'000'000'001);
    m_core = std::make_unique<CoreThread>();
    m_page = std::make_unique<SessionsPage>(*m_core);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_page->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_core->run(m_world->setup());
    m_page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->shown(), 3, patience);
}

void TestMessageSearch::cleanup()
{
    m_tester.reset();
    m_page.reset();
    m_core.reset();
}

void TestMessageSearch::say(const QByteArray& session, const QByteArray& text, qint64 at)
{
    m_world->write([&](OpencodeDatabase& database) {
        const QByteArray number = QByteArray::number(++m_said);
        database.addMessage("msg_z" + number, session, at, userMessage());
        database.addPart("prt_z" + number, "msg_z" + number, session, textPart(text));
        database.execute("UPDATE session SET time_updated = " + QByteArray::number(at) + " WHERE id = '" +
                         session + "'");
    });
}

QStringList TestMessageSearch::shown() const
{
    QStringList ids;
    for (int row = 0; row < m_page->model()->rowCount(); ++row)
        ids.append(m_page->model()->index(row, 0).data(SessionListModel::SessionIdRole).toString());
    return ids;
}

bool TestMessageSearch::isByMessages(const QString& id) const
{
    return m_page->model()->index(m_page->rowOf(id), 0).data(SessionListModel::InMessagesRole).toBool();
}

void TestMessageSearch::findsWhatTitlesLack()
{
    say("ses_c", "The payment comes later");
    find("payment");
    // At once, before any message was read.
    QCOMPARE(shown(), QStringList{QStringLiteral("ses_a")});
    QVERIFY(m_page->isSearching());
    QTRY_COMPARE_WITH_TIMEOUT(m_page->shown(), 2, patience);
    QVERIFY(settled());
    QVERIFY(shown().contains(QStringLiteral("ses_c")));
    QVERIFY(isByMessages(QStringLiteral("ses_c")));
    QVERIFY(!isByMessages(QStringLiteral("ses_a")));
    QCOMPARE(m_page->foundInMessages(), 1);
    QCOMPARE(m_page->searchedSessions(), m_page->sessionsToSearch());
    find("");
    QCOMPARE(m_page->shown(), 3);
    QVERIFY(!isByMessages(QStringLiteral("ses_c")));
    QVERIFY(!m_page->isSearching());
}

void TestMessageSearch::wordsOfTitleAndMessage()
{
    say("ses_b", "with backoff");
    find("parser backoff");
    QCOMPARE(m_page->shown(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList{QStringLiteral("ses_b")}, patience);
    find("webhook backoff");
    QVERIFY(settled());
    QCOMPARE(m_page->shown(), 0);
}

void TestMessageSearch::typingOnBeginsAnew()
{
    say("ses_c", "a needle in it");
    find("nee");
    find("need");
    find("needles");
    QVERIFY(settled());
    QCOMPARE(m_page->shown(), 0);
    find("needle");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList{QStringLiteral("ses_c")}, patience);
    // What was found for other words does not stay.
    find("needlework");
    QCOMPARE(m_page->shown(), 0);
    QVERIFY(settled());
    QCOMPARE(m_page->shown(), 0);
}

void TestMessageSearch::singleLetterIsNoSearch()
{
    find("m");
    QVERIFY(!m_page->isSearching());
    QCOMPARE(shown(), QStringList{QStringLiteral("ses_a")});
}

void TestMessageSearch::followsChanges()
{
    m_core->call([](sharing::ShareManager& manager) {
        manager.follow();
        return true;
    });
    find("latecomer");
    QVERIFY(settled());
    QCOMPARE(m_page->shown(), 0);
    say("ses_b", "Here is the latecomer");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringList{QStringLiteral("ses_b")}, patience);
    m_world->write([](OpencodeDatabase& database) {
        database.execute("DELETE FROM part WHERE id LIKE 'prt_z%'");
        database.execute("UPDATE session SET time_updated = 1780000000000 WHERE id = 'ses_b'");
    });
    QTRY_COMPARE_WITH_TIMEOUT(m_page->shown(), 0, patience);
}

void TestMessageSearch::otherFiltersHold()
{
    say("ses_c", "a needle in it");
    find("needle");
    QTRY_COMPARE_WITH_TIMEOUT(m_page->shown(), 1, patience);
    m_page->setSharedOnly(true);
    QCOMPARE(m_page->shown(), 0);
}

void TestMessageSearch::saysWhyItFailed()
{
    QVERIFY(QFile::remove(m_world->databasePath()));
    find("needle");
    QVERIFY(settled());
    QVERIFY(!m_page->searchProblem().isEmpty());
    find("need");
    QCOMPARE(m_page->searchProblem(), QString());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestMessageSearch>(argc, argv);
}

#include "test_message_search.moc"
