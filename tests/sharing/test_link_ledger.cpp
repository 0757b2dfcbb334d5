// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/ledger_world.h"

#include <QTest>

#include <limits>
#include <string>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;
using samples::holds;
using samples::key;
using samples::linkId;

//! What the ledger remembers of links and of what was done with them.
class TestLinkLedger : public QObject, private samples::LedgerWorld
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(reset()); }
    void keepsEveryField();
    void keepsHostileText_data();
    void keepsHostileText();
    void listsNewestSharedFirst();
    void tellsOriginsApart();
    void forgetsReservationsOnly();
    void keepsRewritings();
    void keepsReceiptsInOrder();
    void receiptsCantBeChanged();
    void writesTogetherOrNotAtAll();
    void readsWhatANewerProgramWrote();
    void noticesWritesOfOthers();
};

void TestLinkLedger::keepsEveryField()
{
    Link link = samples::link(QStringLiteral("abcd1234"));
    link.url = QUrl(QStringLiteral("https://opncd.ai/share/abcd1234?x=%20y#z"));
    link.kind = LinkKind::Snapshot;
    link.sourceSessionId = QStringLiteral("ses_source");
    link.project = QStringLiteral("project");
    link.directory = QStringLiteral("/home/someone/project");
    link.checkedAt = fromMilliseconds(1);
    link.removedAt = fromMilliseconds(std::numeric_limits<qint64>::max());
    link.nextProbeAt = fromMilliseconds(-5);
    link.sessionDeleted = true;
    link.publicMessages = 12;
    link.dataFolder = QStringLiteral("/home/someone/.local/share/opencode");
    link.unsharedAt = fromMilliseconds(2);
    link.expiresAt = fromMilliseconds(3);
    link.publicBytes = 1LL << 40;
    link.publicSecrets = 4;
    link.publicPersonal = 0;
    link.publicDigest = QByteArray("a\0b", 3);
    link.countedWith = "rules 1";
    link.validator = "W/\"1\"";
    constexpr std::array states{LinkState::Live,    LinkState::Removed,     LinkState::StillServed,
                                LinkState::Cached,  LinkState::Orphan,      LinkState::OrphanLost,
                                LinkState::Foreign, LinkState::Unreachable, LinkState::Unknown};
    constexpr std::array steps{LinkStep::Reserved, LinkStep::Sealed, LinkStep::Published,
                               LinkStep::TakedownRequested, LinkStep::TakedownDone};
    for (const LinkState state : states) {
        for (const LinkStep step : steps) {
            link.state = state;
            link.step = step;
            QVERIFY(m_ledger->save(link).has_value());
            const auto other = reopened();
            QVERIFY(other.has_value());
            const auto read = (*other)->link(link.id);
            QVERIFY(read && *read);
            QVERIFY(**read == link);
        }
    }
    const auto all = m_ledger->links();
    QVERIFY(all && all->size() == 1);
    QVERIFY(all->front() == link);
    for (const LinkSource source : {LinkSource::Sharelock, LinkSource::Opencode, LinkSource::Claimed,
                                    LinkSource::Imported, LinkSource::Storage}) {
        link.source = source;
        QVERIFY(m_ledger->save(link).has_value());
        QVERIFY(m_ledger->link(link.id).value() == link);
    }
    const auto none = m_ledger->link(linkId(QStringLiteral("absent")));
    QVERIFY(none && !*none);
}

void TestLinkLedger::keepsHostileText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("markup") << QStringLiteral("<img src=http://tracker.example/x onerror=alert(1)>");
    QTest::newRow("sql") << QStringLiteral("'; DROP TABLE link; --");
    QTest::newRow("escape and nul") << QStringLiteral("a\u001b[31mb\r\n") + QChar(0) +
                                           QStringLiteral("after");
    QTest::newRow("bidi") << QString::fromUtf8("\u202Egnp.exe\u200B\U0001F600");
    QTest::newRow("huge") << QString(2'000'000, QLatin1Char('x'));
}

void TestLinkLedger::keepsHostileText()
{
    QFETCH(QString, text);
    Link link = samples::link(QStringLiteral("abcd1234"));
    link.title = text;
    link.project = text;
    link.directory = text;
    link.sessionId = text;
    link.sourceSessionId = text;
    QVERIFY(m_ledger->save(link).has_value());
    const auto read = m_ledger->link(link.id);
    QVERIFY(read && *read);
    QVERIFY(**read == link);

    const LinkId odd{link.id.origin, text};
    link.id = odd;
    QVERIFY(m_ledger->save(link).has_value());
    const auto found = m_ledger->link(odd);
    QVERIFY(found && *found && **found == link);
}

void TestLinkLedger::listsNewestSharedFirst()
{
    for (const int i : {3, 1, 5, 2, 4}) {
        Link link = samples::link(QStringLiteral("id%1").arg(i));
        link.sharedAt = fromMilliseconds(i * 1000);
        QVERIFY(m_ledger->save(link).has_value());
    }
    const auto links = m_ledger->links();
    QVERIFY(links.has_value());
    QStringList order;
    for (const Link& link : *links)
        order << link.id.shareId;
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("id5 id4 id3 id2 id1"));
}

void TestLinkLedger::tellsOriginsApart()
{
    Link here = samples::link(QStringLiteral("same"));
    Link there = here;
    there.id.origin = QUrl(QStringLiteral("http://127.0.0.1:4000"));
    there.title = QStringLiteral("there");
    QVERIFY(m_ledger->save(here).has_value());
    QVERIFY(m_ledger->save(there).has_value());
    QCOMPARE(m_ledger->links().value().size(), 2U);
    QVERIFY(m_ledger->link(there.id).value() == there);
    QVERIFY(m_ledger->link(here.id).value() == here);
}

void TestLinkLedger::forgetsReservationsOnly()
{
    Link link = samples::link(QStringLiteral("abcd1234"));
    link.step = LinkStep::Reserved;
    QVERIFY(m_ledger->save(link).has_value());
    QVERIFY(m_ledger->saveRewriting(link.id, {}).has_value());
    QVERIFY(m_ledger->forget(link.id).has_value());
    QVERIFY(!m_ledger->link(link.id).value());
    QVERIFY(!m_ledger->rewriting(link.id).value());
    QVERIFY(m_ledger->forget(link.id).has_value()); // Again, after a kill.

    link.step = LinkStep::Published;
    QVERIFY(m_ledger->save(link).has_value());
    QVERIFY(errorOf(m_ledger->forget(link.id)) == ErrorCode::Internal);

    const KeyVault vault(KeyVault::freshMasterKey());
    link.step = LinkStep::Reserved;
    QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key("one")).value()).has_value());
    QVERIFY(errorOf(m_ledger->forget(link.id)) == ErrorCode::Internal);
    QVERIFY(holds(*m_ledger, vault, link.id, key("one")));
}

void TestLinkLedger::keepsRewritings()
{
    const LinkId id = linkId(QStringLiteral("abcd1234"));
    document::IdRewriting rewriting;
    for (std::size_t i = 0; i < rewriting.seed.size(); ++i)
        rewriting.seed.at(i) = static_cast<std::uint8_t>(255 - i * 8);
    rewriting.shift = std::numeric_limits<std::uint64_t>::max();
    rewriting.sessionId = "ses_new";
    QVERIFY(errorOf(m_ledger->saveRewriting(id, rewriting)) == ErrorCode::LinkNotFound);
    QVERIFY(!m_ledger->rewriting(id).value());
    QVERIFY(m_ledger->save(samples::link(id.shareId)).has_value());
    QVERIFY(m_ledger->saveRewriting(id, rewriting).has_value());
    QVERIFY(reopened().value()->rewriting(id).value() == rewriting);
    rewriting.shift = 0;
    QVERIFY(m_ledger->saveRewriting(id, rewriting).has_value());
    QVERIFY(m_ledger->rewriting(id).value() == rewriting);

    QVERIFY(raw("UPDATE id_rewriting SET seed = x'00'"));
    QVERIFY(errorOf(m_ledger->rewriting(id)) == ErrorCode::LedgerUnreadable);
}

void TestLinkLedger::keepsReceiptsInOrder()
{
    Receipt receipt;
    receipt.act = QStringLiteral("probe");
    receipt.outcome = QStringLiteral("ok");
    receipt.link = linkId(QStringLiteral("abcd1234"));
    receipt.title = QStringLiteral("<b>title</b>");
    receipt.detail = QStringLiteral("404 at the origin and past caches");
    receipt.isProof = true;
    for (int i = 1; i <= 5; ++i) {
        receipt.at = fromMilliseconds(100 - i); // Clocks go backwards; the order is that of writing.
        QVERIFY(m_ledger->append(receipt).has_value());
    }
    QVERIFY(m_ledger->append(Receipt{}).has_value());

    const auto newest = reopened().value()->receipts(3).value();
    QCOMPARE(newest.size(), 3U);
    QVERIFY(newest.at(0).link == LinkId());
    QVERIFY(newest.at(0).number > newest.at(1).number);
    receipt.number = newest.at(1).number;
    receipt.hash = newest.at(1).hash;
    QVERIFY(newest.at(1) == receipt);
    QCOMPARE(m_ledger->receipts().value().size(), 6U);
    QVERIFY(m_ledger->receipts(0).value().empty());
    QVERIFY(m_ledger->hasReceipt(receipt.link, receipt.act, receipt.outcome).value());
    QVERIFY(!m_ledger->hasReceipt(receipt.link, receipt.act, QStringLiteral("key-missing")).value());
}

void TestLinkLedger::receiptsCantBeChanged()
{
    Receipt receipt;
    receipt.act = QStringLiteral("probe");
    QVERIFY(m_ledger->append(receipt).has_value());
    QVERIFY(!raw("UPDATE receipt SET act = 'forged'"));
    QVERIFY(!raw("DELETE FROM receipt"));
    const auto receipts = m_ledger->receipts().value();
    QCOMPARE(receipts.size(), 1U);
    QCOMPARE(receipts.front().act, receipt.act);
}

void TestLinkLedger::writesTogetherOrNotAtAll()
{
    const auto failing = m_ledger->together([&]() -> Expected<void> {
        if (auto saved = m_ledger->save(samples::link(QStringLiteral("one"))); !saved)
            return saved;
        const auto nested =
            m_ledger->together([&] { return m_ledger->save(samples::link(QStringLiteral("two"))); });
        if (!nested)
            return nested;
        return fail(ErrorCode::Cancelled);
    });
    QVERIFY(errorOf(failing) == ErrorCode::Cancelled);
    QVERIFY(m_ledger->links().value().empty());
    QVERIFY(
        m_ledger->together([&] { return m_ledger->save(samples::link(QStringLiteral("one"))); }).has_value());
    QCOMPARE(m_ledger->links().value().size(), 1U);
}

void TestLinkLedger::readsWhatANewerProgramWrote()
{
    Link link = samples::link(QStringLiteral("abcd1234"));
    link.step = LinkStep::TakedownRequested;
    link.state = LinkState::Removed;
    QVERIFY(m_ledger->save(link).has_value());
    QVERIFY(raw(
        "UPDATE link SET state = 'teleported', step = 'quantum', kind = 'holographic', url = '::nonsense::',"
        " public_messages = 9223372036854775807"));
    const auto read = m_ledger->links();
    QVERIFY(read && read->size() == 1);
    QVERIFY(read->front().state == LinkState::Unknown);
    QVERIFY(read->front().step == LinkStep::Published);
    QVERIFY(read->front().kind == LinkKind::Live);
}

void TestLinkLedger::noticesWritesOfOthers()
{
    const auto other = reopened();
    QVERIFY(other.has_value());
    const qint64 before = m_ledger->dataVersion().value();
    QVERIFY(m_ledger->save(samples::link(QStringLiteral("mine"))).has_value());
    QCOMPARE(m_ledger->dataVersion().value(), before);
    QVERIFY((*other)->save(samples::link(QStringLiteral("theirs"))).has_value());
    QVERIFY(m_ledger->dataVersion().value() != before);
    QCOMPARE(m_ledger->links().value().size(), 2U);
}

QTEST_GUILESS_MAIN(TestLinkLedger)
#include "test_link_ledger.moc"
