// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "example_text.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

#ifdef SHARELOCK_SANITIZED
constexpr quint32 rounds = 2;
#else
constexpr quint32 rounds = 8;
#endif

//! \brief A random value may happen to look harmless: to have no digit, to read like a word. That is rare
//! where the token has a form of its own; a password in an assignment has none.
std::size_t allowedMisses(const RuleSource& rule, std::size_t tried)
{
    return rule.shape == RuleShape::Assignment ? tried / 10 : std::max<std::size_t>(1, tried / 50);
}

std::shared_ptr<const RuleSet> allRules()
{
    static const auto rules = [] {
        auto compiled = RuleSet::compile(builtInRuleSources());
        if (!compiled)
            qFatal("%s %s", qPrintable(compiled.error().subject), qPrintable(compiled.error().detail));
        return *compiled;
    }();
    return rules;
}

std::shared_ptr<const RuleSet> onlyRule(RuleSource source)
{
    source.isBuiltIn = false; // so that its pattern is checked now
    auto compiled = RuleSet::compile({std::move(source)});
    if (!compiled)
        qFatal("%s %s", qPrintable(compiled.error().subject), qPrintable(compiled.error().detail));
    return *compiled;
}

const RuleSource& source(const QByteArray& id)
{
    const auto& sources = builtInRuleSources();
    return *std::find_if(sources.begin(), sources.end(), [&id](const RuleSource& rule) {
        return rule.id == std::string_view(id.constData(), static_cast<std::size_t>(id.size()));
    });
}

void addRows()
{
    QTest::addColumn<QByteArray>("id");
    for (const RuleSource& rule : builtInRuleSources())
        QTest::newRow(rule.id.c_str()) << QByteArray::fromStdString(rule.id);
}

quint32 seedOf(const QByteArray& id)
{
    return qChecksum(id);
}

} // namespace

//! \brief Every rule finds its examples, wherever they stand, and leaves its counterexamples alone.
class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shipsEnough();
    void isDescribed_data() { addRows(); }
    void isDescribed();
    void findsExamples_data() { addRows(); }
    void findsExamples();
    void leavesCounterexamples_data() { addRows(); }
    void leavesCounterexamples();

private:
    SecretScanner m_all{allRules()};
};

void TestRules::shipsEnough()
{
    QVERIFY2(builtInRuleSources().size() >= 250, "at least 250 rules");
    for (const FindingKind kind : {FindingKind::Secret, FindingKind::Personal, FindingKind::Infrastructure}) {
        QVERIFY2(std::any_of(builtInRuleSources().begin(), builtInRuleSources().end(),
                             [kind](const RuleSource& rule) { return rule.kind == kind; }),
                 kindName(kind).data());
    }
}

void TestRules::isDescribed()
{
    QFETCH(QByteArray, id);
    const RuleSource& rule = source(id);
    QVERIFY(!rule.title.empty());
    QVERIFY2(rule.reason.ends_with('.'), "a sentence for a person");
    QVERIFY(rule.examples.size() >= 2);
    QVERIFY(rule.counterexamples.size() >= 2);
}

void TestRules::findsExamples()
{
    QFETCH(QByteArray, id);
    const RuleSource& rule = source(id);
    const SecretScanner alone(onlyRule(rule));
    ExampleText random(seedOf(id));
    std::size_t missed = 0;
    std::size_t tried = 0;
    std::string examplesMissed;
    for (const std::string& example : rule.examples) {
        for (const Depth depth : allDepths) {
            for (quint32 round = 0; round < rounds; ++round) {
                const std::string text = atDepth(random.expand(example), depth);
                const auto found = alone.scanText(text);
                const auto all = m_all.scanText(text);
                const bool isFound =
                    !found.empty() && std::any_of(all.begin(), all.end(), [&](const TextFinding& f) {
                        // Another rule may know it better, if it hides it as well.
                        return f.rule->id == rule.id ||
                               std::any_of(found.begin(), found.end(), [&f](const TextFinding& own) {
                                   return f.offset < own.offset + own.length &&
                                          own.offset < f.offset + f.length && f.confidence >= own.confidence;
                               });
                    });
                ++tried;
                if (!isFound) {
                    ++missed;
                    examplesMissed.append("\n").append(depthName(depth)).append(": ").append(text);
                    examplesMissed += found.empty() ? " (not found)" : " (lost to another rule)";
                }
            }
        }
    }
    QVERIFY2(missed <= allowedMisses(rule, tried),
             qPrintable(QStringLiteral("%1 of %2:%3")
                            .arg(missed)
                            .arg(tried)
                            .arg(QString::fromStdString(examplesMissed))));
}

void TestRules::leavesCounterexamples()
{
    QFETCH(QByteArray, id);
    const RuleSource& rule = source(id);
    const SecretScanner alone(onlyRule(rule));
    ExampleText random(seedOf(id) + 1);
    for (const std::string& example : rule.counterexamples) {
        for (quint32 round = 0; round < rounds; ++round) {
            const std::string text = random.expand(example);
            QVERIFY2(alone.scanText(text).empty(), (example + ": " + text).c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestRules)
#include "test_rules.moc"
