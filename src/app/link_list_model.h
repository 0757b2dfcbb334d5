// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/link_rows.h"

#include <QAbstractListModel>
#include <QSet>

namespace sharelock::app {

//! \brief The links that the filter lets through, sorted; with selection by ID and what runs on each.
class LinkListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        LinkIdRole = Qt::UserRole + 1,
        UrlRole,
        StateKeyRole,
        StateTextRole,
        TitleRole,
        ProjectRole,
        KindRole,
        KindTextRole,
        ServerRole,
        SharedAtRole,
        CheckedAtRole,
        MessagesRole,
        SessionDeletedRole,
        SelectedRole,
        BusyTextRole,
        ErrorTextRole,
        ProofRole,
        HasKeyRole,
        SyncedAtRole,
        SourceSessionRole,
        UpdatableRole,
        PartlyUpdatedRole,
        SecretsRole,
        PersonalRole,
        ExpiresAtRole,
        OverdueRole,
        SourceTextRole,
        ReplaceableRole,
    };

    struct Filter
    {
        QStringList words;
        QString group; //!< Of stateGroup(); empty: all.
        QString project;
        QDateTime sharedBefore; //!< Invalid: any time.
        bool operator==(const Filter&) const = default;
    };

    explicit LinkListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! \brief What a role says of a row, shown or not.
    [[nodiscard]] QVariant value(const LinkRow& row, int role) const;

    void setRows(LinkRowsPtr rows);
    //! \brief No rows, no filter, nothing selected.
    void reset();
    void setFilter(const Filter& filter);
    //! \param roleName an unknown one sorts by `sharedAt`.
    void setSort(const QString& roleName, bool descending);

    [[nodiscard]] const LinkRows& all() const { return *m_all; }
    [[nodiscard]] const LinkRow* find(const QString& id) const;
    [[nodiscard]] QStringList shownIds() const;
    [[nodiscard]] int rowOf(const QString& id) const;

    //! \brief In the order of all rows.
    [[nodiscard]] std::vector<const LinkRow*> selectedRows() const;
    [[nodiscard]] const QSet<QString>& selection() const { return m_selection; }
    void setSelection(const QSet<QString>& ids);
    void setBusy(const QString& id, const QString& text);
    void setError(const QString& id, const QString& text);
    [[nodiscard]] QStringList failedIds() const { return m_errors.keys(); }

private:
    friend struct RowUpdate;
    struct Shown
    {
        const LinkRow* row = nullptr; //!< In m_all.
        friend bool operator==(const Shown& a, const Shown& b) { return *a.row == *b.row; }
    };
    [[nodiscard]] bool accepts(const LinkRow& row) const;
    void rebuild();
    void touch(const QString& id, Role role);

    LinkRowsPtr m_all;
    std::vector<Shown> m_shown;
    QSet<QString> m_selection;
    QHash<QString, QString> m_busy;
    QHash<QString, QString> m_errors;
    Filter m_filter;
    int m_sortRole = SharedAtRole;
    bool m_descending = true;
};

} // namespace sharelock::app
