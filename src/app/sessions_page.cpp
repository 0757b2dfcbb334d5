// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/sessions_page.h"

#include "app/search_words.h"
#include "app/when_done.h"

namespace sharelock::app {

namespace {

Expected<SessionRowsPtr> readRows(sharing::ShareManager& manager, opencode::Counting counting)
{
    const auto sessions = manager.listSessions(counting);
    if (!sessions)
        return tl::unexpected(sessions.error());
    return sessionRows(*sessions);
}

} // namespace

SessionsPage::SessionsPage(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_model(this)
    , m_messages(core, this)
{
    connect(&m_messages, &MessageSearch::progressChanged, this, &SessionsPage::searchProgress);
    connect(&m_messages, &MessageSearch::foundChanged, this, [this] {
        m_filter.inMessages = m_messages.found();
        m_model.setFilter(m_filter);
        Q_EMIT countsChanged();
    });
    connect(&m_core, &CoreThread::sessionsChanged, this, &SessionsPage::refresh);
}

void SessionsPage::setSearch(const QString& text)
{
    if (text == m_search)
        return;
    m_search = text;
    const QStringList words = searchWords(text);
    if (words != m_filter.words) {
        m_filter.words = words;
        m_filter.inMessages.clear();
        m_messages.find(words, m_model.allRows());
    }
    applyFilter();
}

void SessionsPage::setProjectFilter(const QString& project)
{
    if (project == m_filter.project)
        return;
    m_filter.project = project;
    applyFilter();
}

void SessionsPage::setSharedOnly(bool on)
{
    if (on == m_filter.sharedOnly)
        return;
    m_filter.sharedOnly = on;
    applyFilter();
}

void SessionsPage::setShowArchived(bool on)
{
    if (on == m_filter.archivedToo)
        return;
    m_filter.archivedToo = on;
    applyFilter();
}

void SessionsPage::setWithFindings(bool on)
{
    if (on == m_filter.withFindings)
        return;
    m_filter.withFindings = on;
    applyFilter();
}

void SessionsPage::acceptScan(const sharing::ScanNews& news)
{
    m_model.addFindings(news.sessions);
    if (m_filter.withFindings)
        Q_EMIT countsChanged();
    if (m_scanned == news.done && m_toScan == news.total)
        return;
    m_scanned = news.done;
    m_toScan = news.total;
    Q_EMIT scanChanged();
}

void SessionsPage::endScan()
{
    m_model.clearFindings();
    m_scanned = 0;
    m_toScan = 0;
    setWithFindings(false);
    Q_EMIT scanChanged();
    Q_EMIT countsChanged();
}

void SessionsPage::applyFilter()
{
    m_model.setFilter(m_filter);
    Q_EMIT filterChanged();
    Q_EMIT countsChanged();
}

QString SessionsPage::errorText() const
{
    return m_failed ? caption(m_error) : QString();
}

void SessionsPage::setSelectedId(const QString& id)
{
    if (id == m_selectedId)
        return;
    m_selectedId = id;
    m_selectedBytes = 0;
    updateSelected();
    Q_EMIT selectedIdChanged();
    Q_EMIT selectedChanged();
    Q_EMIT selectedSnapshotChanged();
}

void SessionsPage::setSelectedBytes(double bytes)
{
    if (bytes == m_selectedBytes)
        return;
    m_selectedBytes = bytes;
    Q_EMIT selectedChanged();
}

void SessionsPage::updateSelected()
{
    const auto* row = m_selectedId.isEmpty() ? nullptr : m_model.find(m_selectedId);
    m_selected = row ? *row : SessionRow();
}

int SessionsPage::rowOf(const QString& sessionId) const
{
    return m_model.rowOf(sessionId);
}

void SessionsPage::refresh()
{
    // Many changes in a row need one more look, not one each.
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    // Counting messages takes longer than all else, above all where the database is not in memory yet.
    if (m_state == State::Loading)
        ask(opencode::Counting::Nothing);
    else
        ask(opencode::Counting::Messages);
}

void SessionsPage::ask(opencode::Counting counting)
{
    const auto read = [counting](sharing::ShareManager& manager) { return readRows(manager, counting); };
    whenDone(m_core.call(read), this,
             [this, counting, request = ++m_request](const Expected<SessionRowsPtr>& answer) {
                 if (request != m_request)
                     return;
                 const bool isWhole = counting == opencode::Counting::Messages || !answer;
                 m_asking = !isWhole;
                 accept(answer);
                 if (!isWhole)
                     ask(opencode::Counting::Messages);
                 else if (m_askAgain)
                     refresh();
             });
}

void SessionsPage::accept(const Expected<SessionRowsPtr>& answer)
{
    if (!answer) {
        // Rows that were read before stay, with the reason why they may be old.
        if (answer.error().code == ErrorCode::DatabaseMissing || m_model.all().rows.empty())
            fail(answer.error());
        else
            setState(State::Ready, answer.error());
        return;
    }
    const QStringList projects = m_model.all().projects;
    m_model.setRows(*answer);
    m_messages.follow(*answer);
    if (projects != m_model.all().projects)
        Q_EMIT projectsChanged();
    Q_EMIT countsChanged();
    if (!m_selectedId.isEmpty()) {
        if (!m_model.find(m_selectedId)) {
            setSelectedId({});
        } else {
            updateSelected();
            Q_EMIT selectedChanged();
        }
    }
    setState(m_model.all().rows.empty() ? State::Empty : State::Ready);
    Q_EMIT refreshed();
}

void SessionsPage::fail(const Error& error)
{
    m_model.setRows(std::make_shared<SessionRows>());
    setSelectedId({});
    Q_EMIT projectsChanged();
    Q_EMIT countsChanged();
    setState(error.code == ErrorCode::DatabaseMissing ? State::NoData : State::Failed, error);
}

void SessionsPage::clear()
{
    ++m_request;
    m_asking = false;
    m_askAgain = false;
    m_search.clear();
    m_filter = {};
    m_messages.find({}, m_model.allRows());
    fail({});
    m_model.setChips({});
    endScan();
    applyFilter();
    setState(State::Loading);
}

void SessionsPage::setChips(const LinkChips& chips)
{
    m_model.setChips(chips);
    Q_EMIT countsChanged();
}

void SessionsPage::setSnapshots(const SnapshotRows& snapshots)
{
    m_snapshots = snapshots;
    Q_EMIT selectedSnapshotChanged();
}

void SessionsPage::setState(State state, const std::optional<Error>& error)
{
    const bool failed = error.has_value();
    const Error value = error.value_or(Error());
    if (state == m_state && failed == m_failed && value == m_error)
        return;
    m_state = state;
    m_failed = failed;
    m_error = value;
    Q_EMIT stateChanged();
}

} // namespace sharelock::app
