// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/progress_relay.h"

namespace sharelock::app {

namespace {
constexpr qint64 shortestPauseMs = 33;
}

std::shared_ptr<ProgressRelay> ProgressRelay::make()
{
    return {new ProgressRelay, [](ProgressRelay* relay) { relay->deleteLater(); }};
}

void ProgressRelay::tell(const sharing::PublishProgress& progress)
{
    const bool sameStage = m_stage == progress.stage;
    const bool atEnd = progress.sentBytes >= progress.totalBytes;
    if (sameStage && !atEnd && m_last.isValid() && m_last.elapsed() < shortestPauseMs)
        return;
    m_stage = progress.stage;
    m_last.start();
    Q_EMIT published(static_cast<int>(progress.stage), progress.sentBytes, progress.totalBytes);
}

void ProgressRelay::tell(const sharing::LinkId& link, sharing::TakedownStage stage)
{
    Q_EMIT takedown(link, static_cast<int>(stage));
}

void ProgressRelay::tell(const sharing::RecoveryProgress& progress)
{
    Q_EMIT recovering(progress);
}

void ProgressRelay::tell(const sharing::MessageSearchProgress& progress)
{
    Q_EMIT searching(progress);
}

void ProgressRelay::tellEnded(const sharing::LinkId& link, const Expected<sharing::Link>& result)
{
    Q_EMIT ended(link, result);
}

} // namespace sharelock::app
