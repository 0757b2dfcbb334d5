// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "sharing/link_ledger.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using redaction::ContentKind;
using redaction::ContentSet;

namespace {
const auto session = QStringLiteral("ses_a");
const auto other = QStringLiteral("ses_b");
} // namespace

//! What a snapshot of a session leaves out: remembered for that session.
class TestLedgerPlans : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void defaultsWhenNothingWasSaid();
    void remembersForThisSession();
    void versionGoesUpWithChangesOnly();
    void kindsOfTheFuture();
    void kindsThatWereUnknownThen();

private:
    //! As known after opening the file anew.
    [[nodiscard]] SessionPlan plan(const QString& sessionId) const
    {
        const auto ledger = LinkLedger::open(path());
        const auto read = ledger ? (*ledger)->plan(sessionId) : Expected<SessionPlan>(SessionPlan{-1, {}});
        return read.value_or(SessionPlan{-1, {}});
    }
    void execute(const char* sql) const
    {
        auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute(sql));
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
};

void TestLedgerPlans::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = LinkLedger::open(path());
    QVERIFY(opened);
    m_ledger = std::move(*opened);
}

void TestLedgerPlans::defaultsWhenNothingWasSaid()
{
    QCOMPARE(plan(session).version, 0);
    QVERIFY(plan(session).leftOut == ContentSet::leftOutByDefault());
}

void TestLedgerPlans::remembersForThisSession()
{
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Tools, true));
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Models, false));
    const ContentSet expected{ContentKind::Tools, ContentKind::Attachments};
    QVERIFY(plan(session).leftOut == expected);
    QVERIFY(plan(other).leftOut == ContentSet::leftOutByDefault());
}

void TestLedgerPlans::versionGoesUpWithChangesOnly()
{
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, true)); // As it is by default.
    QCOMPARE(plan(session).version, 0);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, false));
    QCOMPARE(plan(session).version, 1);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, false));
    QCOMPARE(plan(session).version, 1);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, true));
    QCOMPARE(plan(session).version, 2);
    QCOMPARE(plan(other).version, 0);
}

void TestLedgerPlans::kindsOfTheFuture()
{
    execute("INSERT INTO plan VALUES ('ses_a', 7, 'holograms,tools', 'smells,attachments,models')");
    QVERIFY(plan(session).leftOut == ContentSet{ContentKind::Tools});
    QCOMPARE(plan(session).version, 7);
}

void TestLedgerPlans::kindsThatWereUnknownThen()
{
    // An older Sharelock knew tools only: all others are as by default.
    execute("INSERT INTO plan VALUES ('ses_a', 1, 'tools', '')");
    QVERIFY(plan(session).leftOut == (ContentSet::leftOutByDefault() | ContentSet{ContentKind::Tools}));
    execute("INSERT OR REPLACE INTO plan VALUES ('ses_a', 2, '', 'attachments')");
    QVERIFY(plan(session).leftOut == ContentSet{ContentKind::Models});
}

QTEST_GUILESS_MAIN(TestLedgerPlans)
#include "test_ledger_plans.moc"
