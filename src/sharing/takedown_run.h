// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/probe.h"
#include "sharing/takedown.h"

namespace sharelock::sharing {

//! \brief One run of Takedown over one link: the state that its steps share.
class TakedownRun
{
public:
    struct Parts
    {
        LinkLedger& ledger;
        const KeyVault& vault;
        HttpClient& http;
        const Clock& clock;
    };

    TakedownRun(Parts parts, Link link, TakedownObserver observe, TakedownStop stop);

    //! \brief What the link goes back to when the run comes to nothing; else the step that it was given with.
    void setStepBefore(LinkStep step) { m_stepBefore = step; }

    //! \param spareKey may be empty.
    [[nodiscard]] QCoro::Task<Expected<Link>> go(Secret spareKey);

private:
    //! \brief How one pass of read, blank, delete, probe ended.
    enum class Pass
    {
        Clean,
        StillServed,
        NoAnswer
    };

    [[nodiscard]] Expected<void> request();
    [[nodiscard]] Expected<void> collectKeys(const Secret& spareKey);
    [[nodiscard]] QCoro::Task<Expected<Link>> withoutKey(Error reason);
    //! \param last no pass will follow, whatever it finds.
    [[nodiscard]] QCoro::Task<Expected<Pass>> pass(bool last);
    [[nodiscard]] QCoro::Task<Expected<DataAnswer>> read();
    [[nodiscard]] bool isHopeless(ErrorCode read) const;
    [[nodiscard]] QCoro::Task<Expected<void>> blank(DataAnswer there);
    [[nodiscard]] QCoro::Task<Expected<std::size_t>> sendBlanks(const document::ShareDocument& blanks);
    [[nodiscard]] QCoro::Task<Expected<void>> remove();
    [[nodiscard]] QCoro::Task<Expected<void>> probe(bool last);
    QCoro::Task<void> recreate();
    [[nodiscard]] Expected<void> keepNewKey(const Secret& key);
    [[nodiscard]] Expected<Link> unanswered();
    [[nodiscard]] Expected<Link> cancelled();
    //! \brief recordLink() of this link; m_link is then what was saved.
    [[nodiscard]] Expected<void>
    record(const std::function<void(Link&)>& change,
           const std::function<std::optional<Receipt>(const Link&)>& receipt = {},
           Durability durability = Durability::Soon);
    //! \param asked of the server, and how that ended; empty where nothing was asked.
    void note(const QString& act, const QString& outcome, const QString& detail, const QString& asked = {},
              const Expected<void>& ended = {});
    void tell(TakedownStage stage) const;
    //! \brief Once a link has begun to change, only going on makes sense.
    [[nodiscard]] const std::stop_token& stop() const { return m_touched ? m_stop.all : m_stop.more; }

    Parts m_parts;
    Link m_link;
    LinkStep m_stepBefore;
    const CallNames& m_calls;
    ShareServer m_server;
    TakedownObserver m_observe;
    TakedownStop m_stop;
    std::vector<Secret> m_keys; //!< To be tried in this order; the one that worked comes first.
    QByteArray m_publicBefore;  //!< Digest of what was public when this pass began.
    bool m_wasSilent = false;   //!< The last look before this run found no answer that tells.
    bool m_touched = false;     //!< Something was sent that changes the link.
};

} // namespace sharelock::sharing
