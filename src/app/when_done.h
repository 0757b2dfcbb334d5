// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace sharelock::app {

//! \brief Calls \p fn with the result, on the thread of \p context, unless \p context is gone by then or the
//! future was cancelled.
template <typename R, typename Fn>
void whenDone(const QFuture<R>& future, QObject* context, Fn fn)
{
    auto* watcher = new QFutureWatcher<R>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, fn = std::move(fn)]() mutable {
                         watcher->deleteLater();
                         auto done = watcher->future();
                         if (!done.isCanceled() && done.resultCount() > 0)
                             fn(done.takeResult());
                     });
    watcher->setFuture(future);
}

} // namespace sharelock::app
