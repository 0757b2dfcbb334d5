// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/mode_list_model.h"

#include "app/row_update.h"
#include "app/search_words.h"

namespace sharelock::app {

ModeListModel::ModeListModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_all(std::make_shared<ModeRows>())
{
}

int ModeListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant ModeListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ModeRow& row = *m_shown[static_cast<std::size_t>(index.row())].row;
    switch (role) {
    case DirectoryRole:
        return row.directory;
    case NameRole:
        return row.name;
    case PathRole:
        return row.path;
    case ModeKeyRole:
        return row.modeKey;
    case WhyRole:
        return row.why;
    case LinksRole:
        return row.links;
    case ViolatingRole:
        return row.violating;
    case LastSessionRole:
        return row.lastSession;
    case LockedRole:
        return row.locked;
    case MissingRole:
        return row.missing;
    case MachineRole:
        return row.isMachine();
    case SelectedRole:
        return m_selection.contains(row.directory);
    case ResultRole:
        return m_results.value(row.directory);
    default:
        return {};
    }
}

QHash<int, QByteArray> ModeListModel::roleNames() const
{
    return {{DirectoryRole, "directory"},
            {NameRole, "name"},
            {PathRole, "path"},
            {ModeKeyRole, "modeKey"},
            {WhyRole, "why"},
            {LinksRole, "links"},
            {ViolatingRole, "violating"},
            {LockedRole, "locked"},
            {MissingRole, "missing"},
            {LastSessionRole, "lastSession"},
            {MachineRole, "machine"},
            {SelectedRole, "selected"},
            {ResultRole, "result"}};
}

void ModeListModel::setRows(ModeRowsPtr rows)
{
    const ModeRowsPtr keep = std::exchange(m_all, std::move(rows));
    QSet<QString> still;
    for (const ModeRow& row : m_all->rows) {
        if (m_selection.contains(row.directory))
            still.insert(row.directory);
    }
    m_selection = still;
    rebuild();
}

void ModeListModel::setFilter(const QStringList& words, const QString& modeKey)
{
    m_words = words;
    m_modeKey = modeKey;
    rebuild();
}

void ModeListModel::rebuild()
{
    std::vector<Shown> next;
    for (const ModeRow& row : m_all->rows) {
        const bool hasWords = hasAllWords(row.key, m_words);
        if (hasWords && (m_modeKey.isEmpty() || row.modeKey == m_modeKey))
            next.push_back({&row});
    }
    RowUpdate::apply(*this, m_shown, std::move(next),
                     [](const Shown& shown) { return shown.row->directory; });
}

const ModeRow* ModeListModel::find(const QString& directory) const
{
    for (const ModeRow& row : m_all->rows) {
        if (row.directory == directory)
            return &row;
    }
    return nullptr;
}

int ModeListModel::rowOf(const QString& directory) const
{
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (m_shown[i].row->directory == directory)
            return static_cast<int>(i);
    }
    return -1;
}

void ModeListModel::setSelection(const QSet<QString>& directories)
{
    m_selection = directories;
    touchAll({SelectedRole});
}

void ModeListModel::setResults(const QHash<QString, QString>& results)
{
    m_results = results;
    touchAll({ResultRole});
}

void ModeListModel::touchAll(const QList<int>& roles)
{
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
}

} // namespace sharelock::app
