// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/mode_rows.h"

#include <QAbstractListModel>
#include <QSet>

namespace sharelock::app {

//! \brief This machine and the projects that the search lets through, with those chosen for an act on many.
class ModeListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        DirectoryRole = Qt::UserRole + 1,
        NameRole,
        PathRole,
        ModeKeyRole,
        WhyRole,
        LinksRole,
        ViolatingRole,
        LastSessionRole,
        LockedRole,
        MissingRole,
        MachineRole,
        SelectedRole,
        ResultRole,
    };

    explicit ModeListModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setRows(ModeRowsPtr rows);
    void setFilter(const QStringList& words, const QString& modeKey);
    [[nodiscard]] const ModeRows& all() const { return *m_all; }
    //! \brief Null when there is none.
    [[nodiscard]] const ModeRow* find(const QString& directory) const;
    [[nodiscard]] int rowOf(const QString& directory) const;

    [[nodiscard]] const QSet<QString>& selection() const { return m_selection; }
    void setSelection(const QSet<QString>& directories);
    //! \brief What became of an act on many, by row.
    void setResults(const QHash<QString, QString>& results);

private:
    friend struct RowUpdate;
    struct Shown
    {
        const ModeRow* row = nullptr; //!< In m_all.
        friend bool operator==(const Shown& a, const Shown& b) { return *a.row == *b.row; }
    };
    void rebuild();
    void touchAll(const QList<int>& roles);

    ModeRowsPtr m_all;
    std::vector<Shown> m_shown;
    QStringList m_words;
    QString m_modeKey;
    QSet<QString> m_selection;
    QHash<QString, QString> m_results;
};

} // namespace sharelock::app
