// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/stop_notice.h"

#include <QCoroSignal>

#include <utility>

namespace sharelock {

StopNotice::StopNotice(std::stop_token token)
    : m_callback(std::move(token),
                 [this] { QMetaObject::invokeMethod(this, "stopped", Qt::QueuedConnection); })
{
}

QCoro::Task<bool> pauseFor(std::chrono::milliseconds duration, std::stop_token stop)
{
    StopNotice notice(std::move(stop));
    const auto stopped = co_await qCoro(&notice, &StopNotice::stopped, duration);
    co_return !stopped.has_value();
}

} // namespace sharelock
