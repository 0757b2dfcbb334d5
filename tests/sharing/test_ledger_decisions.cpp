// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using redaction::Decision;
using redaction::FoundValue;
using redaction::SecretText;

namespace {

const auto session = QStringLiteral("ses_a");
const auto other = QStringLiteral("ses_b");
const std::string secret = "a-value-that-is-nobodys-business";

FoundValue found(Decision decision = Decision::Redact)
{
    FoundValue value;
    value.value = SecretText(secret);
    value.decision = decision;
    return value;
}

} // namespace

//! What a person decided about values: remembered, without the values.
class TestLedgerDecisions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void remembersADecision();
    void sessionGoesBeforeAll();
    void openForgets();
    void keepsNoValue();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }
    //! What is known of the value in that session, after opening the file anew.
    [[nodiscard]] FoundValue known(const QString& sessionId) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
};

void TestLedgerDecisions::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = LinkLedger::open(path());
    QVERIFY(opened);
    m_ledger = std::move(*opened);
}

FoundValue TestLedgerDecisions::known(const QString& sessionId) const
{
    const auto ledger = LinkLedger::open(path());
    std::vector<FoundValue> values{found()};
    if (!ledger || !(*ledger)->applyDecisions(sessionId, values))
        return {};
    return values.front();
}

void TestLedgerDecisions::remembersADecision()
{
    QVERIFY(!known(session).byPerson);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Keep));
    QCOMPARE(known(session).decision, Decision::Keep);
    QVERIFY(known(session).byPerson);
    QCOMPARE(known(other).decision, Decision::Redact);
    QVERIFY(!known(other).byPerson);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Redact));
    QCOMPARE(known(session).decision, Decision::Redact);
    QVERIFY(known(session).byPerson);
}

void TestLedgerDecisions::sessionGoesBeforeAll()
{
    QVERIFY(m_ledger->saveDecision({}, SecretText(secret), Decision::Keep));
    QCOMPARE(known(session).decision, Decision::Keep);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Redact));
    QCOMPARE(known(session).decision, Decision::Redact);
    QCOMPARE(known(other).decision, Decision::Keep);
}

void TestLedgerDecisions::openForgets()
{
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Keep));
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Open));
    QCOMPARE(known(session).decision, Decision::Redact);
    QVERIFY(!known(session).byPerson);
}

void TestLedgerDecisions::keepsNoValue()
{
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), Decision::Keep));
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden);
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(secret.c_str()));
        ++count;
    }
    QVERIFY(count > 0);
}

QTEST_GUILESS_MAIN(TestLedgerDecisions)
#include "test_ledger_decisions.moc"
