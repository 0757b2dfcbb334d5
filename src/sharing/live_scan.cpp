// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/live_scan.h"

#include "base/http_client.h"
#include "redaction/personal_names.h"
#include "sharing/follower.h"
#include "sharing/scan_rules.h"
#include "sharing/session_marks.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

//! \brief A message is written in many small pieces.
constexpr std::chrono::milliseconds shortest = 200ms;
//! \brief However long a look takes, nothing stands unseen for longer.
constexpr std::chrono::milliseconds longest = 1500ms;

} // namespace

//! \brief The part of LiveScan that works.
class LiveScanWorker : public QObject
{
    Q_OBJECT
public:
    explicit LiveScanWorker(Environment environment)
        : m_environment(std::move(environment))
        , m_next(this)
    {
        m_next.setSingleShot(true);
        connect(&m_next, &QTimer::timeout, this, &LiveScanWorker::look);
        m_places.push_back({{}, m_environment.opencodeDatabase(), {}, {}, {}});
    }

    //! \brief Called from any thread.
    void stop() { m_stop.request_stop(); }
    void setSessions(const QStringList& folders, const std::vector<LiveSession>& sessions);
    void lookSoon();

Q_SIGNALS:
    void found(const sharelock::sharing::LinkId& link, int secrets);

private:
    struct Watched
    {
        std::string fingerprint;
        std::unordered_set<std::string> seen; //!< Digests of values.
        bool isKnown = false;                 //!< What is not in `seen` counts.
        bool isAsked = false;                 //!< The cache was asked what was there earlier.
    };
    //! \brief A data folder of opencode's. Two may hold copies of one session that have grown apart since.
    struct Place
    {
        QString folder; //!< Empty: the one in use.
        QString database;
        std::unique_ptr<opencode::SessionStore> store;
        QByteArray file; //!< Which one the store reads.
        QHash<LinkId, Watched> watched;
    };
    //! \brief One whose opencode holds its key in a place, so that it uploads what is written there.
    struct Synced
    {
        LinkId link;
        QString id;
        Watched* watched = nullptr;
    };

    void open();
    void setPlaces(const QStringList& folders);
    [[nodiscard]] bool openStore(Place& place);
    void look();
    void lookInto(Place& place);
    void recall(const Place& place, const std::vector<Synced>& sessions);
    //! \brief Of what the cache keeps for a session of another place; ScanCache::sessions() has the others.
    [[nodiscard]] ContentDigest cacheName(const Place& place, const QString& sessionId) const;
    [[nodiscard]] Expected<void> lookAt(Place& place, const Synced& session);
    void compare(const LinkId& link, const ChoicePlace& place, std::string_view marks, Watched& watched);
    void keep(const Place& place, ScannedSession scanned);

    Environment m_environment;
    std::stop_source m_stop;
    std::vector<Place> m_places; //!< The one in use first.
    std::unique_ptr<LinkLedger> m_ledger;
    std::unique_ptr<ScanCache> m_cache;
    redaction::RedactionPlan m_names;
    bool m_isOpen = false;
    QHash<LinkId, bool> m_sessions; //!< Those to look at; whether all that stands in one is news.
    std::chrono::milliseconds m_took{0};
    QTimer m_next;
};

void LiveScanWorker::setSessions(const QStringList& folders, const std::vector<LiveSession>& sessions)
{
    open();
    setPlaces(folders);
    const auto before = std::exchange(m_sessions, {});
    for (const LiveSession& session : sessions) {
        m_sessions.insert(session.link, session.isNew || before.value(session.link));
        if (!session.isNew)
            continue;
        for (Place& place : m_places)
            place.watched.remove(session.link);
    }
    for (Place& place : m_places) {
        for (auto watched = place.watched.begin(); watched != place.watched.end();)
            watched = m_sessions.contains(watched.key()) ? std::next(watched) : place.watched.erase(watched);
    }
    lookSoon();
}

void LiveScanWorker::setPlaces(const QStringList& folders)
{
    std::vector<Place> places;
    places.push_back(std::move(m_places.front()));
    for (const QString& folder : folders) {
        const auto known = std::find_if(m_places.begin() + 1, m_places.end(),
                                        [&](const Place& place) { return place.folder == folder; });
        const QString database = folder % u"/opencode.db";
        if (known != m_places.end())
            places.push_back(std::move(*known));
        else if (database != places.front().database)
            places.push_back({folder, database, {}, {}, {}});
    }
    m_places = std::move(places);
}

void LiveScanWorker::lookSoon()
{
    if (!m_next.isActive() && !m_sessions.isEmpty())
        m_next.start(std::clamp(2 * m_took, shortest, longest));
}

void LiveScanWorker::open()
{
    if (std::exchange(m_isOpen, true))
        return;
    m_names = redaction::personalNames(m_environment).plan;
    auto opened = LinkLedger::open(m_environment.dataFolder() % u"/ledger.db");
    if (!opened)
        return;
    m_ledger = *std::move(opened);
    if (const auto key = m_ledger->digestKey(scanCachePurpose))
        m_cache = std::make_unique<ScanCache>(m_environment.cacheFolder(), *key,
                                              scanVersion(*key, scanRuleSources(), m_names));
}

bool LiveScanWorker::openStore(Place& place)
{
    // A backup, or what a tool synchronizes, is replaced by another file as a whole.
    const QByteArray file = fileIdentity(place.database);
    if (place.store && place.file == file)
        return true;
    place.store.reset();
    auto opened = opencode::SessionStore::open(place.database);
    if (!opened) {
        if (opened.error().code == ErrorCode::DatabaseLocked)
            m_next.start(longest);
        return false;
    }
    place.store = *std::move(opened);
    place.file = file;
    return true;
}

void LiveScanWorker::look()
{
    QElapsedTimer took;
    took.start();
    for (Place& place : m_places) {
        if (m_stop.stop_requested() || !m_ledger)
            return;
        if (openStore(place))
            lookInto(place);
    }
    m_took = std::chrono::milliseconds(took.elapsed());
}

void LiveScanWorker::lookInto(Place& place)
{
    const auto failed = [&](const Error& error) {
        if (error.code == ErrorCode::SessionNotFound || error.code == ErrorCode::Cancelled)
            return;
        // Nothing may be written any more that would bring us back.
        place.store.reset();
        m_next.start(longest);
    };
    const auto rows = place.store->shares();
    if (!rows)
        return failed(rows.error());
    std::vector<Synced> sessions;
    for (const opencode::ShareRow& row : *rows) {
        const LinkId link{originOf(row.url), row.shareId};
        const auto wanted = m_sessions.constFind(link);
        if (wanted == m_sessions.constEnd())
            continue;
        if (!place.watched.contains(link))
            place.watched[link].isKnown = *wanted;
        sessions.push_back({link, row.sessionId, nullptr});
    }
    // Once all are in it, nothing in it moves any more.
    for (Synced& session : sessions)
        session.watched = &*place.watched.find(session.link);
    recall(place, sessions);
    for (const Synced& session : sessions) {
        if (m_stop.stop_requested())
            return;
        if (const auto looked = lookAt(place, session); !looked)
            failed(looked.error());
        if (!place.store)
            return;
    }
}

void LiveScanWorker::recall(const Place& place, const std::vector<Synced>& sessions)
{
    QHash<QString, Watched*> unknown;
    for (const Synced& session : sessions) {
        if (!session.watched->isKnown && !std::exchange(session.watched->isAsked, true))
            unknown.insert(session.id, session.watched);
    }
    if (unknown.isEmpty() || !m_cache)
        return;
    const auto recalled = [](Watched& watched, std::string_view marks) {
        const auto secrets = DecisionTable().sureSecrets({}, marks);
        watched.seen.insert(secrets.begin(), secrets.end());
        watched.isKnown = true;
    };
    if (place.folder.isEmpty()) {
        for (const ScannedSession& scanned : m_cache->sessions()) {
            const auto watched = unknown.constFind(QString::fromStdString(scanned.id));
            if (watched != unknown.constEnd())
                recalled(**watched, scanned.marks);
        }
        return;
    }
    std::vector<ContentDigest> names;
    for (auto watched = unknown.constBegin(); watched != unknown.constEnd(); ++watched)
        names.push_back(cacheName(place, watched.key()));
    const auto marks = m_cache->texts(names);
    auto watched = unknown.constBegin();
    for (const auto& kept : marks) {
        if (kept)
            recalled(**watched, *kept);
        ++watched;
    }
}

ContentDigest LiveScanWorker::cacheName(const Place& place, const QString& sessionId) const
{
    return m_cache->digestOf(QString(u"live session\n" % place.folder % u'\n' % sessionId).toStdString());
}

Expected<void> LiveScanWorker::lookAt(Place& place, const Synced& session)
{
    // Before the content: what is written in between shows as a difference next time.
    const auto fingerprint = place.store->fingerprint(session.id);
    if (!fingerprint)
        return tl::unexpected(fingerprint.error());
    std::string sight = fingerprint->toStdString();
    Watched& watched = *session.watched;
    if (watched.fingerprint == sight)
        return {};
    const auto summary = place.store->session(session.id);
    if (!summary)
        return tl::unexpected(summary.error());
    const auto scanning =
        redaction::RuleLibrary::instance().scanning(ruleFiles(m_environment, summary->worktree));
    auto document = place.store->document(session.id);
    if (!document)
        return tl::unexpected(document.error());
    // Read again for each, since they may be others by now and few sessions are written at a time.
    auto own = OwnWordTable::read(*m_ledger);
    if (!own)
        return tl::unexpected(own.error());
    const std::string id = session.id.toStdString();
    const auto ownSearch = own->search(*m_ledger, id);
    if (!ownSearch)
        return tl::unexpected(ownSearch.error());
    auto marks = scanForMarks(*std::move(document), scanning,
                              {m_names, m_cache.get(), m_ledger.get(), ownSearch->get()}, m_stop.get_token());
    if (!marks)
        return tl::unexpected(marks.error());
    watched.fingerprint = std::move(sight);
    compare(session.link, choicePlace(*summary), *marks, watched);
    // As BackgroundScan keeps it: whoever lists the sessions takes it from either.
    keep(place, {id, summary->updated, summary->messages,
                 scannedAs(*fingerprint, scannedWith(scanning.version, *own, id)), *std::move(marks)});
    return {};
}

void LiveScanWorker::compare(const LinkId& link, const ChoicePlace& place, std::string_view marks,
                             Watched& watched)
{
    const auto decisions = m_ledger->decisions();
    const DecisionTable table(decisions.value_or(std::vector<LinkLedger::KeptDecision>()));
    int fresh = 0;
    for (std::string& digest : table.sureSecrets(place, marks))
        fresh += watched.seen.insert(std::move(digest)).second ? 1 : 0;
    if (std::exchange(watched.isKnown, true) && fresh > 0)
        Q_EMIT found(link, fresh);
}

void LiveScanWorker::keep(const Place& place, ScannedSession scanned)
{
    if (!m_cache)
        return;
    if (place.folder.isEmpty()) {
        m_cache->save({&scanned, 1});
        return;
    }
    const ScanCache::Text text{cacheName(place, QString::fromStdString(scanned.id)),
                               std::move(scanned.marks)};
    m_cache->saveTexts({&text, 1});
}

LiveScan::LiveScan(const Environment& environment)
    : m_worker(new LiveScanWorker(environment))
{
    m_thread.setObjectName(QStringLiteral("live scan"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &LiveScanWorker::found, this, &LiveScan::found);
    m_thread.start();
}

LiveScan::~LiveScan()
{
    m_worker->stop();
    m_thread.quit();
    m_thread.wait();
}

void LiveScan::setSessions(const QStringList& folders, const std::vector<LiveSession>& sessions)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, folders, sessions] { worker->setSessions(folders, sessions); },
        Qt::QueuedConnection);
}

void LiveScan::sessionsChanged()
{
    QMetaObject::invokeMethod(m_worker, &LiveScanWorker::lookSoon, Qt::QueuedConnection);
}

} // namespace sharelock::sharing

#include "live_scan.moc"
