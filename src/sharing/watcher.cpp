// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/watcher.h"

#include "base/stop_notice.h"
#include "sharing/due_links.h"

#include <QCoroSignal>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds compareAfter = 150ms;
constexpr std::chrono::milliseconds longestPause = 1h;

QString nameOf(const LinkId& id)
{
    return id.origin.toString(QUrl::FullyEncoded) + QLatin1Char('\n') + id.shareId;
}

//! \brief Content was seen there, not only supposed.
bool answers(LinkState state)
{
    return state == LinkState::Live || state == LinkState::StillServed || state == LinkState::Orphan ||
           state == LinkState::OrphanLost;
}

//! \brief opencode uploads what is said in its session.
bool isSyncing(const Link& link)
{
    return link.kind == LinkKind::Live && link.source == LinkSource::Opencode &&
           link.step == LinkStep::Published && mayBePublic(link.state) && !link.sessionDeleted &&
           !link.unsharedAt;
}

} // namespace

Watcher::Watcher(ShareManager& manager)
    : Watcher(manager, Options())
{
}

Watcher::Watcher(ShareManager& manager, Options options)
    : m_manager(manager)
    , m_options(std::move(options))
    , m_pause(m_options.retryAfter)
    , m_soon(this)
    , m_wake(this)
    , m_audit(this)
{
    for (QTimer* timer : {&m_soon, &m_wake})
        timer->setSingleShot(true);
    m_soon.setInterval(compareAfter);
    m_audit.setInterval(m_options.auditEach);
    connect(&m_soon, &QTimer::timeout, this, &Watcher::compare);
    connect(&m_wake, &QTimer::timeout, this, &Watcher::setAlarm);
    connect(&m_audit, &QTimer::timeout, this, [this] { audit(); });
}

Watcher::~Watcher() = default;

QCoro::Task<void> Watcher::run(std::stop_token stop)
{
    m_stop = stop;
    (void)co_await m_manager.openVault();
    if (!stop.stop_requested()) {
        // Takes in what stands there already, before anything can be news.
        const auto links = m_manager.links();
        for (const Link& link : links.value_or(std::vector<Link>()))
            learn(link);
        m_folders = m_foldersKnown = m_manager.dataFolders().value_or(QStringList());
        start(static_cast<int>(std::count_if(m_known.begin(), m_known.end(),
                                             [](const Known& known) { return mayBePublic(known.state); })));
        StopNotice notice(stop);
        if (!stop.stop_requested())
            co_await qCoro(&notice, &StopNotice::stopped);
    }
    for (QTimer* timer : {&m_soon, &m_wake, &m_audit})
        timer->stop();
    disconnect(&m_manager, nullptr, this, nullptr);
    m_liveScan.reset();
    while (m_jobs > 0)
        co_await qCoro(this, &Watcher::jobEnded);
}

void Watcher::start(int links)
{
    m_liveScan = std::make_unique<LiveScan>(m_manager.environment());
    connect(m_liveScan.get(), &LiveScan::found, this, &Watcher::onSecrets);
    connect(&m_manager, &ShareManager::sessionsChanged, this, [this] {
        m_liveScan->sessionsChanged();
        compareSoon();
    });
    connect(&m_manager, &ShareManager::otherFoldersChanged, this, [this](const QStringList& folders) {
        m_folders = folders;
        m_liveScan->sessionsChanged();
        compareSoon();
    });
    connect(&m_manager, &ShareManager::linksChanged, this, &Watcher::compareSoon);
    m_manager.follow();
    compare();
    m_audit.start();
    Q_EMIT watching(links);
    resumeDue();
    QTimer::singleShot(m_options.auditAfter, this, [this] { audit(); });
}

void Watcher::compareSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void Watcher::compare()
{
    const auto links = m_manager.links();
    if (!links)
        return;
    QSet<QString> fresh;
    std::vector<std::pair<WatchKind, const Link*>> news;
    for (const Link& link : *links) {
        const auto kind = newsOf(link);
        if (!kind)
            continue;
        news.emplace_back(*kind, &link);
        if (*kind == WatchKind::Shared)
            fresh.insert(nameOf(link.id));
    }
    m_known.clear();
    for (const Link& link : *links)
        learn(link);
    m_foldersKnown = m_folders;
    scanLive(*links, fresh);
    schedule(*links);
    for (const auto& [kind, link] : news)
        tell(kind, *link);
}

std::optional<WatchKind> Watcher::newsOf(const Link& link) const
{
    const auto before = m_known.constFind(nameOf(link.id));
    const bool isOfOpencode = link.kind == LinkKind::Live && link.source == LinkSource::Opencode;
    if (before == m_known.constEnd()) {
        const bool isShared = isOfOpencode && link.step == LinkStep::Published && mayBePublic(link.state);
        // What stands in a folder when the person adds it was shared some time.
        if (!isShared || !isFromFollowedFolder(link))
            return std::nullopt;
        return link.sessionDeleted ? WatchKind::Orphaned : WatchKind::Shared;
    }
    if (isOfOpencode && link.step == LinkStep::Published && link.sharedAt > before->sharedAt)
        return WatchKind::Shared;
    const bool isOurs = link.source != LinkSource::Imported && link.state != LinkState::Foreign;
    if (isOurs && link.sessionDeleted && !before->sessionDeleted && mayBePublic(link.state))
        return WatchKind::Orphaned;
    if (before->state == LinkState::Removed && answers(link.state))
        return WatchKind::Returned;
    return std::nullopt;
}

bool Watcher::isFromFollowedFolder(const Link& link) const
{
    const QString inUse = QFileInfo(environment().opencodeDatabase()).absolutePath();
    return link.dataFolder.isEmpty() || link.dataFolder == inUse || m_foldersKnown.contains(link.dataFolder);
}

void Watcher::learn(const Link& link)
{
    m_known.insert(nameOf(link.id), {link.state, link.sessionDeleted, link.sharedAt});
}

void Watcher::scanLive(const std::vector<Link>& links, const QSet<QString>& fresh)
{
    std::vector<LiveSession> sessions;
    for (const Link& link : links) {
        if (isSyncing(link))
            sessions.push_back({link.id, fresh.contains(nameOf(link.id))});
    }
    m_liveScan->setSessions(m_folders, sessions);
}

void Watcher::schedule(const std::vector<Link>& links)
{
    m_due.reset();
    for (const Link& link : links) {
        auto due = dueAt(link);
        // What could not be done is tried again, but not all the time.
        if (due && m_triedAt && *due <= *m_triedAt)
            due = m_retryAt;
        if (due && (!m_due || *due < *m_due))
            m_due = due;
    }
    setAlarm();
}

void Watcher::setAlarm()
{
    m_wake.stop();
    if (!m_due || m_resuming)
        return;
    const Timestamp at = m_options.clock();
    if (*m_due <= at)
        resumeDue();
    else
        m_wake.start(std::min(std::chrono::milliseconds(*m_due - at), m_options.longestSleep));
}

void Watcher::onSecrets(const LinkId& id, int secrets)
{
    const auto links = m_manager.links();
    if (!links)
        return;
    const bool takeDownSecrets = m_options.takeDownSecrets || m_manager.takesDownSecrets().value_or(false);
    for (const Link& link : *links) {
        if (link.id != id || !isSyncing(link))
            continue;
        tell(WatchKind::Secret, link, secrets);
        if (takeDownSecrets)
            unshare(link.id);
    }
}

void Watcher::tell(WatchKind kind, const Link& link, int secrets, const std::optional<Error>& error)
{
    Q_EMIT happened({kind, m_options.clock(), link, secrets, error});
}

QCoro::Task<void> Watcher::resumeDue()
{
    if (m_resuming || m_stop.stop_requested())
        co_return;
    const auto running = job();
    m_resuming = true;
    const Timestamp at = m_options.clock();
    const auto before = m_manager.links();
    const auto resumed = co_await m_manager.resume(m_stop);
    m_resuming = false;
    if (m_stop.stop_requested())
        co_return;
    m_triedAt = at;
    const auto links = m_manager.links();
    if (before && resumed && links)
        tellResumed(*before, *resumed, *links, at);
    const auto isDue = [at](const Link& link) {
        const auto due = dueAt(link);
        return due && *due <= at;
    };
    const bool isLeft = links && std::any_of(links->begin(), links->end(), isDue);
    m_retryAt = m_options.clock() + m_pause;
    m_pause = isLeft ? std::min(2 * m_pause, longestPause) : m_options.retryAfter;
    compare();
    if (resumed && !resumed->empty())
        Q_EMIT m_manager.linksChanged();
}

void Watcher::tellResumed(const std::vector<Link>& before, const std::vector<Link>& resumed,
                          const std::vector<Link>& after, Timestamp at)
{
    QSet<QString> acted;
    for (const Link& link : resumed)
        acted.insert(nameOf(link.id));
    QHash<QString, const Link*> present;
    for (const Link& link : after)
        present.insert(nameOf(link.id), &link);
    for (const Link& old : before) {
        const QString name = nameOf(old.id);
        const Link* const link = present.value(name);
        if (link == nullptr)
            continue;
        if (isOverdue(old, at) && old.step != LinkStep::TakedownDone) {
            tellExpired(*link);
        } else if (acted.contains(name) && m_known.value(name).state == LinkState::Removed) {
            // One that was found to answer has been taken down again meanwhile, with another proof.
            const bool isNewProof = link->removedAt && old.removedAt && *link->removedAt > *old.removedAt;
            if (isNewProof || answers(link->state))
                tell(WatchKind::Returned, *link);
        }
        if (acted.contains(name))
            learn(*link);
    }
}

void Watcher::tellExpired(const Link& link)
{
    const QString name = nameOf(link.id);
    if (link.state == LinkState::Removed) {
        m_late.remove(name);
        tell(WatchKind::Expired, link);
        return;
    }
    // Once, however often it is tried.
    if (m_late.contains(name))
        return;
    m_late.insert(name);
    std::optional<Error> error;
    if (!link.hasKey)
        error = Error{ErrorCode::KeyMissing, link.id.shareId, {}};
    tell(WatchKind::Expired, link, 0, error);
}

QCoro::Task<void> Watcher::audit()
{
    if (m_auditing || m_stop.stop_requested())
        co_return;
    const auto running = job();
    m_auditing = true;
    bool isAny = false;
    const auto observe = [this, &isAny](const LinkId&, const Expected<Link>& link) {
        isAny = true;
        tellAudited(link);
    };
    (void)co_await m_manager.auditDueLinks(observe, m_stop);
    m_auditing = false;
    if (isAny && !m_stop.stop_requested())
        Q_EMIT m_manager.linksChanged();
}

void Watcher::tellAudited(const Expected<Link>& link)
{
    if (!link || m_stop.stop_requested())
        return;
    const auto known = m_known.find(nameOf(link->id));
    if (known == m_known.end())
        return;
    const bool isBack = known->state == LinkState::Removed && answers(link->state);
    known->state = link->state;
    if (!isBack)
        return;
    tell(WatchKind::Returned, *link);
    // The person wanted it gone, and it still has to go.
    if (link->step == LinkStep::TakedownDone)
        unshare(link->id);
}

void Watcher::unshare(const LinkId& id)
{
    if (!m_stop.stop_requested())
        takeDown(id);
}

QCoro::Task<void> Watcher::takeDown(LinkId id)
{
    const QString name = nameOf(id);
    if (m_takingDown.contains(name))
        co_return;
    const auto running = job();
    m_takingDown.insert(name);
    const auto gone = co_await m_manager.unshare(id, TakedownObserver(), m_stop);
    m_takingDown.remove(name);
    if (gone) {
        tell(WatchKind::TakenDown, *gone);
    } else if (gone.error().code != ErrorCode::Cancelled) {
        const auto links = m_manager.links().value_or(std::vector<Link>());
        const auto is = [&](const Link& link) { return link.id == id; };
        const auto found = std::find_if(links.begin(), links.end(), is);
        if (found != links.end())
            tell(WatchKind::TakenDown, *found, 0, gone.error());
    }
    if (!m_stop.stop_requested())
        compare();
    Q_EMIT m_manager.linksChanged();
}

std::shared_ptr<void> Watcher::job()
{
    ++m_jobs;
    return std::shared_ptr<void>(nullptr, [this](void*) {
        --m_jobs;
        // The coroutine's frame is not gone yet.
        QMetaObject::invokeMethod(this, &Watcher::jobEnded, Qt::QueuedConnection);
    });
}

} // namespace sharelock::sharing
