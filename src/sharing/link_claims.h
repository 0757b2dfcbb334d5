// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "sharing/link.h"

#include <memory>
#include <optional>
#include <set>

namespace sharelock::sharing {

//! \brief Who takes a link down: one at a time, over all processes that use the same ledger.
//!
//! Each claim is a lock of the kernel's on one byte of a file. So it ends with its process, however that
//! dies; no clock decides whether it still counts, and no file has to be cleared away. Used from one thread.
class LinkClaims
{
public:
    //! \brief The claim; given back when it goes. May outlive its LinkClaims.
    class Claim
    {
    public:
        Claim(Claim&& other) noexcept = default;
        Claim& operator=(Claim&& other) noexcept;
        ~Claim();

    private:
        friend class LinkClaims;
        struct File;
        Claim(std::shared_ptr<File> file, qint64 place);
        std::shared_ptr<File> m_file;
        qint64 m_place = 0;
    };

    //! \param folder of the ledger; must exist by the first take().
    explicit LinkClaims(QString folder);
    ~LinkClaims();

    //! \brief Nothing when somebody else holds it, be it in this process. Never waits. Errors:
    //! LedgerUnreadable and DiskFull, when the file can't be made.
    [[nodiscard]] Expected<std::optional<Claim>> take(const LinkId& id);

private:
    [[nodiscard]] Expected<void> open();

    QString m_folder;
    std::shared_ptr<Claim::File> m_file;
};

} // namespace sharelock::sharing
