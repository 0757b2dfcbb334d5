// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "rule_folder.h"

#include "document/json_text.h"
#include "redaction/required_literals.h"
#include "redaction/toml_depth.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

//! Rules of others are understood, and what is wrong in them is told.
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
    void derivesLiterals_data();
    void derivesLiterals();
    void countsDots();

private:
    RuleFolder m_folder;
};

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
    const auto scanner = m_folder.scannerOf(toml);
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
    const auto scanner = m_folder.scannerOf(
        "[[rules]]\nid='a-token'\ndescription=\"Acme\\u202E token\"\nregex='acme-\\d{8}'\n");
    const auto found = scanner->scanText("acme-12345678");
    QCOMPARE(found.size(), 1U);
    const Rule& rule = *found[0].rule;
    QCOMPARE(rule.title, std::string("Acme token"));
    QVERIFY(rule.reason.find("a-token") != std::string::npos);
    QVERIFY(rule.reason.find(m_folder.path(QStringLiteral("r.toml")).toStdString()) != std::string::npos);
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
    const ForeignRules rules = m_folder.read(toml);
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.problems[0].code, ErrorCode::RulesBroken);
    QCOMPARE(rules.problems[0].subject, QStringLiteral("%1/r.toml:%2").arg(m_folder.path({})).arg(line));
    QVERIFY2(!rules.problems[0].detail.isEmpty() && rules.problems[0].detail.contains(what),
             qPrintable(rules.problems[0].detail));
}

void TestGitleaksFile::keepsTheGoodRules()
{
    const ForeignRules rules = m_folder.read(
        "[[rules]]\nid='a'\nregex='abcd('\n[[rules]]\nid='b'\nregex='bcde'\n[[rules]]\nregex='cdef'\n");
    QCOMPARE(rules.problems.size(), 1U);
    QCOMPARE(rules.rules.size(), 2U);
    QCOMPARE(rules.rules[0].id, std::string("b"));
    QCOMPARE(rules.rules[1].id, std::string("line-7"));
}

void TestGitleaksFile::notesWhatIsTakenDifferently()
{
    const ForeignRules rules =
        m_folder.read("title='t'\ncolour='red'\n[extend]\nuseDefault=true\n"
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
    QVERIFY(QDir(m_folder.path({})).mkpath(QStringLiteral("sub")));
    m_folder.write(QStringLiteral("sub/base.toml"),
                   "[[rules]]\nid='a'\nregex='acme-\\d{4}'\n[[rules]]\nid='b'\nregex='bcme-\\d{4}'\n"
                   "[[rules]]\nid='c'\nregex='ccme-\\d{4}'\n");
    const auto scanner =
        m_folder.scannerOf("[extend]\npath='sub/../sub/base.toml'\ndisabledRules=['b']\n"
                           "[[rules]]\nid='a'\n[[rules.allowlists]]\nregexes=['1111']\n"
                           "[[rules]]\nid='d'\nregex='dcme-\\d{4}'\n[allowlist]\nstopwords=['2222']\n");
    QCOMPARE(values(scanner->scanText("acme-1111 acme-1234 bcme-1234 ccme-1234 ccme-2222 dcme-1234")),
             std::string("acme-1234 ccme-1234 dcme-1234 "));
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

QTEST_GUILESS_MAIN(TestGitleaksFile)
#include "test_gitleaks_file.moc"
