// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/stop_notice.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QUrl>

#include <stop_token>

namespace sharelock::opencode {

//! \brief Waits for the line in which `opencode serve` tells its address; before it, requests hang. Make it
//! before the process starts. It goes on emptying the output after that, so that the process never blocks on
//! it.
class ListeningLine : public QObject
{
    Q_OBJECT
public:
    ListeningLine(QProcess& process, std::stop_token stop);

    [[nodiscard]] bool isSettled() const { return m_isSettled; }
    [[nodiscard]] QUrl url() const { return m_url; } //!< Invalid unless the line came.
    [[nodiscard]] QString problem() const;           //!< Why it did not come; holds none of the output.

Q_SIGNALS:
    //! \brief The line came, the process ended or did not start, or a stop was asked for. Once.
    void settled();

private:
    void readOutput();
    void settle();

    QProcess& m_process;
    StopNotice m_stop;
    QByteArray m_output;
    QUrl m_url;
    bool m_isSettled = false;
};

} // namespace sharelock::opencode
