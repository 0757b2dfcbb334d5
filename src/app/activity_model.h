// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/activity_rows.h"
#include "app/core_thread.h"

#include <QAbstractListModel>

#include <optional>

namespace sharelock::app {

//! \brief Receipts, newest first: of everything, or of one link.
class ActivityModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QList<QString> acts READ acts NOTIFY refreshed)
    Q_PROPERTY(int total READ total NOTIFY refreshed)
    Q_PROPERTY(int shown READ shown NOTIFY shownChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY stateChanged)
public:
    enum class State
    {
        Loading,
        Ready,
        Empty,
        Failed
    };
    Q_ENUM(State)

    enum Role
    {
        AtRole = Qt::UserRole + 1,
        ActRole,
        ActTextRole,
        OutcomeRole,
        OutcomeTextRole,
        OkRole,
        TitleRole,
        UrlRole,
        DetailRole,
        IsProofRole,
        LinkIdRole,
        EvidenceRole,
    };

    explicit ActivityModel(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString filter() const { return m_filter; }
    void setFilter(const QString& act);
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& text);
    [[nodiscard]] QStringList acts() const;
    [[nodiscard]] int total() const { return static_cast<int>(m_all->size()); }
    [[nodiscard]] int shown() const { return rowCount(); }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString errorDetail() const { return m_error.detail; }

    Q_INVOKABLE void refresh();
    //! \brief The name of an act, for a filter's menu.
    Q_INVOKABLE [[nodiscard]] QString textOfAct(const QString& act) const;

    //! \brief Shows one link's receipts only; empty: all.
    void setLink(const QString& linkName);
    //! \brief Shows what was read already.
    void setRows(ActivityRows rows);
    [[nodiscard]] ActivityRows rows() const { return m_all; }
    void clear();
    void fail(const Error& error);

Q_SIGNALS:
    void filterChanged();
    void shownChanged();
    void stateChanged();
    void refreshed();

private:
    friend struct RowUpdate;
    struct Shown
    {
        const ActivityRow* row = nullptr; //!< In m_all.
        friend bool operator==(const Shown& a, const Shown& b) { return *a.row == *b.row; }
    };
    void rebuild();
    void setState(State state, const std::optional<Error>& error = {});

    CoreThread& m_core;
    ActivityRows m_all;
    std::vector<Shown> m_shown;
    QString m_filter;
    QString m_search;
    QString m_link;
    State m_state = State::Loading;
    Error m_error;
    bool m_failed = false; //!< m_error says something.
    quint64 m_request = 0;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace sharelock::app
