// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "base/http_client.h"
#include "sharing/link.h"

#include <QCoroTask>

#include <functional>
#include <memory>

namespace sharelock::sharing {

//! \brief Clears opencode's own rows of links that are gone, in the background: opencode would stay stuck on
//! them, since the share server refuses to delete what is not there. Done through opencode's own API, by a
//! private `opencode serve` that takes a stub on loopback for its share server; the real one sees nothing.
//! One server serves all that is waiting. Ends what it runs when it goes. Used from one thread with an event
//! loop.
class Reconciler
{
public:
    //! \brief Called for each link with what came of it.
    using Report = std::function<void(const Link&, const Expected<void>&)>;

    Reconciler(Environment environment, HttpPolicy policy, Report report);
    ~Reconciler();
    Reconciler(const Reconciler&) = delete;
    Reconciler& operator=(const Reconciler&) = delete;

    //! \brief Does nothing where opencode is not installed, or when \p link was tried already.
    void add(const Link& link);
    //! \brief Returns when nothing is waiting or under way.
    [[nodiscard]] QCoro::Task<void> idle();

private:
    class State;
    static QCoro::Task<void> work(std::shared_ptr<State> state);
    static QCoro::Task<Expected<void>> clearWaiting(std::shared_ptr<State> state);

    std::shared_ptr<State> m_state;
};

//! \brief What a private server needs in its environment to use \p shareServer, reached without a proxy.
[[nodiscard]] std::vector<std::pair<QString, QString>> sharingThrough(const QUrl& shareServer,
                                                                      const Environment& environment);

} // namespace sharelock::sharing
