// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/longer_values.h"

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "redaction/rule.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestTail = 4;
constexpr std::size_t shortestValue = 4;

bool isSecret(const Finding& finding)
{
    return finding.rule->kind == FindingKind::Secret;
}

//! \brief The secrets that are the beginning of others, each with these.
std::unordered_map<std::string_view, std::vector<SecretText>> longerOnes(const std::vector<Finding>& findings)
{
    std::unordered_map<std::string_view, std::vector<SecretText>> found;
    for (const Finding& finding : findings) {
        if (isSecret(finding))
            found.try_emplace(finding.value.reveal());
    }
    for (const auto& [value, unused] : found) {
        for (std::size_t tail = 1; tail <= longestTail && value.size() >= shortestValue + tail; ++tail) {
            const auto shorter = found.find(value.substr(0, value.size() - tail));
            if (shorter != found.end())
                shorter->second.emplace_back(std::string(value));
        }
    }
    std::erase_if(found, [](const auto& pair) { return pair.second.empty(); });
    return found;
}

struct Change
{
    std::size_t finding = 0;
    SecretText value;
};

//! \brief The longest that stands there as it is; encoded places are left alone.
const SecretText* standingAt(std::string_view text, const Finding& finding,
                             const std::vector<SecretText>& longer)
{
    if (text.substr(std::min(finding.offset, text.size()), finding.length) != finding.value.reveal())
        return nullptr;
    const SecretText* best = nullptr;
    for (const SecretText& one : longer) {
        const bool stands = text.substr(finding.offset).starts_with(one.reveal());
        if (stands && (!best || one.reveal().size() > best->reveal().size()))
            best = &one;
    }
    return best;
}

//! \brief Not before all are known: the map looks at the values themselves.
void apply(std::vector<Change>& changes, std::vector<Finding>& findings)
{
    for (Change& change : changes) {
        Finding& finding = findings[change.finding];
        finding.length = change.value.reveal().size();
        finding.value = std::move(change.value);
    }
}

} // namespace

void takeLongerValues(const document::ShareDocument& document, std::vector<Finding>& findings)
{
    assertOffGuiThread("comparing findings");
    const auto longer = longerOnes(findings);
    if (longer.empty())
        return;
    std::vector<Change> changes;
    for (std::size_t at = 0; at < findings.size();) {
        const std::size_t item = findings[at].item;
        std::size_t end = at;
        bool any = false;
        for (; end < findings.size() && findings[end].item == item; ++end)
            any = any || (isSecret(findings[end]) && longer.contains(findings[end].value.reveal()));
        std::size_t next = at;
        const auto look = [&](const document::TextPlace& place, std::string_view text) {
            for (;
                 next < end && findings[next].pointer == place.pointer && findings[next].inKey == place.isKey;
                 ++next) {
                const Finding& finding = findings[next];
                const auto known = isSecret(finding) ? longer.find(finding.value.reveal()) : longer.end();
                const auto* best = known == longer.end() ? nullptr : standingAt(text, finding, known->second);
                if (best)
                    changes.push_back({next, *best});
            }
        };
        if (any)
            (void)document::forEachText(document.items()[item].data, look);
        at = end;
    }
    apply(changes, findings);
}

void takeLongerValues(std::string_view text, std::vector<Finding>& findings)
{
    assertOffGuiThread("comparing findings");
    const auto longer = longerOnes(findings);
    std::vector<Change> changes;
    for (std::size_t at = 0; at < findings.size(); ++at) {
        const Finding& finding = findings[at];
        const auto known = isSecret(finding) ? longer.find(finding.value.reveal()) : longer.end();
        if (known == longer.end())
            continue;
        if (const SecretText* const best = standingAt(text, finding, known->second))
            changes.push_back({at, *best});
    }
    apply(changes, findings);
}

} // namespace sharelock::redaction
