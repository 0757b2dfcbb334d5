// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"
#include "sharing/share_server.h"

#include <functional>

namespace sharelock::sharing {

enum class TakedownStage
{
    Waiting, //!< Another Sharelock takes it down.
    Reading,
    Blanking,
    Deleting,
    Probing,
    Recreating
};
//! \brief Whoever requests the second one requests both.
struct TakedownStop
{
    std::stop_token more; //!< No further link is changed; one that has begun to change is completed.
    std::stop_token all;  //!< At once: the program ends. What was asked for stays asked for.
};

using TakedownObserver = std::function<void(const LinkId&, TakedownStage)>;

//! \brief Removes one link and proves it: read `/data`, blank every key by sync, DELETE, probe plain and past
//! caches. Content that still answers after its record is gone: create the same ID again, blank, delete,
//! probe (the first generation keeps none). Every step may be repeated, so a killed run is resumed by running
//! it again.
class Takedown
{
public:
    Takedown(LinkLedger& ledger, const KeyVault& vault, HttpClient& http, Clock clock = now);

    //! \param spareKey from opencode.db, used when the ledger holds none (vault not open, or wrong master
    //! key).
    //! \param before the step that a run goes back to when it comes to nothing (no key, or stopped before
    //! anything was sent); unset: the one that the link has. \returns the link as it stands afterwards:
    //! Removed only when proved; StillServed, Cached or Unreachable else. The result is in the ledger, with
    //! receipts; LinkLedger::flush() brings it to disk. Errors: KeyMissing, LedgerUnreadable and DiskFull
    //! (nothing was sent then), Cancelled.
    [[nodiscard]] QCoro::Task<Expected<Link>> run(LinkId id, Secret spareKey = {},
                                                  TakedownObserver observe = {}, TakedownStop stop = {},
                                                  std::optional<LinkStep> before = {});

private:
    LinkLedger& m_ledger;
    const KeyVault& m_vault;
    HttpClient& m_http;
    Clock m_clock;
};

//! \brief What to say as proof: "No content at its address and past caches, 12:03", whether it is gone or
//! only blanks are left; its receipts tell which. Empty when not removed.
[[nodiscard]] QString proofText(const Link& link);

} // namespace sharelock::sharing
