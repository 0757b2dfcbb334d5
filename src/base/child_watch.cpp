// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/child_watch.h"

namespace sharelock {

ChildWatch::ChildWatch(QProcess& process, qsizetype maxOutput, std::stop_token stop)
    : m_process(process)
    , m_maxOutput(maxOutput)
    , m_stop(std::move(stop))
{
    using How = ChildEnd::How;
    connect(&process, &QProcess::readyReadStandardOutput, this, &ChildWatch::readOutput);
    connect(&process, &QProcess::finished, this, [this](int, QProcess::ExitStatus status) {
        readOutput();
        settle(status == QProcess::NormalExit ? How::Ended : How::NotStarted);
    });
    connect(&process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            settle(How::NotStarted);
        }
    });
    connect(&m_stop, &StopNotice::stopped, this, [this] { settle(How::Stopped); });
}

void ChildWatch::readOutput()
{
    m_output += m_process.readAllStandardOutput();
    if (m_output.size() > m_maxOutput) {
        m_output.clear();
        settle(ChildEnd::How::TooMuch);
    }
}

void ChildWatch::settle(ChildEnd::How how)
{
    if (!m_isSettled) {
        m_isSettled = true;
        m_how = how;
        Q_EMIT settled();
    }
}

} // namespace sharelock
