// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/link_jobs.h"

#include "app/link_rows.h"
#include "app/progress_relay.h"
#include "app/when_done.h"

namespace sharelock::app {

namespace {

constexpr int checksAtOnce = 4;

} // namespace

LinkJobs::LinkJobs(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

LinkJobs::~LinkJobs() = default;

QString LinkJobs::stageText(sharing::TakedownStage stage)
{
    switch (stage) {
    case sharing::TakedownStage::Waiting:
        return tr("Another Sharelock is at it…");
    case sharing::TakedownStage::Reading:
        return tr("Reading…");
    case sharing::TakedownStage::Blanking:
        return tr("Blanking…");
    case sharing::TakedownStage::Deleting:
        return tr("Deleting…");
    case sharing::TakedownStage::Probing:
        return tr("Probing…");
    case sharing::TakedownStage::Recreating:
        return tr("Clearing again…");
    }
    return {};
}

void LinkJobs::add(Kind kind, const std::vector<sharing::LinkId>& links)
{
    if (!isBusy()) {
        m_done = 0;
        m_todo = 0;
    }
    std::vector<sharing::LinkId> added;
    for (const sharing::LinkId& id : links) {
        const QString name = linkName(id);
        if (m_known.contains(name))
            continue;
        m_known.insert(name);
        added.push_back(id);
        ++m_todo;
        Q_EMIT busy(name, tr("Waiting…"));
    }
    if (kind == Kind::Check)
        m_toCheck.insert(m_toCheck.end(), added.begin(), added.end());
    else if (!added.empty())
        unshare(std::move(added));
    pump();
    Q_EMIT countsChanged();
}

void LinkJobs::cancel()
{
    for (const sharing::LinkId& id : std::exchange(m_toCheck, {}))
        drop(id);
    m_core.cancel(std::exchange(m_noMore, std::stop_source()));
    Q_EMIT countsChanged();
}

void LinkJobs::clear()
{
    ++m_round;
    m_toCheck.clear();
    m_known.clear();
    m_noMore = std::stop_source();
    m_checking = 0;
    m_done = 0;
    m_todo = 0;
    Q_EMIT countsChanged();
}

void LinkJobs::pump()
{
    while (m_checking < checksAtOnce && !m_toCheck.empty()) {
        const sharing::LinkId id = m_toCheck.front();
        m_toCheck.pop_front();
        ++m_checking;
        check(id);
    }
}

void LinkJobs::check(const sharing::LinkId& id)
{
    Q_EMIT busy(linkName(id), tr("Checking…"));
    whenDone(m_core.start([id](sharing::ShareManager& manager, std::stop_token stop) {
        return manager.check(id, stop);
    }),
             this, [this, id, round = m_round](const Expected<sharing::Link>& link) {
                 if (round != m_round)
                     return;
                 --m_checking;
                 onDone(Kind::Check, id, link);
                 pump();
             });
}

void LinkJobs::unshare(std::vector<sharing::LinkId> links)
{
    const auto relay = ProgressRelay::make();
    connect(relay.get(), &ProgressRelay::takedown, this,
            [this, round = m_round](const sharing::LinkId& id, int stage) {
                const QString name = linkName(id);
                if (round == m_round && m_known.contains(name))
                    Q_EMIT busy(name, stageText(static_cast<sharing::TakedownStage>(stage)));
            });
    connect(relay.get(), &ProgressRelay::ended, this,
            [this, round = m_round](const sharing::LinkId& id, const Expected<sharing::Link>& link) {
                if (round == m_round)
                    onDone(Kind::Unshare, id, link);
            });
    const auto work = [links, relay, noMore = m_noMore.get_token()](sharing::ShareManager& manager,
                                                                    std::stop_token stop) {
        sharing::BulkObserver observe;
        observe.stage = [relay](const sharing::LinkId& id, sharing::TakedownStage stage) {
            relay->tell(id, stage);
        };
        observe.ended = [relay](const sharing::LinkId& id, const Expected<sharing::Link>& link) {
            relay->tellEnded(id, link);
        };
        return manager.unshareAll(links, observe, sharing::TakedownStop{noMore, stop});
    };
    whenDone(m_core.start(work), this,
             [this, links, round = m_round](const Expected<std::vector<sharing::BulkResult>>& results) {
                 if (round != m_round || results)
                     return;
                 // It came to nothing for all of them: none has been told of.
                 for (const sharing::LinkId& id : links)
                     onDone(Kind::Unshare, id, tl::unexpected(results.error()));
             });
}

void LinkJobs::onDone(Kind kind, const sharing::LinkId& id, const Expected<sharing::Link>& link)
{
    const QString name = linkName(id);
    if (!m_known.contains(name))
        return;
    if (!link && link.error().code == ErrorCode::Cancelled) {
        drop(id);
    } else {
        m_known.remove(name);
        ++m_done;
        Q_EMIT busy(name, {});
        if (link)
            Q_EMIT succeeded(*link, kind);
        else
            Q_EMIT failed(name, kind, link.error());
    }
    Q_EMIT countsChanged();
    if (!isBusy())
        Q_EMIT finished();
}

void LinkJobs::drop(const sharing::LinkId& id)
{
    --m_todo;
    m_known.remove(linkName(id));
    Q_EMIT busy(linkName(id), {});
}

} // namespace sharelock::app
