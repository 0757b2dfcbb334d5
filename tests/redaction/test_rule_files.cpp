// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule_files.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

const QByteArray goodRule = R"([[rule]]
id = "acme-token"
title = "Acme token"
kind = "secret"
severity = "critical"
confidence = "high"
reason = "Opens Acme."
literals = ["acme_"]
pattern = '''acme_[a-z0-9]{20}'''
)";

Expected<std::vector<RuleSource>> parsed(const QByteArray& toml)
{
    return parseRules({toml.constData(), static_cast<std::size_t>(toml.size())}, QStringLiteral("my.toml"));
}

RuleSource rule(const std::string& id, const std::string& pattern = "abcd[0-9]{3}")
{
    RuleSource source;
    source.id = id;
    source.literals = {"abcd"};
    source.pattern = pattern;
    return source;
}

} // namespace

class TestRuleFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void namesTheLine_data();
    void namesTheLine();
    void readsEmptyAndHuge();
    void compileRefuses_data();
    void compileRefuses();
    void builtInOnesAreWellFormed();
    void infrastructureIsOnRequest();
};

void TestRuleFiles::readsEveryField()
{
    const auto rules = parsed(goodRule + R"(ignore_case = true
secret = 1
boundary = "right"
entropy = 3
validator = "luhn"
reach = 40
min_length = 9
mixed = true
except = ["*@example.com"]
only = ["a*"]
examples = ["acme_{loweralnum:20}"]
counterexamples = ["acme_x", "acme"]
[[rule]]
id = "other"
title = "Other"
kind = "personal"
severity = "low"
confidence = "low"
reason = "Why."
literals = ["name"]
shape = "assignment"
)");
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().detail));
    QCOMPARE(rules->size(), std::size_t(2));
    const RuleSource& first = rules->front();
    QCOMPARE(first.id, std::string("acme-token"));
    QCOMPARE(first.title, std::string("Acme token"));
    QCOMPARE(first.reason, std::string("Opens Acme."));
    QCOMPARE(first.severity, Severity::Critical);
    QCOMPARE(first.confidence, Confidence::High);
    QCOMPARE(first.kind, FindingKind::Secret);
    QCOMPARE(first.literals, std::vector<std::string>{"acme_"});
    QVERIFY(first.ignoreCase && first.mixed && !first.boundaryBefore && first.boundaryAfter);
    QCOMPARE(first.secretGroup, 1);
    QCOMPARE(first.entropy, 3.0);
    QCOMPARE(first.validator, Validator::Luhn);
    QCOMPARE(first.reach, std::size_t(40));
    QCOMPARE(first.minLength, std::size_t(9));
    QCOMPARE(first.except, std::vector<std::string>{"*@example.com"});
    QCOMPARE(first.only, std::vector<std::string>{"a*"});
    QCOMPARE(first.counterexamples.size(), std::size_t(2));
    QCOMPARE(rules->back().shape, RuleShape::Assignment);
    QCOMPARE(rules->back().kind, FindingKind::Personal);
}

void TestRuleFiles::namesTheLine_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<int>("line");
    const auto row = [](const char* name, const QByteArray& toml, int line) {
        QTest::newRow(name) << toml << line;
    };
    row("syntax", goodRule + "secret = \n", 10);
    row("unclosed", goodRule + "examples = [\"a\n", 10);
    row("wrong type", goodRule + "secret = \"one\"\n", 10);
    row("unknown field", goodRule + "colour = \"red\"\n", 10);
    row("number as text", goodRule + "title2 = 3\n", 10);
    row("negative", goodRule + "reach = -1\n", 10);
    row("too large", goodRule + "reach = 9223372036854775807\n", 10);
    row("unknown validator", goodRule + "validator = \"magic\"\n", 10);
    row("list of numbers", goodRule + "examples = [\"a\",\n 3]\n", 11);
    row("side", goodRule + "boundary = \"up\"\n", 10);
    row("own words have no file", QByteArray(goodRule).replace("\"secret\"", "\"own-word\""), 4);
    row("unknown kind", QByteArray(goodRule).replace("\"secret\"", "\"fun\""), 4);
    row("no ID", QByteArray(goodRule).replace("id = \"acme-token\"\n", ""), 1);
    row("pattern and shape", goodRule + "shape = \"assignment\"\n", 1);
    row("unknown shape", goodRule + "shape = \"round\"\n", 10);
    row("neither", QByteArray(goodRule).replace("pattern = '''acme_[a-z0-9]{20}'''\n", ""), 1);
    row("other table", goodRule + "[settings]\na = 1\n", 10);
    row("list of no tables", "rule = [1, 2]\n", 1);
    row("invalid UTF-8", goodRule + "secret = 0 # \xFF\n", 10);
}

void TestRuleFiles::namesTheLine()
{
    QFETCH(QByteArray, toml);
    QFETCH(int, line);
    const auto rules = parsed(toml);
    QVERIFY(!rules);
    QCOMPARE(rules.error().code, ErrorCode::RulesBroken);
    QCOMPARE(rules.error().subject, QStringLiteral("my.toml:%1").arg(line));
    QVERIFY(!rules.error().detail.isEmpty());
    QVERIFY(caption(rules.error()).contains(rules.error().subject));
}

void TestRuleFiles::readsEmptyAndHuge()
{
    QVERIFY(parsed({}) && parsed({})->empty());
    QVERIFY(parsed("# nothing\n") && parsed("# nothing\n")->empty());
    QVERIFY(!parsed(QByteArray(1'000'000, '[')));
    QVERIFY(!parsed(QByteArray("a = ") + QByteArray(100'000, '[')));
    QByteArray many;
    for (int i = 0; i < 2000; ++i)
        many += QByteArray(goodRule).replace("acme-token", QByteArray("rule-").append(QByteArray::number(i)));
    const auto rules = parsed(many);
    QVERIFY(rules);
    QCOMPARE(rules->size(), std::size_t(2000));
}

void TestRuleFiles::compileRefuses_data()
{
    QTest::addColumn<QByteArray>("why");
    for (const char* why :
         {"twice", "no literals", "short literal", "zero byte", "pattern", "capture", "reach", "email"})
        QTest::newRow(why) << QByteArray(why);
}

void TestRuleFiles::compileRefuses()
{
    QFETCH(QByteArray, why);
    std::vector<RuleSource> sources{rule("fine"), rule("broken")};
    RuleSource& broken = sources.back();
    if (why == "twice")
        sources.push_back(rule("broken"));
    else if (why == "no literals")
        broken.literals.clear();
    else if (why == "short literal")
        broken.literals = {"ab"};
    else if (why == "zero byte")
        broken.literals = {std::string("ab\0c", 4)};
    else if (why == "pattern")
        broken.pattern = "abcd(?=x)";
    else if (why == "capture")
        broken.secretGroup = 1;
    else if (why == "reach")
        broken.reach = 20'000;
    else
        broken.shape = RuleShape::Email;
    const auto rules = RuleSet::compile(sources);
    QVERIFY(!rules);
    QCOMPARE(rules.error().code, ErrorCode::RulesBroken);
    QCOMPARE(rules.error().subject, QStringLiteral("broken"));
    QVERIFY(RuleSet::compile({}));
    QVERIFY(RuleSet::compile({rule("fine")}));
}

void TestRuleFiles::builtInOnesAreWellFormed()
{
    const auto rules = builtInRules(Infrastructure::Included);
    QCOMPARE(rules->rules().size(), builtInRuleSources().size());
    for (const Rule& each : rules->rules()) {
        QVERIFY2(
            std::all_of(each.id.begin(), each.id.end(),
                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }),
            each.id.c_str());
        QCOMPARE(rules->find(each.id), &each);
    }
    QCOMPARE(rules->find("no-such-rule"), nullptr);
}

void TestRuleFiles::infrastructureIsOnRequest()
{
    const auto count = [](const RuleSet& rules) {
        return std::count_if(rules.rules().begin(), rules.rules().end(),
                             [](const Rule& each) { return each.kind == FindingKind::Infrastructure; });
    };
    QCOMPARE(count(*builtInRules()), 0);
    QVERIFY(count(*builtInRules(Infrastructure::Included)) > 0);
    QCOMPARE(builtInRules(), builtInRules());
}

QTEST_GUILESS_MAIN(TestRuleFiles)
#include "test_rule_files.moc"
