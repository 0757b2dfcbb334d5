// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/message_search.h"

#include "app/progress_relay.h"
#include "app/search_words.h"
#include "app/when_done.h"

#include <algorithm>
#include <utility>

namespace sharelock::app {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pauseBefore = 200ms;

//! \brief A single letter stands everywhere; a single sign of another script may be a word.
bool isTelling(const QStringList& words)
{
    return std::any_of(words.begin(), words.end(),
                       [](const QString& word) { return word.size() > 1 || word.front().unicode() > 0x7f; });
}

} // namespace

MessageSearch::MessageSearch(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBefore);
    connect(&m_pause, &QTimer::timeout, this, &MessageSearch::begin);
}

MessageSearch::~MessageSearch()
{
    m_core.cancel(m_stop);
}

void MessageSearch::cancel()
{
    ++m_request;
    m_core.cancel(std::exchange(m_stop, std::stop_source(std::nostopstate)));
    m_pause.stop();
    m_isRunning = false;
}

void MessageSearch::find(const QStringList& words, SessionRowsPtr rows)
{
    cancel();
    m_words = words;
    m_rows = std::move(rows);
    m_seen.clear();
    m_done = 0;
    m_total = 0;
    m_problem.clear();
    if (isTelling(m_words))
        m_pause.start();
    if (!std::exchange(m_found, {}).isEmpty())
        Q_EMIT foundChanged();
    Q_EMIT progressChanged();
}

void MessageSearch::follow(SessionRowsPtr rows)
{
    m_rows = std::move(rows);
    if (!isBusy() && isTelling(m_words))
        begin();
}

void MessageSearch::begin()
{
    std::vector<sharing::SearchedSession> sessions;
    for (const SessionRow& row : m_rows->rows) {
        const auto seen = m_seen.find(row.id);
        if (seen != m_seen.end() && *seen == row.updated)
            continue;
        m_seen.insert(row.id, row.updated);
        QStringList missing;
        std::copy_if(m_words.begin(), m_words.end(), std::back_inserter(missing),
                     [&row](const QString& word) { return !row.key.contains(word); });
        // Those whose title and project hold all words are in the list already.
        if (!missing.isEmpty())
            sessions.push_back({row.id, std::move(missing)});
    }
    if (sessions.empty()) {
        Q_EMIT progressChanged();
        return;
    }
    m_isRunning = true;
    m_problem.clear();
    m_done = 0;
    m_total = static_cast<int>(sessions.size());
    m_stop = std::stop_source();
    const auto relay = ProgressRelay::make();
    connect(relay.get(), &ProgressRelay::searching, this,
            [this, request = m_request](const sharing::MessageSearchProgress& progress) {
                if (request == m_request && m_isRunning)
                    onProgress(progress);
            });
    const auto search = [sessions, relay](sharing::ShareManager& manager, std::stop_token stop) {
        const auto observe = [relay](const sharing::MessageSearchProgress& progress) {
            relay->tell(progress);
        };
        return manager.searchMessages(sessions, observe, std::move(stop));
    };
    whenDone(m_core.start(search, m_stop), this,
             [this, sessions, request = m_request](const Expected<QStringList>& found) {
                 if (request == m_request)
                     onDone(sessions, found);
             });
    Q_EMIT progressChanged();
}

void MessageSearch::onProgress(const sharing::MessageSearchProgress& progress)
{
    m_done = progress.done;
    const qsizetype before = m_found.size();
    for (const QString& id : progress.found)
        m_found.insert(id);
    if (m_found.size() != before)
        Q_EMIT foundChanged();
    Q_EMIT progressChanged();
}

void MessageSearch::onDone(const std::vector<sharing::SearchedSession>& sessions,
                           const Expected<QStringList>& found)
{
    m_isRunning = false;
    if (found) {
        // What was found in a session that changed may not stand there any more.
        const QSet<QString> present(found->begin(), found->end());
        const QSet<QString> before = m_found;
        for (const sharing::SearchedSession& session : sessions) {
            if (present.contains(session.id))
                m_found.insert(session.id);
            else
                m_found.remove(session.id);
        }
        m_done = m_total;
        if (m_found != before)
            Q_EMIT foundChanged();
        begin(); // What changed meanwhile.
        return;
    }
    // The next look at the list tries again.
    for (const sharing::SearchedSession& session : sessions)
        m_seen.remove(session.id);
    m_problem = caption(found.error());
    Q_EMIT progressChanged();
}

} // namespace sharelock::app
