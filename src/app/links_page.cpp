// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/links_page.h"

#include "app/activity_model.h"
#include "app/search_words.h"
#include "app/transcript_model.h"
#include "app/when_done.h"

#include <algorithm>

namespace sharelock::app {

namespace {

Expected<LinkRowsPtr> readRows(sharing::ShareManager& manager)
{
    const auto links = manager.links();
    if (!links)
        return tl::unexpected(links.error());
    return linkRows(*links, now());
}

QString differenceText(const sharing::LinkDifference& difference)
{
    if (difference.isNone())
        return LinksPage::tr("up to date");
    QStringList parts;
    if (difference.newer > 0)
        parts += LinksPage::tr("%Ln newer message(s) here", nullptr, static_cast<int>(difference.newer));
    if (difference.missing > 0)
        parts += LinksPage::tr("%Ln message(s) never arrived there", nullptr,
                               static_cast<int>(difference.missing));
    if (difference.changed > 0)
        parts += LinksPage::tr("%Ln message(s) differ", nullptr, static_cast<int>(difference.changed));
    if (difference.extra > 0)
        parts += LinksPage::tr("%Ln message(s) only there", nullptr, static_cast<int>(difference.extra));
    return parts.join(QStringLiteral(", "));
}

} // namespace

LinksPage::LinksPage(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_model(this)
    , m_jobs(core, this)
    , m_detail(std::make_unique<TranscriptModel>(core))
    , m_detailHistory(std::make_unique<ActivityModel>(core))
{
    connect(&m_core, &CoreThread::linksChanged, this, &LinksPage::refresh);
    connect(&m_core, &CoreThread::sessionsChanged, this, &LinksPage::refresh);
    connect(&m_jobs, &LinkJobs::countsChanged, this, &LinksPage::busyChanged);
    connect(&m_jobs, &LinkJobs::busy, &m_model, &LinkListModel::setBusy);
    connect(&m_jobs, &LinkJobs::succeeded, this, &LinksPage::onSucceeded);
    connect(&m_jobs, &LinkJobs::failed, this, &LinksPage::onFailed);
}

LinksPage::~LinksPage() = default;

int LinksPage::selectedMessages() const
{
    int count = 0;
    for (const LinkRow* row : m_model.selectedRows())
        count += row->mayBePublic ? std::max(row->messages, 0) : 0;
    return count;
}

int LinksPage::selectedSecrets() const
{
    int count = 0;
    for (const LinkRow* row : m_model.selectedRows())
        count += row->mayBePublic ? std::max(row->secrets, 0) : 0;
    return count;
}

void LinksPage::setAgeFilter(int days)
{
    if (days == m_ageFilter)
        return;
    m_ageFilter = days;
    m_filter.sharedBefore = days > 0 ? QDateTime::currentDateTime().addDays(-days) : QDateTime();
    applyFilter();
}

void LinksPage::setExpiry(const QString& linkId, int days)
{
    std::optional<Timestamp> at;
    if (days > 0)
        at = now() + std::chrono::days(days);
    const auto set = [id = linkOfName(linkId), at](sharing::ShareManager& manager) {
        return manager.setExpiry(id, at);
    };
    whenDone(m_core.call(set), this, [this, linkId, round = m_round](const Expected<void>& done) {
        if (round != m_round)
            return;
        m_model.setError(linkId, done ? QString() : caption(done.error()));
        refresh();
        Q_EMIT detailChanged();
    });
}

void LinksPage::setSearch(const QString& text)
{
    if (text == m_search)
        return;
    m_search = text;
    m_filter.words = searchWords(text);
    applyFilter();
}

void LinksPage::setStateFilter(const QString& group)
{
    if (group == m_filter.group)
        return;
    m_filter.group = group;
    applyFilter();
}

void LinksPage::setProjectFilter(const QString& project)
{
    if (project == m_filter.project)
        return;
    m_filter.project = project;
    applyFilter();
}

void LinksPage::applyFilter()
{
    m_model.setFilter(m_filter);
    Q_EMIT filterChanged();
    Q_EMIT countsChanged();
}

void LinksPage::setSortColumn(const QString& roleName)
{
    if (roleName == m_sortColumn)
        return;
    m_sortColumn = roleName;
    m_model.setSort(m_sortColumn, m_descending);
    Q_EMIT sortChanged();
}

void LinksPage::setSortDescending(bool on)
{
    if (on == m_descending)
        return;
    m_descending = on;
    m_model.setSort(m_sortColumn, m_descending);
    Q_EMIT sortChanged();
}

int LinksPage::rowOf(const QString& linkId) const
{
    return m_model.rowOf(linkId);
}

void LinksPage::begin()
{
    refresh();
    const auto open = [](sharing::ShareManager& manager, std::stop_token) { return manager.openVault(); };
    whenDone(m_core.start(open), this, [this, round = m_round](const sharing::VaultReport& report) {
        if (round != m_round)
            return;
        Q_EMIT vaultReported(report);
        refresh();
    });
}

void LinksPage::refresh()
{
    // Many changes in a row need one more look, not one each.
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    whenDone(m_core.call(readRows), this, [this, round = m_round](const Expected<LinkRowsPtr>& answer) {
        if (round != m_round)
            return;
        m_asking = false;
        accept(answer);
        if (m_askAgain)
            refresh();
    });
}

void LinksPage::accept(const Expected<LinkRowsPtr>& answer)
{
    if (!answer) {
        setState(m_model.all().rows.empty() ? State::Failed : State::Ready, answer.error());
        return;
    }
    const QStringList projects = m_model.all().projects;
    const LinkChips chips = m_model.all().chips;
    const SnapshotRows snapshots = m_model.all().snapshots;
    const auto compared = comparedState();
    m_model.setRows(*answer);
    if (comparedState() != compared)
        compareDetail();
    if (projects != m_model.all().projects)
        Q_EMIT projectsChanged();
    if (chips != m_model.all().chips)
        Q_EMIT chipsChanged(m_model.all().chips);
    if (snapshots != m_model.all().snapshots)
        Q_EMIT snapshotsChanged(m_model.all().snapshots);
    Q_EMIT countsChanged();
    Q_EMIT selectionChanged();
    Q_EMIT detailChanged();
    setState(m_model.all().rows.empty() ? State::Empty : State::Ready);
    Q_EMIT refreshed();
}

void LinksPage::clear()
{
    ++m_round;
    m_asking = false;
    m_askAgain = false;
    m_jobs.clear();
    m_model.reset();
    setDetailId({});
    m_detailHistory->clear();
    m_search.clear();
    m_ageFilter = 0;
    m_filter = {};
    applyFilter();
    Q_EMIT projectsChanged();
    Q_EMIT selectionChanged();
    Q_EMIT chipsChanged({});
    Q_EMIT snapshotsChanged({});
    setState(State::Loading);
}

void LinksPage::fail(const Error& error)
{
    clear();
    setState(State::Failed, error);
}

QString LinksPage::errorText() const
{
    return m_failed ? caption(m_error) : QString();
}

void LinksPage::setState(State state, const std::optional<Error>& error)
{
    m_state = state;
    m_failed = error.has_value();
    m_error = error.value_or(Error());
    Q_EMIT stateChanged();
}

void LinksPage::setDetailId(const QString& linkId)
{
    if (linkId == m_detailId)
        return;
    m_detailId = linkId;
    const LinkRow* row = m_model.find(linkId);
    if (row)
        m_detail->setLink(row->linkId);
    else
        m_detail->clear();
    m_detailHistory->setLink(linkId);
    compareDetail();
    Q_EMIT detailIdChanged();
    Q_EMIT detailChanged();
}

std::pair<bool, QDateTime> LinksPage::comparedState() const
{
    const LinkRow* row = m_model.find(m_detailId);
    return row ? std::pair(row->mayBePublic && !row->sessionDeleted, row->syncedAt)
               : std::pair(false, QDateTime());
}

void LinksPage::compareDetail()
{
    m_difference.clear();
    // What is on its way is of what was public before.
    const int comparison = ++m_comparison;
    if (!comparedState().first)
        return;
    const auto compare = [id = linkOfName(m_detailId)](sharing::ShareManager& manager, std::stop_token stop) {
        return manager.compareWithSession(id, stop);
    };
    whenDone(m_core.start(compare), this,
             [this, comparison](const Expected<sharing::LinkDifference>& difference) {
                 // Why the server did not answer stands where its answer would be.
                 if (comparison != m_comparison || !difference)
                     return;
                 m_difference = differenceText(*difference);
                 Q_EMIT detailChanged();
             });
}

void LinksPage::setHistory(const ActivityRows& rows)
{
    m_detailHistory->setRows(rows);
}

QAbstractItemModel* LinksPage::detailHistory() const
{
    return m_detailHistory.get();
}

QString LinksPage::detailSession() const
{
    const LinkRow* row = m_model.find(m_detailId);
    return row ? row->sourceSessionId : QString();
}

QVariantMap LinksPage::linkOfSession(const QString& sessionId) const
{
    const LinkRow* newest = nullptr;
    for (const LinkRow& row : m_model.all().rows) {
        if (row.sourceSessionId == sessionId && row.mayBePublic &&
            (newest == nullptr || row.sharedAt > newest->sharedAt))
            newest = &row;
    }
    return byName(newest);
}

QVariantMap LinksPage::detailLink() const
{
    return byName(m_model.find(m_detailId));
}

QVariantMap LinksPage::byName(const LinkRow* row) const
{
    if (!row)
        return {};
    QVariantMap result;
    const auto names = m_model.roleNames();
    for (auto name = names.begin(); name != names.end(); ++name)
        result.insert(QString::fromLatin1(name.value()), m_model.value(*row, name.key()));
    return result;
}

} // namespace sharelock::app
