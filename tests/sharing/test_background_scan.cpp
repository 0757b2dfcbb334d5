// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

namespace {

constexpr int patience = 60'000; // Another process may have the processor.
const auto mine = QStringLiteral("ses_mine");
const auto other = QStringLiteral("ses_other");

void write(const QString& path, const QByteArray& text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(path));
}

QByteArray rules(const QByteArray& pattern)
{
    return "[[rules]]\nid = 'acme'\nregex = '''" + pattern + "'''\n";
}

//! \brief Two projects, with a session each in which `acme-0123abcd` and `Bluebell` stand. Newer sessions
//! than these are many: the newest ones are compared with what was scanned at every chance.
class World : public ManagerWorld
{
public:
    World()
    {
        QDir().mkpath(home() % u"/work");
        QDir().mkpath(home() % u"/other");
        database->addProject("project2", (home() % u"/other").toUtf8(), "other");
        add("ses_mine", "project1", 1'700'000'000'000);
        add("ses_other", "project2", 1'700'000'000'000);
        constexpr int newer = 30;
        for (int i = 0; i < newer; ++i)
            add("ses_new" + QByteArray::number(100 + i), "project1", 1'760'000'000'000 + i, "nothing");
    }

    void add(const QByteArray& id, const QByteArray& project, qint64 updated,
             const QByteArray& text = "acme-0123abcd is what the Bluebell team calls it")
    {
        SampleSession session;
        session.id = id;
        session.projectId = project;
        session.created = updated;
        session.updated = updated;
        database->addSession(session);
        database->addMessage("msg_" + id, id, updated, userMessage());
        database->addPart("prt_" + id, "msg_" + id, id, textPart(text));
    }
    [[nodiscard]] QString own() const { return environment.configFolder() % u"/gitleaks.toml"; }
    [[nodiscard]] QString project(const char* name) const
    {
        return home() % u'/' % QLatin1String(name) % u"/.gitleaks.toml";
    }
};

//! \brief A program that looks through all sessions, and what it says of them.
class Program
{
public:
    explicit Program(const ManagerWorld& world)
        : m_manager(world.manager())
    {
        QObject::connect(m_manager.get(), &ShareManager::scanned, m_manager.get(),
                         [this](const ScanNews& news) {
                             for (const auto& [id, findings] : news.sessions)
                                 m_findings.insert(id, findings);
                             m_isDone = news.total > 0 && news.done == news.total;
                         });
        m_manager->lookThrough(true);
        m_manager->follow();
    }

    [[nodiscard]] ShareManager& manager() { return *m_manager; }
    [[nodiscard]] bool isDone() const { return m_isDone && m_findings.contains(mine); }
    //! \brief Secrets and all others; "-" as long as nothing is known.
    [[nodiscard]] QString counts(const QString& id) const
    {
        const auto found = m_findings.constFind(id);
        return found == m_findings.cend() ? QStringLiteral("-")
                                          : QStringLiteral("%1 %2").arg(found->secrets).arg(found->personal);
    }

private:
    std::unique_ptr<ShareManager> m_manager;
    QHash<QString, SessionFindings> m_findings;
    bool m_isDone = false;
};

} // namespace

//! What is said of sessions stays true when nothing about them changes but what they are searched with.
class TestBackgroundScan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsThePersonsRules();
    void followsAProjectsRules();
    void followsExtendedRules();
    void rulesChangedMeanwhile();
    void listedWithoutScanning();
    void countsOwnWords();
    void countsHiddenTexts();
    void countsWordsOfAnotherProgram();
    void aBroadPatternHidesNothingElse();
};

void TestBackgroundScan::followsThePersonsRules()
{
    const World world;
    const Program program(world);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    QCOMPARE(program.counts(mine), QStringLiteral("0 0"));
    write(world.own(), rules("acme-[0-9a-f]{8}"));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("1 0"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("1 0"), patience);
    write(world.own(), rules("acme-[0-9a-f]{9}"));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 0"), patience);
    write(world.own(), rules("acme-[0-9a-f]{8}"));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("1 0"), patience);
    QVERIFY(QFile::remove(world.own()));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 0"), patience);
}

void TestBackgroundScan::followsAProjectsRules()
{
    const World world;
    const Program program(world);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    write(world.project("other"), rules("acme-[0-9a-f]{8}"));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("1 0"), patience);
    QCOMPARE(program.counts(mine), QStringLiteral("0 0"));
    QVERIFY(QFile::remove(world.project("other")));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("0 0"), patience);
}

void TestBackgroundScan::followsExtendedRules()
{
    const World world;
    const QString base = world.home() % u"/base.toml";
    write(base, rules("zebra-[0-9]{4}"));
    write(world.project("work"), "[extend]\npath = '" + base.toUtf8() + "'\n");
    const Program program(world);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    QCOMPARE(program.counts(mine), QStringLiteral("0 0"));
    write(base, rules("acme-[0-9a-f]{8}"));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("1 0"), patience);
}

//! opencode.db is the very same at the next start, which trusts what is known only if the rules are, too.
void TestBackgroundScan::rulesChangedMeanwhile()
{
    const World world;
    for (int run = 0; run < 2; ++run) {
        const Program program(world);
        QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
        QCOMPARE(program.counts(other), QStringLiteral("0 0"));
    }
    write(world.project("other"), rules("acme-[0-9a-f]{8}"));
    const Program program(world);
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("1 0"), patience);
}

//! What another program lists without looking itself was found with the rules and words that hold now.
void TestBackgroundScan::listedWithoutScanning()
{
    const World world;
    write(world.project("other"), rules("acme-[0-9a-f]{8}"));
    {
        const Program program(world);
        QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    }
    const auto listed = [&world] {
        const auto manager = world.manager();
        return manager->knownFindings(manager->sessions().value_or(std::vector<opencode::SessionSummary>()));
    };
    QCOMPARE(listed().value(other).secrets, 1);
    QVERIFY(QFile::remove(world.project("other")));
    QVERIFY(!listed().contains(other));
    QVERIFY(listed().contains(mine));
    QVERIFY(world.manager()->saveOwnWord({0, "bluebell", false}));
    QVERIFY(listed().isEmpty());
}

void TestBackgroundScan::countsOwnWords()
{
    const World world;
    Program program(world);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    QVERIFY(program.manager().saveOwnWord({0, "bluebell", false}));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 1"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("0 1"), patience);
    // What the person keeps was looked at.
    QVERIFY(program.manager().decide(mine, redaction::SecretText("Bluebell"), {redaction::Decision::Keep}));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 0"), patience);
    QCOMPARE(program.counts(other), QStringLiteral("0 1"));
    const auto words = program.manager().ownWords();
    QVERIFY(words && words->size() == 1);
    QVERIFY(program.manager().removeOwnWord(words->front().number));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(other), QStringLiteral("0 0"), patience);
}

void TestBackgroundScan::countsHiddenTexts()
{
    const World world;
    Program program(world);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    const redaction::SecretText selected("the Bluebell team");
    QVERIFY(program.manager().hideText(mine, selected));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 1"), patience);
    QCOMPARE(program.counts(other), QStringLiteral("0 0"));
    QVERIFY(program.manager().showText(mine, selected));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 0"), patience);
}

void TestBackgroundScan::countsWordsOfAnotherProgram()
{
    const World world;
    {
        const Program program(world);
        QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
        QVERIFY(world.manager()->saveOwnWord({0, "bluebell", false}));
        QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 1"), patience);
    }
    QVERIFY(world.manager()->saveOwnWord({0, "acme-", false}));
    const Program program(world);
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 2"), patience);
}

void TestBackgroundScan::aBroadPatternHidesNothingElse()
{
    World world;
    QByteArray many;
    constexpr int tooMany = 3000;
    for (int i = 0; i < tooMany; ++i)
        many += "x" + QByteArray::number(i) + "y ";
    world.add("ses_broad", "project1", 1'700'000'000'001, "write to grace.hopper@navy-sample.org " + many);
    Program program(world);
    const auto broad = QStringLiteral("ses_broad");
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(broad), QStringLiteral("0 1"), patience);
    QVERIFY(program.manager().saveOwnWord({0, "x[0-9]+y", true}));
    QVERIFY(program.manager().saveOwnWord({0, "bluebell", false}));
    QTRY_COMPARE_WITH_TIMEOUT(program.counts(mine), QStringLiteral("0 1"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(program.isDone(), patience);
    QCOMPARE(program.counts(broad), QStringLiteral("0 1"));
}

QTEST_GUILESS_MAIN(TestBackgroundScan)
#include "test_background_scan.moc"
