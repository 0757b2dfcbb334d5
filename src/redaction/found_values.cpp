// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/found_values.h"

#include "redaction/common_names.h"

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

void giveNames(std::vector<FoundValue>& values)
{
    std::map<std::string, int> used;
    for (FoundValue& found : values) {
        const std::string stem = stemOf(*found.rule);
        found.pseudonym = "<" + stem + "-" + std::to_string(++used[stem]) + ">";
    }
    // A pseudonym that holds a hidden value would be found in what is sent.
    for (FoundValue& named : values) {
        const bool holdsOne = std::any_of(values.begin(), values.end(), [&named](const FoundValue& other) {
            return named.pseudonym.find(other.value.reveal()) != std::string::npos;
        });
        if (holdsOne)
            named.pseudonym = plainMark;
    }
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

} // namespace

std::vector<FoundValue> foundValues(const std::vector<Finding>& findings, Hiding hiding)
{
    std::vector<FoundValue> values;
    std::unordered_map<std::string_view, std::size_t> known; // Views of the findings, which outlive this.
    for (const Finding& finding : findings) {
        const auto [place, isNew] = known.emplace(finding.value.reveal(), values.size());
        if (isNew)
            values.push_back({finding.value, finding.rule, finding.confidence, 0, {}, Decision::Open, false});
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
            found.decision = Decision::Redact;
    }
    giveNames(values);
    std::stable_sort(values.begin(), values.end(),
                     [](const FoundValue& a, const FoundValue& b) { return gravity(a) > gravity(b); });
    return values;
}

void hide(RedactionPlan& plan, const std::vector<FoundValue>& values)
{
    for (const FoundValue& found : values) {
        if (found.decision != Decision::Redact)
            continue;
        // Names and addresses are words of their own; in the middle of another word they are something else.
        const bool anywhere =
            found.rule->kind == FindingKind::Secret || found.rule->kind == FindingKind::OwnWord;
        plan.hidden.push_back({hiddenKind(found.rule->kind), found.value.reveal(), found.pseudonym,
                               anywhere ? HiddenShape::Value : HiddenShape::Name});
    }
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
