// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "sharing/share_manager.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <QCoroTask>

#include <functional>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

namespace sharelock::app {

//! \brief What a core thread works with.
struct CoreSetup
{
    sharing::ManagerOptions options;
    std::shared_ptr<void> world; //!< Kept until the manager is gone, and let go on the core thread.
};
//! \brief Makes the setup, on the core thread: it may write files (the sample world does).
using CoreSetupFunction = std::function<Expected<CoreSetup>()>;

class CoreHost;

//! \brief Owns a thread and, in it, one ShareManager: everything slow happens there.
//!
//! Used from the thread that draws. Futures of a core that ended are cancelled, never left pending.
class CoreThread : public QObject
{
    Q_OBJECT
public:
    explicit CoreThread(QObject* parent = nullptr);
    //! \brief Stops what runs and waits for it.
    ~CoreThread() override;

    //! \brief Starts a core; one that runs already is stopped and ends by itself, in the background.
    void run(CoreSetupFunction setup);

    //! \brief Of the present core; empty before started().
    [[nodiscard]] const Environment& environment() const { return m_environment; }

    //! \brief Runs `fn(ShareManager&)` on the core thread. Its result must be copyable.
    template <typename Fn>
    auto call(Fn fn) -> QFuture<std::invoke_result_t<Fn&, sharing::ShareManager&>>
    {
        using R = std::invoke_result_t<Fn&, sharing::ShareManager&>;
        auto promise = startedPromise<R>();
        auto future = promise->future();
        post([promise, fn = std::move(fn)](CoreHost&, sharing::ShareManager& manager) mutable {
            promise->addResult(fn(manager));
            promise->finish();
        });
        return future;
    }

    //! \brief Runs the coroutine `fn(ShareManager&, std::stop_token)` on the core thread.
    //! \p stop ends it through cancel(); the end of the core does too.
    template <typename Fn>
    auto start(Fn fn, std::stop_source stop = {})
        -> QFuture<typename std::invoke_result_t<Fn&, sharing::ShareManager&, std::stop_token>::value_type>
    {
        using R = typename std::invoke_result_t<Fn&, sharing::ShareManager&, std::stop_token>::value_type;
        auto promise = startedPromise<R>();
        auto future = promise->future();
        post([promise, fn = std::move(fn), stop](CoreHost& host, sharing::ShareManager& manager) {
            drive<R, Fn>(promise, fn, &manager, stop.get_token(), registerJob(host, stop));
        });
        return future;
    }

    //! \brief Requests the stop on the core thread, where the callbacks of a stop may touch the network.
    void cancel(std::stop_source stop);

Q_SIGNALS:
    //! \brief The manager is there and answers; again after each run().
    void started();
    //! \brief There is no manager: the setup failed.
    void setupFailed(const sharelock::Error& error);
    void sessionsChanged();
    void linksChanged();
    //! \brief The person's file of rules was written, made or removed.
    void rulesChanged();
    //! \brief Of ShareModes::watch().
    void modesChanged();
    //! \brief Of ShareManager::lookThrough().
    void scanned(const sharelock::sharing::ScanNews& news);

private:
    using Job = std::function<void(CoreHost&, sharing::ShareManager&)>;

    template <typename R>
    static std::shared_ptr<QPromise<R>> startedPromise()
    {
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        return promise;
    }

    //! \brief Keeps functor and promise in its own frame for as long as the coroutine runs.
    template <typename R, typename Fn>
    static QCoro::Task<> drive(std::shared_ptr<QPromise<R>> promise, Fn fn, sharing::ShareManager* manager,
                               std::stop_token stop, [[maybe_unused]] std::shared_ptr<void> running)
    {
        auto task = fn(*manager, stop);
        R result = co_await task;
        promise->addResult(std::move(result));
        promise->finish();
    }

    void post(Job job);
    //! \brief The host does not end before the returned token is gone.
    [[nodiscard]] static std::shared_ptr<void> registerJob(CoreHost& host, const std::stop_source& stop);
    void retire();

    std::unique_ptr<CoreHost> m_host;
    std::vector<std::unique_ptr<CoreHost>> m_retired;
    Environment m_environment;
};

} // namespace sharelock::app
