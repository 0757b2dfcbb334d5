// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/session_rows.h"
#include "sharing/session_findings.h"

#include <QAbstractListModel>
#include <QSet>

#include <optional>

namespace sharelock::app {

//! \brief The sessions that the filter lets through, as a flat list with depths. Changes row by row.
class SessionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        SessionIdRole = Qt::UserRole + 1,
        TitleRole,
        ProjectRole,
        DirectoryRole,
        UpdatedRole,
        MessagesRole,
        LinkChipRole,
        IsChildRole,
        DepthRole,
        ScannedRole,    //!< Whether the next two are known.
        SecretsRole,    //!< How many values.
        PersonalRole,   //!< How many values.
        InMessagesRole, //!< Some of the words stand in its messages only.
    };

    struct Filter
    {
        QStringList words; //!< Lower case; all must occur.
        //! \brief Sessions in whose messages stands what of the words their title and project lack.
        QSet<QString> inMessages;
        QString project; //!< Empty: all.
        bool sharedOnly = false;
        bool archivedToo = false;
        bool withFindings = false; //!< Of those that were scanned.
        bool operator==(const Filter&) const = default;
    };

    explicit SessionListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setRows(SessionRowsPtr rows);
    void setChips(const LinkChips& chips);
    //! \brief Adds to what is known, or replaces it.
    void addFindings(const std::vector<std::pair<QString, sharing::SessionFindings>>& findings);
    void clearFindings();
    void setFilter(const Filter& filter);
    //! \brief Rows that archived sessions are not counted in, unless the filter lets them in.
    [[nodiscard]] int total() const { return m_total; }
    //! \brief Also of rows that the filter hides; null when there is none.
    [[nodiscard]] const SessionRow* find(const QString& id) const;
    //! \brief Among those shown; -1 when it is not.
    [[nodiscard]] int rowOf(const QString& id) const;
    [[nodiscard]] const SessionRows& all() const { return *m_all; }
    [[nodiscard]] const SessionRowsPtr& allRows() const { return m_all; }

private:
    friend struct RowUpdate;
    using Findings = std::optional<sharing::SessionFindings>;
    struct Shown
    {
        const SessionRow* row = nullptr; //!< In m_all.
        int depth = 0;                   //!< Of the nearest shown parent.
        LinkChip chip = LinkChip::None;
        Findings findings = {}; //!< Unset: not scanned yet.
        bool inMessages = false;
        friend bool operator==(const Shown& a, const Shown& b)
        {
            return a.depth == b.depth && a.chip == b.chip && a.findings == b.findings &&
                   a.inMessages == b.inMessages && *a.row == *b.row;
        }
    };
    [[nodiscard]] bool accepts(const SessionRow& row, LinkChip chip, const Findings& findings) const;
    [[nodiscard]] Findings findingsOf(const SessionRow& row) const;
    template <typename Change>
    void changeShown(const QList<int>& roles, const Change& change);
    void rebuild();

    SessionRowsPtr m_all;
    std::vector<Shown> m_shown;
    LinkChips m_chips;
    QHash<QString, sharing::SessionFindings> m_findings;
    Filter m_filter;
    int m_total = 0;
};

} // namespace sharelock::app
