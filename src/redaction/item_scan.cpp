// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/item_scan.h"

#include "document/json_string.h"
#include "document/json_text.h"
#include "document/json_walk.h"
#include "redaction/opaque_fields.h"

#include <algorithm>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::size_t batchSize = 128 * 1024;
//! \brief Longer texts are scanned where they are, and remembered.
constexpr std::size_t longText = 512;
constexpr std::size_t hugeText = 8 * 1024;
//! \brief A longer value is no password, so its name does not matter.
constexpr std::size_t longestMember = longText;
constexpr std::string_view joint = "\":\"";

} // namespace

//! \brief Hands each text of one item to the scan. The name of a member waits for its value.
class ItemScan::Walk final : public document::JsonEvents
{
public:
    Walk(ItemScan& scan, std::size_t item, std::string_view json)
        : m_scan(scan)
        , m_item(item)
        , m_json(json)
    {
    }

    void enter(bool, std::size_t) override { nameAlone(); }
    void leave(std::size_t) override {}
    void scalar(document::JsonSpan) override { nameAlone(); }

    void name(document::JsonSpan literal) override
    {
        m_name = inside(literal);
        m_hasName = true;
        m_nameOrdinal = m_ordinal++;
    }

    void text(document::JsonSpan literal) override
    {
        const std::size_t ordinal = m_ordinal++;
        const Place place{m_item, m_hasName ? m_nameOrdinal : ordinal};
        m_scan.add(place, m_name, m_hasName, inside(literal), true);
        m_hasName = false;
        m_name = {};
    }

private:
    void nameAlone()
    {
        if (m_hasName)
            m_scan.add({m_item, m_nameOrdinal}, m_name, true, {}, false);
        m_hasName = false;
        m_name = {};
    }

    [[nodiscard]] std::string_view inside(document::JsonSpan literal) const
    {
        return m_json.substr(literal.begin + 1, literal.end - literal.begin - 2);
    }

    ItemScan& m_scan;
    std::size_t m_item;
    std::string_view m_json;
    std::string_view m_name;
    bool m_hasName = false;
    std::size_t m_ordinal = 0;
    std::size_t m_nameOrdinal = 0;
};

ItemScan::ItemScan(Workspace& workspace, std::span<const document::ShareItem> items, std::size_t first,
                   std::stop_token stop)
    : m_workspace(workspace)
    , m_items(items)
    , m_first(first)
    , m_stop(std::move(stop))
{
    m_buffer.reserve(batchSize + 2 * longText);
}

Expected<std::vector<Finding>> ItemScan::run()
{
    for (std::size_t i = 0; i < m_items.size() && !m_isStopped; ++i) {
        const document::ShareItem& item = m_items[i];
        if (item.type == document::ItemType::Unknown)
            addPlain({i, typeName}, item.typeName);
        Walk walk(*this, i, item.data);
        if (!document::walkJson(item.data, walk))
            return fail(ErrorCode::InvalidJson, QString::fromStdString(item.key));
    }
    flush();
    if (m_isStopped)
        return fail(ErrorCode::Cancelled);
    addRepeats();
    return placed();
}

void ItemScan::add(Place place, std::string_view nameBody, bool hasName, std::string_view valueBody,
                   bool hasValue)
{
    const std::string_view name = document::unescaped(nameBody, m_nameBuffer);
    const Place valuePlace{place.item, place.ordinal + (hasName ? 1 : 0)};
    if (!hasValue || isOpaqueField(name, valueBody)) {
        addPlain(place, name);
    } else if (valueBody.size() >= longText) {
        if (hasName)
            addPlain(place, name);
        if (!isRepeat(valuePlace, valueBody))
            addLong(valuePlace, valueBody);
    } else {
        const std::string_view value = document::unescaped(valueBody, m_valueBuffer);
        if (hasName && value.size() < longestMember)
            addMember(place, name, value);
        else
            addPlain(valuePlace, value);
    }
}

void ItemScan::addLong(Place place, std::string_view body)
{
    const std::string_view text = document::unescaped(body, m_valueBuffer);
    if (text.size() < hugeText) {
        addPlain(place, text);
        return;
    }
    const Batched alone{place, false};
    const BatchedText whole{{0, text.size()}, {}, {}};
    scan(text, {&whole, 1}, {&alone, 1});
}

void ItemScan::addMember(Place place, std::string_view name, std::string_view value)
{
    const std::size_t begin = m_buffer.size();
    m_buffer.push_back('"');
    m_buffer.append(name).append(joint).append(value);
    m_buffer.push_back('"');
    const std::size_t valueBegin = 1 + name.size() + joint.size();
    m_texts.push_back(
        {{begin, m_buffer.size()}, {1, 1 + name.size()}, {valueBegin, valueBegin + value.size()}});
    m_places.push_back({place, true});
    m_buffer.push_back('\0');
    if (m_buffer.size() >= batchSize)
        flush();
}

void ItemScan::addPlain(Place place, std::string_view text)
{
    if (text.empty())
        return;
    const std::size_t begin = m_buffer.size();
    m_buffer.append(text);
    m_texts.push_back({{begin, m_buffer.size()}, {}, {}});
    m_places.push_back({place, false});
    m_buffer.push_back('\0');
    if (m_buffer.size() >= batchSize)
        flush();
}

bool ItemScan::isRepeat(Place place, std::string_view body)
{
    const auto [known, isNew] = m_known.try_emplace(body, place);
    if (!isNew)
        m_repeats.push_back({place, known->second});
    return !isNew;
}

void ItemScan::flush()
{
    scan(m_buffer, m_texts, m_places);
    m_buffer.clear();
    m_texts.clear();
    m_places.clear();
}

void ItemScan::scan(std::string_view buffer, std::span<const BatchedText> texts,
                    std::span<const Batched> places)
{
    m_scannedTexts = texts;
    m_scannedPlaces = places;
    if (!m_isStopped && !texts.empty())
        m_isStopped = !m_workspace.scan(buffer, texts, {0, buffer.size()}, m_stop, *this);
}

void ItemScan::found(std::size_t text, std::vector<Candidate>& candidates)
{
    settleOverlaps(candidates);
    const Batched& batched = m_scannedPlaces[text];
    for (Candidate& candidate : candidates) {
        TextFinding finding = std::move(candidate.finding);
        Place place = batched.name;
        if (batched.hasName) {
            const BatchedText& member = m_scannedTexts[text];
            const bool isInName = finding.offset < member.name.end;
            finding.offset -= isInName ? member.name.begin : member.value.begin;
            place.ordinal += isInName ? 0 : 1;
        }
        m_found.push_back({place, std::move(finding)});
    }
}

void ItemScan::addRepeats()
{
    const auto byPlace = [](const FoundText& a, const FoundText& b) { return a.place < b.place; };
    std::stable_sort(m_found.begin(), m_found.end(), byPlace);
    std::vector<FoundText> copies;
    for (const Repeat& repeat : m_repeats) {
        const auto [begin, end] =
            std::equal_range(m_found.begin(), m_found.end(), FoundText{repeat.original, {}}, byPlace);
        for (auto at = begin; at != end; ++at)
            copies.push_back({repeat.place, at->finding});
    }
    m_found.insert(m_found.end(), std::make_move_iterator(copies.begin()),
                   std::make_move_iterator(copies.end()));
    std::stable_sort(m_found.begin(), m_found.end(), byPlace);
}

//! \brief Pointers are made for what was found only: a second walk through those items.
Expected<std::vector<Finding>> ItemScan::placed()
{
    std::vector<Finding> findings;
    findings.reserve(m_found.size());
    const auto add = [&](FoundText& found, const document::TextPlace& place) {
        TextFinding& text = found.finding;
        findings.push_back({text.rule, m_first + found.place.item, std::string(place.pointer), place.isKey,
                            text.offset, text.length, text.confidence, std::move(text.value)});
    };
    auto next = m_found.begin();
    while (next != m_found.end()) {
        const std::size_t item = next->place.item;
        std::size_t ordinal = 0;
        const auto visited = document::forEachText(
            m_items[item].data, [&](const document::TextPlace& place, std::string_view) {
                for (; next != m_found.end() && next->place == Place{item, ordinal}; ++next)
                    add(*next, place);
                ++ordinal;
            });
        if (!visited)
            return tl::unexpected(visited.error());
        for (; next != m_found.end() && next->place == Place{item, typeName}; ++next)
            add(*next, {{}, true});
    }
    return findings;
}

} // namespace sharelock::redaction
