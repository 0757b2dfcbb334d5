// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "redaction/literal_index.h"
#include "redaction/prefix_table.h"
#include "redaction/rule_conditions.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace sharelock::redaction {

enum class FindingKind : std::uint8_t
{
    Secret,
    Personal,
    Infrastructure,
    OwnWord //!< Typed by the person; never in a rule file.
};

enum class Severity : std::uint8_t
{
    Low,
    Medium,
    High,
    Critical
};

//! \brief How sure a finding is: High means that the format alone proves it.
enum class Confidence : std::uint8_t
{
    Low,
    Medium,
    High
};

//! \brief A check beyond the pattern, see validators.h.
enum class Validator : std::uint8_t
{
    None,
    Crc32Base62,
    Luhn,
    Iban,
    Jwt,
    UuidNot,
    Base64Json,
    PrivateIp,
    Mixed,
    NoWord
};

enum class RuleShape : std::uint8_t
{
    Pattern,
    Assignment, //!< The literals are names; the value is parsed by hand, see assignment.h.
    Column,     //!< The literals are names of columns, see column_values.h.
    Email       //!< An address around an `@`, see email_address.h.
};

[[nodiscard]] std::string_view kindName(FindingKind kind);
[[nodiscard]] std::string_view severityName(Severity severity);
[[nodiscard]] std::string_view confidenceName(Confidence confidence);
[[nodiscard]] std::optional<FindingKind> kindOf(std::string_view name);
[[nodiscard]] std::optional<Severity> severityOf(std::string_view name);
[[nodiscard]] std::optional<Confidence> confidenceOf(std::string_view name);
[[nodiscard]] std::optional<Validator> validatorOf(std::string_view name);

//! \brief A rule as it is written. All texts UTF-8.
struct RuleSource
{
    std::string id;     //!< Unique in a set, kebab case.
    std::string title;  //!< For a person: "GitHub personal access token".
    std::string reason; //!< One sentence for a person: why it should not leave.
    FindingKind kind = FindingKind::Secret;
    Severity severity = Severity::Medium;
    Confidence confidence = Confidence::Medium;
    RuleShape shape = RuleShape::Pattern;
    //! \brief One of them must stand in the text; at least 3 bytes each, or the `@` of addresses alone. A
    //! foreign rule may have none, and then the whole text is searched.
    std::vector<std::string> literals;
    bool ignoreCase = false;    //!< For the literals. ASCII, and whole words of other scripts.
    std::string pattern;        //!< RE2 syntax.
    int secretGroup = 0;        //!< The capture that is the secret; 0 for the whole match.
    bool boundaryBefore = true; //!< No letter, digit, `_` or `-` touches the match there.
    bool boundaryAfter = true;
    std::size_t reach = 256; //!< Bytes looked at before and behind a literal.
    double entropy = 0;      //!< Least Shannon bits per character of the secret; 0 for no floor.
    Validator validator = Validator::None;
    //! \brief Values that are not reported, and if there are any, the only ones that are. ASCII case does not
    //! count; a `*` at the begin or the end stands for anything.
    std::vector<std::string> except;
    std::vector<std::string> only;
    std::size_t minLength = 0; //!< Of an assigned value; 0 for the usual one.
    bool mixed = false;        //!< An assigned value needs both digits and letters.
    bool words = false;        //!< Although it is mixed, a word with a number may be one (`hunter42`).
    std::vector<std::string> examples;
    std::vector<std::string> counterexamples;
    bool isBuiltIn = false; //!< Known to be good, so the pattern is compiled when it is first needed.
    //! \brief `file:line` of a rule that is not ours; else empty. Such a rule is taken at its word: what
    //! looks like a placeholder counts, too. It runs within bounds, see ForeignBudget.
    std::string origin;
    std::vector<std::string> keywords; //!< Of foreign rules: one must stand in the text, whatever its case.
    std::vector<Allowance> allowances; //!< Of foreign rules: what is no finding after all.

    [[nodiscard]] bool isForeign() const { return !origin.empty(); }
};

//! \brief Where a rule is tried, cheapest first. What is rare in a text decides, so that the search for
//! common literals stays small.
enum class Trigger : std::uint8_t
{
    WordPrefix, //!< Where a long run of word characters begins with one of the literals.
    NearWord,   //!< Where a literal stands near a long run that looks random.
    Address,    //!< At an `@`.
    Everywhere, //!< Where a literal stands.
    WholeText   //!< A foreign rule without literals.
};

//! \brief A pattern that is compiled once, when it is first needed. Thread-safe.
class LazyPattern
{
public:
    //! \brief \p memory bounds what the compiled pattern and its search may take; 0 for the engine's own
    //! bound.
    //! \p known are bytes that stand in every text that is searched, see mayMatch().
    explicit LazyPattern(std::string pattern, std::int64_t memory = 0, std::string known = {});
    ~LazyPattern();
    LazyPattern(const LazyPattern&) = delete;
    LazyPattern& operator=(const LazyPattern&) = delete;

    [[nodiscard]] const re2::RE2& get() const;
    //! \brief False if \p text lacks a sign that every match has. Much cheaper than a search.
    [[nodiscard]] bool mayMatch(std::string_view text) const
    {
        compile();
        return !m_sign || text.find(*m_sign) != std::string_view::npos;
    }

private:
    void compile() const;

    std::string m_pattern;
    std::int64_t m_memory;
    std::string m_known;
    mutable std::once_flag m_once;
    mutable std::unique_ptr<const re2::RE2> m_compiled;
    mutable std::optional<char> m_sign;
};

//! \brief What of a pattern follows from a literal on, see patternFrom(): where that does not match, a match
//! need not be searched for around the literal.
class LazyRest
{
public:
    LazyRest(std::string pattern, std::string literal)
        : m_pattern(std::move(pattern))
        , m_literal(std::move(literal))
    {
    }

    //! \brief Null if there is none.
    [[nodiscard]] const re2::RE2* get() const;

private:
    std::string m_pattern;
    std::string m_literal;
    mutable std::once_flag m_once;
    mutable std::unique_ptr<const LazyPattern> m_rest;
};

//! \brief A rule that can be searched for.
struct Rule : RuleSource
{
    std::shared_ptr<const LazyPattern> matcher; //!< Null for assignments.
    std::shared_ptr<const LazyRest> rest;       //!< Null if it has several literals, or starts with one.
    Trigger trigger = Trigger::Everywhere;
    //! \brief Every match starts with one of the literals, so that it is tried there and nowhere else.
    bool startsWithLiteral = false;
    std::shared_ptr<const RuleConditions> conditions; //!< Of foreign rules only.
};

//! \brief Literals with the rules that each stands for.
class LiteralRules
{
public:
    struct Use
    {
        std::size_t length = 0;
        std::vector<std::uint16_t> rules; //!< Places in RuleSet::rules().
        bool isSignEscape = false;        //!< See plain_escapes.h.
    };

    void add(const Literal& literal, std::uint16_t rule);
    void addSignEscape(std::string_view mark);
    void build(IndexKind kind);

    //! \brief Null before build() and without literals.
    [[nodiscard]] const LiteralIndex* index() const { return m_index.get(); }
    [[nodiscard]] const Use& use(std::uint32_t literal) const { return m_uses[literal]; }
    [[nodiscard]] std::size_t longest() const { return m_longest; }

private:
    Use& use(const Literal& literal);

    std::vector<Literal> m_literals;
    std::vector<Use> m_uses;
    std::map<std::pair<std::string, bool>, std::size_t> m_places;
    std::unique_ptr<const LiteralIndex> m_index;
    std::size_t m_longest = 0;
};

//! \brief Rules with the indexes of their literals. Immutable and thread-safe; shared by every scanner.
class RuleSet
{
public:
    //! \brief Errors: RulesBroken; the subject is the rule's ID.
    [[nodiscard]] static Expected<std::shared_ptr<const RuleSet>>
    compile(std::vector<RuleSource> sources, IndexKind index = IndexKind::Fastest);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    //! \brief Null if there is none.
    [[nodiscard]] const Rule* find(std::string_view id) const;

    [[nodiscard]] const LiteralRules& everywhere() const { return m_everywhere; }
    [[nodiscard]] const LiteralRules& nearWords() const { return m_nearWords; }
    [[nodiscard]] const PrefixTable& prefixes() const { return m_prefixes; }
    [[nodiscard]] const std::vector<std::uint16_t>& addressRules() const { return m_addressRules; }
    [[nodiscard]] const std::vector<std::uint16_t>& wholeTextRules() const { return m_wholeTextRules; }
    [[nodiscard]] bool hasForeignRules() const { return m_hasForeignRules; }

private:
    void addRule(Rule rule);

    std::vector<Rule> m_rules;
    LiteralRules m_everywhere;
    LiteralRules m_nearWords;
    PrefixTable m_prefixes;
    std::vector<std::uint16_t> m_addressRules;
    std::vector<std::uint16_t> m_wholeTextRules;
    bool m_hasForeignRules = false;
};

} // namespace sharelock::redaction
