// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/background_scan_worker.h"

#include "redaction/personal_names.h"
#include "sharing/follower.h"
#include "sharing/scan_rules.h"
#include "sharing/session_marks.h"

#include <algorithm>
#include <utility>

#ifdef Q_OS_LINUX
#include <malloc.h>
#include <sys/resource.h>
#endif

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds slice = 30ms;
constexpr std::chrono::milliseconds pause = 50ms;     //!< Before looking whether the person still waits.
constexpr std::chrono::milliseconds newsEach = 250ms; //!< The list is redrawn no more often.
//! \brief A conversation that never rests is looked at all the same.
constexpr std::chrono::milliseconds longestUnrest = 10s;
//! \brief opencode changes parts without touching their session; such a session is among the newest.
constexpr int newestVerified = 20;
constexpr std::size_t keptTogether = 500;
//! \brief A session from that size on leaves memory behind that is worth giving back.
constexpr std::size_t largeSession = 4 * 1024 * 1024;

void beLowPriority()
{
#ifdef Q_OS_LINUX
    // Of this thread only: Linux gives each its own. The idle class would starve on a busy machine, holding
    // locks that others wait for.
    setpriority(PRIO_PROCESS, 0, 10);
#endif
}

void giveMemoryBack()
{
#ifdef Q_OS_LINUX
    malloc_trim(0);
#endif
}

} // namespace

BackgroundScanWorker::BackgroundScanWorker(Environment environment, std::shared_ptr<Precedence> precedence,
                                           BackgroundScan::Pace pace)
    : m_environment(std::move(environment))
    , m_precedence(std::move(precedence))
    , m_pace(pace)
    , m_next(this)
    , m_quiet(this)
{
    m_next.setSingleShot(true);
    m_quiet.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &BackgroundScanWorker::work);
    connect(&m_quiet, &QTimer::timeout, this, &BackgroundScanWorker::look);
}

BackgroundScanWorker::~BackgroundScanWorker() = default;

void BackgroundScanWorker::stop()
{
    m_isStopped = true;
    m_precedence->close();
}

void BackgroundScanWorker::begin()
{
    beLowPriority();
    m_sinceNews.start();
    m_names = redaction::personalNames(m_environment).plan;
    openCache();
    readChoices();
    m_rules = std::make_unique<RuleWatch>(m_environment);
    connect(m_rules.get(), &RuleWatch::changed, this, &BackgroundScanWorker::look);
    m_stamp.clear();
    look();
    // Only what was known is told now; the rest has time.
    if (m_next.isActive())
        m_next.start(m_pace.before);
}

void BackgroundScanWorker::openCache()
{
    auto opened = LinkLedger::open(m_environment.dataFolder() % u"/ledger.db");
    if (!opened)
        return; // Without decisions and cache, then: every run looks anew.
    m_ledger = std::move(*opened);
    const auto key = m_ledger->digestKey(scanCachePurpose);
    if (!key)
        return;
    m_cache = std::make_unique<ScanCache>(m_environment.cacheFolder(), *key,
                                          scanVersion(*key, scanRuleSources(), m_names));
    for (ScannedSession& session : m_cache->sessions()) {
        std::string id = session.id;
        m_known.insert_or_assign(std::move(id), Known{std::move(session), {}, {}});
    }
}

void BackgroundScanWorker::readChoices()
{
    if (!m_ledger)
        return;
    if (const auto decisions = m_ledger->decisions())
        m_decisions = DecisionTable(*decisions);
    if (auto own = OwnWordTable::read(*m_ledger))
        m_own = *std::move(own);
}

bool BackgroundScanWorker::openStore()
{
    if (m_store)
        return true;
    auto opened = opencode::SessionStore::open(m_environment.opencodeDatabase());
    if (opened)
        m_store = std::move(*opened);
    return m_store != nullptr;
}

void BackgroundScanWorker::sessionsChanged()
{
    if (!m_sinceChange.isValid())
        m_sinceChange.start();
    if (m_sinceChange.elapsed() < longestUnrest.count())
        m_quiet.start(m_pace.quiet);
}

void BackgroundScanWorker::choicesChanged()
{
    const OwnWordTable before = m_own;
    readChoices();
    const bool wordsDiffer = before.version() != m_own.version();
    for (auto& [id, known] : m_known) {
        if (wordsDiffer && before.version(id) != m_own.version(id))
            m_doubtful.insert(id);
        const SessionFindings findings = m_decisions.count(known.place, known.scanned.marks);
        if (findings == known.findings)
            continue;
        known.findings = findings;
        tell(id, findings);
    }
    speak(true);
    if (wordsDiffer)
        look();
}

void BackgroundScanWorker::look()
{
    m_sinceChange.invalidate();
    if (m_isStopped || !openStore())
        return;
    // From before the list is read: what changes meanwhile shows as another stamp next time.
    const bool isFirst = m_stamp.empty();
    m_stamp = fileStamp(m_environment.opencodeDatabase()).toStdString();
    const auto sessions = m_store->sessions();
    if (!sessions) {
        m_store.reset();
        return;
    }
    lookAtRules(*sessions);
    const bool isSwept = m_cache && isFirst && m_cache->sweptStamp() == sight();
    m_isFullLook = isFirst && !isSwept;
    plan(*sessions, m_isFullLook);
    if (isFirst) {
        for (auto& [id, known] : m_known) {
            known.findings = m_decisions.count(known.place, known.scanned.marks);
            tell(id, known.findings);
        }
    }
    speak(true);
    if (m_tasks.empty())
        rest();
    else
        m_next.start(0ms);
}

void BackgroundScanWorker::lookAtRules(const std::vector<opencode::SessionSummary>& sessions)
{
    QSet<QString> worktrees;
    for (const opencode::SessionSummary& session : sessions)
        worktrees.insert(session.worktree);
    const QSet<QString> differing = m_rules->look(worktrees);
    for (const opencode::SessionSummary& session : sessions) {
        if (differing.contains(session.worktree))
            m_doubtful.insert(session.id.toStdString());
    }
}

std::string BackgroundScanWorker::sight() const
{
    return m_stamp + m_rules->version().toStdString() + m_own.version();
}

void BackgroundScanWorker::plan(const std::vector<opencode::SessionSummary>& sessions, bool verifyAll)
{
    std::unordered_map<std::string, Known> present;
    std::deque<Task> verified;
    m_tasks.clear();
    m_total = static_cast<int>(sessions.size());
    int place = 0;
    for (const opencode::SessionSummary& session : sessions) {
        std::string id = session.id.toStdString();
        Task task{id, session.updated, session.messages, choicePlace(session), session.worktree};
        const auto known = m_known.find(id);
        if (verifyAll)
            m_doubtful.insert(id);
        const bool isVerified = place++ < newestVerified || m_doubtful.contains(id);
        if (known == m_known.end()) {
            m_tasks.push_back(std::move(task));
            continue;
        }
        known->second.place = task.place;
        const ScannedSession& scanned = known->second.scanned;
        if (scanned.updated != session.updated || scanned.messages != session.messages)
            m_tasks.push_back(std::move(task));
        else if (isVerified)
            verified.push_back(std::move(task));
        present.insert(m_known.extract(known));
    }
    std::vector<std::string> gone;
    for (const auto& [id, known] : m_known) {
        gone.push_back(id);
        m_doubtful.erase(id);
    }
    if (m_cache && !gone.empty())
        m_cache->forget(gone);
    m_known = std::move(present);
    // What is not known at all comes before what is probably known well.
    std::move(verified.begin(), verified.end(), std::back_inserter(m_tasks));
}

void BackgroundScanWorker::work()
{
    if (m_precedence->isTaken()) {
        m_next.start(pause);
        return;
    }
    QElapsedTimer worked;
    worked.start();
    while (!m_tasks.empty() && !m_isStopped && worked.elapsed() < slice.count()) {
        const Outcome outcome = scan(m_tasks.front());
        if (outcome == Outcome::Interrupted)
            break;
        if (m_store)
            m_doubtful.erase(m_tasks.front().id);
        m_tasks.pop_front();
        if (outcome == Outcome::Failed && !m_store) {
            m_tasks.clear(); // Until opencode.db is written again.
            break;
        }
    }
    if (m_isStopped) {
        keep();
        return;
    }
    if (m_unkept.size() >= keptTogether)
        keep();
    speak(m_tasks.empty());
    if (m_tasks.empty())
        rest();
    else
        m_next.start(0ms);
}

BackgroundScanWorker::Outcome BackgroundScanWorker::scan(const Task& task)
{
    if (!openStore())
        return Outcome::Failed;
    const QString id = QString::fromStdString(task.id);
    const auto failed = [this](const Error& error) {
        if (error.code == ErrorCode::Cancelled)
            return Outcome::Interrupted;
        const bool isOfSession =
            error.code == ErrorCode::SessionNotFound || error.code == ErrorCode::InvalidJson;
        if (!isOfSession && error.code != ErrorCode::LedgerUnreadable)
            m_store.reset();
        return Outcome::Failed;
    };
    // Read before the content: what changes in between makes the next look see a difference.
    const auto fingerprint = m_store->fingerprint(id);
    if (!fingerprint)
        return failed(fingerprint.error());
    const auto scanning =
        redaction::RuleLibrary::instance().scanning(ruleFiles(m_environment, task.worktree));
    // Other rules and words find other things, whatever the session says.
    ScannedSession session{task.id,
                           task.updated,
                           task.messages,
                           scannedAs(*fingerprint, scannedWith(scanning.version, m_own, task.id)),
                           {}};
    const auto known = m_known.find(task.id);
    if (known != m_known.end() && known->second.scanned.fingerprint == session.fingerprint) {
        ScannedSession& scanned = known->second.scanned;
        if (scanned.updated != task.updated || scanned.messages != task.messages) {
            session.marks = scanned.marks;
            accept(std::move(session), task.place);
        }
        return Outcome::Done;
    }
    auto document = m_store->document(id);
    if (!document)
        return failed(document.error());
    const std::size_t bytes = document->byteCount();
    std::shared_ptr<const redaction::OwnSearch> own;
    if (m_ledger) {
        auto search = m_own.search(*m_ledger, task.id);
        if (!search)
            return failed(search.error());
        own = *std::move(search);
    }
    auto marks = scanForMarks(*std::move(document), scanning,
                              {m_names, m_cache.get(), m_ledger.get(), own.get()}, m_precedence->token());
    if (!marks)
        return failed(marks.error());
    session.marks = *std::move(marks);
    accept(std::move(session), task.place);
    if (bytes >= largeSession)
        giveMemoryBack();
    return Outcome::Done;
}

void BackgroundScanWorker::accept(ScannedSession session, const ChoicePlace& place)
{
    const SessionFindings findings = m_decisions.count(place, session.marks);
    m_unkept.push_back(session);
    tell(session.id, findings);
    std::string id = session.id;
    m_known.insert_or_assign(std::move(id), Known{std::move(session), place, findings});
}

void BackgroundScanWorker::tell(const std::string& id, const SessionFindings& findings)
{
    m_news.sessions.emplace_back(QString::fromStdString(id), findings);
}

void BackgroundScanWorker::keep()
{
    if (m_cache && !m_unkept.empty())
        m_cache->save(m_unkept);
    m_unkept.clear();
}

void BackgroundScanWorker::speak(bool now)
{
    if (!now && m_sinceNews.elapsed() < newsEach.count())
        return;
    m_sinceNews.restart();
    m_news.total = m_total;
    m_news.done = m_total - static_cast<int>(std::min(m_tasks.size(), static_cast<std::size_t>(m_total)));
    Q_EMIT news(m_news);
    m_news = {};
}

void BackgroundScanWorker::rest()
{
    keep();
    const bool isComplete = m_isFullLook && m_known.size() == static_cast<std::size_t>(m_total);
    if (m_cache && isComplete)
        m_cache->setSweptStamp(sight());
    m_isFullLook = false;
    giveMemoryBack();
}

} // namespace sharelock::sharing
