// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/watch_post.h"

#include "sharing/watch_notices.h"

namespace sharelock::app {

namespace {

QCoro::Task<bool> watch(sharing::ShareManager* manager, std::shared_ptr<WatchRelay> relay, bool notifies,
                        std::stop_token stop)
{
    sharing::Watcher watcher(*manager);
    sharing::WatchNotices notices(watcher, [relay] { return relay->isAttended.load(); });
    QObject::connect(&notices, &sharing::WatchNotices::opened, relay.get(), &WatchRelay::opened);
    if (notifies)
        (void)co_await notices.begin();
    co_await watcher.run(stop);
    co_return true;
}

} // namespace

std::shared_ptr<WatchRelay> WatchRelay::make()
{
    return {new WatchRelay, [](WatchRelay* relay) { relay->deleteLater(); }};
}

WatchPost::WatchPost(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_relay(WatchRelay::make())
{
    connect(m_relay.get(), &WatchRelay::opened, this, &WatchPost::openRequested);
}

void WatchPost::begin(bool notifies)
{
    const auto run = [relay = m_relay, notifies](sharing::ShareManager& manager, std::stop_token stop) {
        return watch(&manager, relay, notifies, std::move(stop));
    };
    m_core.start(run);
}

void WatchPost::setAttended(bool on)
{
    m_relay->isAttended = on;
}

} // namespace sharelock::app
