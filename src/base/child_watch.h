// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/child_process.h"
#include "base/stop_notice.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>

#include <stop_token>
#include <utility>

namespace sharelock {

//! \brief Waits for the end of a process and gathers what it writes, up to a bound. Make it before the
//! process starts.
class ChildWatch : public QObject
{
    Q_OBJECT
public:
    ChildWatch(QProcess& process, qsizetype maxOutput, std::stop_token stop);

    [[nodiscard]] bool isSettled() const { return m_isSettled; }
    //! \brief Before it is settled: TimedOut, since nobody else would ask then.
    [[nodiscard]] ChildEnd::How how() const { return m_how; }
    [[nodiscard]] QByteArray takeOutput() { return std::exchange(m_output, {}); }

Q_SIGNALS:
    //! \brief Once: it ended, did not start, wrote too much, or a stop was asked for.
    void settled();

private:
    void readOutput();
    void settle(ChildEnd::How how);

    QProcess& m_process;
    qsizetype m_maxOutput;
    StopNotice m_stop;
    QByteArray m_output;
    ChildEnd::How m_how = ChildEnd::How::TimedOut;
    bool m_isSettled = false;
};

} // namespace sharelock
