// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <stop_token>

namespace sharelock::cli {

//! \brief Turns Ctrl+C and SIGTERM into a stop request; the second one ends the program at once.
//! One per process. Needs a running event loop to act.
class Interrupt : public QObject
{
    Q_OBJECT
public:
    Interrupt();
    ~Interrupt() override;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    void onSignal();

    std::stop_source m_source;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace sharelock::cli
