// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/link_rows.h"
#include "app/message_search.h"
#include "app/session_list_model.h"

#include <QDateTime>
#include <QObject>

#include <optional>

namespace sharelock::app {

//! \brief View model of the page Sessions.
class SessionsPage : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel* model READ model CONSTANT)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QString projectFilter READ projectFilter WRITE setProjectFilter NOTIFY filterChanged)
    Q_PROPERTY(QList<QString> projects READ projects NOTIFY projectsChanged)
    Q_PROPERTY(bool sharedOnly READ sharedOnly WRITE setSharedOnly NOTIFY filterChanged)
    Q_PROPERTY(bool showArchived READ showArchived WRITE setShowArchived NOTIFY filterChanged)
    //! \brief Those with secrets or personal details, among the sessions that were looked through.
    Q_PROPERTY(bool withFindings READ withFindings WRITE setWithFindings NOTIFY filterChanged)
    //! \brief Messages are being searched for the words that titles and projects lack.
    Q_PROPERTY(bool searching READ isSearching NOTIFY searchProgress)
    Q_PROPERTY(int searchedSessions READ searchedSessions NOTIFY searchProgress)
    Q_PROPERTY(int sessionsToSearch READ sessionsToSearch NOTIFY searchProgress)
    //! \brief Why not all messages were searched; empty otherwise.
    Q_PROPERTY(QString searchProblem READ searchProblem NOTIFY searchProgress)
    //! \brief Sessions that were found by their messages.
    Q_PROPERTY(int foundInMessages READ foundInMessages NOTIFY countsChanged)
    //! \brief Whether sessions are being looked through.
    Q_PROPERTY(bool scanning READ isScanning NOTIFY scanChanged)
    Q_PROPERTY(int scanned READ scanned NOTIFY scanChanged)
    Q_PROPERTY(int toScan READ toScan NOTIFY scanChanged)
    Q_PROPERTY(int total READ total NOTIFY countsChanged)
    Q_PROPERTY(int shown READ shown NOTIFY countsChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY stateChanged)
    Q_PROPERTY(QString selectedId READ selectedId WRITE setSelectedId NOTIFY selectedIdChanged)
    Q_PROPERTY(QString selectedTitle READ selectedTitle NOTIFY selectedChanged)
    Q_PROPERTY(QString selectedProject READ selectedProject NOTIFY selectedChanged)
    Q_PROPERTY(QString selectedDirectory READ selectedDirectory NOTIFY selectedChanged)
    Q_PROPERTY(QDateTime selectedUpdated READ selectedUpdated NOTIFY selectedChanged)
    Q_PROPERTY(int selectedMessages READ selectedMessages NOTIFY selectedChanged)
    //! \brief Name of the link that *Update snapshot* is about; empty without one.
    Q_PROPERTY(QString selectedSnapshot READ selectedSnapshot NOTIFY selectedSnapshotChanged)
    //! \brief Of the conversation as it is; 0 until it is loaded.
    Q_PROPERTY(double selectedBytes READ selectedBytes NOTIFY selectedChanged)
public:
    enum class State
    {
        Loading,
        Ready,
        Empty,  //!< No session yet.
        NoData, //!< No opencode data on this machine.
        Failed, //!< errorText says why.
    };
    Q_ENUM(State)

    explicit SessionsPage(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] QAbstractItemModel* model() { return &m_model; }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& text);
    [[nodiscard]] QString projectFilter() const { return m_filter.project; }
    void setProjectFilter(const QString& project);
    [[nodiscard]] QStringList projects() const { return m_model.all().projects; }
    [[nodiscard]] bool sharedOnly() const { return m_filter.sharedOnly; }
    void setSharedOnly(bool on);
    [[nodiscard]] bool showArchived() const { return m_filter.archivedToo; }
    void setShowArchived(bool on);
    [[nodiscard]] bool withFindings() const { return m_filter.withFindings; }
    void setWithFindings(bool on);
    [[nodiscard]] bool isSearching() const { return m_messages.isBusy(); }
    [[nodiscard]] int searchedSessions() const { return m_messages.done(); }
    [[nodiscard]] int sessionsToSearch() const { return m_messages.total(); }
    [[nodiscard]] QString searchProblem() const { return m_messages.problem(); }
    [[nodiscard]] int foundInMessages() const { return static_cast<int>(m_filter.inMessages.size()); }
    [[nodiscard]] bool isScanning() const { return m_scanned < m_toScan; }
    [[nodiscard]] int scanned() const { return m_scanned; }
    [[nodiscard]] int toScan() const { return m_toScan; }
    [[nodiscard]] int total() const { return m_model.total(); }
    [[nodiscard]] int shown() const { return m_model.rowCount(); }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString errorDetail() const { return m_error.detail; }
    [[nodiscard]] QString selectedId() const { return m_selectedId; }
    void setSelectedId(const QString& id);
    [[nodiscard]] QString selectedTitle() const { return m_selected.title; }
    [[nodiscard]] QString selectedProject() const { return m_selected.project; }
    [[nodiscard]] QString selectedDirectory() const { return m_selected.directory; }
    [[nodiscard]] QDateTime selectedUpdated() const { return m_selected.updated; }
    [[nodiscard]] int selectedMessages() const { return m_selected.messages; }
    [[nodiscard]] double selectedBytes() const { return m_selectedBytes; }
    void setSelectedBytes(double bytes);
    [[nodiscard]] QString selectedSnapshot() const { return snapshot().linkName; }
    //! \brief When the last message of that snapshot is from; invalid without one.
    [[nodiscard]] QDateTime snapshotThrough() const { return snapshot().through; }

    Q_INVOKABLE void refresh();
    //! \brief The row in the filtered model; -1 when it is not shown.
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString& sessionId) const;

    void setChips(const LinkChips& chips);
    void setSnapshots(const SnapshotRows& snapshots);
    void acceptScan(const sharelock::sharing::ScanNews& news);
    //! \brief Nothing is looked through any more; what was found is let go, since it would grow old.
    void endScan();
    //! \brief Forgets all rows: another world comes.
    void clear();
    void fail(const Error& error);

Q_SIGNALS:
    void filterChanged();
    void projectsChanged();
    void countsChanged();
    void scanChanged();
    void searchProgress();
    void stateChanged();
    void selectedIdChanged();
    void selectedChanged();
    void selectedSnapshotChanged();
    //! \brief opencode.db was read anew.
    void refreshed();

private:
    void ask(opencode::Counting counting);
    void accept(const Expected<SessionRowsPtr>& answer);
    void setState(State state, const std::optional<Error>& error = {});
    void applyFilter();
    void updateSelected();
    [[nodiscard]] SnapshotRow snapshot() const { return m_snapshots.value(m_selectedId); }

    CoreThread& m_core;
    SessionListModel m_model;
    MessageSearch m_messages;
    SessionListModel::Filter m_filter;
    QString m_search;
    State m_state = State::Loading;
    Error m_error;
    bool m_failed = false; //!< m_error says something.
    QString m_selectedId;
    SessionRow m_selected;
    double m_selectedBytes = 0;
    SnapshotRows m_snapshots;
    int m_scanned = 0;
    int m_toScan = 0;
    quint64 m_request = 0;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace sharelock::app
