// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/stored_json.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sharelock::opencode {

//! \brief The models that a conversation was held with, as far as its messages name them. opencode itself
//! uploads the objects of its model catalogue, which may hold private addresses and headers; these hold names
//! only.
class KnownModels
{
public:
    //! \brief Takes in the model of a person's message, if that is what \p json has read last; other messages
    //! change nothing.
    void noteLast(const StoredJson& json);
    //! \brief The data of the `model` item.
    [[nodiscard]] std::string toJson() const;

private:
    std::vector<std::pair<std::string, std::string>> m_models; //!< Provider and model, in order of first use.
};

} // namespace sharelock::opencode
