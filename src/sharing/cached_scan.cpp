// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/cached_scan.h"

#include "document/json_text.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

namespace sharelock::sharing {

namespace {

using document::ItemType;
using document::ShareItem;
using redaction::Finding;
using redaction::ItemRange;

// Large enough that looking one up costs little beside its digest, small enough that one new message does not
// make much be scanned again.
constexpr std::size_t groupItems = 64;
constexpr std::size_t groupBytes = 256 * 1024;

//! \brief Where one value was found. Pointers are left out: the name of a member may be a secret itself.
struct Place
{
    std::uint32_t item = 0; //!< In its group.
    std::uint32_t text = 0; //!< The names and values of the item in order, from 0.
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::uint16_t rule = 0;
    std::uint16_t confidence = 0;
    std::uint32_t unused = 0; //!< Else bytes of the memory at hand would be written.
};

static_assert(sizeof(Place) == 32);

//! \brief What was found in one group. Empty bytes stand for nothing.
struct Places
{
    std::vector<Place> all;
    //! \brief All values in order, each behind its length: their digest tells whether the places still hold
    //! them. One for the group, since one for each value would cost more than the scan saves.
    std::string values;

    void addValue(std::string_view value)
    {
        const auto size = static_cast<std::uint32_t>(value.size());
        values.append(reinterpret_cast<const char*>(&size), sizeof size);
        values.append(value);
    }
};

std::string bytesOf(const Places& places, const ScanCache& cache)
{
    if (places.all.empty())
        return {};
    const ContentDigest digest = cache.digestOf(places.values);
    std::string bytes(digest.size() + places.all.size() * sizeof(Place), '\0');
    std::memcpy(bytes.data(), digest.data(), digest.size());
    std::memcpy(bytes.data() + digest.size(), places.all.data(), places.all.size() * sizeof(Place));
    return bytes;
}

struct KnownPlaces
{
    ContentDigest digest{};
    std::vector<Place> all;
};

std::optional<KnownPlaces> placesOf(std::string_view bytes)
{
    KnownPlaces known;
    if (bytes.size() <= known.digest.size() || (bytes.size() - known.digest.size()) % sizeof(Place) != 0)
        return std::nullopt;
    std::memcpy(known.digest.data(), bytes.data(), known.digest.size());
    bytes.remove_prefix(known.digest.size());
    known.all.resize(bytes.size() / sizeof(Place));
    std::memcpy(known.all.data(), bytes.data(), bytes.size());
    return known;
}

//! \brief `part/msg_1/` of `part/msg_1/prt_1`: parts of one message change together.
std::string_view ownerOf(const ShareItem& item)
{
    const std::string_view key = item.key;
    return item.type == ItemType::Part ? key.substr(0, key.rfind('/')) : key.substr(0, key.find('/'));
}

std::vector<ItemRange> groupsOf(const std::vector<ShareItem>& items)
{
    std::vector<ItemRange> groups;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool isFull = !groups.empty() && (i - groups.back().first >= groupItems || bytes >= groupBytes);
        if (i == 0 || isFull || ownerOf(items[i]) != ownerOf(items[i - 1])) {
            groups.push_back({i, i});
            bytes = 0;
        }
        groups.back().end = i + 1;
        bytes += items[i].data.size();
    }
    return groups;
}

class CachedScan
{
public:
    CachedScan(const redaction::SecretScanner& scanner, const document::ShareDocument& document,
               ScanCache& cache)
        : m_scanner(scanner)
        , m_items(document.items())
        , m_document(document)
        , m_cache(cache)
        , m_groups(groupsOf(m_items))
        , m_digests(m_groups.size())
    {
    }

    Expected<redaction::ScanResult> run(const redaction::ScanOptions& options)
    {
        makeDigests(options.threads);
        if (options.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        restore();
        auto result = m_scanner.scan(m_document, m_freshRanges, options);
        if (!result)
            return result;
        remember(result->findings);
        result->bytes = m_document.byteCount();
        if (m_restored.empty())
            return result;
        std::vector<Finding> all;
        all.reserve(m_restored.size() + result->findings.size());
        std::merge(std::make_move_iterator(m_restored.begin()), std::make_move_iterator(m_restored.end()),
                   std::make_move_iterator(result->findings.begin()),
                   std::make_move_iterator(result->findings.end()), std::back_inserter(all),
                   [](const Finding& a, const Finding& b) { return a.item < b.item; });
        result->findings = std::move(all);
        return result;
    }

private:
    [[nodiscard]] std::span<const ShareItem> itemsOf(const ItemRange& group) const
    {
        return {&m_items[group.first], group.end - group.first};
    }

    void makeDigests(int threads)
    {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < m_groups.size(); i = next++)
                m_digests[i] = m_cache.digestOf(itemsOf(m_groups[i]));
        };
        std::vector<std::jthread> others;
        for (int i = 1; i < threads; ++i)
            others.emplace_back(work);
        work();
    }

    //! \brief Takes from the cache what it has; the rest is to be scanned.
    void restore()
    {
        const auto known = m_cache.texts(m_digests);
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            if (known[i] && restore(m_groups[i], *known[i]))
                continue;
            m_fresh.push_back(i);
            const ItemRange& group = m_groups[i];
            if (!m_freshRanges.empty() && m_freshRanges.back().end == group.first)
                m_freshRanges.back().end = group.end;
            else
                m_freshRanges.push_back(group);
        }
    }

    bool restore(const ItemRange& group, std::string_view bytes)
    {
        if (bytes.empty())
            return true;
        const auto known = placesOf(bytes);
        if (!known)
            return false;
        const std::vector<Place>& places = known->all;
        std::vector<Finding> found;
        found.reserve(places.size());
        auto next = places.begin();
        while (next != places.end()) {
            const std::size_t item = group.first + next->item;
            const auto begin = next;
            next = std::find_if(next, places.end(), [&](const Place& p) { return p.item != begin->item; });
            if (item >= group.end || !restoreItem(item, {begin, next}, found))
                return false;
        }
        Places restored;
        for (const Finding& finding : found)
            restored.addValue(finding.value.reveal());
        if (m_cache.digestOf(restored.values) != known->digest)
            return false;
        std::move(found.begin(), found.end(), std::back_inserter(m_restored));
        return true;
    }

    bool restoreItem(std::size_t item, std::span<const Place> places, std::vector<Finding>& found) const
    {
        const auto& rules = m_scanner.rules().rules();
        bool isSame = true;
        std::uint32_t ordinal = 0;
        auto next = places.begin();
        const auto visited = document::forEachText(m_items[item].data, [&](const document::TextPlace& at,
                                                                           std::string_view text) {
            for (; next != places.end() && next->text == ordinal; ++next) {
                isSame = isSame && next->rule < rules.size() && next->offset <= text.size() &&
                         next->length <= text.size() - next->offset;
                if (!isSame)
                    return;
                const std::string_view value = text.substr(next->offset, next->length);
                found.push_back({&rules[next->rule], item, std::string(at.pointer), at.isKey, next->offset,
                                 next->length, static_cast<redaction::Confidence>(next->confidence),
                                 redaction::SecretText(std::string(value))});
            }
            ++ordinal;
        });
        return visited && isSame && next == places.end();
    }

    //! \brief \p findings are those of m_fresh, by item.
    void remember(const std::vector<Finding>& findings)
    {
        std::vector<ScanCache::Text> texts;
        texts.reserve(m_fresh.size());
        auto next = findings.begin();
        for (const std::size_t number : m_fresh) {
            const ItemRange& group = m_groups[number];
            Places places;
            bool canBeKept = true;
            while (next != findings.end() && next->item < group.end) {
                const auto begin = next;
                next = std::find_if(next, findings.end(),
                                    [&](const Finding& finding) { return finding.item != begin->item; });
                canBeKept = canBeKept && addPlaces({begin, next}, begin->item - group.first, places);
            }
            if (canBeKept)
                texts.push_back({m_digests[number], bytesOf(places, m_cache)});
        }
        m_cache.saveTexts(texts);
    }

    //! \returns false when a value is not to be had from its place: it stands encoded there.
    bool addPlaces(std::span<const Finding> findings, std::size_t itemInGroup, Places& places) const
    {
        const auto& rules = m_scanner.rules().rules();
        std::uint32_t ordinal = 0;
        auto next = findings.begin();
        const auto visited = document::forEachText(
            m_items[findings.front().item].data, [&](const document::TextPlace& at, std::string_view text) {
                for (; next != findings.end() && stands(*next, at, text); ++next) {
                    places.all.push_back({static_cast<std::uint32_t>(itemInGroup), ordinal, next->offset,
                                          next->length, static_cast<std::uint16_t>(next->rule - rules.data()),
                                          static_cast<std::uint16_t>(next->confidence), 0});
                    places.addValue(next->value.reveal());
                }
                ++ordinal;
            });
        return visited && next == findings.end();
    }

    static bool stands(const Finding& finding, const document::TextPlace& at, std::string_view text)
    {
        return finding.inKey == at.isKey && finding.pointer == at.pointer && finding.offset <= text.size() &&
               text.substr(finding.offset, finding.length) == finding.value.reveal();
    }

    const redaction::SecretScanner& m_scanner;
    const std::vector<ShareItem>& m_items;
    const document::ShareDocument& m_document;
    ScanCache& m_cache;
    std::vector<ItemRange> m_groups;
    std::vector<ContentDigest> m_digests; //!< Of m_groups.
    std::vector<std::size_t> m_fresh;     //!< Places in m_groups that are scanned.
    std::vector<ItemRange> m_freshRanges;
    std::vector<Finding> m_restored;
};

} // namespace

Expected<redaction::ScanResult> cachedScan(const redaction::SecretScanner& scanner,
                                           const document::ShareDocument& document, ScanCache* cache,
                                           const redaction::ScanOptions& options, std::size_t leastBytes)
{
    if (cache == nullptr || !cache->isUsable() || document.byteCount() < leastBytes)
        return scanner.scan(document, options);
    return CachedScan(scanner, document, *cache).run(options);
}

} // namespace sharelock::sharing
