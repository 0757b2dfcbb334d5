// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/key_search.h"

#include "app/progress_relay.h"
#include "app/when_done.h"
#include "base/size_text.h"

#include <algorithm>

namespace sharelock::app {

namespace {

QCoro::Task<Expected<sharing::KeyRecovery>> recover(sharing::ShareManager& manager, QString url,
                                                    sharing::RecoveryObserver observe, std::stop_token stop)
{
    const auto link = manager.findLink(url);
    if (!link)
        co_return tl::unexpected(link.error());
    auto recovery = co_await manager.recoverKey(link->id, std::move(observe), std::move(stop));
    co_return recovery;
}

} // namespace

KeySearch::KeySearch(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

void KeySearch::show(const QString& url)
{
    if (url == m_url)
        return;
    clear();
    m_url = url;
}

void KeySearch::clear()
{
    stop();
    m_url.clear();
    m_state = State::Idle;
    m_text.clear();
    m_request.clear();
    Q_EMIT changed();
}

void KeySearch::stop()
{
    ++m_round;
    if (m_state == State::Searching)
        m_core.cancel(m_stop);
}

void KeySearch::cancel()
{
    if (m_state != State::Searching)
        return;
    stop();
    m_state = State::Idle;
    m_text.clear();
    Q_EMIT changed();
    // What it had begun may have changed the link.
    Q_EMIT ended();
}

void KeySearch::start()
{
    if (m_url.isEmpty() || m_state == State::Searching)
        return;
    m_state = State::Searching;
    m_progress = -1;
    m_text = tr("Searching opencode's files…");
    m_request.clear();
    m_errorText.clear();
    m_errorDetail.clear();
    m_stop = std::stop_source();
    const quint64 round = ++m_round;
    const auto relay = ProgressRelay::make();
    connect(relay.get(), &ProgressRelay::recovering, this,
            [this, round](const sharing::RecoveryProgress& progress) {
                if (round == m_round)
                    onProgress(progress);
            });
    const auto observe = [relay](const sharing::RecoveryProgress& progress) { relay->tell(progress); };
    whenDone(m_core.start(
                 [url = m_url, observe](sharing::ShareManager& manager, std::stop_token stop) {
                     return recover(manager, url, observe, stop);
                 },
                 m_stop),
             this, [this, round](const Expected<sharing::KeyRecovery>& recovery) {
                 if (round == m_round)
                     onDone(recovery);
             });
    Q_EMIT changed();
}

void KeySearch::onProgress(const sharing::RecoveryProgress& progress)
{
    if (m_state != State::Searching)
        return;
    if (progress.tried > 0) {
        m_progress = double(progress.tried) / std::max(1, progress.candidates);
        m_text =
            tr("Asking the server about candidate %1 of %2…").arg(progress.tried).arg(progress.candidates);
    } else {
        m_progress = progress.totalBytes > 0 ? double(progress.bytes) / double(progress.totalBytes) : -1;
        m_text = tr("Searching opencode's files: %1 of %2…")
                     .arg(sizeText(progress.bytes), sizeText(progress.totalBytes));
    }
    Q_EMIT changed();
}

void KeySearch::onDone(const Expected<sharing::KeyRecovery>& recovery)
{
    if (!recovery) {
        m_state = State::Failed;
        m_text.clear();
        m_errorText = caption(recovery.error());
        m_errorDetail = recovery.error().detail;
    } else {
        const bool gone = recovery->link.state == sharing::LinkState::Removed;
        m_state = gone ? State::Idle : recovery->found ? State::Found : State::NotFound;
        if (recovery->fromServer)
            m_text = tr("The server gave the key to who knows the session's ID.");
        else
            m_text = tr("%1 read in %Ln file(s), ", "", int(recovery->files.size()))
                         .arg(sizeText(recovery->bytes)) +
                     tr("%Ln candidate(s) tried.", "", recovery->tried);
        if (!recovery->unreadable.isEmpty())
            m_text +=
                QLatin1Char(' ') + tr("%Ln file(s) could not be read.", "", int(recovery->unreadable.size()));
        if (m_state == State::NotFound)
            m_request = sharing::removalRequest(recovery->link);
    }
    Q_EMIT changed();
    Q_EMIT ended();
}

} // namespace sharelock::app
