// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/activity_rows.h"
#include "app/link_jobs.h"
#include "app/link_list_model.h"

#include <QDateTime>
#include <QObject>

#include <memory>
#include <optional>
#include <utility>

Q_MOC_INCLUDE("app/activity_model.h")
Q_MOC_INCLUDE("app/transcript_model.h")

namespace sharelock::app {

class ActivityModel;
class TranscriptModel;

//! \brief View model of the page Links.
class LinksPage : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel* model READ model CONSTANT)
    Q_PROPERTY(int liveCount READ liveCount NOTIFY countsChanged)
    Q_PROPERTY(int orphanCount READ orphanCount NOTIFY countsChanged)
    Q_PROPERTY(int stillServedCount READ stillServedCount NOTIFY countsChanged)
    Q_PROPERTY(int secretsCount READ secretsCount NOTIFY countsChanged)
    Q_PROPERTY(int overdueCount READ overdueCount NOTIFY countsChanged)
    //! \brief Links with which something is amiss.
    Q_PROPERTY(int attentionCount READ attentionCount NOTIFY countsChanged)
    Q_PROPERTY(int total READ total NOTIFY countsChanged)
    Q_PROPERTY(int shown READ shown NOTIFY countsChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(int selectedMessages READ selectedMessages NOTIFY selectionChanged)
    Q_PROPERTY(int selectedSecrets READ selectedSecrets NOTIFY selectionChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QString stateFilter READ stateFilter WRITE setStateFilter NOTIFY filterChanged)
    Q_PROPERTY(QString projectFilter READ projectFilter WRITE setProjectFilter NOTIFY filterChanged)
    //! \brief Days that a link must be old at least; 0: any.
    Q_PROPERTY(int ageFilter READ ageFilter WRITE setAgeFilter NOTIFY filterChanged)
    Q_PROPERTY(QList<QString> projects READ projects NOTIFY projectsChanged)
    Q_PROPERTY(QString sortColumn READ sortColumn WRITE setSortColumn NOTIFY sortChanged)
    Q_PROPERTY(bool sortDescending READ sortDescending WRITE setSortDescending NOTIFY sortChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(int doneCount READ doneCount NOTIFY busyChanged)
    Q_PROPERTY(int todoCount READ todoCount NOTIFY busyChanged)
    Q_PROPERTY(int failedCount READ failedCount NOTIFY busyChanged)
    Q_PROPERTY(QDateTime lastChecked READ lastChecked NOTIFY countsChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY stateChanged)
    Q_PROPERTY(QList<int> liveHistory READ liveHistory NOTIFY countsChanged)
    Q_PROPERTY(QString detailId READ detailId WRITE setDetailId NOTIFY detailIdChanged)
    Q_PROPERTY(sharelock::app::TranscriptModel* detail READ detail CONSTANT)
    Q_PROPERTY(QAbstractItemModel* detailHistory READ detailHistory CONSTANT)
    //! \brief Facts of the link in detail, which the filter may hide: the model's roles by name.
    Q_PROPERTY(QString detailSession READ detailSession NOTIFY detailChanged)
    Q_PROPERTY(QVariantMap detailLink READ detailLink NOTIFY detailChanged)
    //! \brief How what is public differs from the session, in words; empty until that is known.
    Q_PROPERTY(QString detailDifference READ detailDifference NOTIFY detailChanged)
public:
    enum class State
    {
        Loading,
        Ready,
        Empty,
        Failed
    };
    Q_ENUM(State)

    explicit LinksPage(CoreThread& core, QObject* parent = nullptr);
    ~LinksPage() override;

    [[nodiscard]] QAbstractItemModel* model() { return &m_model; }
    [[nodiscard]] int liveCount() const { return m_model.all().live; }
    [[nodiscard]] int orphanCount() const { return m_model.all().orphans; }
    [[nodiscard]] int stillServedCount() const { return m_model.all().stillServed; }
    [[nodiscard]] int secretsCount() const { return m_model.all().withSecrets; }
    [[nodiscard]] int overdueCount() const { return m_model.all().overdue; }
    [[nodiscard]] int attentionCount() const { return m_model.all().attention; }
    [[nodiscard]] int total() const { return static_cast<int>(m_model.all().rows.size()); }
    [[nodiscard]] int shown() const { return m_model.rowCount(); }
    [[nodiscard]] int selectedCount() const { return static_cast<int>(m_model.selection().size()); }
    [[nodiscard]] int selectedMessages() const;
    [[nodiscard]] int selectedSecrets() const;
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& text);
    [[nodiscard]] QString stateFilter() const { return m_filter.group; }
    void setStateFilter(const QString& group);
    [[nodiscard]] QString projectFilter() const { return m_filter.project; }
    void setProjectFilter(const QString& project);
    [[nodiscard]] int ageFilter() const { return m_ageFilter; }
    void setAgeFilter(int days);
    [[nodiscard]] QStringList projects() const { return m_model.all().projects; }
    [[nodiscard]] QString sortColumn() const { return m_sortColumn; }
    void setSortColumn(const QString& roleName);
    [[nodiscard]] bool sortDescending() const { return m_descending; }
    void setSortDescending(bool on);
    [[nodiscard]] bool isBusy() const { return m_jobs.isBusy(); }
    [[nodiscard]] int doneCount() const { return m_jobs.done(); }
    [[nodiscard]] int todoCount() const { return m_jobs.todo(); }
    [[nodiscard]] int failedCount() const { return static_cast<int>(m_model.failedIds().size()); }
    [[nodiscard]] QDateTime lastChecked() const { return m_model.all().lastChecked; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString errorDetail() const { return m_error.detail; }
    [[nodiscard]] QList<int> liveHistory() const { return m_model.all().liveHistory; }
    [[nodiscard]] QString detailId() const { return m_detailId; }
    void setDetailId(const QString& linkId);
    [[nodiscard]] TranscriptModel* detail() const { return m_detail.get(); }
    [[nodiscard]] QAbstractItemModel* detailHistory() const;
    //! \brief The local session of the link in detail.
    [[nodiscard]] QString detailSession() const;
    [[nodiscard]] QVariantMap detailLink() const;
    [[nodiscard]] QString detailDifference() const { return m_difference; }

    Q_INVOKABLE void toggle(int row);
    Q_INVOKABLE void selectRange(int from, int to);
    //! \brief All that are shown.
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();
    //! \brief Probes the selected links, or all that are shown.
    Q_INVOKABLE void checkNow();
    Q_INVOKABLE void checkOne(const QString& linkId);
    //! \brief The link of a session that a person would mean, as detailLink: the newest that may be public;
    //! empty without one.
    Q_INVOKABLE [[nodiscard]] QVariantMap linkOfSession(const QString& sessionId) const;
    //! \brief Probes what was never probed: the page is looked at, and "not checked" tells nothing.
    Q_INVOKABLE void checkUnknown();
    Q_INVOKABLE void unshareSelected();
    Q_INVOKABLE void unshareOne(const QString& linkId);
    void unshareMany(const QList<sharelock::sharing::LinkId>& links);
    //! \brief Takes it down after so many days from now; 0: never.
    Q_INVOKABLE void setExpiry(const QString& linkId, int days);
    Q_INVOKABLE void cancel();
    //! \brief URLs of the selected links to the clipboard, one a line.
    Q_INVOKABLE void copySelected();
    Q_INVOKABLE void retryFailed();
    Q_INVOKABLE [[nodiscard]] QStringList selectedTitles() const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString& linkId) const;
    Q_INVOKABLE void refresh();

    //! \brief The core runs: opens the vault, reads the links, takes up what was interrupted.
    void begin();
    //! \brief Forgets all rows: another world comes.
    void clear();
    void fail(const Error& error);
    //! \brief A snapshot has taken the place of that link. \p doubt why it may be public still; else empty.
    void acceptReplaced(const QString& linkId, const QString& doubt);
    //! \brief All receipts; detailHistory shows those of the link in detail.
    void setHistory(const ActivityRows& rows);

Q_SIGNALS:
    void countsChanged();
    void selectionChanged();
    void filterChanged();
    void projectsChanged();
    void sortChanged();
    void busyChanged();
    void stateChanged();
    void detailIdChanged();
    void detailChanged();
    void chipsChanged(const sharelock::app::LinkChips& chips);
    void snapshotsChanged(const sharelock::app::SnapshotRows& snapshots);
    void vaultReported(const sharelock::sharing::VaultReport& report);
    void refreshed();
    void copyRequested(const QString& text);

private:
    void accept(const Expected<LinkRowsPtr>& answer);
    void applyFilter();
    //! \brief All roles of a row; nothing of a null one.
    [[nodiscard]] QVariantMap byName(const LinkRow* row) const;
    //! \brief Whether there is something public to compare with its session, and when it was last changed.
    [[nodiscard]] std::pair<bool, QDateTime> comparedState() const;
    void compareDetail();
    void onSucceeded(const sharing::Link& link, LinkJobs::Kind kind);
    void onFailed(const QString& id, LinkJobs::Kind kind, const Error& error);
    void run(LinkJobs::Kind kind, const std::vector<const LinkRow*>& rows);
    void setSelection(const QSet<QString>& ids);
    void setState(State state, const std::optional<Error>& error = {});

    CoreThread& m_core;
    LinkListModel m_model;
    LinkJobs m_jobs;
    std::unique_ptr<TranscriptModel> m_detail;
    std::unique_ptr<ActivityModel> m_detailHistory;
    LinkListModel::Filter m_filter;
    QString m_search;
    int m_ageFilter = 0;
    QString m_sortColumn = QStringLiteral("sharedAt");
    bool m_descending = true;
    QString m_detailId;
    QString m_difference;
    int m_comparison = 0; //!< Its answer counts; that of an earlier one is out of date.
    State m_state = State::Loading;
    Error m_error;
    bool m_failed = false; //!< m_error says something.
    quint64 m_round = 0;   //!< Answers of an earlier world are ignored.
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace sharelock::app
