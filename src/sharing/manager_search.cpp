// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "opencode/text_search.h"
#include "sharing/share_manager_p.h"

#include <QCoroFuture>
#include <QElapsedTimer>
#include <QtConcurrentRun>

#include <utility>

namespace sharelock::sharing {

namespace {

constexpr qint64 newsEachMs = 100; //!< The list is redrawn no more often.

Expected<QStringList> search(const QString& database, const std::vector<SearchedSession>& sessions,
                             const MessageSearchObserver& observe, const std::stop_token& stop)
{
    auto store = opencode::SessionStore::open(database);
    if (!store)
        return tl::unexpected(store.error());
    QStringList found;
    MessageSearchProgress news;
    news.total = static_cast<int>(sessions.size());
    QElapsedTimer sinceNews;
    sinceNews.start();
    // Most sessions are asked for the same words.
    QStringList asked;
    std::optional<opencode::TextWords> words;
    for (const SearchedSession& session : sessions) {
        if (!words || session.words != asked) {
            asked = session.words;
            words.emplace(asked);
        }
        const auto holds = (*store)->mentions(session.id, *words, stop);
        if (!holds && holds.error().code != ErrorCode::SessionNotFound)
            return tl::unexpected(holds.error());
        if (holds && *holds) {
            found.append(session.id);
            news.found.append(session.id);
        }
        ++news.done;
        if (observe && (sinceNews.elapsed() >= newsEachMs || news.done == news.total)) {
            sinceNews.restart();
            observe(std::exchange(news, {{}, news.done, news.total}));
        }
    }
    return found;
}

} // namespace

QCoro::Task<Expected<QStringList>> ShareManager::searchMessages(std::vector<SearchedSession> sessions,
                                                                MessageSearchObserver observe,
                                                                std::stop_token stop)
{
    assertOffGuiThread("ShareManager::searchMessages");
    // Somebody waits for it.
    const auto first = d->goFirst();
    // On a thread of its own: it reads gigabytes, and others wait for this one.
    const QFuture<Expected<QStringList>> searching = QtConcurrent::run(
        [database = d->options.environment.opencodeDatabase(), sessions = std::move(sessions),
         observe = std::move(observe), stop] { return search(database, sessions, observe, stop); });
    co_return co_await searching;
}

} // namespace sharelock::sharing
