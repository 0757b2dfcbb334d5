// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/host_queue.h"
#include "sharing/link.h"

#include <QCoroTask>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace sharelock::sharing {

//! \brief How often links are asked without being told to.
struct AuditPace
{
    std::chrono::minutes live{30};         //!< What the public may read.
    std::chrono::minutes unreachable{15};  //!< Nobody knows.
    std::chrono::hours removed{24 * 7};    //!< Proved gone: a server may have been put back from a backup.
    std::chrono::milliseconds spread{400}; //!< Before each question, at random up to this.
};

//! \brief When \p link is to be asked without being told to; what resume() looks at is not asked here.
[[nodiscard]] Timestamp auditDue(const Link& link, const AuditPace& pace);

//! \brief Told once for each link.
using AuditObserver = std::function<void(const LinkId&, const Expected<Link>&)>;

//! \brief Asks many links, four at a time for each host, hosts apart from each other.
class AuditRound
{
public:
    using Ask = std::function<QCoro::Task<Expected<Link>>(LinkId, std::stop_token)>;

    //! \param spread zero for a person who waits.
    AuditRound(Ask ask, AuditObserver observe, std::chrono::milliseconds spread, std::stop_token stop);

    //! \brief Returns when all were asked, or when stopped. The round must live until then.
    [[nodiscard]] QCoro::Task<void> run(std::vector<LinkId> ids);

private:
    [[nodiscard]] QCoro::Task<void> one(LinkId id);

    Ask m_ask;
    AuditObserver m_observe;
    std::chrono::milliseconds m_spread;
    std::stop_token m_stop;
    std::shared_ptr<HostQueue> m_hosts;
};

} // namespace sharelock::sharing
