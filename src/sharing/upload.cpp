// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/upload.h"

#include <QCoroFuture>
#include <QtConcurrentRun>

#include <algorithm>

namespace sharelock::sharing {

namespace {

constexpr std::size_t laneCount = 4;

// What an item costs in a body beside its data: {"type":"","data":}, and a comma.
std::size_t bytesInBody(const document::ShareItem& item)
{
    return item.data.size() + item.typeName.size() + 20;
}

// {"secret":"","data":[]} and the key.
constexpr std::size_t envelopeBytes = 128;

} // namespace

Upload::Upload(ShareServer server, QString shareId, Secret key, std::span<const document::ShareItem> items)
    : m_server(std::move(server))
    , m_shareId(std::move(shareId))
    , m_key(std::move(key))
    , m_items(items)
{
}

QCoro::Task<Expected<std::size_t>> Upload::send(std::stop_token stop)
{
    cutBatches();
    m_underWay.assign(std::min(laneCount, m_queue.size()), 0);
    report();

    // The first failure stops the other bodies too, so they listen to a source of our own.
    const std::stop_callback forward(stop, [this] { m_stop.request_stop(); });
    std::vector<QCoro::Task<void>> lanes;
    lanes.reserve(m_underWay.size());
    for (std::size_t number = 0; number < m_underWay.size(); ++number)
        lanes.push_back(lane(number));
    for (QCoro::Task<void>& running : lanes)
        co_await running;

    if (m_error)
        co_return tl::unexpected(*m_error);
    if (stop.stop_requested())
        co_return fail(ErrorCode::Cancelled);
    co_return m_accepted;
}

void Upload::cutBatches()
{
    Range range;
    std::size_t bytes = envelopeBytes;
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        const std::size_t more = bytesInBody(m_items[index]);
        const bool isFull = bytes + more > batchBytes || range.count == m_server.mostItems();
        if (range.count > 0 && isFull) {
            m_queue.push_back(range);
            range = {index, 0};
            bytes = envelopeBytes;
        }
        ++range.count;
        bytes += more;
        m_total += qint64(more);
    }
    if (range.count > 0)
        m_queue.push_back(range);
}

qint64 Upload::bytesOf(const Range& range) const
{
    qint64 bytes = 0;
    for (std::size_t index = range.first; index < range.first + range.count; ++index)
        bytes += qint64(bytesInBody(m_items[index]));
    return bytes;
}

QCoro::Task<void> Upload::lane(std::size_t number)
{
    while (!m_error && !m_queue.empty() && !m_stop.stop_requested()) {
        const Range range = m_queue.front();
        m_queue.pop_front();
        const auto sent = co_await sendRange(range, number);
        m_underWay[number] = 0;
        if (sent) {
            m_done += bytesOf(range);
            m_accepted += range.count;
            report();
        } else if (sent.error().code == ErrorCode::ServerTooLarge && range.count > 1) {
            halve(range);
        } else {
            stopWith(sent.error());
        }
    }
}

QCoro::Task<Expected<void>> Upload::sendRange(Range range, std::size_t number)
{
    const QByteArray body = m_server.body(m_key, m_items.subspan(range.first, range.count));
    if (m_gate != nullptr) {
        const auto passed = co_await passGate(body);
        if (!passed)
            co_return tl::unexpected(passed.error());
    }
    const qint64 bytes = bytesOf(range);
    std::function<void(qint64, qint64)> onProgress = [this, number, bytes](qint64 sent, qint64 total) {
        // A body is larger than its items by its envelope, and a retry starts again from nothing.
        m_underWay[number] = total > 0 ? std::clamp<qint64>(bytes * sent / total, 0, bytes) : 0;
        report();
    };
    const std::stop_token stop = m_stop.get_token();
    auto sent = co_await m_server.sync(m_shareId, body, std::move(onProgress), stop);
    co_return sent;
}

QCoro::Task<Expected<void>> Upload::passGate(QByteArray body)
{
    // On a thread of its own, so that bodies already checked go out meanwhile.
    const QFuture<Expected<redaction::GateVerdict>> searching = QtConcurrent::run([gate = m_gate, body] {
        return gate->check(std::string_view(body.constData(), std::size_t(body.size())));
    });
    const auto verdict = co_await searching;
    if (!verdict)
        co_return tl::unexpected(verdict.error());
    m_verdict.hiddenValues = verdict->hiddenValues;
    m_verdict.bytesSearched += verdict->bytesSearched;
    co_return Expected<void>{};
}

void Upload::halve(const Range& range)
{
    const std::size_t half = range.count / 2;
    m_queue.push_front({range.first + half, range.count - half});
    m_queue.push_front({range.first, half});
}

void Upload::stopWith(const Error& error)
{
    if (!m_error)
        m_error = error;
    m_stop.request_stop();
}

void Upload::report()
{
    qint64 sent = m_done;
    for (const qint64 bytes : m_underWay)
        sent += bytes;
    m_reported = std::max(m_reported, sent);
    if (m_progress)
        m_progress(m_reported, m_total);
}

} // namespace sharelock::sharing
