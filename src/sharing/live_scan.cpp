// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/live_scan.h"

#include "redaction/personal_names.h"
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
    }

    //! \brief Called from any thread.
    void stop() { m_stop.request_stop(); }
    void setSessions(const std::vector<LiveSession>& sessions);
    void lookSoon();

Q_SIGNALS:
    void found(const QString& sessionId, int secrets);

private:
    struct Watched
    {
        std::string fingerprint;
        std::unordered_set<std::string> seen; //!< Digests of values.
        bool isKnown = false;                 //!< What is not in `seen` counts.
        bool isAsked = false;                 //!< The cache was asked what was there earlier.
    };

    void open();
    [[nodiscard]] bool openStore();
    void look();
    void lookAt(const QString& id, Watched& watched);
    void compare(const QString& id, const ChoicePlace& place, std::string_view marks, Watched& watched);

    Environment m_environment;
    std::stop_source m_stop;
    std::unique_ptr<opencode::SessionStore> m_store;
    std::unique_ptr<LinkLedger> m_ledger;
    std::unique_ptr<ScanCache> m_cache;
    redaction::RedactionPlan m_names;
    bool m_isOpen = false;
    QHash<QString, Watched> m_watched;
    std::chrono::milliseconds m_took{0};
    QTimer m_next;
};

void LiveScanWorker::setSessions(const std::vector<LiveSession>& sessions)
{
    open();
    QHash<QString, Watched> before = std::exchange(m_watched, {});
    bool isAnyUnknown = false;
    for (const LiveSession& session : sessions) {
        Watched watched = before.take(session.id);
        if (session.isNew) {
            watched = {};
            watched.isKnown = true;
        }
        isAnyUnknown = isAnyUnknown || !(watched.isKnown || watched.isAsked);
        watched.isAsked = true;
        m_watched[session.id] = std::move(watched);
    }
    if (isAnyUnknown && m_cache) {
        for (const ScannedSession& scanned : m_cache->sessions()) {
            const auto watched = m_watched.find(QString::fromStdString(scanned.id));
            if (watched == m_watched.end() || watched->isKnown)
                continue;
            const auto secrets = DecisionTable().sureSecrets({}, scanned.marks);
            watched->seen.insert(secrets.begin(), secrets.end());
            watched->isKnown = true;
        }
    }
    if (!m_watched.isEmpty())
        lookSoon();
}

void LiveScanWorker::lookSoon()
{
    if (!m_next.isActive() && !m_watched.isEmpty())
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

bool LiveScanWorker::openStore()
{
    if (m_store)
        return true;
    auto opened = opencode::SessionStore::open(m_environment.opencodeDatabase());
    if (opened)
        m_store = *std::move(opened);
    return m_store != nullptr;
}

void LiveScanWorker::look()
{
    QElapsedTimer took;
    took.start();
    for (auto watched = m_watched.begin(); watched != m_watched.end(); ++watched) {
        if (m_stop.stop_requested() || !m_ledger || !openStore())
            return;
        lookAt(watched.key(), watched.value());
    }
    m_took = std::chrono::milliseconds(took.elapsed());
}

void LiveScanWorker::lookAt(const QString& id, Watched& watched)
{
    const auto failed = [this](const Error& error) {
        if (error.code == ErrorCode::SessionNotFound || error.code == ErrorCode::Cancelled)
            return;
        // Nothing may be written any more that would bring us back.
        m_store.reset();
        m_next.start(longest);
    };
    // Before the content: what is written in between shows as a difference next time.
    const auto fingerprint = m_store->fingerprint(id);
    if (!fingerprint)
        return failed(fingerprint.error());
    std::string sight = fingerprint->toStdString();
    if (watched.fingerprint == sight)
        return;
    const auto session = m_store->session(id);
    if (!session)
        return failed(session.error());
    const auto scanning =
        redaction::RuleLibrary::instance().scanning(ruleFiles(m_environment, session->worktree));
    auto document = m_store->document(id);
    if (!document)
        return failed(document.error());
    auto marks = scanForMarks(*std::move(document), scanning, {m_names, m_cache.get(), m_ledger.get()},
                              m_stop.get_token());
    if (!marks)
        return failed(marks.error());
    watched.fingerprint = std::move(sight);
    compare(id, choicePlace(*session), *marks, watched);
    if (m_cache) {
        const ScannedSession scanned{id.toStdString(), session->updated, session->messages,
                                     watched.fingerprint + scanning.version, *std::move(marks)};
        m_cache->save({&scanned, 1});
    }
}

void LiveScanWorker::compare(const QString& id, const ChoicePlace& place, std::string_view marks,
                             Watched& watched)
{
    const auto decisions = m_ledger->decisions();
    const DecisionTable table(decisions.value_or(std::vector<LinkLedger::KeptDecision>()));
    int fresh = 0;
    for (std::string& digest : table.sureSecrets(place, marks))
        fresh += watched.seen.insert(std::move(digest)).second ? 1 : 0;
    if (std::exchange(watched.isKnown, true) && fresh > 0)
        Q_EMIT found(id, fresh);
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

void LiveScan::setSessions(const std::vector<LiveSession>& sessions)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, sessions] { worker->setSessions(sessions); }, Qt::QueuedConnection);
}

void LiveScan::sessionsChanged()
{
    QMetaObject::invokeMethod(m_worker, &LiveScanWorker::lookSoon, Qt::QueuedConnection);
}

} // namespace sharelock::sharing

#include "live_scan.moc"
