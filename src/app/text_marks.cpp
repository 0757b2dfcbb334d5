// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/text_marks.h"

#include "document/visible_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <set>

namespace sharelock::app {

namespace {

using redaction::Decision;
using redaction::HiddenKind;
using redaction::HiddenShape;
using redaction::HiddenValue;

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString titleOf(HiddenKind kind)
{
    switch (kind) {
    case HiddenKind::HomeFolder:
        return QCoreApplication::translate("TextMarks", "Home folder");
    case HiddenKind::UserName:
        return QCoreApplication::translate("TextMarks", "User name");
    case HiddenKind::HostName:
        return QCoreApplication::translate("TextMarks", "Host name");
    case HiddenKind::Secret:
        return QCoreApplication::translate("TextMarks", "Secret");
    case HiddenKind::Personal:
        return QCoreApplication::translate("TextMarks", "Personal detail");
    case HiddenKind::Infrastructure:
        return QCoreApplication::translate("TextMarks", "Infrastructure");
    case HiddenKind::OwnWord:
        return QCoreApplication::translate("TextMarks", "Own word");
    }
    return {};
}

//! \brief Counts UTF-16 units along a text, forwards only.
class Units
{
public:
    explicit Units(std::string_view text)
        : m_text(text)
    {
    }

    int upTo(std::size_t at)
    {
        for (; m_at < at && m_at < m_text.size(); ++m_at) {
            const auto byte = static_cast<unsigned char>(m_text[m_at]);
            if ((byte & 0xC0) != 0x80)
                m_units += byte >= 0xF0 ? 2 : 1;
        }
        return m_units;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    int m_units = 0;
};

bool isName(HiddenKind kind)
{
    return kind == HiddenKind::HomeFolder || kind == HiddenKind::UserName || kind == HiddenKind::HostName;
}

} // namespace

MarkSource::MarkSource(const redaction::RedactionPlan& plan, const std::vector<redaction::FoundValue>& found,
                       bool original)
    : m_original(original)
{
    std::set<std::string_view> known;
    for (const redaction::FoundValue& one : found) {
        const auto kind = one.rule->kind;
        const bool anywhere =
            kind == redaction::FindingKind::Secret || kind == redaction::FindingKind::OwnWord;
        known.insert(one.value.reveal());
        add({one.value, qstring(one.rule->title), qstring(one.pseudonym),
             kind == redaction::FindingKind::Secret, one.decision},
            one.value.reveal(), anywhere ? HiddenShape::Value : HiddenShape::Name, false);
    }
    for (const HiddenValue& hidden : plan.hidden) {
        if (known.contains(hidden.value))
            continue;
        add({{},
             titleOf(hidden.kind),
             qstring(hidden.pseudonym),
             hidden.kind == HiddenKind::Secret,
             Decision::Redact},
            hidden.value, hidden.shape, isName(hidden.kind));
    }
    m_all = std::make_unique<const redaction::ShownPlaces>(texts(m_needles));
    m_rest = std::make_unique<const redaction::ShownPlaces>(texts(m_findings));
    m_ownPseudonyms = std::make_unique<const redaction::ShownPlaces>(texts(m_pseudonyms));
}

void MarkSource::add(MarkedValue value, const std::string& text, HiddenShape shape, bool name)
{
    const int number = static_cast<int>(m_values.size());
    const std::string pseudonym = value.pseudonym.toStdString();
    const bool isReplaced = value.decision == Decision::Redact;
    m_values.push_back(std::move(value));
    if (m_original || !isReplaced) {
        const Needle needle{{text, shape, false}, number, name};
        m_needles.push_back(needle);
        if (!name)
            m_findings.push_back(needle);
        return;
    }
    // One sign is everywhere; nobody could tell which of them stands for something.
    if (pseudonym.size() < 2)
        return;
    // Several values may have one pseudonym; it is marked once.
    const auto same = std::find_if(m_pseudonyms.begin(), m_pseudonyms.end(),
                                   [&](const Needle& other) { return other.text.text == pseudonym; });
    if (same != m_pseudonyms.end())
        return;
    const Needle needle{{pseudonym, HiddenShape::Value, true}, number, name};
    m_needles.push_back(needle);
    m_pseudonyms.push_back(needle);
    if (!name)
        m_findings.push_back(needle);
}

std::vector<redaction::ShownText> MarkSource::texts(const std::vector<Needle>& needles)
{
    std::vector<redaction::ShownText> result;
    result.reserve(needles.size());
    for (const Needle& needle : needles)
        result.push_back(needle.text);
    return result;
}

void MarkSource::addMarks(std::string_view shown, MarkField field, std::vector<TextMark>& marks) const
{
    Units units(shown);
    for (const redaction::HiddenPlace& place : m_all->find(shown)) {
        const int begin = units.upTo(place.begin);
        const int end = units.upTo(place.end);
        marks.push_back({field, begin, end - begin, m_needles[place.value].value});
    }
}

void MarkSource::addRest(std::string_view body, std::size_t shownBytes, std::vector<TextMark>& marks) const
{
    // What is cut in two is in neither half.
    constexpr std::size_t overlap = 1024;
    const std::size_t from = shownBytes > overlap ? shownBytes - overlap : 0;
    std::string_view rest = body.substr(from);
    std::string visible;
    std::size_t seen = shownBytes - from;
    if (rest.find('\r') != std::string_view::npos) {
        constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
        seen = document::visibleText(rest.substr(0, seen), {all, all, 0}).text.size();
        visible = document::visibleText(rest, {all, all, 0}).text;
        rest = visible;
    }
    std::set<int> values;
    for (const redaction::HiddenPlace& place : m_rest->find(rest)) {
        const int value = m_findings[place.value].value;
        if (place.end > seen && values.insert(value).second)
            marks.push_back({MarkField::Rest, 0, 0, value});
    }
}

MarkSourcePtr MarkSource::ofPublic(std::vector<redaction::FoundValue> found)
{
    // What a snapshot would hide stands there in clear.
    for (redaction::FoundValue& value : found) {
        if (value.decision == Decision::Redact)
            value.decision = Decision::Open;
    }
    auto source = std::make_shared<MarkSource>(redaction::RedactionPlan(), found, true);
    for (MarkedValue& value : source->m_values)
        value.isPublic = true;
    return source;
}

QString markInWords(const MarkedValue& value)
{
    if (value.isPublic && value.decision == Decision::Open)
        return QCoreApplication::translate("TextMarks", "%1, public").arg(value.title);
    switch (value.decision) {
    case Decision::Redact:
        return QCoreApplication::translate("TextMarks", "%1, replaced by %2")
            .arg(value.title, value.pseudonym);
    case Decision::Keep:
        return QCoreApplication::translate("TextMarks", "%1, kept").arg(value.title);
    case Decision::Open:
        break;
    }
    return QCoreApplication::translate("TextMarks", "%1, waits for you").arg(value.title);
}

std::unordered_map<int, int> MarkSource::pseudonymsIn(std::string_view data) const
{
    std::unordered_map<int, int> counts;
    for (const redaction::HiddenPlace& place : m_ownPseudonyms->find(data))
        ++counts[m_pseudonyms[place.value].value];
    return counts;
}

void NaturalPseudonyms::removeFrom(const std::string& itemKey, std::vector<TextMark>& marks) const
{
    const auto item = m_items.find(itemKey);
    if (item == m_items.end())
        return;
    std::erase_if(marks, [item](const TextMark& mark) {
        return std::find(item->second.begin(), item->second.end(), mark.value) != item->second.end();
    });
}

} // namespace sharelock::app
