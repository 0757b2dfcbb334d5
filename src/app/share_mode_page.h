// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/mode_editor.h"
#include "app/mode_list_model.h"

#include <QVariantMap>

namespace sharelock::app {

//! \brief View model of the page Share mode.
class ShareModePage : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel* model READ model CONSTANT)
    Q_PROPERTY(sharelock::app::ModeEditor* editor READ editor CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY rowsChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY rowsChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY rowsChanged)
    Q_PROPERTY(int total READ total NOTIFY rowsChanged)
    Q_PROPERTY(int shown READ shown NOTIFY filterChanged)
    //! \brief Places where every new session is public at once.
    Q_PROPERTY(int onAuto READ onAuto NOTIFY rowsChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QString modeFilter READ modeFilter WRITE setModeFilter NOTIFY filterChanged)
    //! \brief The place in detail; empty is this computer.
    Q_PROPERTY(QString directory READ directory WRITE setDirectory NOTIFY detailChanged)
    Q_PROPERTY(QVariantMap detail READ detail NOTIFY detailChanged)
    //! \brief Of the place in detail; maps: kindText, value, place, wins, locked, problem.
    Q_PROPERTY(QVariantList layers READ layers NOTIFY detailChanged)
    Q_PROPERTY(QList<QString> warnings READ warnings NOTIFY detailChanged)
    //! \brief Running opencodes that still have the mode from before a file was changed.
    Q_PROPERTY(QList<QString> processes READ processes NOTIFY detailChanged)
    Q_PROPERTY(QString folderProblem READ folderProblem NOTIFY folderProblemChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(bool bulkBusy READ isBulkBusy NOTIFY selectionChanged)
    //! \brief Of the last act on many: how many failed.
    Q_PROPERTY(int bulkFailed READ bulkFailed NOTIFY selectionChanged)
    //! \brief Files that disabling the selected would write, for the question before it.
    Q_PROPERTY(QList<QString> bulkFiles READ bulkFiles NOTIFY bulkPlanned)
    Q_PROPERTY(QList<QString> bulkProblems READ bulkProblems NOTIFY bulkPlanned)
public:
    enum class State
    {
        Loading,
        Ready,
        Failed
    };
    Q_ENUM(State)

    explicit ShareModePage(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] QAbstractItemModel* model() { return &m_model; }
    [[nodiscard]] ModeEditor* editor() { return &m_editor; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString errorText() const { return m_error ? caption(*m_error) : QString(); }
    [[nodiscard]] QString errorDetail() const { return m_error ? m_error->detail : QString(); }
    [[nodiscard]] int total() const { return int(m_model.all().rows.size()); }
    [[nodiscard]] int shown() const { return m_model.rowCount(); }
    [[nodiscard]] int onAuto() const { return m_model.all().onAuto; }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& text);
    [[nodiscard]] QString modeFilter() const { return m_modeFilter; }
    void setModeFilter(const QString& modeKey);
    [[nodiscard]] QString directory() const { return m_directory; }
    void setDirectory(const QString& directory);
    //! \brief name, path, modeKey, why, errorText, errorDetail, links, violating, lastSession, sessions,
    //! perDay, missing, added, locked, hasOwn, machine; gitText, gitCommand and hasServer once they are
    //! known.
    [[nodiscard]] QVariantMap detail() const;
    [[nodiscard]] QVariantList layers() const;
    [[nodiscard]] QStringList warnings() const;
    [[nodiscard]] QStringList processes() const { return m_facts.processes; }
    [[nodiscard]] QString folderProblem() const { return m_folderProblem; }
    [[nodiscard]] int selectedCount() const { return int(m_model.selection().size()); }
    [[nodiscard]] bool isBulkBusy() const { return m_bulkBusy; }
    [[nodiscard]] int bulkFailed() const { return m_bulkFailed; }
    [[nodiscard]] QStringList bulkFiles() const { return m_bulkFiles; }
    [[nodiscard]] QStringList bulkProblems() const { return m_bulkProblems; }

    Q_INVOKABLE void toggle(int row);
    Q_INVOKABLE void clearSelection();
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString& directory) const { return m_model.rowOf(directory); }
    //! \brief Finds out what disabling the selected would write; bulkPlanned() tells.
    Q_INVOKABLE void planDisabling();
    //! \brief Writes just that.
    Q_INVOKABLE void disableSelected();
    Q_INVOKABLE void addFolder(const QString& path);
    Q_INVOKABLE void removeFolder(const QString& path);
    //! \brief Takes the links down that stand where nothing may be shared.
    Q_INVOKABLE void unshareViolating();
    //! \brief Tells the configured opencode server to read its files again.
    Q_INVOKABLE void reloadServer();
    //! \brief Reads all places; from then on their files are followed.
    Q_INVOKABLE void refresh();

    //! \brief Another world comes.
    void clear();

Q_SIGNALS:
    void rowsChanged();
    void filterChanged();
    void detailChanged();
    void folderProblemChanged();
    void folderAdded(const QString& directory);
    void selectionChanged();
    void bulkPlanned();
    void unshareWanted(const QList<sharelock::sharing::LinkId>& links);

private:
    //! \brief What is found out about one place beyond its files.
    struct Facts
    {
        QString gitText;
        QString gitCommand;
        QStringList processes;
        bool hasServer = false;
    };
    struct Listing
    {
        ModeRowsPtr rows;
        std::optional<Error> error;
    };
    static Listing read(sharing::ShareManager& manager);
    static QCoro::Task<Facts> lookFor(sharing::ShareManager& manager, QString directory,
                                      std::stop_token stop);

    void accept(const Listing& listing);
    void askFacts();
    void applyFilter();
    void setFolders(const QStringList& added, const QString& removed);

    CoreThread& m_core;
    ModeListModel m_model;
    ModeEditor m_editor;
    State m_state = State::Loading;
    std::optional<Error> m_error;
    QString m_search;
    QString m_modeFilter;
    QString m_directory;
    Facts m_facts;
    QString m_reloadText;
    QString m_folderProblem;
    std::vector<opencode::ModeChange> m_bulk;
    QStringList m_bulkFiles;
    QStringList m_bulkProblems;
    int m_bulkFailed = 0;
    bool m_bulkBusy = false;
    bool m_asking = false;
    bool m_askAgain = false;
    quint64 m_round = 0; //!< Answers of an earlier world are ignored.
    quint64 m_factsRound = 0;
};

} // namespace sharelock::app
