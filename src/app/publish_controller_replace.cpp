// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// A snapshot in the place of a live link: two acts with one confirmation.

#include "app/link_jobs.h"
#include "app/link_rows.h"
#include "app/progress_relay.h"
#include "app/publish_controller.h"
#include "app/when_done.h"

namespace sharelock::app {

void PublishController::prepareReplace(const QString& sessionId, const QString& linkName)
{
    if (m_running)
        return;
    m_replaced = linkOfName(linkName);
    prepareAs(Kind::Replace, sessionId);
}

void PublishController::replace()
{
    m_step = 1;
    const auto replace =
        [old = m_replaced, offer = m_prepared.offer, relay = relay(), days = m_removeAfterDays,
         reason = m_keptReason.trimmed()](sharing::ShareManager& manager, std::stop_token stop) {
            const auto observe = [relay](const sharing::PublishProgress& progress) { relay->tell(progress); };
            const auto observeTakedown = [relay](const sharing::LinkId& link, sharing::TakedownStage stage) {
                relay->tell(link, stage);
            };
            return manager.replace(old, decided(*offer, reason, days), observe, observeTakedown, stop);
        };
    whenDone(m_core.start(replace, m_stop), this,
             [this, request = m_request](const Expected<sharing::Replacement>& replacement) {
                 if (request == m_request)
                     onReplaced(replacement);
             });
}

void PublishController::onTakedown(sharing::TakedownStage stage)
{
    m_step = 2;
    m_stage = LinkJobs::stageText(stage);
    m_sent = 0;
    m_totalBytes = 0;
    Q_EMIT progressChanged();
}

void PublishController::onReplaced(const Expected<sharing::Replacement>& replacement)
{
    if (!replacement) {
        onDone(tl::unexpected(replacement.error()));
        return;
    }
    acceptOld(replacement->old);
    onDone(replacement->snapshot);
    Q_EMIT replaced(linkName(m_replaced), m_oldLinkDoubt);
}

void PublishController::acceptOld(const Expected<sharing::Link>& old)
{
    // From the moment that the snapshot is complete the old link has to go, whatever comes.
    const bool isStopped = !old && old.error().code == ErrorCode::Cancelled;
    m_oldLinkDoubt = isStopped
                         ? tr("Its takedown was stopped. Sharelock takes it up again when it starts next.")
                         : doubtText(old);
}

void PublishController::retryTakedown()
{
    if (m_running || m_kind != Kind::Replace || m_oldLinkDoubt.isEmpty())
        return;
    m_stop = std::stop_source();
    m_step = 2;
    m_stage.clear();
    setRunning(true);
    Q_EMIT progressChanged();
    const auto takeDown = [old = m_replaced, relay = relay()](sharing::ShareManager& manager,
                                                              std::stop_token stop) {
        const auto observe = [relay](const sharing::LinkId& link, sharing::TakedownStage stage) {
            relay->tell(link, stage);
        };
        return manager.unshare(old, observe, stop);
    };
    whenDone(m_core.start(takeDown, m_stop), this,
             [this, request = m_request](const Expected<sharing::Link>& old) {
                 if (request != m_request)
                     return;
                 acceptOld(old);
                 Q_EMIT resultChanged();
                 setRunning(false);
                 Q_EMIT finished(true);
                 Q_EMIT replaced(linkName(m_replaced), m_oldLinkDoubt);
             });
}

} // namespace sharelock::app
