// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <memory>
#include <mutex>
#include <stop_token>

namespace sharelock::sharing {

//! \brief Lets what a person waits for go before what is done in the background. Thread-safe.
class Precedence
{
public:
    //! \brief Stops the background until the last copy of the result is gone.
    [[nodiscard]] static std::shared_ptr<void> take(const std::shared_ptr<Precedence>& precedence);

    //! \brief Whether a person waits for something.
    [[nodiscard]] bool isTaken() const;
    //! \brief Stopped as soon as a person waits for something. Asked for anew before each piece of work.
    [[nodiscard]] std::stop_token token() const;
    //! \brief From now on every token is a stopped one.
    void close();

private:
    void release();

    mutable std::mutex m_mutex;
    std::stop_source m_stop; //!< Guarded by m_mutex, like the rest.
    int m_holders = 0;
    bool m_isClosed = false;
};

} // namespace sharelock::sharing
