// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/leak_gate.h"
#include "sharing/share_server.h"

#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace sharelock::sharing {

//! \brief Sends items to one link in bodies of at most 1 MB, a few under way at once: a share server merges
//! by key, so their order does not matter. A body that the server finds too large (413) is halved. One object
//! is one upload; it must live until send() has returned.
class Upload
{
public:
    //! \brief Bytes of items sent and in total.
    using Progress = std::function<void(qint64 sent, qint64 total)>;

    static constexpr std::size_t batchBytes = 1'000'000;

    //! \brief The items must outlive this object.
    Upload(ShareServer server, QString shareId, Secret key, std::span<const document::ShareItem> items);

    //! \brief Every body must pass \p gate right before it is sent. The gate must outlive this object.
    void setGate(const redaction::LeakGate* gate) { m_gate = gate; }
    void setProgress(Progress progress) { m_progress = std::move(progress); }

    //! \brief Errors: the first one that any body met; the others are then cancelled. ServerTooLarge only
    //! when a single item is refused. \returns the number of items accepted.
    [[nodiscard]] QCoro::Task<Expected<std::size_t>> send(std::stop_token stop = {});

    //! \brief What the gate has searched so far.
    [[nodiscard]] redaction::GateVerdict verdict() const { return m_verdict; }

private:
    struct Range
    {
        std::size_t first = 0;
        std::size_t count = 0;
    };

    void cutBatches();
    [[nodiscard]] qint64 bytesOf(const Range& range) const;
    [[nodiscard]] QCoro::Task<void> lane(std::size_t number);
    [[nodiscard]] QCoro::Task<Expected<void>> sendRange(Range range, std::size_t number);
    [[nodiscard]] QCoro::Task<Expected<void>> passGate(QByteArray body);
    void halve(const Range& range);
    void stopWith(const Error& error);
    void report();

    ShareServer m_server;
    QString m_shareId;
    Secret m_key;
    std::span<const document::ShareItem> m_items;
    const redaction::LeakGate* m_gate = nullptr;
    Progress m_progress;

    std::deque<Range> m_queue;
    std::vector<qint64> m_underWay; //!< Bytes of the body that each lane is sending.
    qint64 m_done = 0;
    qint64 m_reported = 0;
    qint64 m_total = 0;
    std::size_t m_accepted = 0;
    redaction::GateVerdict m_verdict;
    std::optional<Error> m_error;
    std::stop_source m_stop;
};

} // namespace sharelock::sharing
