// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <QCoroTask>

#include <chrono>
#include <functional>
#include <stop_token>

namespace sharelock {

//! \brief Turns a stop request, made on any thread, into a signal on this object's own.
//! The signal comes from the event loop, so never inside the call that made or stopped it.
class StopNotice : public QObject
{
    Q_OBJECT
public:
    explicit StopNotice(std::stop_token token);

Q_SIGNALS:
    void stopped();

private:
    // Last, so that it is gone before the rest: its destructor waits for a call under way elsewhere.
    std::stop_callback<std::function<void()>> m_callback;
};

//! \brief Waits for \p duration. \returns false as soon as \p stop is requested, true after the whole time.
[[nodiscard]] QCoro::Task<bool> pauseFor(std::chrono::milliseconds duration, std::stop_token stop);

} // namespace sharelock
