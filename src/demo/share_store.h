// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/loopback_share_server.h"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::demo {

//! \brief What a share server keeps, and how each generation but the first keeps it. Thread-safe.
class ShareStore
{
public:
    struct Answer
    {
        int status = 200;
        std::string body;
        std::string cacheControl;
    };
    struct Item
    {
        std::string type;
        std::string data; //!< JSON.
    };

    explicit ShareStore(Generation generation)
        : m_generation(generation)
    {
    }

    //! \param origin of this server, for the URL that it hands out.
    [[nodiscard]] Answer create(const std::string& body, const std::string& origin);
    [[nodiscard]] Answer sync(const std::string& id, const std::string& body);
    [[nodiscard]] Answer remove(const std::string& id, const std::string& body);
    [[nodiscard]] Answer data(const std::string& id) const;
    //! \brief In the order of their keys, as `/data` has them.
    [[nodiscard]] std::vector<Item> items(const std::string& id) const;
    [[nodiscard]] std::vector<std::string> ids() const;

    struct Record
    {
        std::string secret;
    };
    using Items = std::map<std::string, Item>; // By key.
    //! \brief All there is, by ID. Two maps, since older servers delete the record of a share and leave its
    //! data.
    struct Contents
    {
        std::map<std::string, Record> records;
        std::map<std::string, Items> data;
    };
    [[nodiscard]] Contents contents() const;
    void setContents(Contents contents);

private:
    [[nodiscard]] bool isGranted(const std::string& id, std::string_view secret) const;

    const Generation m_generation;
    mutable std::mutex m_mutex;
    Contents m_all;
};

[[nodiscard]] std::string jsonString(std::string_view text);

//! \brief The answer of a server that does not say what is wrong.
[[nodiscard]] ShareStore::Answer internalServerError();

} // namespace sharelock::demo
