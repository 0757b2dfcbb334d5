// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "rule_folder.h"

#include "redaction/rule_files.h"
#include "redaction/rule_library.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

//! Rules of others stand beside ours, take nothing from them, and are read again when they change.
class TestRuleLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesNothingFromOurRules();
    void readsAgainWhatHasChanged();
    void asksForWantedFilesOnly();

private:
    RuleFolder m_folder;
};

void TestRuleLibrary::takesNothingFromOurRules()
{
    // Wider, narrower, the same, allowed: whatever a file says, what ours found is found.
    const std::string token = "ghp_" + std::string("a8Kd02mmQx91Zb7Lp3RtVw5Yc4Ne6Uf8Gh1J");
    const std::string text = "export TOKEN=" + token + " # comment";
    const SecretScanner ours(builtInRules());
    const auto before = ours.scanText(text);
    QCOMPARE(before.size(), 1U);
    for (const QByteArray& toml :
         {QByteArray("[[rules]]\nid='github-pat'\nregex='TOKEN=ghp_\\w+ # comment'\n"),
          QByteArray("[[rules]]\nid='a'\nregex='ghp_\\w{9}'\n"),
          QByteArray("[[rules]]\nid='a'\nregex='ghp_\\w+'\n"),
          QByteArray("[extend]\ndisabledRules=['github-pat']\n[[rules]]\nid='a'\nregex='ghp_\\w+'\n"
                     "[allowlist]\nregexes=['.*']\n")}) {
        const QString path = m_folder.write(QStringLiteral("mine.toml"), toml);
        const Scanning scanning = RuleLibrary::instance().scanning({{path, true}});
        QVERIFY(scanning.problems.empty());
        const auto after = scanning.scanner->scanText(text);
        QVERIFY(std::any_of(after.begin(), after.end(), [&before](const TextFinding& each) {
            return each.rule->id == before[0].rule->id && each.value == before[0].value;
        }));
    }
    const QString wide =
        m_folder.write(QStringLiteral("mine.toml"), "[[rules]]\nid='a'\nregex='TOKEN=ghp_\\w+ # comment'\n");
    QCOMPARE(RuleLibrary::instance().scanning({{wide, true}}).scanner->scanText(text).size(), 2U);
}

void TestRuleLibrary::readsAgainWhatHasChanged()
{
    RuleLibrary library;
    const auto base = [](int digits) -> QByteArray {
        return "[[rules]]\nid='a'\nregex='acme-\\d{" + QByteArray::number(digits) + "}'\n";
    };
    m_folder.write(QStringLiteral("base.toml"), base(4));
    const QString path = m_folder.write(QStringLiteral("top.toml"), "[extend]\npath='base.toml'\n");
    const std::vector<RuleFile> files{{path, false}};
    const Scanning first = library.scanning(files);
    QCOMPARE(values(first.scanner->scanText("acme-123456")), std::string("acme-1234 "));
    QCOMPARE(library.scanning(files).scanner, first.scanner);
    // As big as before, but later: the clock of the file system may not have ticked.
    QFile later(m_folder.write(QStringLiteral("base.toml"), base(5)));
    QVERIFY(later.open(QIODevice::ReadWrite));
    QVERIFY(later.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
    later.close();
    const Scanning second = library.scanning(files);
    QCOMPARE(values(second.scanner->scanText("acme-123456")), std::string("acme-12345 "));
    QVERIFY(QFile::remove(m_folder.path(QStringLiteral("base.toml"))));
    QCOMPARE(library.scanning(files).problems.size(), 1U);
    QVERIFY(QFile::remove(path));
    QCOMPARE(library.scanning(files).scanner, library.builtIn());
}

void TestRuleLibrary::asksForWantedFilesOnly()
{
    RuleLibrary library;
    const QString missing = m_folder.path(QStringLiteral("missing.toml"));
    QVERIFY(library.scanning({{missing, false}}).problems.empty());
    const Scanning wanted = library.scanning({{missing, true}});
    QCOMPARE(wanted.problems.size(), 1U);
    QCOMPARE(wanted.scanner, library.builtIn());
}

QTEST_GUILESS_MAIN(TestRuleLibrary)
#include "test_rule_library.moc"
