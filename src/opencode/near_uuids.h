// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/secret.h"

#include <QUrl>

#include <array>
#include <compare>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::opencode {

//! \brief Collects UUIDs that stand near the names of a share in raw bytes, and how near. One that stands
//! beside the address of another share is that one's key, and is never handed out. Bounded: it keeps the
//! nearest, however many there are.
class NearUuids
{
public:
    //! \brief How far from a name a UUID still counts, and from that an address. A row of shares has them
    //! side by side.
    static constexpr std::size_t reach = 512;
    //! \brief Bytes on either side of a name that decide about it.
    static constexpr std::size_t margin = 2 * reach + 64;

    //! \param sessionId may be empty. Names of less than 6 bytes stand everywhere, and are not searched for.
    NearUuids(QUrl origin, std::string shareId, std::string sessionId);
    ~NearUuids();
    NearUuids(const NearUuids&) = delete;
    NearUuids& operator=(const NearUuids&) = delete;

    //! \brief Bytes of the end of a piece that the next one must begin with.
    [[nodiscard]] std::size_t overlap() const;
    //! \brief Looks through one piece of a text. Names that lie so near to where it was cut that not all
    //! around them is seen are left to the other piece: half an address says the wrong thing.
    void search(std::string_view bytes, bool isFirst, bool isLast);
    //! \brief The nearest first, each once.
    [[nodiscard]] std::vector<Secret> nearest(std::size_t most) const;

private:
    static constexpr std::size_t uuidLength = 36;
    using Uuid = std::array<char, uuidLength>;

    //! \brief Whose key it is, as far as the nearest address of a share tells.
    enum class Owner
    {
        Ours,
        Unknown,
        Other
    };
    static constexpr std::size_t noAddress = std::numeric_limits<std::size_t>::max();
    struct Place
    {
        Owner owner = Owner::Unknown;
        std::size_t distance = 0; //!< From a name of the share.
        //! \brief From the address that tells the owner. Pages that were split or used again hold pieces of
        //! rows beside pieces of others; only the nearest address tells the truth.
        std::size_t gap = noAddress;
        friend auto operator<=>(const Place&, const Place&) = default;
    };

    void lookAround(std::string_view bytes, std::size_t at, std::size_t length);
    //! \param first where the UUID begins.
    [[nodiscard]] Place placeOf(std::string_view bytes, std::size_t first, std::size_t distance) const;
    void add(const Uuid& uuid, const Place& place);
    void keepNearest(std::size_t most);
    [[nodiscard]] std::vector<std::pair<Place, Uuid>> sorted() const;

    QUrl m_origin;
    std::string m_shareId;
    std::vector<std::string> m_names;
    std::map<Uuid, Place> m_found; //!< With what is known of all places.
};

} // namespace sharelock::opencode
