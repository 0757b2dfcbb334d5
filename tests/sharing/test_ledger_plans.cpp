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
    [[nodiscard]] ContentSet leftOut(const QString& sessionId) const
    {
        const auto ledger = LinkLedger::open(path());
        const auto read = ledger ? (*ledger)->leftOut(sessionId) : Expected<ContentSet>(ContentSet());
        return read.value_or(ContentSet());
    }
    [[nodiscard]] qint64 version(const QString& sessionId) const
    {
        return m_ledger->choicesVersion({sessionId, {}}).value_or(-1);
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
    QCOMPARE(version(session), 0);
    QVERIFY(leftOut(session) == ContentSet::leftOutByDefault());
}

void TestLedgerPlans::remembersForThisSession()
{
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Tools, true));
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Models, false));
    const ContentSet expected{ContentKind::Tools, ContentKind::Attachments};
    QVERIFY(leftOut(session) == expected);
    QVERIFY(leftOut(other) == ContentSet::leftOutByDefault());
}

void TestLedgerPlans::versionGoesUpWithChangesOnly()
{
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, true)); // As it is by default.
    QCOMPARE(version(session), 0);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, false));
    QCOMPARE(version(session), 1);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, false));
    QCOMPARE(version(session), 1);
    QVERIFY(m_ledger->setLeftOut(session, ContentKind::Attachments, true));
    QCOMPARE(version(session), 2);
    QCOMPARE(version(other), 0);
}

void TestLedgerPlans::kindsOfTheFuture()
{
    execute("INSERT INTO plan VALUES ('ses_a', 'holograms,tools', 'smells,attachments,models')");
    QVERIFY(leftOut(session) == ContentSet{ContentKind::Tools});
}

void TestLedgerPlans::kindsThatWereUnknownThen()
{
    // An older Sharelock knew tools only: all others are as by default.
    execute("INSERT INTO plan VALUES ('ses_a', 'tools', '')");
    QVERIFY(leftOut(session) == (ContentSet::leftOutByDefault() | ContentSet{ContentKind::Tools}));
    execute("INSERT OR REPLACE INTO plan VALUES ('ses_a', '', 'attachments')");
    QVERIFY(leftOut(session) == ContentSet{ContentKind::Models});
}

QTEST_GUILESS_MAIN(TestLedgerPlans)
#include "test_ledger_plans.moc"
