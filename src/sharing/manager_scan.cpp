// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "redaction/personal_names.h"
#include "sharing/scan_rules.h"
#include "sharing/session_marks.h"
#include "sharing/share_manager_p.h"

#include <QFileInfo>

#include <algorithm>

namespace sharelock::sharing {

ScanCache* ShareManager::Private::scanCache()
{
    if (std::exchange(m_scanCacheTried, true))
        return m_scanCache.get();
    const auto ledger = openLedger();
    if (!ledger)
        return nullptr;
    const auto key = (*ledger)->digestKey(scanCachePurpose);
    if (!key)
        return nullptr;
    const auto names = redaction::personalNames(options.environment).plan;
    m_scanCache = std::make_unique<ScanCache>(options.environment.cacheFolder(), *key,
                                              scanVersion(*key, scanRuleSources(), names));
    return m_scanCache.get();
}

namespace {

//! \brief As of Scanning. Without any such file no scanner is made to find that out.
std::string rulesVersion(const std::vector<redaction::RuleFile>& files)
{
    const bool isAny = std::any_of(files.begin(), files.end(), [](const redaction::RuleFile& file) {
        return QFileInfo::exists(file.path);
    });
    return isAny ? redaction::RuleLibrary::instance().scanning(files).version : std::string();
}

} // namespace

std::shared_ptr<void> ShareManager::Private::goFirst() const
{
    return m_precedence ? Precedence::take(m_precedence) : nullptr;
}

void ShareManager::Private::lookThrough(bool on)
{
    if (on == (m_background != nullptr))
        return;
    if (!on) {
        m_background.reset();
        m_precedence.reset();
        return;
    }
    m_precedence = std::make_shared<Precedence>();
    m_background = std::make_unique<BackgroundScan>(options.environment, m_precedence);
    connect(m_background.get(), &BackgroundScan::news, q, &ShareManager::scanned);
}

void ShareManager::lookThrough(bool on)
{
    assertOffGuiThread("ShareManager::lookThrough");
    d->lookThrough(on);
}

QCoro::Task<Expected<void>> ShareManager::scanSessions(std::vector<opencode::SessionSummary> sessions,
                                                       QStringList ruleFiles, SessionScanTaker take,
                                                       std::stop_token stop)
{
    assertOffGuiThread("ShareManager::scanSessions");
    const auto first = d->goFirst();
    SessionScans scans(d->options.environment, std::move(sessions), std::move(ruleFiles), std::move(stop));
    auto done = co_await scans.run(std::move(take));
    co_return done;
}

QHash<QString, SessionFindings>
ShareManager::knownFindings(const std::vector<opencode::SessionSummary>& sessions)
{
    assertOffGuiThread("ShareManager::knownFindings");
    QHash<QString, SessionFindings> findings;
    ScanCache* cache = d->scanCache();
    const auto ledger = d->openLedger();
    if (cache == nullptr || !ledger)
        return findings;
    const auto kept = (*ledger)->decisions();
    if (!kept)
        return findings;
    const DecisionTable decisions(*kept);
    const auto own = OwnWordTable::read(**ledger);
    if (!own)
        return findings;
    QHash<QString, ScannedSession> known;
    for (const ScannedSession& scanned : cache->sessions())
        known.insert(QString::fromStdString(scanned.id), scanned);
    QHash<QString, std::string> rules; // By work tree.
    for (const opencode::SessionSummary& session : sessions) {
        const auto scanned = known.constFind(session.id);
        if (scanned == known.cend() || scanned->updated != session.updated ||
            scanned->messages != session.messages)
            continue;
        if (!rules.contains(session.worktree))
            rules.insert(session.worktree, rulesVersion(ruleFiles(d->options.environment, session.worktree)));
        if (wasScannedWith(*scanned, scannedWith(rules.value(session.worktree), *own, scanned->id)))
            findings.insert(session.id, decisions.count(choicePlace(session), scanned->marks));
    }
    return findings;
}

} // namespace sharelock::sharing
