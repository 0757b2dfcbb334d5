// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/gitleaks_file.h"
#include "redaction/required_literals.h"
#include "redaction/rule_files.h"
#include "redaction/rule_library.h"
#include "redaction/toml_depth.h"

#include "document/json_text.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

std::string values(const std::vector<TextFinding>& findings)
{
    std::string text;
    for (const TextFinding& finding : findings)
        text += finding.value.reveal() + ' ';
    return text;
}

} // namespace

//! \brief Rules of others are understood, stay within bounds, and take nothing from ours.
class TestGitleaksFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByRules_data();
    void findsByRules();
    void describesFindings();
    void namesTheLine_data();
    void namesTheLine();
    void keepsTheGoodRules();
    void notesWhatIsTakenDifferently();
    void extendsFiles();
    void boundsExtending();
    void refusesHostileFiles();
    void refusesTooMany();
    void takesNothingFromOurRules();
    void searchesWholeTextsInParts();
    void stopsSlowAndGreedyRules();
    void derivesLiterals_data();
    void derivesLiterals();
    void countsDots();
    void readsAgainWhatHasChanged();
    void asksForWantedFilesOnly();

private:
    QString write(const QString& name, const QByteArray& content);
    ForeignRules read(const QByteArray& toml)
    {
        return readGitleaksFile(write(QStringLiteral("r.toml"), toml), {});
    }
    std::shared_ptr<const SecretScanner> scannerOf(const QByteArray& toml);

    QTemporaryDir m_folder;
};

QString TestGitleaksFile::write(const QString& name, const QByteArray& content)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write");
    return file.fileName();
}

std::shared_ptr<const SecretScanner> TestGitleaksFile::scannerOf(const QByteArray& toml)
{
    ForeignRules rules = read(toml);
    if (!rules.problems.empty())
        qFatal("%s %s", qPrintable(rules.problems[0].subject), qPrintable(rules.problems[0].detail));
    return std::make_shared<const SecretScanner>(*RuleSet::compile(std::move(rules.rules)));
}

void TestGitleaksFile::findsByRules_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const QByteArray acme = "[[rules]]\nid='a'\nregex='''acme-[0-9a-f]{8}'''\n";
    const auto row = [](const char* name, const QByteArray& toml, const QByteArray& text,
                        const QByteArray& found) { QTest::newRow(name) << toml << text << found; };
    row("plain", acme, "x acme-12345678 y", "acme-12345678 ");
    row("several", acme, "acme-12345678acme-87654321", "acme-12345678 acme-87654321 ");
    row("escaped", acme, "{\\\"a\\\":\\\"acme-12345678\\\"}", "acme-12345678 ");
    row("other case of letters", acme, "ACME-12345678", "");
    row("any case of letters", "[[rules]]\nid='a'\nregex='''(?i)acme-[0-9a-f]{8}'''\n", "ACME-1234567A",
        "ACME-1234567A ");
    const QByteArray groups = "[[rules]]\nid='a'\nregex='''acme=(x*)(\\w{4,9})(-\\d+)?'''\n";
    row("first group that holds something", groups, "acme=abcdef-1", "abcdef ");
    row("group", groups + "secretGroup=3\n", "acme=abcdef-123", "-123 ");
    row("named group of Go", "[[rules]]\nid='a'\nregex='''acme=(?<v>\\w{4,9})'''\n", "acme=abcdef",
        "abcdef ");
    row("names in any case", "[[Rules]]\nID='a'\nRegex='''acme=(x)?(\\w{4,9})'''\nSECRETGROUP=2",
        "acme=abcdef", "abcdef ");
    row("entropy", acme + "entropy=2.5\n", "acme-11111111 acme-1a2b3c4d", "acme-1a2b3c4d ");
    row("keyword", acme + "keywords=['Widget']\n", "acme-12345678", "");
    row("keyword elsewhere", acme + "keywords=['Widget','no']\n", "WIDGETS\n\nacme-12345678",
        "acme-12345678 ");
    row("keyword in the pattern", acme + "keywords=['acme']\n", "acme-12345678", "acme-12345678 ");
    const QByteArray digits = "[[rules]]\nid='a'\nregex='''\\b\\d{3}-\\d{5}\\b'''\n";
    row("no literal", digits, "call 123-45678 now", "123-45678 ");
    row("no literal, base64", digits, "x " + QByteArray("my number is 123-45678, call me").toBase64(),
        "123-45678 ");
    row("no literal but a keyword", digits + "keywords=['phone']\n", "123-45678", "");
    row("no literal, keyword there", digits + "keywords=['phone']\n", "Phone: 123-45678", "123-45678 ");
    row("too short to hide", "[[rules]]\nid='a'\nregex='''abc'''\n", "abc abc", "");
    row("taken at its word", "[[rules]]\nid='a'\nregex='''your-password-[x]{8}'''\n",
        "your-password-xxxxxxxx", "your-password-xxxxxxxx ");
    row("allowed secret", acme + "[[rules.allowlists]]\nregexes=['acme-1+']\n", "acme-11111111 acme-21111111",
        "acme-21111111 ");
    row("old spelling", acme + "[rules.allowlist]\nregexes=['^acme-1']\n", "acme-12345678", "");
    row("stopword", acme + "[rules.allowlist]\nstopwords=['ABC']\n", "acme-00abc000 acme-00000000",
        "acme-00000000 ");
    row("allowed match", groups + "[rules.allowlist]\nregexTarget='match'\nregexes=['=abc']\n",
        "acme=abcdef acme=bcdef", "bcdef ");
    row("allowed line", acme + "[rules.allowlist]\nregexTarget='line'\nregexes=['test$']\n",
        "acme-12345678 test\nacme-22345678", "acme-22345678 ");
    row("both needed", acme + "[rules.allowlist]\ncondition='AND'\nregexes=['-1']\nstopwords=['678']\n",
        "acme-12345678 acme-1234567a acme-22345678", "acme-1234567a acme-22345678 ");
    row("a path needed too", acme + "[rules.allowlist]\ncondition='AND'\npaths=['x']\nregexes=['-1']\n",
        "acme-12345678", "acme-12345678 ");
    row("either a path", acme + "[rules.allowlist]\npaths=['x']\nregexes=['-1']\n", "acme-12345678", "");
    row("for all rules", acme + "[allowlist]\nregexes=['-1']\n", "acme-12345678", "");
    row("for some rules", acme + "[[allowlists]]\ntargetRules=['b']\nregexes=['-1']\n", "acme-12345678",
        "acme-12345678 ");
    row("reported with another only", acme + "skipReport=true\n", "acme-12345678", "");
}

void TestGitleaksFile::findsByRules()
{
    QFETCH(QByteArray, toml);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    const auto scanner = scannerOf(toml);
    QCOMPARE(QByteArray::fromStdString(values(scanner->scanText(text.toStdString()))), found);
    // In a document, among texts without any.
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/m/p",
                      "{\"a\":\"x\",\"b\":" + document::quoted(text.toStdString()) + ",\"c\":[\"y\",1]}");
    const auto scanned = scanner->scan(document);
    QVERIFY(scanned);
    std::string inDocument;
    for (const Finding& finding : scanned->findings)
        inDocument += finding.pointer == "/b" ? finding.value.reveal() + ' ' : finding.pointer;
    QCOMPARE(QByteArray::fromStdString(inDocument), found);
}

void TestGitleaksFile::describesFindings()
{
    const auto scanner =
        scannerOf("[[rules]]\nid='a-token'\ndescription=\"Acme\\u202E token\"\nregex='acme-\\d{8}'\n");
    const auto found = scanner->scanText("acme-12345678");
    QCOMPARE(found.size(), 1U);
    const Rule& rule = *found[0].rule;
    QCOMPARE(rule.title, std::string("Acme token"));
    QVERIFY(rule.reason.find("a-token") != std::string::npos);
    QVERIFY(rule.reason.find(m_folder.filePath(QStringLiteral("r.toml")).toStdString()) != std::string::npos);
    QCOMPARE(rule.kind, FindingKind::Secret);
    QCOMPARE(found[0].confidence, Confidence::Medium);
}

void TestGitleaksFile::namesTheLine_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const QByteArray& toml, int line, const char* what) {
        QTest::newRow(name) << toml << line << QString::fromUtf8(what);
    };
    row("no TOML", "[[rules]]\nid = \n", 2, "");
    row("no UTF-8", "title = '\xff'\n", 1, "");
    row("regex", "\n[[rules]]\nid='a'\nregex='abc('\n", 2, "missing )");
    row("lookahead", "[[rules]]\nid='a'\nregex='abc(?!d)'\n", 1, "looking ahead");
    row("lookbehind", "[[rules]]\nid='a'\nregex='(?<=d)abc'\n", 1, "looking ahead");
    row("no regex", "[[rules]]\nid='a'\n", 1, "regex is missing");
    row("wrong type", "[[rules]]\nid='a'\nregex=7\n", 3, "regex is no text");
    row("no list", "[[rules]]\nid='a'\nregex='abcd'\nkeywords='x'\n", 4, "keywords is no list");
    row("no text in a list", "[[rules]]\nid='a'\nregex='abcd'\nkeywords=[\n1]\n", 5, "no text");
    row("group", "[[rules]]\nid='a'\nregex='(abcd)'\nsecretGroup=2\n", 1, "no group 2");
    row("entropy", "[[rules]]\nid='a'\nregex='abcd'\nentropy=nan\n", 4, "entropy");
    row("allowed pattern", "[[rules]]\nid='a'\nregex='abcd'\n[rules.allowlist]\nregexes=['(']\n", 5,
        "missing )");
    row("rules are no list", "rules = 5\n", 1, "rules is no table");
    row("twice", "[[rules]]\nid='a'\nregex='abcd'\n[[rules]]\nid='a'\nregex='bcde'\n", 4, "another rule");
    row("address", "[extend]\nurl='https://example.org'\n", 1, "not fetched");
    row("too long", "[[rules]]\nid='a'\nregex='" + QByteArray(20'000, 'a') + "'\n", 1, "longer than");
    row("too large", "[[rules]]\nid='a'\nregex='" + QByteArray("(\\p{L}{900}|x){1}").repeated(400) + "'\n", 1,
        "");
}

void TestGitleaksFile::namesTheLine()
{
    QFETCH(QByteArray, toml);
    QFETCH(int, line);
    QFETCH(QString, what);
    const ForeignRules rules = read(toml);
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.problems[0].code, ErrorCode::RulesBroken);
    QCOMPARE(rules.problems[0].subject, QStringLiteral("%1/r.toml:%2").arg(m_folder.path()).arg(line));
    QVERIFY2(!rules.problems[0].detail.isEmpty() && rules.problems[0].detail.contains(what),
             qPrintable(rules.problems[0].detail));
}

void TestGitleaksFile::keepsTheGoodRules()
{
    const ForeignRules rules =
        read("[[rules]]\nid='a'\nregex='abcd('\n[[rules]]\nid='b'\nregex='bcde'\n[[rules]]\nregex='cdef'\n");
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.rules.size(), 2U);
    QCOMPARE(rules.rules[0].id, std::string("b"));
    QCOMPARE(rules.rules[1].id, std::string("line-7"));
}

void TestGitleaksFile::notesWhatIsTakenDifferently()
{
    const ForeignRules rules = read("title='t'\ncolour='red'\n[extend]\nuseDefault=true\n"
                                    "[[rules]]\nid='a'\nregex='abcd'\npath='x'\ntags=['k']\nregx='b'\n"
                                    "[[rules]]\nid='b'\npath='\\.p12$'\n"
                                    "[[rules]]\nid='generic-api-key'\n[[rules.allowlists]]\nregexes=['x']\n"
                                    "[allowlist]\npaths=['vendor/']\n");
    QVERIFY(rules.problems.empty());
    QCOMPARE(rules.rules.size(), 1U);
    const QString all = rules.notes.join(u'\n');
    for (const char* const part :
         {"colour", "regx", "whatever its path", "in whose place", "paths and commits"})
        QVERIFY2(all.contains(QString::fromUtf8(part)), part);
}

void TestGitleaksFile::extendsFiles()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("sub")));
    write(QStringLiteral("sub/base.toml"),
          "[[rules]]\nid='a'\nregex='acme-\\d{4}'\n[[rules]]\nid='b'\nregex='bcme-\\d{4}'\n"
          "[[rules]]\nid='c'\nregex='ccme-\\d{4}'\n");
    const auto scanner =
        scannerOf("[extend]\npath='sub/../sub/base.toml'\ndisabledRules=['b']\n"
                  "[[rules]]\nid='a'\n[[rules.allowlists]]\nregexes=['1111']\n"
                  "[[rules]]\nid='d'\nregex='dcme-\\d{4}'\n[allowlist]\nstopwords=['2222']\n");
    QCOMPARE(values(scanner->scanText("acme-1111 acme-1234 bcme-1234 ccme-1234 ccme-2222 dcme-1234")),
             std::string("acme-1234 ccme-1234 dcme-1234 "));
}

void TestGitleaksFile::boundsExtending()
{
    const ForeignRules itself = read("[extend]\npath='r.toml'\n[[rules]]\nid='a'\nregex='abcd'\n");
    QCOMPARE(itself.problems.size(), 1U);
    QCOMPARE(itself.rules.size(), 1U);
    for (int i = 0; i < 9; ++i)
        write(QStringLiteral("deep%1.toml").arg(i),
              "[extend]\npath='deep" + QByteArray::number(i + 1) + ".toml'\n");
    const ForeignRules deep = readGitleaksFile(m_folder.filePath(QStringLiteral("deep0.toml")), {});
    QCOMPARE(deep.problems.size(), 1U);
    QCOMPARE(deep.files.size(), 4);
    const ForeignRules missing = read("[extend]\npath='/nowhere/x.toml'\n[[rules]]\nid='a'\nregex='abcd'\n");
    QCOMPARE(missing.problems.size(), 1U);
    QCOMPARE(missing.problems[0].subject, QStringLiteral("/nowhere/x.toml:0"));
    QCOMPARE(missing.rules.size(), 1U);
    const ForeignRules device = read("[extend]\npath='/dev/zero'\n");
    QCOMPARE(device.problems.size(), 1U);
}

void TestGitleaksFile::refusesHostileFiles()
{
    QElapsedTimer timer;
    timer.start();
    const auto refused = [this](const QByteArray& toml) {
        const ForeignRules rules = read(toml);
        return rules.rules.empty() && rules.problems.size() == 1;
    };
    QFile large(m_folder.filePath(QStringLiteral("large.toml")));
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

void TestGitleaksFile::refusesTooMany()
{
    QElapsedTimer timer;
    timer.start();
    QByteArray many;
    for (int i = 0; i < 100'000; ++i)
        many += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='abcd'\n";
    const ForeignRules rules = read(many);
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.rules.size(), 2000U);
    QByteArray bare;
    for (int i = 0; i < 1000; ++i)
        bare += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='[0-9]{9}'\n";
    const ForeignRules bareRules = read(bare);
    QCOMPARE(bareRules.rules.size(), 64U);
    QVERIFY(bareRules.problems.size() > 1 && bareRules.problems.size() < 100);
    QByteArray allowed = "[[rules]]\nid='a'\nregex='abcd'\n[rules.allowlist]\nregexes=[";
    for (int i = 0; i < 200'000; ++i)
        allowed += "'a',";
    const ForeignRules allowedRules = read(allowed + "]\n");
    QCOMPARE(allowedRules.problems.size(), 1U);
    QCOMPARE(allowedRules.rules.size(), 1U); // finds more without it
    QByteArray costly;
    for (int i = 0; i < 2000; ++i)
        costly += "[[rules]]\nid='" + QByteArray::number(i) + "'\nregex='abcd(\\p{L}{20}[a-z]{900}x?){1}'\n";
    QVERIFY(!read(costly).problems.empty());
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

void TestGitleaksFile::takesNothingFromOurRules()
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
        const QString path = write(QStringLiteral("mine.toml"), toml);
        const Scanning scanning = RuleLibrary::instance().scanning({{path, true}});
        QVERIFY(scanning.problems.empty());
        const auto after = scanning.scanner->scanText(text);
        QVERIFY(std::any_of(after.begin(), after.end(), [&before](const TextFinding& each) {
            return each.rule->id == before[0].rule->id && each.value == before[0].value;
        }));
    }
    const QString wide =
        write(QStringLiteral("mine.toml"), "[[rules]]\nid='a'\nregex='TOKEN=ghp_\\w+ # comment'\n");
    QCOMPARE(RuleLibrary::instance().scanning({{wide, true}}).scanner->scanText(text).size(), 2U);
}

void TestGitleaksFile::searchesWholeTextsInParts()
{
    const auto scanner = scannerOf("[[rules]]\nid='a'\nregex='''\\b\\d{3}-\\d{5}\\b'''\n");
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

void TestGitleaksFile::stopsSlowAndGreedyRules()
{
    const auto greedy =
        scannerOf("[[rules]]\nid='a'\nregex='....'\n[[rules]]\nid='b'\nregex='acme-\\d{4}'\n");
    const std::string text(400'000, 'x');
    const auto scanned = greedy->scanText(text + " acme-1234", ScanOptions{});
    QVERIFY(scanned);
    QCOMPARE(scanned->stopped.size(), 1U);
    QCOMPARE(scanned->stopped[0]->id, std::string("a"));
    QVERIFY(scanned->findings.size() <= 20'001);
    QVERIFY(std::any_of(scanned->findings.begin(), scanned->findings.end(),
                        [](const TextFinding& each) { return each.value.reveal() == "acme-1234"; }));
    QCOMPARE(stoppedProblems(scanned->stopped)[0].subject,
             m_folder.filePath(QStringLiteral("r.toml")) + QStringLiteral(":1"));
    // The next scan starts afresh.
    QVERIFY(greedy->scanText("abcd", ScanOptions{})->stopped.empty());

    const auto slow =
        scannerOf("[[rules]]\nid='a'\nregex='([a-p]{1,9}[e-z]{1,9}){40,60}(q[^q]{300,900}q)0'\n");
    std::string mixed;
    for (int i = 0; mixed.size() < 20'000'000; ++i)
        mixed += "abcqdef" + std::to_string(i % 7) + "ghijqklm";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(slow->scanText(mixed, ScanOptions{}));
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

void TestGitleaksFile::derivesLiterals_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("literals");
    const auto row = [](const char* pattern, const char* literals) {
        QTest::newRow(pattern) << QByteArray(pattern) << QByteArray(literals);
    };
    row("acme_[a-z]+", "acme_");
    row("(?i)(acme|beta)_[a-z]+", "acme_ beta_");
    row("ABC[0-9]+longer-one", "longer-one");
    row("(abc|[0-9]+)x", "");
    row("[0-9]{9}", "");
    row("ab", "");
    row("\\Qa.b.c\\E[0-9]+", "a.b.c");
    row("пароль=[a-z]+", "");
}

void TestGitleaksFile::derivesLiterals()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, literals);
    auto found = requiredLiterals(pattern.toStdString());
    std::sort(found.begin(), found.end());
    QByteArray joined;
    for (const std::string& each : found)
        joined += (joined.isEmpty() ? "" : " ") + QByteArray::fromStdString(each);
    QCOMPARE(joined, literals);
}

void TestGitleaksFile::countsDots()
{
    QCOMPARE(lineOfDeepName("a.b.c = 1", 2), std::nullopt);
    QCOMPARE(lineOfDeepName("\na.b.c.d = 1", 2), std::optional<std::size_t>(2));
    QCOMPARE(lineOfDeepName("a = 'b.c.d.e.f'\nb = [1.0, 2.0, 3.0, 4.0] # ......\nc = \"\\\"......\"", 2),
             std::nullopt);
    QCOMPARE(lineOfDeepName("a = '''\n......'''\n[b.c.d.e]", 2), std::optional<std::size_t>(3));
    QCOMPARE(lineOfDeepName("'a'.\"b\" .c.d=1", 2), std::optional<std::size_t>(1));
}

void TestGitleaksFile::readsAgainWhatHasChanged()
{
    RuleLibrary library;
    const auto base = [](int digits) -> QByteArray {
        return "[[rules]]\nid='a'\nregex='acme-\\d{" + QByteArray::number(digits) + "}'\n";
    };
    write(QStringLiteral("base.toml"), base(4));
    const QString path = write(QStringLiteral("top.toml"), "[extend]\npath='base.toml'\n");
    const std::vector<RuleFile> files{{path, false}};
    const Scanning first = library.scanning(files);
    QCOMPARE(values(first.scanner->scanText("acme-123456")), std::string("acme-1234 "));
    QCOMPARE(library.scanning(files).scanner, first.scanner);
    // As big as before, but later: the clock of the file system may not have ticked.
    QFile later(write(QStringLiteral("base.toml"), base(5)));
    QVERIFY(later.open(QIODevice::ReadWrite));
    QVERIFY(later.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
    later.close();
    const Scanning second = library.scanning(files);
    QCOMPARE(values(second.scanner->scanText("acme-123456")), std::string("acme-12345 "));
    QVERIFY(QFile::remove(m_folder.filePath(QStringLiteral("base.toml"))));
    QCOMPARE(library.scanning(files).problems.size(), 1U);
    QVERIFY(QFile::remove(path));
    QCOMPARE(library.scanning(files).scanner, library.builtIn());
}

void TestGitleaksFile::asksForWantedFilesOnly()
{
    RuleLibrary library;
    const QString missing = m_folder.filePath(QStringLiteral("missing.toml"));
    QVERIFY(library.scanning({{missing, false}}).problems.empty());
    const Scanning wanted = library.scanning({{missing, true}});
    QCOMPARE(wanted.problems.size(), 1U);
    QCOMPARE(wanted.scanner, library.builtIn());
}

QTEST_GUILESS_MAIN(TestGitleaksFile)
#include "test_gitleaks_file.moc"
