// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using redaction::Decision;
using redaction::DecisionScope;
using redaction::FoundValue;
using redaction::ScopedDecisions;
using redaction::SecretText;

namespace {

const ChoicePlace session{QStringLiteral("ses_a"), QStringLiteral("prj_a")};
const ChoicePlace sibling{QStringLiteral("ses_b"), QStringLiteral("prj_a")};
const ChoicePlace other{QStringLiteral("ses_c"), QStringLiteral("prj_b")};
const std::string secret = "a-value-that-is-nobodys-business";

FoundValue found(const std::string& text = secret)
{
    static const redaction::Rule rule = [] {
        redaction::Rule one;
        one.id = "some-secret";
        return one;
    }();
    FoundValue value;
    value.rule = &rule;
    value.value = SecretText(text);
    value.usual = Decision::Redact;
    value.settle();
    return value;
}

constexpr ScopedDecisions here(Decision decision)
{
    return {decision, Decision::Open, Decision::Open};
}

} // namespace

//! What a person decided about values: remembered, without the values.
class TestLedgerDecisions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void remembersADecision();
    void theNarrowerScopeWins();
    void openForgets();
    void ownWords();
    void ownTexts();
    void ownTextsHaveABound();
    void namesStay();
    void countsChanges();
    void takesOverOlderDecisions();
    void keepsNoValue();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }
    //! What is known of the value in that session, after opening the file anew.
    [[nodiscard]] FoundValue known(const ChoicePlace& place) const;
    [[nodiscard]] qint64 version(const ChoicePlace& place) const
    {
        return m_ledger->choicesVersion(place).value_or(-1);
    }

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

FoundValue TestLedgerDecisions::known(const ChoicePlace& place) const
{
    const auto ledger = LinkLedger::open(path());
    std::vector<FoundValue> values{found()};
    if (!ledger || !(*ledger)->applyDecisions(place, values))
        return {};
    return values.front();
}

void TestLedgerDecisions::remembersADecision()
{
    QVERIFY(!known(session).byPerson);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Keep)));
    QCOMPARE(known(session).decision, Decision::Keep);
    QVERIFY(known(session).byPerson);
    QCOMPARE(known(sibling).decision, Decision::Redact);
    QVERIFY(!known(sibling).byPerson);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Redact)));
    QCOMPARE(known(session).decision, Decision::Redact);
    QVERIFY(known(session).byPerson);
}

void TestLedgerDecisions::theNarrowerScopeWins()
{
    const auto save = [this](const ScopedDecisions& decided) {
        return m_ledger->saveDecision(session, SecretText(secret), decided);
    };
    QVERIFY(save({Decision::Open, Decision::Open, Decision::Keep}));
    for (const ChoicePlace& place : {session, sibling, other})
        QCOMPARE(known(place).scope(), DecisionScope::Always);
    QVERIFY(save({Decision::Open, Decision::Redact, Decision::Keep}));
    QCOMPARE(known(session).decision, Decision::Redact);
    QCOMPARE(known(sibling).scope(), DecisionScope::Project);
    QCOMPARE(known(other).decision, Decision::Keep);
    QVERIFY(save({Decision::Keep, Decision::Redact, Decision::Keep}));
    QCOMPARE(known(session).decision, Decision::Keep);
    QCOMPARE(known(session).scope(), DecisionScope::Session);
    QCOMPARE(known(sibling).decision, Decision::Redact);
    QVERIFY(save({}));
    QCOMPARE(known(other).scope(), std::optional<DecisionScope>());
}

void TestLedgerDecisions::openForgets()
{
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Keep)));
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Open)));
    QCOMPARE(known(session).decision, Decision::Redact);
    QVERIFY(!known(session).byPerson);
}

void TestLedgerDecisions::ownWords()
{
    QVERIFY(m_ledger->saveOwnWord({0, "Bluebell", false}));
    QVERIFY(m_ledger->saveOwnWord({0, "ACME-[0-9]+", true}));
    QVERIFY(m_ledger->saveOwnWord({0, "Bluebell", false}));
    auto words = m_ledger->ownWords();
    QVERIFY(words);
    QCOMPARE(words->size(), std::size_t(2));
    QVERIFY(words->at(1).isPattern);
    const qint64 number = words->at(0).number;
    QVERIFY(m_ledger->saveOwnWord({number, "Thistle", false}));
    QCOMPARE(m_ledger->saveOwnWord({0, "a(b", true}).error().code, ErrorCode::PatternBroken);
    QCOMPARE(m_ledger->saveOwnWord({number, "a(b", true}).error().code, ErrorCode::PatternBroken);
    words = m_ledger->ownWords();
    QCOMPARE(words->at(0).text, std::string("Thistle"));
    QVERIFY(m_ledger->removeOwnWord(number));
    QCOMPARE(m_ledger->ownWords()->size(), std::size_t(1));
    // What was kept before it was typed is hidden again, but for a single session.
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret),
                                   {Decision::Keep, Decision::Keep, Decision::Keep}));
    QVERIFY(m_ledger->saveOwnWord({0, secret, false}));
    QCOMPARE(known(session).decision, Decision::Keep);
    QCOMPARE(known(sibling).decision, Decision::Redact);
}

void TestLedgerDecisions::ownTexts()
{
    QVERIFY(m_ledger->saveOwnText(session.sessionId, SecretText(secret)));
    const auto places = [this](const ChoicePlace& place) {
        int count = 0;
        const auto texts = m_ledger->ownTexts(place.sessionId);
        if (texts)
            texts->forEachIn("x" + secret + secret, [&count](std::string_view) { ++count; });
        return count;
    };
    QCOMPARE(places(session), 2);
    QCOMPARE(places(sibling), 0);
    QVERIFY(m_ledger->removeOwnText(session.sessionId, SecretText(secret)));
    QCOMPARE(places(session), 0);
    QCOMPARE(m_ledger->saveOwnText(session.sessionId, SecretText(" x\n")).error().code,
             ErrorCode::OwnWordEmpty);
}

void TestLedgerDecisions::ownTextsHaveABound()
{
    for (std::size_t i = 0; i < redaction::TextPrints::mostLengths; ++i)
        QVERIFY(m_ledger->saveOwnText(session.sessionId, SecretText(std::string(i + 2, 'x'))));
    const auto more = m_ledger->saveOwnText(session.sessionId, SecretText(std::string(500, 'x')));
    QVERIFY(!more);
    QCOMPARE(more.error().code, ErrorCode::OwnWordsMany);
    QVERIFY(m_ledger->saveOwnText(session.sessionId, SecretText("yy")));
    QVERIFY(m_ledger->saveOwnText(sibling.sessionId, SecretText(std::string(500, 'x'))));
}

void TestLedgerDecisions::namesStay()
{
    std::vector<FoundValue> values{found("first"), found("second")};
    values[1].first = 1;
    redaction::giveNames(values);
    QCOMPARE(values[0].pseudonym, std::string("<secret-1>"));
    QVERIFY(m_ledger->saveNames(session.sessionId, values));
    values[1].chosenName = "Bob";
    QVERIFY(m_ledger->saveName(session.sessionId, values[1]));
    // A third value that appears before both.
    std::vector<FoundValue> later{found("third"), found("first"), found("second")};
    later[1].first = 1;
    later[2].first = 2;
    const auto namesNow = [&](const ChoicePlace& place) {
        const auto taken = m_ledger->applyNames(place.sessionId, later);
        if (taken)
            redaction::giveNames(later, *taken);
        return QStringList{QString::fromStdString(later[0].pseudonym),
                           QString::fromStdString(later[1].pseudonym),
                           QString::fromStdString(later[2].pseudonym)};
    };
    QCOMPARE(namesNow(session), (QStringList{QStringLiteral("<secret-3>"), QStringLiteral("<secret-1>"),
                                             QStringLiteral("Bob")}));
    // Remembering again changes nothing, and another session has names of its own.
    QVERIFY(m_ledger->saveNames(session.sessionId, values));
    QCOMPARE(namesNow(session).at(2), QStringLiteral("Bob"));
    QCOMPARE(namesNow(other).at(0), QStringLiteral("<secret-1>"));
}

void TestLedgerDecisions::countsChanges()
{
    const qint64 before = version(session);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Keep)));
    QVERIFY(version(session) > before);
    QCOMPARE(version(other), before);
    QVERIFY(m_ledger->saveOwnText(session.sessionId, SecretText(secret)));
    const qint64 withText = version(session);
    QVERIFY(m_ledger->saveOwnWord({0, "Bluebell", false}));
    QVERIFY(version(session) > withText && version(other) > before);
    const qint64 withWord = version(sibling);
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret),
                                   {Decision::Open, Decision::Keep, Decision::Open}));
    QVERIFY(version(sibling) > withWord);
    QVERIFY(m_ledger->countChoice(other.sessionId));
}

void TestLedgerDecisions::takesOverOlderDecisions()
{
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret),
                                   {Decision::Keep, Decision::Open, Decision::Keep}));
    m_ledger.reset();
    {
        // As the version before wrote it.
        auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(db);
        QVERIFY(db->execute("CREATE TABLE older (session_id TEXT NOT NULL, digest BLOB NOT NULL, choice TEXT"
                            " NOT NULL, PRIMARY KEY (session_id, digest)) STRICT;"
                            "INSERT INTO older SELECT place, digest, choice FROM decision;"
                            "DROP TABLE decision; ALTER TABLE older RENAME TO decision;"
                            "DROP TABLE own_word; DROP TABLE own_text; DROP TABLE choice_pseudonym;"
                            "DROP TABLE choice_version; PRAGMA user_version = 4"));
        for (const char* column :
             {"source", "data_folder", "unshared_at", "expires_at", "public_bytes", "public_secrets",
              "public_personal", "public_digest", "counted_with", "validator"})
            QVERIFY(db->execute((std::string("ALTER TABLE link DROP COLUMN ") + column).c_str()));
        for (const char* column : {"asked", "answered", "public_before", "public_after"})
            QVERIFY(db->execute((std::string("ALTER TABLE receipt DROP COLUMN ") + column).c_str()));
        QVERIFY(db->execute("DROP TABLE receipt_chain"));
    }
    QCOMPARE(known(session).scope(), DecisionScope::Session);
    QCOMPARE(known(other).scope(), DecisionScope::Always);
    QCOMPARE(known(other).decision, Decision::Keep);
}

void TestLedgerDecisions::keepsNoValue()
{
    QVERIFY(m_ledger->saveDecision(session, SecretText(secret), here(Decision::Keep)));
    QVERIFY(m_ledger->saveOwnText(session.sessionId, SecretText(secret)));
    std::vector<FoundValue> values{found()};
    redaction::giveNames(values);
    QVERIFY(m_ledger->saveNames(session.sessionId, values));
    // Of a word that is taken away, not even the released pages hold it.
    QVERIFY(m_ledger->saveOwnWord({0, secret, false}));
    QVERIFY(m_ledger->removeOwnWord(m_ledger->ownWords()->front().number));
    m_ledger.reset();
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
