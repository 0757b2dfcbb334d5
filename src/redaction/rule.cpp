// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule.h"

#include "redaction/ascii.h"
#include "redaction/literal_forms.h"
#include "redaction/pattern_begins.h"
#include "redaction/pattern_runs.h"
#include "redaction/plain_escapes.h"
#include "redaction/required_literals.h"
#include "redaction/word_marks.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace sharelock::redaction {

namespace {

template <typename T, std::size_t size>
using Names = std::array<std::pair<std::string_view, T>, size>;

constexpr Names<FindingKind, 4> kindNames{{{"secret", FindingKind::Secret},
                                           {"personal", FindingKind::Personal},
                                           {"infrastructure", FindingKind::Infrastructure},
                                           {"own-word", FindingKind::OwnWord}}};
constexpr Names<Severity, 4> severityNames{{{"low", Severity::Low},
                                            {"medium", Severity::Medium},
                                            {"high", Severity::High},
                                            {"critical", Severity::Critical}}};
constexpr Names<Confidence, 3> confidenceNames{
    {{"low", Confidence::Low}, {"medium", Confidence::Medium}, {"high", Confidence::High}}};
constexpr Names<Validator, 9> validatorNames{{{"crc32-base62", Validator::Crc32Base62},
                                              {"luhn", Validator::Luhn},
                                              {"iban", Validator::Iban},
                                              {"jwt", Validator::Jwt},
                                              {"uuid-not", Validator::UuidNot},
                                              {"base64-json", Validator::Base64Json},
                                              {"private-ip", Validator::PrivateIp},
                                              {"mixed", Validator::Mixed},
                                              {"no-word", Validator::NoWord}}};

template <typename T, std::size_t size>
std::string_view nameIn(const Names<T, size>& names, T value)
{
    for (const auto& [name, each] : names) {
        if (each == value)
            return name;
    }
    return {};
}

template <typename T, std::size_t size>
std::optional<T> valueIn(const Names<T, size>& names, std::string_view name)
{
    for (const auto& [each, value] : names) {
        if (each == name)
            return value;
    }
    return std::nullopt;
}

//! \brief Longer reaches are searched in merged windows, so that a text full of beginnings stays linear.
constexpr std::size_t longestAnchoredReach = 2048;
//! \brief How far from a long run a literal is looked for, see Workspace.
constexpr std::size_t longestNearReach = 320;
constexpr std::size_t leastLiteral = 3;
constexpr std::size_t longestReach = 16384;

bool startsIgnoringCase(std::string_view text, std::string_view begin)
{
    return text.size() >= begin.size() && std::equal(begin.begin(), begin.end(), text.begin(),
                                                     [](char a, char b) { return toLower(a) == toLower(b); });
}

bool startsWithOneOf(const RuleSource& rule)
{
    const PatternBegins begins = patternBegins(rule.pattern);
    if (rule.reach > longestAnchoredReach || (begins.ignoreCase && !rule.ignoreCase))
        return false;
    return std::all_of(begins.texts.begin(), begins.texts.end(), [&rule](const std::string& begin) {
        return std::any_of(rule.literals.begin(), rule.literals.end(), [&](const std::string& literal) {
            return rule.ignoreCase ? startsIgnoringCase(begin, literal) : begin.starts_with(literal);
        });
    });
}

bool isAddressRule(const RuleSource& rule)
{
    return rule.literals.size() == 1 && rule.literals.front() == "@";
}

Trigger triggerOf(const Rule& rule)
{
    if (isAddressRule(rule))
        return Trigger::Address;
    const LeastRuns runs = leastRandomRuns(rule.pattern);
    if (rule.shape != RuleShape::Pattern || runs.longest < shortestWordRun)
        return Trigger::Everywhere;
    const bool isWord =
        std::all_of(rule.literals.begin(), rule.literals.end(), [](const std::string& literal) {
            return std::all_of(literal.begin(), literal.end(), isWordMark);
        });
    if (rule.startsWithLiteral && rule.boundaryBefore && !rule.ignoreCase && isWord &&
        runs.atBegin >= shortestWordRun)
        return Trigger::WordPrefix;
    return rule.reach <= longestNearReach ? Trigger::NearWord : Trigger::Everywhere;
}

tl::unexpected<Error> broken(const RuleSource& rule, const QString& detail)
{
    return fail(ErrorCode::RulesBroken, QString::fromStdString(rule.id), detail);
}

re2::RE2::Options quietly(std::int64_t memory = 0)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    if (memory > 0)
        options.set_max_mem(memory);
    return options;
}

Expected<void> checkPattern(const RuleSource& rule)
{
    const re2::RE2 pattern(rule.pattern, quietly(rule.isForeign() ? foreignPatternMemory : 0));
    if (!pattern.ok())
        return broken(rule, QString::fromStdString(pattern.error()));
    if (rule.secretGroup < 0 || rule.secretGroup > pattern.NumberOfCapturingGroups())
        return broken(rule, QStringLiteral("has no capture of that number"));
    return {};
}

//! \brief How others write patterns is not known well enough to search them near their beginnings only.
Expected<Rule> compiledForeign(Rule rule)
{
    if (const auto checked = checkPattern(rule); !checked)
        return tl::unexpected(checked.error());
    rule.matcher = std::make_shared<const LazyPattern>(rule.pattern, foreignPatternMemory);
    rule.conditions = std::make_shared<const RuleConditions>(rule.keywords, rule.allowances);
    rule.trigger = rule.literals.empty() ? Trigger::WholeText : Trigger::Everywhere;
    return rule;
}

Expected<Rule> compiled(RuleSource source)
{
    if (source.literals.empty() && !source.isForeign())
        return broken(source, QStringLiteral("has no literals"));
    for (const std::string& literal : source.literals) {
        if ((literal.size() < leastLiteral && !isAddressRule(source)) ||
            literal.find('\0') != std::string::npos)
            return broken(source, QStringLiteral("has a literal of less than 3 bytes"));
    }
    if (source.reach > longestReach)
        return broken(source, QStringLiteral("has a reach of more than 16384 bytes"));
    Rule rule{std::move(source), nullptr, nullptr, Trigger::Everywhere, false, nullptr};
    if (rule.isForeign())
        return compiledForeign(std::move(rule));
    if (rule.shape == RuleShape::Email && !isAddressRule(rule))
        return broken(rule, QStringLiteral("needs @ as its literal"));
    if (rule.shape != RuleShape::Pattern) {
        rule.trigger = triggerOf(rule);
        return rule;
    }
    if (!rule.isBuiltIn) {
        if (const auto checked = checkPattern(rule); !checked)
            return tl::unexpected(checked.error());
    }
    rule.startsWithLiteral = startsWithOneOf(rule);
    std::string known;
    if (rule.startsWithLiteral)
        known = std::accumulate(rule.literals.begin(), rule.literals.end(), std::string());
    rule.matcher = std::make_shared<const LazyPattern>(rule.pattern, 0, std::move(known));
    if (!rule.startsWithLiteral && rule.literals.size() == 1)
        rule.rest = std::make_shared<const LazyRest>(rule.pattern, rule.literals.front());
    rule.trigger = triggerOf(rule);
    return rule;
}

} // namespace

std::string_view kindName(FindingKind kind)
{
    return nameIn(kindNames, kind);
}

std::string_view severityName(Severity severity)
{
    return nameIn(severityNames, severity);
}

std::string_view confidenceName(Confidence confidence)
{
    return nameIn(confidenceNames, confidence);
}

std::optional<FindingKind> kindOf(std::string_view name)
{
    return valueIn(kindNames, name);
}

std::optional<Severity> severityOf(std::string_view name)
{
    return valueIn(severityNames, name);
}

std::optional<Confidence> confidenceOf(std::string_view name)
{
    return valueIn(confidenceNames, name);
}

std::optional<Validator> validatorOf(std::string_view name)
{
    return valueIn(validatorNames, name);
}

LazyPattern::LazyPattern(std::string pattern, std::int64_t memory, std::string known)
    : m_pattern(std::move(pattern))
    , m_memory(memory)
    , m_known(std::move(known))
{
}

LazyPattern::~LazyPattern() = default;

const re2::RE2& LazyPattern::get() const
{
    compile();
    return *m_compiled;
}

void LazyPattern::compile() const
{
    std::call_once(m_once, [this] {
        m_compiled = std::make_unique<const re2::RE2>(m_pattern, quietly(m_memory));
        if (!m_known.empty())
            m_sign = requiredSign(m_pattern, m_known);
    });
}

const re2::RE2* LazyRest::get() const
{
    std::call_once(m_once, [this] {
        if (auto rest = patternFrom(m_pattern, m_literal))
            m_rest = std::make_unique<const LazyPattern>(*std::move(rest));
    });
    return m_rest != nullptr && m_rest->get().ok() ? &m_rest->get() : nullptr;
}

LiteralRules::Use& LiteralRules::use(const Literal& literal)
{
    const auto [found, isNew] =
        m_places.try_emplace(std::pair(literal.bytes, literal.ignoreCase), m_uses.size());
    if (isNew) {
        m_literals.push_back(literal);
        m_uses.push_back({literal.bytes.size(), {}});
        m_longest = std::max(m_longest, literal.bytes.size());
    }
    return m_uses[found->second];
}

void LiteralRules::add(const Literal& literal, std::uint16_t rule)
{
    auto& rules = use(literal).rules;
    if (rules.empty() || rules.back() != rule)
        rules.push_back(rule);
}

void LiteralRules::addSignEscape(std::string_view mark)
{
    use({std::string(mark), false}).isSignEscape = true;
}

void LiteralRules::build(IndexKind kind)
{
    if (!m_literals.empty())
        m_index = makeLiteralIndex(m_literals, kind);
    m_literals.clear();
    m_places.clear();
}

Expected<std::shared_ptr<const RuleSet>> RuleSet::compile(std::vector<RuleSource> sources, IndexKind index)
{
    auto set = std::make_shared<RuleSet>();
    std::set<std::string> ids;
    for (RuleSource& source : sources) {
        if (!ids.insert(source.id).second)
            return broken(source, QStringLiteral("is there twice"));
        if (set->m_rules.size() == std::numeric_limits<std::uint16_t>::max())
            return broken(source, QStringLiteral("is one rule too many"));
        auto rule = compiled(std::move(source));
        if (!rule)
            return tl::unexpected(rule.error());
        set->addRule(std::move(*rule));
    }
    for (const std::string_view mark : signEscapeMarks)
        set->m_everywhere.addSignEscape(mark);
    set->m_everywhere.build(index);
    set->m_nearWords.build(index);
    set->m_prefixes.build();
    return std::shared_ptr<const RuleSet>(std::move(set));
}

void RuleSet::addRule(Rule rule)
{
    const auto place = static_cast<std::uint16_t>(m_rules.size());
    m_hasForeignRules = m_hasForeignRules || rule.isForeign();
    switch (rule.trigger) {
    case Trigger::WordPrefix:
        for (const std::string& literal : rule.literals)
            m_prefixes.add(literal, place);
        break;
    case Trigger::Address:
        m_addressRules.push_back(place);
        break;
    case Trigger::WholeText:
        m_wholeTextRules.push_back(place);
        break;
    case Trigger::NearWord:
    case Trigger::Everywhere: {
        LiteralRules& target = rule.trigger == Trigger::NearWord ? m_nearWords : m_everywhere;
        for (const Literal& literal : literalForms(rule))
            target.add(literal, place);
        break;
    }
    }
    m_rules.push_back(std::move(rule));
}

const Rule* RuleSet::find(std::string_view id) const
{
    const auto found =
        std::find_if(m_rules.begin(), m_rules.end(), [id](const Rule& rule) { return rule.id == id; });
    return found == m_rules.end() ? nullptr : &*found;
}

} // namespace sharelock::redaction
