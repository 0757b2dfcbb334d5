// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/link_list_model.h"

#include "app/row_update.h"
#include "app/search_words.h"

#include <algorithm>

namespace sharelock::app {

namespace {

//! \brief Which rows come first when people look for trouble.
int severity(const LinkRow& row)
{
    static const QStringList order{
        QStringLiteral("still-served"), QStringLiteral("orphan-lost"), QStringLiteral("orphan"),
        QStringLiteral("live"),         QStringLiteral("cached"),      QStringLiteral("unreachable"),
        QStringLiteral("unknown"),      QStringLiteral("foreign"),     QStringLiteral("removed"),
    };
    const auto place = order.indexOf(row.stateKey);
    return static_cast<int>(place < 0 ? order.size() : place);
}

int compareText(const QString& a, const QString& b)
{
    return QString::compare(a, b, Qt::CaseInsensitive);
}

template <typename T>
int compareValue(const T& a, const T& b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

//! \brief What never goes comes last.
int compareExpiry(const LinkRow& a, const LinkRow& b)
{
    if (a.expiresAt.isValid() != b.expiresAt.isValid())
        return a.expiresAt.isValid() ? -1 : 1;
    return compareValue(a.expiresAt, b.expiresAt);
}

//! \brief Whether it is one of a group that stateGroup() or a finding makes.
bool isOfGroup(const LinkRow& row, const QString& group)
{
    if (group == QLatin1String("secrets"))
        return row.mayBePublic && row.secrets > 0;
    if (group == QLatin1String("overdue"))
        return row.isOverdue;
    return group.isEmpty() || stateGroup(row.stateKey) == group;
}

//! \brief Negative when \p a comes first.
int compareBy(int role, const LinkRow& a, const LinkRow& b)
{
    switch (role) {
    case LinkListModel::StateKeyRole:
    case LinkListModel::StateTextRole:
        return compareValue(severity(a), severity(b));
    case LinkListModel::TitleRole:
        return compareText(a.title, b.title);
    case LinkListModel::ProjectRole:
        return compareText(a.project, b.project);
    case LinkListModel::KindRole:
    case LinkListModel::KindTextRole:
        return compareText(a.kindText, b.kindText);
    case LinkListModel::ServerRole:
        return compareText(a.server, b.server);
    case LinkListModel::MessagesRole:
        return compareValue(a.messages, b.messages);
    case LinkListModel::CheckedAtRole:
        return compareValue(a.checkedAt, b.checkedAt);
    case LinkListModel::SecretsRole:
        return compareValue(a.secrets, b.secrets);
    case LinkListModel::ExpiresAtRole:
        return compareExpiry(a, b);
    default:
        return compareValue(a.sharedAt, b.sharedAt);
    }
}

} // namespace

LinkListModel::LinkListModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_all(std::make_shared<LinkRows>())
{
}

int LinkListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant LinkListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return value(*m_shown[static_cast<std::size_t>(index.row())].row, role);
}

QVariant LinkListModel::value(const LinkRow& row, int role) const
{
    switch (role) {
    case LinkIdRole:
        return row.id;
    case UrlRole:
        return row.url;
    case StateKeyRole:
        return row.stateKey;
    case StateTextRole:
        return row.stateText;
    case Qt::DisplayRole:
    case TitleRole:
        return row.title;
    case ProjectRole:
        return row.project;
    case KindRole:
        return row.kind;
    case KindTextRole:
        return row.kindText;
    case ServerRole:
        return row.server;
    case SharedAtRole:
        return row.sharedAt;
    case CheckedAtRole:
        return row.checkedAt;
    case MessagesRole:
        return row.messages;
    case SessionDeletedRole:
        return row.sessionDeleted;
    case SelectedRole:
        return m_selection.contains(row.id);
    case BusyTextRole:
        return m_busy.value(row.id);
    case ErrorTextRole:
        return m_errors.value(row.id);
    case ProofRole:
        return row.proof;
    case HasKeyRole:
        return row.hasKey;
    case SyncedAtRole:
        return row.syncedAt;
    case SourceSessionRole:
        return row.sourceSessionId;
    case UpdatableRole:
        return row.updatable;
    case PartlyUpdatedRole:
        return row.partlyUpdated;
    case SecretsRole:
        return row.secrets;
    case PersonalRole:
        return row.personal;
    case ExpiresAtRole:
        return row.expiresAt;
    case OverdueRole:
        return row.isOverdue;
    case SourceTextRole:
        return row.sourceText;
    case ReplaceableRole:
        return row.replaceable;
    default:
        return {};
    }
}

QHash<int, QByteArray> LinkListModel::roleNames() const
{
    return {
        {LinkIdRole, "linkId"},
        {UrlRole, "url"},
        {StateKeyRole, "stateKey"},
        {StateTextRole, "stateText"},
        {TitleRole, "title"},
        {ProjectRole, "project"},
        {KindRole, "kind"},
        {KindTextRole, "kindText"},
        {ServerRole, "server"},
        {SharedAtRole, "sharedAt"},
        {CheckedAtRole, "checkedAt"},
        {MessagesRole, "messages"},
        {SessionDeletedRole, "sessionDeleted"},
        {SelectedRole, "selected"},
        {BusyTextRole, "busyText"},
        {ErrorTextRole, "errorText"},
        {ProofRole, "proof"},
        {HasKeyRole, "hasKey"},
        {SyncedAtRole, "syncedAt"},
        {SourceSessionRole, "sourceSessionId"},
        {UpdatableRole, "updatable"},
        {PartlyUpdatedRole, "partlyUpdated"},
        {SecretsRole, "secrets"},
        {PersonalRole, "personal"},
        {ExpiresAtRole, "expiresAt"},
        {OverdueRole, "overdue"},
        {SourceTextRole, "sourceText"},
        {ReplaceableRole, "replaceable"},
    };
}

void LinkListModel::setRows(LinkRowsPtr rows)
{
    // The rows shown point into the old list until the update is through.
    const auto old = std::exchange(m_all, std::move(rows));
    rebuild();
}

void LinkListModel::reset()
{
    m_filter = {};
    m_selection.clear();
    m_busy.clear();
    m_errors.clear();
    setRows(std::make_shared<LinkRows>());
}

void LinkListModel::setFilter(const Filter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    rebuild();
}

void LinkListModel::setSort(const QString& roleName, bool descending)
{
    m_sortRole = roleNames().key(roleName.toLatin1(), SharedAtRole);
    m_descending = descending;
    rebuild();
}

const LinkRow* LinkListModel::find(const QString& id) const
{
    const auto found = std::find_if(m_all->rows.begin(), m_all->rows.end(),
                                    [&](const LinkRow& row) { return row.id == id; });
    return found == m_all->rows.end() ? nullptr : &*found;
}

QStringList LinkListModel::shownIds() const
{
    QStringList result;
    for (const Shown& shown : m_shown)
        result.append(shown.row->id);
    return result;
}

int LinkListModel::rowOf(const QString& id) const
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [&](const Shown& shown) { return shown.row->id == id; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

std::vector<const LinkRow*> LinkListModel::selectedRows() const
{
    std::vector<const LinkRow*> result;
    for (const LinkRow& row : m_all->rows) {
        if (m_selection.contains(row.id))
            result.push_back(&row);
    }
    return result;
}

void LinkListModel::setSelection(const QSet<QString>& ids)
{
    const QSet<QString> old = std::exchange(m_selection, ids);
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const QString& id = m_shown[i].row->id;
        if (old.contains(id) == ids.contains(id))
            continue;
        const auto at = index(static_cast<int>(i));
        Q_EMIT dataChanged(at, at, {SelectedRole});
    }
}

void LinkListModel::setBusy(const QString& id, const QString& text)
{
    if (text.isEmpty())
        m_busy.remove(id);
    else
        m_busy.insert(id, text);
    touch(id, BusyTextRole);
}

void LinkListModel::setError(const QString& id, const QString& text)
{
    if (text.isEmpty())
        m_errors.remove(id);
    else
        m_errors.insert(id, text);
    touch(id, ErrorTextRole);
}

void LinkListModel::touch(const QString& id, Role role)
{
    const int row = rowOf(id);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {role});
}

bool LinkListModel::accepts(const LinkRow& row) const
{
    return isOfGroup(row, m_filter.group) &&
           (!m_filter.sharedBefore.isValid() || row.sharedAt < m_filter.sharedBefore) &&
           (m_filter.project.isEmpty() || row.project == m_filter.project) &&
           hasAllWords(row.key, m_filter.words);
}

void LinkListModel::rebuild()
{
    std::vector<Shown> next;
    for (const LinkRow& row : m_all->rows) {
        if (accepts(row))
            next.push_back({&row});
    }
    std::stable_sort(next.begin(), next.end(), [this](const Shown& a, const Shown& b) {
        // What should be gone is looked at before all else.
        if (a.row->isOverdue != b.row->isOverdue)
            return a.row->isOverdue;
        const int order = compareBy(m_sortRole, *a.row, *b.row);
        if (order != 0)
            return m_descending ? order > 0 : order < 0;
        // Equal ones: the newest first, whatever the direction.
        return a.row->sharedAt > b.row->sharedAt;
    });
    RowUpdate::apply(*this, m_shown, std::move(next),
                     [](const Shown& shown) -> const QString& { return shown.row->id; });
}

} // namespace sharelock::app
