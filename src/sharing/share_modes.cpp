// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_modes.h"

#include "base/thread_guard.h"
#include "opencode/config_file.h"
#include "sharing/folder_setting.h"
#include "sharing/share_manager_p.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sharelock::sharing {

namespace {

const QString foldersSetting = QStringLiteral("mode-folders");

//! The places of folders, each looked for once: thousands of sessions share a few.
class Places
{
public:
    explicit Places(const Environment& environment)
        : m_environment(environment)
    {
    }

    //! The folder that stands for the whole project.
    const QString& rootOf(const QString& directory)
    {
        const auto known = m_roots.constFind(directory);
        if (known != m_roots.constEnd())
            return *known;
        const opencode::ModePlace place = opencode::modePlace(directory);
        return *m_roots.insert(directory,
                               place.worktree == QDir::rootPath() ? place.directory : place.worktree);
    }

    bool isDisabled(const QString& directory)
    {
        const auto known = m_disabled.constFind(directory);
        if (known != m_disabled.constEnd())
            return *known;
        const auto report = opencode::shareMode(m_environment, opencode::modePlace(directory));
        return *m_disabled.insert(directory, report.mode == opencode::ShareMode::Disabled);
    }

private:
    const Environment& m_environment;
    QHash<QString, QString> m_roots;
    QHash<QString, bool> m_disabled;
};

//! Sorts sessions and links under the projects that they belong to.
class ProjectTable
{
public:
    ProjectTable(const Environment& environment, Timestamp at)
        : m_places(environment)
        , m_recently(at - std::chrono::days(recentDays))
    {
    }

    //! Of any directory in it.
    ProjectMode& around(const QString& directory, const QString& name)
    {
        return of(m_places.rootOf(directory), name);
    }

    ProjectMode& of(const QString& root, const QString& name)
    {
        auto [entry, isNew] = m_projects.try_emplace(root);
        ProjectMode& project = entry->second;
        if (isNew) {
            project.report.place.directory = root;
            project.name = name.isEmpty() ? QFileInfo(root).fileName() : name;
        }
        return project;
    }

    void add(const opencode::SessionSummary& session)
    {
        if (session.directory.isEmpty())
            return;
        const QString& root = m_places.rootOf(session.directory);
        ProjectMode& project = of(root, session.worktree == root ? session.project : QString());
        ++project.sessions;
        if (!project.lastSession || session.updated > *project.lastSession)
            project.lastSession = session.updated;
        if (session.parentId.isEmpty() && session.created > m_recently)
            ++project.recentSessions;
    }

    void add(const Link& link)
    {
        if (link.directory.isEmpty() || !mayBePublic(link.state) || link.source == LinkSource::Imported)
            return;
        ProjectMode& project = of(m_places.rootOf(link.directory), {});
        project.links.push_back(link.id);
        if (m_places.isDisabled(link.directory))
            project.violating.push_back(link.id);
    }

    std::vector<ProjectMode> list(const Environment& environment)
    {
        std::vector<ProjectMode> all;
        for (auto& [root, project] : m_projects) {
            project.missing = !QFileInfo(root).isDir();
            // Where there is neither a folder nor a link, there is nothing to decide or to take down.
            if (project.missing && project.links.empty() && !project.added)
                continue;
            project.report = opencode::shareMode(environment, opencode::modePlace(root));
            all.push_back(std::move(project));
        }
        std::sort(all.begin(), all.end(), [](const ProjectMode& a, const ProjectMode& b) {
            if (a.missing != b.missing)
                return b.missing;
            const int order = a.name.compare(b.name, Qt::CaseInsensitive);
            return order != 0 ? order < 0 : a.report.place.directory < b.report.place.directory;
        });
        return all;
    }

private:
    Places m_places;
    Timestamp m_recently;
    std::map<QString, ProjectMode> m_projects;
};

//! What all projects have together.
ProjectMode machine(const Environment& environment, const std::vector<ProjectMode>& projects)
{
    ProjectMode machine;
    machine.report = opencode::shareMode(environment, {});
    for (const ProjectMode& project : projects) {
        machine.sessions += project.sessions;
        machine.recentSessions += project.recentSessions;
        if (project.lastSession && (!machine.lastSession || *project.lastSession > *machine.lastSession))
            machine.lastSession = project.lastSession;
        machine.links.insert(machine.links.end(), project.links.begin(), project.links.end());
        machine.violating.insert(machine.violating.end(), project.violating.begin(), project.violating.end());
    }
    return machine;
}

} // namespace

ShareModes::ShareModes(ShareManager& manager)
    : m_manager(manager)
{
}

Expected<std::vector<ProjectMode>> ShareModes::list()
{
    assertOffGuiThread("ShareModes::list");
    const Environment& environment = m_manager.environment();
    ProjectTable table(environment, m_manager.d->options.clock());
    const auto added = addedFolders();
    if (!added)
        return tl::unexpected(added.error());
    for (const QString& folder : *added)
        table.of(opencode::modePlace(folder).directory, {}).added = true;
    // A database that can't be read hides no folder that the person added; the list of sessions tells of it.
    for (const auto& project : m_manager.d->projects()) {
        if (!project.worktree.isEmpty() && project.worktree != QDir::rootPath())
            table.around(project.worktree, project.name);
    }
    for (const auto& session : m_manager.sessions().value_or(std::vector<opencode::SessionSummary>()))
        table.add(session);
    const auto links = m_manager.links();
    if (!links)
        return tl::unexpected(links.error());
    for (const Link& link : *links)
        table.add(link);
    std::vector<ProjectMode> all = table.list(environment);
    all.insert(all.begin(), machine(environment, all));
    return all;
}

opencode::ModeReport ShareModes::report(const QString& directory) const
{
    return opencode::shareMode(m_manager.environment(),
                               directory.isEmpty() ? opencode::ModePlace() : opencode::modePlace(directory));
}

Expected<opencode::ModePlan> ShareModes::plan(const QString& directory,
                                              std::optional<opencode::ShareMode> mode) const
{
    if (directory.isEmpty())
        return opencode::planMode(m_manager.environment(), {}, mode);
    if (!QFileInfo(directory).isDir())
        return fail(ErrorCode::FileFailed, directory);
    return opencode::planMode(m_manager.environment(), opencode::modePlace(directory), mode);
}

Expected<opencode::ModeReport> ShareModes::apply(const opencode::ModeChange& change) const
{
    if (auto written = opencode::writeConfigFile(change.file, change.before, change.after); !written)
        return tl::unexpected(written.error());
    auto report = opencode::shareMode(m_manager.environment(), change.place);
    if (report.mode != change.outcome)
        return fail(ErrorCode::ConfigChanged, change.file);
    return report;
}

Expected<void> ShareModes::undo(const opencode::ModeChange& change) const
{
    return opencode::writeConfigFile(change.file, change.after, change.before);
}

Expected<std::vector<LinkId>> ShareModes::violating()
{
    const auto links = m_manager.links();
    if (!links)
        return tl::unexpected(links.error());
    Places places(m_manager.environment());
    std::vector<LinkId> found;
    for (const Link& link : *links) {
        const bool ours = mayBePublic(link.state) && link.source != LinkSource::Imported;
        if (ours && !link.directory.isEmpty() && places.isDisabled(link.directory))
            found.push_back(link.id);
    }
    return found;
}

Expected<QStringList> ShareModes::addedFolders()
{
    const auto ledger = m_manager.d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return folderSetting(**ledger, foldersSetting);
}

Expected<void> ShareModes::setAddedFolders(const QStringList& folders)
{
    const auto ledger = m_manager.d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    QStringList cleaned;
    for (const QString& folder : folders) {
        if (!QDir::isAbsolutePath(folder))
            return fail(ErrorCode::FileFailed, folder);
        const QString path = opencode::modePlace(folder).directory;
        if (!cleaned.contains(path))
            cleaned.append(path);
    }
    return setFolderSetting(**ledger, foldersSetting, cleaned);
}

void ShareModes::watch(const QStringList& files)
{
    if (!m_watch) {
        m_watch = std::make_unique<ConfigWatch>();
        connect(m_watch.get(), &ConfigWatch::changed, this, &ShareModes::changed);
    }
    m_watch->watch(files);
}

} // namespace sharelock::sharing
