// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/session_list_model.h"

#include "app/row_update.h"
#include "app/search_words.h"

namespace sharelock::app {

namespace {

QString chipName(LinkChip chip)
{
    switch (chip) {
    case LinkChip::None:
        return {};
    case LinkChip::Live:
        return QStringLiteral("live");
    case LinkChip::Snapshot:
        return QStringLiteral("snapshot");
    case LinkChip::Orphan:
        return QStringLiteral("orphan");
    }
    return {};
}

} // namespace

SessionListModel::SessionListModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_all(std::make_shared<SessionRows>())
{
}

int SessionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant SessionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Shown& shown = m_shown[static_cast<std::size_t>(index.row())];
    switch (role) {
    case SessionIdRole:
        return shown.row->id;
    case Qt::DisplayRole:
    case TitleRole:
        return shown.row->title;
    case ProjectRole:
        return shown.row->project;
    case DirectoryRole:
        return shown.row->directory;
    case UpdatedRole:
        return shown.row->updated;
    case MessagesRole:
        return shown.row->messages;
    case LinkChipRole:
        return chipName(shown.chip);
    case IsChildRole:
        return shown.depth > 0;
    case DepthRole:
        return shown.depth;
    case ScannedRole:
        return shown.findings.has_value();
    case SecretsRole:
        return shown.findings ? shown.findings->secrets : 0;
    case PersonalRole:
        return shown.findings ? shown.findings->personal : 0;
    case InMessagesRole:
        return shown.inMessages;
    default:
        return {};
    }
}

QHash<int, QByteArray> SessionListModel::roleNames() const
{
    return {
        {SessionIdRole, "sessionId"},   {TitleRole, "title"},     {ProjectRole, "project"},
        {DirectoryRole, "directory"},   {UpdatedRole, "updated"}, {MessagesRole, "messages"},
        {LinkChipRole, "linkChip"},     {IsChildRole, "isChild"}, {DepthRole, "depth"},
        {ScannedRole, "scanned"},       {SecretsRole, "secrets"}, {PersonalRole, "personal"},
        {InMessagesRole, "inMessages"},
    };
}

void SessionListModel::setRows(SessionRowsPtr rows)
{
    // The rows shown point into the old list until the update is through.
    const auto old = std::exchange(m_all, std::move(rows));
    rebuild();
}

void SessionListModel::setChips(const LinkChips& chips)
{
    if (m_chips == chips)
        return;
    m_chips = chips;
    if (m_filter.sharedOnly) {
        rebuild();
        return;
    }
    changeShown({LinkChipRole}, [this](Shown& shown) {
        const LinkChip chip = m_chips.value(shown.row->id);
        return std::exchange(shown.chip, chip) != chip;
    });
}

//! \brief Calls \p change for each row, which tells whether it changed anything.
template <typename Change>
void SessionListModel::changeShown(const QList<int>& roles, const Change& change)
{
    std::optional<std::pair<int, int>> changed;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (!change(m_shown[i]))
            continue;
        const int row = static_cast<int>(i);
        changed = {changed ? changed->first : row, row};
    }
    // One range with what lies between: views look at what is in sight only.
    if (changed)
        Q_EMIT dataChanged(index(changed->first), index(changed->second), roles);
}

void SessionListModel::addFindings(const std::vector<std::pair<QString, sharing::SessionFindings>>& findings)
{
    if (findings.empty())
        return;
    QHash<QString, sharing::SessionFindings> fresh;
    fresh.reserve(static_cast<qsizetype>(findings.size()));
    for (const auto& [id, counts] : findings)
        fresh.insert(id, counts);
    // By the rows' own strings, so that no ID is in memory twice.
    for (const SessionRow& row : m_all->rows) {
        const auto found = fresh.constFind(row.id);
        if (found != fresh.cend())
            m_findings.insert(row.id, *found);
    }
    if (m_filter.withFindings) {
        rebuild();
        return;
    }
    changeShown({ScannedRole, SecretsRole, PersonalRole}, [&fresh](Shown& shown) {
        const auto found = fresh.constFind(shown.row->id);
        if (found == fresh.cend() || shown.findings == *found)
            return false;
        shown.findings = *found;
        return true;
    });
}

void SessionListModel::clearFindings()
{
    if (m_findings.isEmpty())
        return;
    m_findings.clear();
    rebuild();
}

void SessionListModel::setFilter(const Filter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    rebuild();
}

const SessionRow* SessionListModel::find(const QString& id) const
{
    const auto found = std::find_if(m_all->rows.begin(), m_all->rows.end(),
                                    [&](const SessionRow& row) { return row.id == id; });
    return found == m_all->rows.end() ? nullptr : &*found;
}

int SessionListModel::rowOf(const QString& id) const
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [&](const Shown& shown) { return shown.row->id == id; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

SessionListModel::Findings SessionListModel::findingsOf(const SessionRow& row) const
{
    const auto found = m_findings.constFind(row.id);
    return found == m_findings.cend() ? Findings() : Findings(*found);
}

bool SessionListModel::accepts(const SessionRow& row, LinkChip chip, const Findings& findings) const
{
    if (m_filter.withFindings && (!findings || findings->secrets + findings->personal == 0))
        return false;
    return (m_filter.archivedToo || !row.archived) && (!m_filter.sharedOnly || chip != LinkChip::None) &&
           (m_filter.project.isEmpty() || row.project == m_filter.project) &&
           (m_filter.inMessages.contains(row.id) || hasAllWords(row.key, m_filter.words));
}

void SessionListModel::rebuild()
{
    const auto& rows = m_all->rows;
    std::vector<Shown> next;
    next.reserve(rows.size());
    std::vector<int> depths(rows.size(), -1); // Of the rows that are shown.
    m_total = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const SessionRow& row = rows[i];
        const LinkChip chip = m_chips.isEmpty() ? LinkChip::None : m_chips.value(row.id);
        if (m_filter.archivedToo || !row.archived)
            ++m_total;
        const Findings findings = findingsOf(row);
        if (!accepts(row, chip, findings))
            continue;
        // A child whose parent is not shown stands for itself.
        const int above = row.parent < 0 ? -1 : depths[static_cast<std::size_t>(row.parent)];
        depths[i] = above < 0 ? 0 : std::min(above + 1, row.depth);
        const bool inMessages = m_filter.inMessages.contains(row.id) && !hasAllWords(row.key, m_filter.words);
        next.push_back({&row, depths[i], chip, findings, inMessages});
    }
    RowUpdate::apply(*this, m_shown, std::move(next),
                     [](const Shown& shown) -> const QString& { return shown.row->id; });
}

} // namespace sharelock::app
