// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/link_jobs.h"

#include "app/link_rows.h"
#include "app/progress_relay.h"
#include "app/when_done.h"

namespace sharelock::app {

namespace {

constexpr int atOnce = 4;

QString stageText(sharing::TakedownStage stage)
{
    switch (stage) {
    case sharing::TakedownStage::Reading:
        return LinkJobs::tr("Reading…");
    case sharing::TakedownStage::Blanking:
        return LinkJobs::tr("Blanking…");
    case sharing::TakedownStage::Deleting:
        return LinkJobs::tr("Deleting…");
    case sharing::TakedownStage::Probing:
        return LinkJobs::tr("Probing…");
    case sharing::TakedownStage::Recreating:
        return LinkJobs::tr("Clearing again…");
    }
    return {};
}

} // namespace

LinkJobs::LinkJobs(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

LinkJobs::~LinkJobs() = default;

void LinkJobs::add(Kind kind, const std::vector<sharing::LinkId>& links)
{
    if (!isBusy()) {
        m_done = 0;
        m_todo = 0;
    }
    for (const sharing::LinkId& id : links) {
        const QString name = linkName(id);
        if (m_known.contains(name))
            continue;
        m_known.insert(name);
        m_queue.push_back({kind, id});
        ++m_todo;
        Q_EMIT busy(name, tr("Waiting…"));
    }
    pump();
    Q_EMIT countsChanged();
}

void LinkJobs::cancel()
{
    const auto dropped = std::exchange(m_queue, {});
    m_todo -= static_cast<int>(dropped.size());
    for (const Item& item : dropped) {
        m_known.remove(linkName(item.id));
        Q_EMIT busy(linkName(item.id), {});
    }
    Q_EMIT countsChanged();
}

void LinkJobs::clear()
{
    ++m_round;
    m_queue.clear();
    m_known.clear();
    m_running = 0;
    m_done = 0;
    m_todo = 0;
    Q_EMIT countsChanged();
}

void LinkJobs::pump()
{
    while (m_running < atOnce && !m_queue.empty()) {
        const Item item = m_queue.front();
        m_queue.pop_front();
        ++m_running;
        run(item);
    }
}

void LinkJobs::run(const Item& item)
{
    const QString name = linkName(item.id);
    const auto done = [this, item, round = m_round](const Expected<sharing::Link>& link) {
        if (round == m_round)
            onDone(item, link);
    };
    if (item.kind == Kind::Check) {
        Q_EMIT busy(name, tr("Checking…"));
        whenDone(m_core.start([id = item.id](sharing::ShareManager& manager, std::stop_token stop) {
            return manager.check(id, stop);
        }),
                 this, done);
        return;
    }
    const auto relay = ProgressRelay::make();
    connect(relay.get(), &ProgressRelay::takedown, this, [this, name, round = m_round](int stage) {
        if (round == m_round && m_known.contains(name))
            Q_EMIT busy(name, stageText(static_cast<sharing::TakedownStage>(stage)));
    });
    whenDone(m_core.start([id = item.id, relay](sharing::ShareManager& manager, std::stop_token stop) {
        const auto observe = [relay](const sharing::LinkId&, sharing::TakedownStage stage) {
            relay->tell(stage);
        };
        return manager.unshare(id, observe, stop);
    }),
             this, done);
}

void LinkJobs::onDone(const Item& item, const Expected<sharing::Link>& link)
{
    const QString name = linkName(item.id);
    --m_running;
    ++m_done;
    m_known.remove(name);
    Q_EMIT busy(name, {});
    if (link)
        Q_EMIT succeeded(*link, item.kind);
    else
        Q_EMIT failed(name, item.kind, link.error());
    pump();
    Q_EMIT countsChanged();
    if (!isBusy())
        Q_EMIT finished();
}

} // namespace sharelock::app
