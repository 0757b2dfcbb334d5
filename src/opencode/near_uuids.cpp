// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/near_uuids.h"

#include "base/http_client.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace sharelock::opencode {

namespace {

constexpr std::size_t shortestName = 6;
constexpr std::size_t mostRemembered = 4096;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// 8-4-4-4-12. What stands before and after says nothing: columns of a row follow each other without a gap,
// and their ends may well be hexadecimal digits.
bool isUuid(const char* text)
{
    for (std::size_t i = 0; i < 36; ++i) {
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (isHyphen ? text[i] != '-' : !isHex(text[i]))
            return false;
    }
    return true;
}

// What follows a URL in a row is a time, whose first byte is no printable one.
std::string_view urlAt(std::string_view text)
{
    constexpr std::string_view ends = "\"'<>\\`|^{} ";
    std::size_t size = 0;
    while (size < text.size() && text[size] > 0x20 && text[size] < 0x7f &&
           ends.find(text[size]) == std::string_view::npos)
        ++size;
    return text.substr(0, size);
}

//! \brief An address in its parts. What follows the ID may be of the next row, so its end is not known.
struct ShareUrl
{
    std::string_view server;
    std::string_view id;
};

std::optional<ShareUrl> shareUrl(std::string_view url)
{
    if (!url.starts_with("https://") && !url.starts_with("http://"))
        return std::nullopt;
    for (const std::string_view path : {std::string_view("/share/"), std::string_view("/s/")}) {
        if (const std::size_t at = url.find(path); at != std::string_view::npos)
            return ShareUrl{url.substr(0, at), url.substr(at + path.size())};
    }
    return std::nullopt;
}

bool isOurs(const ShareUrl& url, const QUrl& origin, const std::string& shareId)
{
    const auto size = static_cast<qsizetype>(url.server.size());
    return url.id.starts_with(shareId) &&
           originOf(QUrl(QString::fromLatin1(url.server.data(), size))) == origin;
}

} // namespace

NearUuids::NearUuids(QUrl origin, std::string shareId, std::string sessionId)
    : m_origin(std::move(origin))
    , m_shareId(std::move(shareId))
{
    // A session's ID mostly ends with that of its share, and is found with it.
    const bool covered = m_shareId.size() >= shortestName && sessionId.find(m_shareId) != std::string::npos;
    if (m_shareId.size() >= shortestName)
        m_names.push_back(m_shareId);
    if (sessionId.size() >= shortestName && !covered)
        m_names.push_back(std::move(sessionId));
}

NearUuids::~NearUuids()
{
    for (auto& [uuid, place] : m_found)
        sodium_memzero(const_cast<char*>(uuid.data()), uuid.size());
}

std::size_t NearUuids::overlap() const
{
    std::size_t longest = 0;
    for (const std::string& name : m_names)
        longest = std::max(longest, name.size());
    return 2 * margin + longest;
}

void NearUuids::search(std::string_view bytes, bool isFirst, bool isLast)
{
    for (const std::string& name : m_names) {
        const std::size_t begin = isFirst ? 0 : margin;
        const std::size_t after = isLast ? 0 : margin;
        std::size_t from = begin;
        while (from + name.size() + after <= bytes.size()) {
            const void* hit =
                memmem(bytes.data() + from, bytes.size() - after - from, name.data(), name.size());
            if (hit == nullptr)
                break;
            const auto at = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
            lookAround(bytes, at, name.size());
            from = at + name.size();
        }
    }
}

void NearUuids::lookAround(std::string_view bytes, std::size_t at, std::size_t length)
{
    const std::size_t begin = at > reach + uuidLength ? at - reach - uuidLength : 0;
    const std::size_t end = std::min(bytes.size(), at + length + reach + uuidLength);
    // Its first hyphen is rarer than its digits.
    for (std::size_t hyphen = begin + 8; hyphen + 28 <= end; ++hyphen) {
        const void* hit = std::memchr(bytes.data() + hyphen, '-', end - 28 - hyphen + 1);
        if (hit == nullptr)
            return;
        hyphen = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
        const std::size_t first = hyphen - 8;
        if (hyphen + 28 > end || !isUuid(bytes.data() + first))
            continue;
        const bool before = first + uuidLength <= at;
        const std::size_t distance = before ? at - first - uuidLength : first - std::min(first, at + length);
        Uuid uuid{};
        std::copy_n(bytes.data() + first, uuidLength, uuid.begin());
        add(uuid, placeOf(bytes, first, distance));
        sodium_memzero(uuid.data(), uuid.size());
    }
}

NearUuids::Place NearUuids::placeOf(std::string_view bytes, std::size_t first, std::size_t distance) const
{
    const std::size_t begin = first > reach ? first - reach : 0;
    const std::size_t last = std::min(bytes.size(), first + uuidLength + reach);
    const std::string_view around = bytes.substr(begin, last - begin);
    const std::size_t uuid = first - begin;
    Place place;
    place.distance = distance;
    for (std::size_t at = around.find("http"); at != std::string_view::npos;
         at = around.find("http", at + 1)) {
        const std::string_view url = urlAt(around.substr(at));
        const auto share = shareUrl(url);
        if (!share || share->id.size() < m_shareId.size())
            continue;
        const std::size_t end = at + url.size();
        const std::size_t gap = at >= uuid + uuidLength ? at - uuid - uuidLength : uuid - std::min(uuid, end);
        if (gap >= place.gap)
            continue;
        place.gap = gap;
        place.owner = isOurs(*share, m_origin, m_shareId) ? Owner::Ours : Owner::Other;
    }
    return place;
}

void NearUuids::add(const Uuid& uuid, const Place& place)
{
    const auto [found, isNew] = m_found.emplace(uuid, place);
    Place& known = found->second;
    known.distance = std::min(known.distance, place.distance);
    if (place.gap < known.gap || (place.gap == known.gap && place.owner == Owner::Other)) {
        known.gap = place.gap;
        known.owner = place.owner;
    }
    if (isNew && m_found.size() > mostRemembered)
        keepNearest(mostRemembered / 2);
}

void NearUuids::keepNearest(std::size_t most)
{
    auto all = sorted();
    for (std::size_t i = most; i < all.size(); ++i)
        m_found.erase(all[i].second);
    for (auto& [place, uuid] : all)
        sodium_memzero(uuid.data(), uuid.size());
}

std::vector<std::pair<NearUuids::Place, NearUuids::Uuid>> NearUuids::sorted() const
{
    std::vector<std::pair<Place, Uuid>> all;
    all.reserve(m_found.size());
    for (const auto& [uuid, place] : m_found)
        all.emplace_back(place, uuid);
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<Secret> NearUuids::nearest(std::size_t most) const
{
    std::vector<Secret> secrets;
    auto all = sorted();
    for (auto& [place, uuid] : all) {
        if (place.owner != Owner::Other && secrets.size() < most)
            secrets.emplace_back(std::string_view(uuid.data(), uuid.size()));
        sodium_memzero(uuid.data(), uuid.size());
    }
    return secrets;
}

} // namespace sharelock::opencode
