// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/item_scan.h"

#include "document/json_string.h"
#include "document/json_text.h"
#include "document/json_walk.h"
#include "redaction/opaque_fields.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::size_t batchSize = 128 * 1024;
//! \brief Longer texts are scanned where they are, and remembered.
constexpr std::size_t longText = 512;
constexpr std::size_t hugeText = 8 * 1024;

std::uint64_t loaded(const char* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

} // namespace

char* ByteBuffer::room(std::size_t bytes)
{
    if (m_capacity - m_size < bytes) {
        const std::size_t capacity = std::max(m_size + bytes, 2 * m_capacity);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        std::copy_n(m_bytes.get(), m_size, larger.get());
        m_bytes = std::move(larger);
        m_capacity = capacity;
    }
    return m_bytes.get() + m_size;
}

//! \brief The size and some bytes: to hash all of a text takes as long as to decode it.
std::uint64_t ItemScan::keyOf(std::string_view text)
{
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    constexpr std::size_t samples = 6;
    static_assert(longText >= samples * sizeof odd);
    std::uint64_t key = text.size();
    for (std::size_t i = 0; i < samples; ++i)
        key =
            std::rotl((key ^ loaded(text.data() + (text.size() - sizeof odd) * i / (samples - 1))) * odd, 29);
    return key;
}

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
    (void)m_buffer.room(batchSize + hugeText);
}

Expected<std::vector<Finding>> ItemScan::run()
{
    for (std::size_t i = 0; i < m_items.size() && !m_isStopped; ++i) {
        const document::ShareItem& item = m_items[i];
        if (item.type == document::ItemType::Unknown)
            addPlain({i, typeName}, item.typeName);
        Walk walk(*this, i, item.data);
        if (!document::walkJson(item.data, walk, document::EscapeCheck::Receiver) || m_isBroken)
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
    if (!hasValue) {
        addPlain(place, name);
    } else if (isOpaqueField(name, valueBody)) {
        m_isBroken = m_isBroken || !document::hasValidEscapes(valueBody);
        addPlain(place, name);
    } else if (valueBody.size() < longText) {
        // A longer value is no password, so its name does not matter.
        if (hasName)
            addMember(place, name, valueBody);
        else
            addEscaped(valuePlace, valueBody);
    } else {
        if (hasName)
            addPlain(place, name);
        if (isRepeat(valuePlace, valueBody))
            return;
        if (valueBody.size() < hugeText)
            addEscaped(valuePlace, valueBody);
        else
            addHuge(valuePlace, valueBody);
    }
}

void ItemScan::addHuge(Place place, std::string_view body)
{
    std::string_view text = body;
    if (body.find('\\') != std::string_view::npos) {
        m_hugeText.clear();
        const char* const end = document::unescapedTo(body, m_hugeText.room(body.size()));
        if (end == nullptr) {
            m_isBroken = true;
            return;
        }
        m_hugeText.setEnd(end);
        text = m_hugeText.view();
    }
    const Batched alone{place, false};
    const BatchedText whole{{0, text.size()}, {}, {}};
    scan(text, {&whole, 1}, {&alone, 1});
}

void ItemScan::addMember(Place place, std::string_view name, std::string_view body)
{
    constexpr std::string_view joint = "\":\"";
    const std::size_t begin = m_buffer.size();
    const std::size_t valueBegin = 1 + name.size() + joint.size();
    char* const out = m_buffer.room(valueBegin + body.size() + 2);
    out[0] = '"';
    name.copy(out + 1, name.size());
    joint.copy(out + 1 + name.size(), joint.size());
    char* const end = document::unescapedTo(body, out + valueBegin);
    if (end == nullptr) {
        m_isBroken = true;
        return;
    }
    *end = '"';
    const auto size = static_cast<std::size_t>(end + 1 - out);
    closeText({begin, begin + size}, {1, 1 + name.size()}, {valueBegin, size - 1}, {place, true});
}

void ItemScan::addPlain(Place place, std::string_view text)
{
    if (text.empty())
        return;
    const std::size_t begin = m_buffer.size();
    text.copy(m_buffer.room(text.size() + 1), text.size());
    closeText({begin, begin + text.size()}, {}, {}, {place, false});
}

void ItemScan::addEscaped(Place place, std::string_view body)
{
    if (body.empty())
        return;
    char* const out = m_buffer.room(body.size() + 1);
    const char* const end = document::unescapedTo(body, out);
    if (end == nullptr) {
        m_isBroken = true;
        return;
    }
    const std::size_t begin = m_buffer.size();
    closeText({begin, begin + static_cast<std::size_t>(end - out)}, {}, {}, {place, false});
}

//! \brief Takes what was written behind the end of the batch, where there is room for one byte more.
void ItemScan::closeText(TextRun run, TextRun name, MemberValue value, const Batched& batched)
{
    m_texts.push_back({run, name, value});
    m_places.push_back(batched);
    char* const end = m_buffer.room(run.end - run.begin + 1) + (run.end - run.begin);
    *end = '\0';
    m_buffer.setEnd(end + 1);
    if (m_buffer.size() >= batchSize)
        flush();
}

bool ItemScan::isRepeat(Place place, std::string_view body)
{
    // However many look alike, each is compared with few.
    constexpr int mostCompared = 8;
    const std::uint64_t key = keyOf(body);
    int compared = 0;
    for (auto [known, end] = m_known.equal_range(key); known != end; ++known) {
        if (known->second.body == body) {
            m_repeats.push_back({place, known->second.place});
            return true;
        }
        if (++compared == mostCompared)
            return false;
    }
    m_known.emplace(key, Known{body, place});
    return false;
}

void ItemScan::flush()
{
    scan(m_buffer.view(), m_texts, m_places);
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
    // Only what was scanned where it stands is found before what is batched.
    if (!std::is_sorted(m_found.begin(), m_found.end(), byPlace))
        std::stable_sort(m_found.begin(), m_found.end(), byPlace);
    std::vector<FoundText> copies;
    for (const Repeat& repeat : m_repeats) {
        const auto [begin, end] =
            std::equal_range(m_found.begin(), m_found.end(), FoundText{repeat.original, {}}, byPlace);
        for (auto at = begin; at != end; ++at)
            copies.push_back({repeat.place, at->finding});
    }
    if (copies.empty())
        return;
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
    std::vector<std::size_t> ordinals;
    for (std::size_t first = 0; first < m_found.size();) {
        const std::size_t item = m_found[first].place.item;
        ordinals.clear();
        std::size_t next = first;
        for (; next < m_found.size() && m_found[next].place.item == item; ++next) {
            if (m_found[next].place.ordinal != typeName)
                ordinals.push_back(m_found[next].place.ordinal);
        }
        const auto visited = document::visitTextPlaces(
            m_items[item].data, ordinals,
            [&](std::size_t index, const document::TextPlace& place) { add(m_found[first + index], place); });
        if (!visited)
            return tl::unexpected(visited.error());
        for (std::size_t i = first + ordinals.size(); i < next; ++i)
            add(m_found[i], {{}, true});
        first = next;
    }
    return findings;
}

} // namespace sharelock::redaction
