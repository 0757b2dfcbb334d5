// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/found_values.h"

#include "document/json_text.h"
#include "redaction/common_names.h"
#include "redaction/line_ends.h"
#include "redaction/own_words.h"

#include <QString>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace sharelock::redaction {

namespace {

constexpr std::size_t shortestValue = 4; // Less would be hidden in the middle of everything.
constexpr const char* plainMark = "\u2588\u2588\u2588";

//! \brief What a pseudonym says of the value: its sort, nothing else.
std::string stemOf(const Rule& rule)
{
    static constexpr std::pair<std::string_view, std::string_view> stems[] = {
        {"password", "password"}, {"pwd", "password"}, {"private-key", "private-key"},
        {"email", "email"},       {"phone", "phone"},  {"iban", "iban"},
        {"card", "card"},
    };
    if (rule.kind == FindingKind::OwnWord)
        return "word";
    for (const auto& [part, stem] : stems) {
        if (rule.id.find(part) != std::string::npos)
            return std::string(stem);
    }
    return std::string(kindName(rule.kind));
}

bool canNotBeHidden(const FoundValue& found)
{
    const std::string& value = found.value.reveal();
    if (value.size() < shortestValue)
        return true;
    return found.rule->kind != FindingKind::Secret && isCommonName(QString::fromStdString(value));
}

auto gravity(const FoundValue& found)
{
    return std::tuple(found.rule->kind == FindingKind::Secret, found.rule->severity, found.confidence);
}

HiddenKind hiddenKind(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Secret:
        return HiddenKind::Secret;
    case FindingKind::Personal:
        return HiddenKind::Personal;
    case FindingKind::Infrastructure:
        return HiddenKind::Infrastructure;
    case FindingKind::OwnWord:
        return HiddenKind::OwnWord;
    }
    return HiddenKind::Secret;
}

std::string caseFolded(const std::string& text)
{
    return QString::fromStdString(text).toCaseFolded().toStdString();
}

//! \brief What the spellings of one word, or of one text of several lines, have in common; empty for all
//! else.
std::string wordOf(const FoundValue& found)
{
    if (found.rule == &ownWordRule())
        return caseFolded(found.value.reveal());
    return found.rule == &ownTextRule() ? withUnifiedLines(found.value.reveal()) : std::string();
}

HiddenShape shapeOf(const FoundValue& found)
{
    if (found.isOwn)
        return ownShape(found.value.reveal()).value_or(HiddenShape::Name);
    // Names and addresses are words of their own; in the middle of another word they are something else.
    return found.rule->kind == FindingKind::Secret ? HiddenShape::Value : HiddenShape::Name;
}

//! \brief What is hidden from \p begin on is hidden with other line ends, too: a file that was written and
//! then read may have both. Not where that is a value that was found, and is not hidden.
void hideOtherLineEnds(RedactionPlan& plan, const std::vector<FoundValue>& values, std::size_t begin)
{
    const std::vector<HiddenValue> hidden(plan.hidden.begin() + static_cast<std::ptrdiff_t>(begin),
                                          plan.hidden.end());
    for (const HiddenValue& value : hidden) {
        for (std::string& other : withOtherLineEnds(value.value)) {
            const bool isFound = std::any_of(values.begin(), values.end(), [&other](const FoundValue& found) {
                return found.value.reveal() == other;
            });
            if (!isFound)
                plan.hidden.push_back({value.kind, std::move(other), value.pseudonym, value.shape});
        }
    }
}

} // namespace

std::vector<FoundValue> foundValues(const std::vector<Finding>& findings, Hiding hiding)
{
    std::vector<FoundValue> values;
    std::unordered_map<std::string_view, std::size_t> known; // Views of the findings, which outlive this.
    for (const Finding& finding : findings) {
        const auto [place, isNew] = known.emplace(finding.value.reveal(), values.size());
        if (isNew) {
            FoundValue& added = values.emplace_back();
            added.value = finding.value;
            added.rule = finding.rule;
            added.confidence = finding.confidence;
            added.first = place->second;
        }
        FoundValue& found = values[place->second];
        ++found.places;
        FoundValue other = found;
        other.rule = finding.rule;
        other.confidence = finding.confidence;
        if (gravity(other) > gravity(found))
            found = std::move(other);
    }
    std::erase_if(values, canNotBeHidden);
    for (FoundValue& found : values) {
        const bool isUsual =
            found.rule->kind == FindingKind::Personal ||
            (found.confidence != Confidence::Low && found.rule->kind != FindingKind::Infrastructure);
        if (hiding == Hiding::All || isUsual)
            found.usual = Decision::Redact;
        found.settle();
    }
    giveNames(values);
    std::stable_sort(values.begin(), values.end(),
                     [](const FoundValue& a, const FoundValue& b) { return gravity(a) > gravity(b); });
    return values;
}

std::optional<DecisionScope> FoundValue::scope() const
{
    for (const auto scope : {DecisionScope::Session, DecisionScope::Project, DecisionScope::Always}) {
        if (decided.at(static_cast<std::size_t>(scope)) != Decision::Open)
            return scope;
    }
    return std::nullopt;
}

void FoundValue::settle()
{
    const auto holds = scope();
    byPerson = holds.has_value() || isOwn;
    if (holds)
        decision = decided.at(static_cast<std::size_t>(*holds));
    else
        decision = isOwn ? Decision::Redact : usual;
}

void giveNames(std::vector<FoundValue>& values, const std::set<std::string>& taken)
{
    std::set<std::string> used = taken;
    std::vector<FoundValue*> unnamed;
    std::map<std::string, std::string> byWord; // The spellings of one word are one thing.
    for (FoundValue& found : values) {
        used.insert(found.chosenName);
        if (found.givenName.empty()) {
            unnamed.push_back(&found);
            continue;
        }
        used.insert(found.givenName);
        if (const std::string word = wordOf(found); !word.empty())
            byWord.emplace(word, found.givenName);
    }
    std::sort(unnamed.begin(), unnamed.end(),
              [](const FoundValue* a, const FoundValue* b) { return a->first < b->first; });
    std::map<std::string, int> numbers;
    for (FoundValue* found : unnamed) {
        const std::string word = wordOf(*found);
        if (const auto known = byWord.find(word); known != byWord.end()) {
            found->givenName = known->second;
            continue;
        }
        const std::string stem = stemOf(*found->rule);
        do {
            found->givenName = "<" + stem + "-" + std::to_string(++numbers[stem]) + ">";
        } while (!used.insert(found->givenName).second);
        if (!word.empty())
            byWord.emplace(word, found->givenName);
    }
    for (FoundValue& found : values)
        found.pseudonym = found.chosenName.empty() ? found.givenName : found.chosenName;
}

void hide(RedactionPlan& plan, std::vector<FoundValue>& values)
{
    const std::size_t begin = plan.hidden.size();
    std::vector<FoundValue*> hidden;
    for (FoundValue& found : values) {
        if (found.decision != Decision::Redact)
            continue;
        hidden.push_back(&found);
        plan.hidden.push_back(
            {hiddenKind(found.rule->kind), found.value.reveal(), found.pseudonym, shapeOf(found)});
    }
    hideOtherLineEnds(plan, values, begin);
    const LeakGate gate(plan);
    std::map<std::string, bool> isFine;
    for (HiddenValue& value : plan.hidden) {
        const auto [known, isNew] = isFine.emplace(value.pseudonym, true);
        if (isNew)
            known->second = gate.check(value.pseudonym).has_value();
        if (!known->second)
            value.pseudonym = plainMark;
    }
    for (std::size_t i = 0; i < hidden.size(); ++i)
        hidden[i]->pseudonym = plan.hidden[begin + i].pseudonym;
}

Expected<void> checkPseudonym(std::string_view name, const LeakGate& gate)
{
    constexpr qsizetype longest = 40;
    const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const auto unfit = [](QChar c) {
        // Neither line ends nor marks that turn the writing round.
        return !c.isPrint() && !c.isSurrogate();
    };
    if (text.trimmed().isEmpty() || text.toUcs4().size() > longest ||
        std::any_of(text.begin(), text.end(), unfit))
        return fail(ErrorCode::PseudonymUnfit);
    // Also as it will be written: quotes are read as the ends of texts.
    if (!gate.check(name) || !gate.check(document::quoted(name)))
        return fail(ErrorCode::PseudonymReveals);
    return {};
}

bool isNamedIn(const RedactionPlan& plan, const FoundValue& found)
{
    const QString value = QString::fromStdString(found.value.reveal());
    return std::any_of(plan.hidden.begin(), plan.hidden.end(), [&value](const HiddenValue& hidden) {
        return hidden.shape != HiddenShape::Value &&
               QString::fromStdString(hidden.value).compare(value, Qt::CaseInsensitive) == 0;
    });
}

} // namespace sharelock::redaction
