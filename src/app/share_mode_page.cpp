// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/share_mode_page.h"

#include "app/search_words.h"
#include "app/when_done.h"

#include <QDir>
#include <QUrl>

namespace sharelock::app {

ShareModePage::ShareModePage(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_editor(core)
{
    connect(&m_editor, &ModeEditor::written, this, &ShareModePage::refresh);
    connect(&m_core, &CoreThread::modesChanged, this, &ShareModePage::refresh);
}

void ShareModePage::clear()
{
    ++m_round;
    ++m_factsRound;
    m_asking = false;
    m_askAgain = false;
    m_state = State::Loading;
    m_error.reset();
    m_directory.clear();
    m_facts = {};
    m_reloadText.clear();
    m_folderProblem.clear();
    m_bulk.clear();
    m_bulkBusy = false;
    m_bulkFailed = 0;
    m_editor.clear();
    m_model.setRows(std::make_shared<ModeRows>());
    Q_EMIT rowsChanged();
    Q_EMIT filterChanged();
    Q_EMIT detailChanged();
    Q_EMIT selectionChanged();
}

ShareModePage::Listing ShareModePage::read(sharing::ShareManager& manager)
{
    const auto projects = manager.modes().list();
    if (!projects)
        return {nullptr, projects.error()};
    Listing listing{modeRows(*projects, manager.environment().home), {}};
    manager.modes().watch(listing.rows->files);
    return listing;
}

void ShareModePage::refresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    whenDone(m_core.call(read), this, [this, round = m_round](const Listing& listing) {
        if (round != m_round)
            return;
        m_asking = false;
        accept(listing);
        if (std::exchange(m_askAgain, false))
            refresh();
    });
}

void ShareModePage::accept(const Listing& listing)
{
    m_error = listing.error;
    m_state = listing.error ? State::Failed : State::Ready;
    if (listing.rows) {
        m_model.setRows(listing.rows);
        const ModeRow* row = m_model.find(m_directory);
        if (row == nullptr)
            setDirectory({});
        else
            m_editor.show(m_directory, row->perDay);
        m_editor.refresh();
        askFacts();
    }
    Q_EMIT rowsChanged();
    Q_EMIT filterChanged();
    Q_EMIT detailChanged();
    Q_EMIT selectionChanged();
}

void ShareModePage::setSearch(const QString& text)
{
    if (text == m_search)
        return;
    m_search = text;
    applyFilter();
}

void ShareModePage::setModeFilter(const QString& modeKey)
{
    if (modeKey == m_modeFilter)
        return;
    m_modeFilter = modeKey;
    applyFilter();
}

void ShareModePage::applyFilter()
{
    m_model.setFilter(searchWords(m_search), m_modeFilter);
    Q_EMIT filterChanged();
}

void ShareModePage::setDirectory(const QString& directory)
{
    if (directory == m_directory)
        return;
    m_directory = directory;
    m_facts = {};
    m_reloadText.clear();
    const ModeRow* row = m_model.find(directory);
    m_editor.show(directory, row != nullptr ? row->perDay : 0);
    askFacts();
    Q_EMIT detailChanged();
}

QVariantMap ShareModePage::detail() const
{
    const ModeRow* row = m_model.find(m_directory);
    if (row == nullptr)
        return {};
    return {{QStringLiteral("name"), row->name},
            {QStringLiteral("path"), row->path},
            {QStringLiteral("modeKey"), row->modeKey},
            {QStringLiteral("why"), row->why},
            {QStringLiteral("errorText"), row->errorText},
            {QStringLiteral("errorDetail"), row->errorDetail},
            {QStringLiteral("links"), row->links},
            {QStringLiteral("violating"), row->violating},
            {QStringLiteral("lastSession"), row->lastSession},
            {QStringLiteral("sessions"), row->sessions},
            {QStringLiteral("perDay"), row->perDay},
            {QStringLiteral("missing"), row->missing},
            {QStringLiteral("added"), row->added},
            {QStringLiteral("locked"), row->locked},
            {QStringLiteral("hasOwn"), row->hasOwn},
            {QStringLiteral("machine"), row->isMachine()},
            {QStringLiteral("gitText"), m_facts.gitText},
            {QStringLiteral("gitCommand"), m_facts.gitCommand},
            {QStringLiteral("hasServer"), m_facts.hasServer},
            {QStringLiteral("reloadText"), m_reloadText}};
}

QVariantList ShareModePage::layers() const
{
    const ModeRow* row = m_model.find(m_directory);
    return row != nullptr ? row->layers : QVariantList();
}

QStringList ShareModePage::warnings() const
{
    const ModeRow* row = m_model.find(m_directory);
    return row != nullptr ? row->warnings : QStringList();
}

void ShareModePage::askFacts()
{
    const auto look = [directory = m_directory](sharing::ShareManager& manager, std::stop_token stop) {
        return lookFor(manager, directory, std::move(stop));
    };
    whenDone(m_core.start(look), this, [this, round = ++m_factsRound](const Facts& facts) {
        if (round != m_factsRound)
            return;
        m_facts = facts;
        Q_EMIT detailChanged();
    });
}

void ShareModePage::toggle(int row)
{
    const QString directory = m_model.data(m_model.index(row), ModeListModel::DirectoryRole).toString();
    if (directory.isEmpty() || m_bulkBusy)
        return;
    QSet<QString> selection = m_model.selection();
    if (!selection.remove(directory))
        selection.insert(directory);
    m_model.setSelection(selection);
    Q_EMIT selectionChanged();
}

void ShareModePage::clearSelection()
{
    m_model.setSelection({});
    m_model.setResults({});
    m_bulkFailed = 0;
    Q_EMIT selectionChanged();
}

void ShareModePage::planDisabling()
{
    struct Plans
    {
        std::vector<opencode::ModeChange> changes;
        QStringList problems;
    };
    const QStringList directories = m_model.selection().values();
    const auto make = [directories](sharing::ShareManager& manager) {
        Plans plans;
        for (const QString& directory : directories) {
            const auto plan = manager.modes().plan(directory, opencode::ShareMode::Disabled);
            const QString path = pathText(directory, manager.environment().home);
            if (!plan)
                plans.problems.append(path + QStringLiteral(": ") + caption(plan.error()));
            else if (plan->change)
                plans.changes.push_back(*plan->change);
            else if (!plan->already)
                plans.problems.append(tr("%1: “%2” wins over its files.").arg(path, plan->blocker->name));
        }
        return plans;
    };
    whenDone(m_core.call(make), this, [this, round = m_round](const Plans& plans) {
        if (round != m_round)
            return;
        m_bulk = plans.changes;
        m_bulkProblems = plans.problems;
        m_bulkFiles.clear();
        for (const opencode::ModeChange& change : m_bulk) {
            const QString path = pathText(change.file, m_core.environment().home);
            m_bulkFiles.append(change.before ? path : tr("%1 (new)").arg(path));
        }
        Q_EMIT bulkPlanned();
    });
}

void ShareModePage::disableSelected()
{
    using Results = QHash<QString, QString>;
    if (m_bulk.empty() || m_bulkBusy)
        return;
    m_bulkBusy = true;
    const auto write = [changes = m_bulk](sharing::ShareManager& manager) {
        Results results;
        for (const opencode::ModeChange& change : changes) {
            const auto done = manager.modes().apply(change);
            if (!done)
                results.insert(change.place.directory, caption(done.error()));
        }
        return results;
    };
    whenDone(m_core.call(write), this, [this, round = m_round](const Results& results) {
        if (round != m_round)
            return;
        m_bulkBusy = false;
        m_bulk.clear();
        m_bulkFailed = int(results.size());
        // Those that failed stay selected, with the reason in the row.
        const QStringList failed = results.keys();
        m_model.setSelection({failed.begin(), failed.end()});
        m_model.setResults(results);
        Q_EMIT selectionChanged();
        refresh();
    });
    Q_EMIT selectionChanged();
}

void ShareModePage::addFolder(const QString& path)
{
    const QString folder =
        QDir::cleanPath(path.startsWith(QLatin1String("file:")) ? QUrl(path).toLocalFile() : path);
    setFolders({folder}, {});
}

void ShareModePage::removeFolder(const QString& path)
{
    setFolders({}, path);
}

void ShareModePage::setFolders(const QStringList& added, const QString& removed)
{
    const auto change = [added, removed](sharing::ShareManager& manager) -> Expected<void> {
        auto folders = manager.modes().addedFolders();
        if (!folders)
            return tl::unexpected(folders.error());
        folders->removeAll(removed);
        return manager.modes().setAddedFolders(*folders + added);
    };
    whenDone(m_core.call(change), this, [this, added, round = m_round](const Expected<void>& done) {
        if (round != m_round)
            return;
        m_folderProblem = done ? QString() : caption(done.error());
        Q_EMIT folderProblemChanged();
        if (done && !added.isEmpty()) {
            m_directory = added.first();
            Q_EMIT folderAdded(added.first());
        }
        refresh();
    });
}

void ShareModePage::unshareViolating()
{
    const auto find = [directory = m_directory](sharing::ShareManager& manager) {
        QList<sharing::LinkId> links;
        for (const auto& project : manager.modes().list().value_or(std::vector<sharing::ProjectMode>())) {
            if (project.report.place.directory == directory)
                links = {project.violating.begin(), project.violating.end()};
        }
        return links;
    };
    whenDone(m_core.call(find), this, [this, round = m_round](const QList<sharing::LinkId>& links) {
        if (round == m_round)
            Q_EMIT unshareWanted(links);
    });
}

} // namespace sharelock::app
