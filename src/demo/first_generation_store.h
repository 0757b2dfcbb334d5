// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/share_store.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace sharelock::demo {

//! \brief What a share server of the first generation keeps, and how it answers. Thread-safe.
class FirstGenerationStore
{
public:
    using Answer = ShareStore::Answer;

    //! \brief The key of the share that is there; else makes an empty one.
    //! \param origin of this server, for the URL that it hands out.
    [[nodiscard]] Answer create(const std::string& body, const std::string& origin);
    [[nodiscard]] Answer sync(const std::string& body);
    [[nodiscard]] Answer remove(const std::string& body);
    [[nodiscard]] Answer data(const std::string& id) const;
    [[nodiscard]] std::vector<std::string> ids() const;

    struct Share
    {
        std::string secret;
        std::string sessionId;
        std::map<std::string, std::string> contents; //!< JSON by key; in this order a server reads it.
    };
    using Contents = std::map<std::string, Share>; //!< By ID.
    [[nodiscard]] Contents contents() const;
    void setContents(Contents contents);

private:
    mutable std::mutex m_mutex;
    Contents m_all;
};

} // namespace sharelock::demo
