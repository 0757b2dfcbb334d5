// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDebug>

#include <memory>
#include <string_view>

namespace sharelock {

//! \brief A value that must never be seen: a share key, a password, the master key.
//! Lives in memory that is locked, left out of core files, and wiped when the last copy goes.
//! Copies share one buffer. Prints as `***`. Thread-safe to read and copy.
class Secret
{
public:
    Secret() = default;
    //! \brief Takes a copy of \p bytes; the caller wipes its own where it can.
    explicit Secret(std::string_view bytes);

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] std::size_t size() const;
    //! \brief The bytes themselves. Only for sealing, and for the body of a request to the link's own origin.
    [[nodiscard]] std::string_view reveal() const;

    //! \brief Compared in constant time.
    friend bool operator==(const Secret& a, const Secret& b);

private:
    struct Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

QDebug operator<<(QDebug debug, const Secret&);

} // namespace sharelock
