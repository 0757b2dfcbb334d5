// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/git_state.h"
#include "opencode/line_changes.h"
#include "opencode/mode_plan.h"
#include "opencode/process_list.h"
#include "sharing/config_watch.h"
#include "sharing/share_manager.h"

namespace sharelock::sharing {

//! \brief This machine, or a project, with its share mode and what is public of it.
struct ProjectMode
{
    QString name;                //!< Empty for this machine. Foreign text.
    opencode::ModeReport report; //!< Its place names the project's root, or its folder where it has none.
    bool missing = false;        //!< The folder is not there (any more).
    bool added = false;          //!< By the person; opencode need not know it.
    int sessions = 0;
    std::optional<Timestamp> lastSession;
    //! \brief Sessions begun in the last two weeks, those of sub-agents apart: what auto would have made
    //! public.
    int recentSessions = 0;
    std::vector<LinkId> links;     //!< That may be public, of its sessions.
    std::vector<LinkId> violating; //!< Those of them whose session's folder has the mode `disabled`.

    [[nodiscard]] bool isMachine() const { return report.place.directory.isEmpty(); }
    bool operator==(const ProjectMode&) const = default;
};

//! \brief Days that ProjectMode::recentSessions looks back.
constexpr int recentDays = 14;

//! \brief What can be found out about a place beyond its files.
struct ModeFacts
{
    QString file; //!< Of the place's own that says something; empty for none.
    opencode::GitState git = opencode::GitState::NoWorkTree; //!< Of that file.
    QString gitCommand; //!< Commits it; empty when there is nothing to commit.
    //! \brief Of the person, at work in the place, and started before a file that decides was written.
    std::vector<opencode::OpencodeProcess> stale;
    bool hasServer = false; //!< An opencode server is configured, which reload() can tell.
};

//! \brief The use cases of the share mode. Of a ShareManager, on its thread.
class ShareModes : public QObject
{
    Q_OBJECT
public:
    explicit ShareModes(ShareManager& manager);

    //! \brief This machine, then every project that opencode knows and every folder added, by name; those
    //! whose folder is gone only when something of them may be public. Without opencode's database those
    //! added alone. Errors: LedgerUnreadable.
    [[nodiscard]] Expected<std::vector<ProjectMode>> list();
    //! \brief Of any directory; an empty one is this machine.
    [[nodiscard]] opencode::ModeReport report(const QString& directory) const;
    //! \brief As planMode(). Errors: FileFailed for a directory that is not there.
    [[nodiscard]] Expected<opencode::ModePlan> plan(const QString& directory,
                                                    std::optional<opencode::ShareMode> mode) const;
    //! \brief The lines that a change takes away and adds, with those beside them. Secrets in them are
    //! masked: configuration holds keys of APIs.
    [[nodiscard]] std::vector<opencode::LineChange> lines(const opencode::ModeChange& change) const;
    //! \brief Writes the file, and reads the mode back from all layers. Errors: ConfigChanged,
    //! ConfigDangling, FileFailed; ConfigChanged also when the mode came out otherwise, which another program
    //! must have done.
    [[nodiscard]] Expected<opencode::ModeReport> apply(const opencode::ModeChange& change) const;
    //! \brief Takes apply() back, unless the file was changed since. Errors: as of apply().
    [[nodiscard]] Expected<void> undo(const opencode::ModeChange& change) const;

    //! \brief What opencode itself takes for the mode of the place: the configured server, else the installed
    //! program. Errors: OpencodeMissing; those of modeOfOpencode() and OpencodeServer.
    [[nodiscard]] QCoro::Task<Expected<opencode::ShareMode>> askOpencode(opencode::ModePlace place,
                                                                         std::stop_token stop = {}) const;
    //! \brief \p change as it has to be undone now: opencode, which was asked, adds a `$schema` where it
    //! misses one.
    [[nodiscard]] static opencode::ModeChange undoable(opencode::ModeChange change);
    [[nodiscard]] QCoro::Task<ModeFacts> facts(QString directory, std::stop_token stop = {}) const;
    //! \brief Makes the configured server read its files again; what runs there is interrupted. \returns the
    //! mode that it goes by then. Errors: OpencodeMissing (none is configured), those of OpencodeServer.
    [[nodiscard]] QCoro::Task<Expected<opencode::ShareMode>> reload(QString directory,
                                                                    std::stop_token stop = {}) const;

    //! \brief Links of sessions in whose folder nothing may be shared.
    [[nodiscard]] Expected<std::vector<LinkId>> violating();

    [[nodiscard]] Expected<QStringList> addedFolders();
    //! \brief Errors: FileFailed for what is no folder; LedgerUnreadable.
    [[nodiscard]] Expected<void> setAddedFolders(const QStringList& folders);

    //! \brief changed() tells from now on when one of these, which need not exist, is not as it was.
    void watch(const QStringList& files);

Q_SIGNALS:
    void changed();

private:
    ShareManager& m_manager;
    std::unique_ptr<ConfigWatch> m_watch;
};

} // namespace sharelock::sharing
