// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger.h"

#include "sharing/sharing_samples.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <string>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;
using samples::linkId;

class TestLinkLedger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEveryField();
    void keepsHostileText_data();
    void keepsHostileText();
    void listsNewestSharedFirst();
    void tellsOriginsApart();
    void savingKeepsTheKey();
    void keepsEveryKeyOfALink();
    void forgetsReservationsOnly();
    void keepsRewritings();
    void keepsReceiptsInOrder();
    void receiptsCantBeChanged();
    void keysCantBeDeleted();
    void keepsSettingsAndVault();
    void resealsEveryKey();
    void resealChangesNothingOnFailure();
    void refusesKeysOfAMovedVault();
    void writesTogetherOrNotAtAll();
    void readsWhatANewerProgramWrote();
    void noticesWritesOfOthers();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }
    [[nodiscard]] Expected<std::unique_ptr<LinkLedger>> reopened() const { return LinkLedger::open(path()); }
    [[nodiscard]] bool raw(const char* sql) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
};

namespace {

Secret key(const char* text)
{
    return Secret(std::string_view(text));
}

LinkLedger::VaultRecord recordOf(const KeyVault& vault, VaultKind kind)
{
    return {kind, vault.seal(linkId(QStringLiteral("check")), key("check")).value()};
}

bool holds(const LinkLedger& ledger, const KeyVault& vault, const LinkId& id, const Secret& expected)
{
    const auto sealed = ledger.sealedKey(id);
    if (!sealed || !*sealed)
        return false;
    const auto opened = vault.open(id, **sealed);
    return opened && *opened == expected;
}

} // namespace

void TestLinkLedger::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = LinkLedger::open(path());
    QVERIFY(opened.has_value());
    m_ledger = std::move(*opened);
}

bool TestLinkLedger::raw(const char* sql) const
{
    auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
    return db && db->execute("PRAGMA foreign_keys = ON") && db->execute(sql);
}

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

void TestLinkLedger::savingKeepsTheKey()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key("one")).value()).has_value());
    QVERIFY(m_ledger->link(link.id).value()->hasKey);

    link.hasKey = false;
    link.state = LinkState::Removed;
    QVERIFY(m_ledger->save(link).has_value());
    const auto read = m_ledger->link(link.id).value();
    QVERIFY(read->hasKey);
    QVERIFY(read->state == LinkState::Removed);
    QVERIFY(holds(*m_ledger, vault, link.id, key("one")));

    Link without = samples::link(QStringLiteral("nokey"));
    without.hasKey = true; // A claim alone gives it no key.
    QVERIFY(m_ledger->save(without).has_value());
    QVERIFY(!m_ledger->link(without.id).value()->hasKey);
    QVERIFY(!m_ledger->sealedKey(without.id).value());
}

void TestLinkLedger::keepsEveryKeyOfALink()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const Link link = samples::link(QStringLiteral("abcd1234"));
    for (const char* text : {"first", "second"})
        QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key(text)).value()).has_value());
    QVERIFY(holds(*m_ledger, vault, link.id, key("second")));
    const auto all = m_ledger->sealedKeys(link.id);
    QVERIFY(all && all->size() == 2);
    QVERIFY(vault.open(link.id, all->at(0)).value() == key("second"));
    QVERIFY(vault.open(link.id, all->at(1)).value() == key("first"));
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

void TestLinkLedger::keysCantBeDeleted()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key("one")).value()).has_value());
    QVERIFY(!raw("DELETE FROM sealed_key"));
    QVERIFY(!raw("DELETE FROM link"));
    QVERIFY(!raw("UPDATE link SET share_id = 'other'"));
    QVERIFY(holds(*m_ledger, vault, link.id, key("one")));
}

void TestLinkLedger::keepsSettingsAndVault()
{
    QVERIFY(m_ledger->setting(QStringLiteral("absent")).value().isEmpty());
    QVERIFY(m_ledger->setSetting(QStringLiteral("server"), QStringLiteral("http://a")).has_value());
    QVERIFY(m_ledger->setSetting(QStringLiteral("server"), QStringLiteral("http://b")).has_value());
    QCOMPARE(reopened().value()->setting(QStringLiteral("server")).value(), QStringLiteral("http://b"));

    QVERIFY(!m_ledger->vaultRecord().value());
    const KeyVault vault(KeyVault::freshMasterKey());
    for (const VaultKind kind : {VaultKind::Keychain, VaultKind::File}) {
        const auto record = recordOf(vault, kind);
        QVERIFY(m_ledger->setVaultRecord(record).has_value());
        const auto read = reopened().value()->vaultRecord().value();
        QVERIFY(read && read->kind == kind);
        QVERIFY(read->check.box == record.check.box && read->check.nonce == record.check.nonce);
    }
    QCOMPARE(m_ledger->ledgerId().size(), 32);
    QCOMPARE(reopened().value()->ledgerId(), m_ledger->ledgerId());
}

void TestLinkLedger::resealsEveryKey()
{
    const KeyVault from(KeyVault::freshMasterKey());
    const KeyVault to(KeyVault::freshMasterKey());
    for (int i = 0; i < 20; ++i) {
        const Link link = samples::link(QStringLiteral("id%1").arg(i));
        const std::string text = "key " + std::to_string(i);
        QVERIFY(m_ledger->saveWithKey(link, from.seal(link.id, Secret(text)).value()).has_value());
    }
    QVERIFY(m_ledger->reseal(from, to, recordOf(to, VaultKind::File)).has_value());
    QVERIFY(m_ledger->vaultRecord().value()->kind == VaultKind::File);
    for (int i = 0; i < 20; ++i) {
        const LinkId id = linkId(QStringLiteral("id%1").arg(i));
        QVERIFY(holds(*m_ledger, to, id, Secret("key " + std::to_string(i))));
        QVERIFY(!from.sealedHere(m_ledger->sealedKey(id).value().value()));
    }
}

void TestLinkLedger::resealChangesNothingOnFailure()
{
    const KeyVault from(KeyVault::freshMasterKey());
    const KeyVault to(KeyVault::freshMasterKey());
    const Link first = samples::link(QStringLiteral("first"));
    const Link last = samples::link(QStringLiteral("last"));
    QVERIFY(m_ledger->setVaultRecord(recordOf(from, VaultKind::Keychain)).has_value());
    QVERIFY(m_ledger->saveWithKey(first, from.seal(first.id, key("one")).value()).has_value());
    QVERIFY(m_ledger->saveWithKey(last, from.seal(last.id, key("two")).value()).has_value());
    QVERIFY(raw("UPDATE sealed_key SET nonce = zeroblob(24) WHERE share_id = 'last'"));

    QVERIFY(errorOf(m_ledger->reseal(from, to, recordOf(to, VaultKind::File))) == ErrorCode::MasterKeyWrong);
    QVERIFY(holds(*m_ledger, from, first.id, key("one")));
    QVERIFY(m_ledger->vaultRecord().value()->kind == VaultKind::Keychain);
    QVERIFY(errorOf(m_ledger->reseal(from, KeyVault(), recordOf(to, VaultKind::File))) ==
            ErrorCode::KeyringMissing);
    QVERIFY(holds(*m_ledger, from, first.id, key("one")));
}

void TestLinkLedger::refusesKeysOfAMovedVault()
{
    const KeyVault before(KeyVault::freshMasterKey());
    const KeyVault after(KeyVault::freshMasterKey());
    QVERIFY(m_ledger->setVaultRecord(recordOf(before, VaultKind::Keychain)).has_value());
    const auto other = reopened();
    QVERIFY(other.has_value());
    QVERIFY((*other)->reseal(before, after, recordOf(after, VaultKind::File)).has_value());

    const Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(errorOf(m_ledger->saveWithKey(link, before.seal(link.id, key("lost")).value())) ==
            ErrorCode::MasterKeyWrong);
    QVERIFY(!m_ledger->link(link.id).value());
    QVERIFY(m_ledger->saveWithKey(link, after.seal(link.id, key("kept")).value()).has_value());
    QVERIFY(holds(*m_ledger, after, link.id, key("kept")));
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
