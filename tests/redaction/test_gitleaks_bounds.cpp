// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule_library.h"
#include "rule_folder.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

//! Rules of others stay within bounds, whatever their file holds.
class TestGitleaksBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundsExtending();
    void refusesHostileFiles();
    void refusesTooMany();
    void searchesWholeTextsInParts();
    void stopsSlowAndGreedyRules();

private:
    RuleFolder m_folder;
};

void TestGitleaksBounds::boundsExtending()
{
    const ForeignRules itself = m_folder.read("[extend]\npath='r.toml'\n[[rules]]\nid='a'\nregex='abcd'\n");
    QCOMPARE(itself.problems.size(), 1U);
    QCOMPARE(itself.rules.size(), 1U);
    for (int i = 0; i < 9; ++i)
        m_folder.write(QStringLiteral("deep%1.toml").arg(i),
                       "[extend]\npath='deep" + QByteArray::number(i + 1) + ".toml'\n");
    const ForeignRules deep = readGitleaksFile(m_folder.path(QStringLiteral("deep0.toml")), {});
    QCOMPARE(deep.problems.size(), 1U);
    QCOMPARE(deep.files.size(), 4);
    const ForeignRules missing =
        m_folder.read("[extend]\npath='/nowhere/x.toml'\n[[rules]]\nid='a'\nregex='abcd'\n");
    QCOMPARE(missing.problems.size(), 1U);
    QCOMPARE(missing.problems[0].subject, QStringLiteral("/nowhere/x.toml:0"));
    QCOMPARE(missing.rules.size(), 1U);
    const ForeignRules device = m_folder.read("[extend]\npath='/dev/zero'\n");
    QCOMPARE(device.problems.size(), 1U);
}

void TestGitleaksBounds::refusesHostileFiles()
{
    QElapsedTimer timer;
    timer.start();
    const auto refused = [this](const QByteArray& toml) {
        const ForeignRules rules = m_folder.read(toml);
        return rules.rules.empty() && rules.problems.size() == 1;
    };
    QFile large(m_folder.path(QStringLiteral("large.toml")));
    QVERIFY(large.open(QIODevice::WriteOnly));
    QVERIFY(large.resize(100'000'000));
    large.close();
    QCOMPARE(readGitleaksFile(large.fileName(), {}).problems.size(), 1U);
    QVERIFY(refused("a" + QByteArray(".a").repeated(1'000'000) + "=1\n"));
    QVERIFY(refused("[a" + QByteArray(".a").repeated(1'000'000) + "]\n"));
    QVERIFY(refused("a = " + QByteArray(1'000'000, '[')));
    QVERIFY(refused("a = " + QByteArray("{a=").repeated(1'000'000)));
    QVERIFY(timer.elapsed() < 20'000);
}

void TestGitleaksBounds::refusesTooMany()
{
    QElapsedTimer timer;
    timer.start();
    QByteArray many;
    for (int i = 0; i < 100'000; ++i)
        many += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='abcd'\n";
    const ForeignRules rules = m_folder.read(many);
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.rules.size(), 2000U);
    QByteArray bare;
    for (int i = 0; i < 1000; ++i)
        bare += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='[0-9]{9}'\n";
    const ForeignRules bareRules = m_folder.read(bare);
    QCOMPARE(bareRules.rules.size(), 64U);
    QVERIFY(bareRules.problems.size() > 1 && bareRules.problems.size() < 100);
    QByteArray allowed = "[[rules]]\nid='a'\nregex='abcd'\n[rules.allowlist]\nregexes=[";
    for (int i = 0; i < 200'000; ++i)
        allowed += "'a',";
    const ForeignRules allowedRules = m_folder.read(allowed + "]\n");
    QCOMPARE(allowedRules.problems.size(), 1U);
    QCOMPARE(allowedRules.rules.size(), 1U); // finds more without it
    QByteArray costly;
    for (int i = 0; i < 2000; ++i)
        costly += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='abcd(\\p{L}{20}[a-z]{900}x?){1}'\n";
    QVERIFY(!m_folder.read(costly).problems.empty());
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

void TestGitleaksBounds::searchesWholeTextsInParts()
{
    const auto scanner = m_folder.scannerOf("[[rules]]\nid='a'\nregex='''\\b\\d{3}-\\d{5}\\b'''\n");
    std::string text;
    std::size_t count = 0;
    while (text.size() < 6'000'000) {
        text += "lorem ipsum dolor sit amet 123-45678 ";
        text.append(997, '.');
        ++count;
    }
    for (const int threads : {1, 2})
        QCOMPARE(scanner->scanText(text, {threads, {}})->findings.size(), count);
}

void TestGitleaksBounds::stopsSlowAndGreedyRules()
{
    const auto greedy =
        m_folder.scannerOf("[[rules]]\nid='a'\nregex='....'\n[[rules]]\nid='b'\nregex='acme-\\d{4}'\n");
    const std::string text(400'000, 'x');
    const auto scanned = greedy->scanText(text + " acme-1234", ScanOptions{});
    QVERIFY(scanned);
    QCOMPARE(scanned->stopped.size(), 1U);
    QCOMPARE(scanned->stopped[0]->id, std::string("a"));
    QVERIFY(scanned->findings.size() <= 20'001);
    QVERIFY(std::any_of(scanned->findings.begin(), scanned->findings.end(),
                        [](const TextFinding& each) { return each.value.reveal() == "acme-1234"; }));
    QCOMPARE(stoppedProblems(scanned->stopped)[0].subject,
             m_folder.path(QStringLiteral("r.toml")) + QStringLiteral(":1"));
    // The next scan starts afresh.
    QVERIFY(greedy->scanText("abcd", ScanOptions{})->stopped.empty());

    const auto slow =
        m_folder.scannerOf("[[rules]]\nid='a'\nregex='([a-p]{1,9}[e-z]{1,9}){40,60}(q[^q]{300,900}q)0'\n");
    std::string mixed;
    for (int i = 0; mixed.size() < 20'000'000; ++i)
        mixed += "abcqdef" + std::to_string(i % 7) + "ghijqklm";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(slow->scanText(mixed, ScanOptions{}));
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestGitleaksBounds)
#include "test_gitleaks_bounds.moc"
