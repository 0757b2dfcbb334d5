// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/listening_line.h"

#include <QRegularExpression>

namespace sharelock::opencode {

namespace {

//! The line is among the first; whoever writes more than this is no opencode.
constexpr qsizetype maxOutput = 64 * 1024;

QUrl announcedUrl(const QByteArray& output)
{
    static const QRegularExpression line(QStringLiteral("listening on (http://127\\.0\\.0\\.1:\\d+)\\s"));
    const auto match = line.match(QString::fromUtf8(output));
    return match.hasMatch() ? QUrl(match.captured(1)) : QUrl();
}

} // namespace

ListeningLine::ListeningLine(QProcess& process, std::stop_token stop)
    : m_process(process)
    , m_stop(std::move(stop))
{
    connect(&process, &QProcess::readyReadStandardOutput, this, &ListeningLine::readOutput);
    connect(&process, &QProcess::errorOccurred, this, &ListeningLine::settle);
    connect(&process, &QProcess::finished, this, &ListeningLine::settle);
    connect(&m_stop, &StopNotice::stopped, this, &ListeningLine::settle);
    // On the process itself, since it outlives this object.
    connect(&process, &QProcess::readyReadStandardOutput, &process,
            [&process] { process.readAllStandardOutput(); });
}

QString ListeningLine::problem() const
{
    if (m_process.state() != QProcess::NotRunning) {
        return QStringLiteral("It did not start to listen in time.");
    }
    if (m_process.error() == QProcess::FailedToStart) {
        return QStringLiteral("It could not be started.");
    }
    return QStringLiteral("It ended with status %1 before it listened.").arg(m_process.exitCode());
}

void ListeningLine::readOutput()
{
    if (m_isSettled) {
        return;
    }
    m_output += m_process.readAllStandardOutput();
    m_url = announcedUrl(m_output);
    if (m_url.isValid() || m_output.size() > maxOutput) {
        settle();
    }
}

void ListeningLine::settle()
{
    if (!m_isSettled) {
        m_isSettled = true;
        Q_EMIT settled();
    }
}

} // namespace sharelock::opencode
