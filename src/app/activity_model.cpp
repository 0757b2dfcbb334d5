// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/activity_model.h"

#include "app/row_update.h"
#include "app/search_words.h"
#include "app/when_done.h"

namespace sharelock::app {

namespace {

Expected<ActivityRows> readRows(sharing::ShareManager& manager)
{
    const auto receipts = manager.receipts();
    if (!receipts)
        return tl::unexpected(receipts.error());
    return activityRows(*receipts);
}

} // namespace

ActivityModel::ActivityModel(CoreThread& core, QObject* parent)
    : QAbstractListModel(parent)
    , m_core(core)
    , m_all(std::make_shared<std::vector<ActivityRow>>())
{
}

int ActivityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActivityRow& row = *m_shown[static_cast<std::size_t>(index.row())].row;
    switch (role) {
    case AtRole:
        return row.at;
    case ActRole:
        return row.act;
    case Qt::DisplayRole:
    case ActTextRole:
        return row.actText;
    case OutcomeRole:
        return row.outcome;
    case OutcomeTextRole:
        return row.outcomeText;
    case OkRole:
        return row.ok;
    case TitleRole:
        return row.title;
    case UrlRole:
        return row.url;
    case DetailRole:
        return row.detail;
    case IsProofRole:
        return row.isProof;
    case LinkIdRole:
        return row.linkName;
    case EvidenceRole:
        return row.evidence;
    default:
        return {};
    }
}

QHash<int, QByteArray> ActivityModel::roleNames() const
{
    return {
        {AtRole, "at"},
        {ActRole, "act"},
        {ActTextRole, "actText"},
        {OutcomeRole, "outcome"},
        {OutcomeTextRole, "outcomeText"},
        {OkRole, "ok"},
        {TitleRole, "title"},
        {UrlRole, "url"},
        {DetailRole, "detail"},
        {IsProofRole, "isProof"},
        {LinkIdRole, "linkId"},
        {EvidenceRole, "evidence"},
    };
}

void ActivityModel::setFilter(const QString& act)
{
    if (act == m_filter)
        return;
    m_filter = act;
    rebuild();
    Q_EMIT filterChanged();
}

void ActivityModel::setSearch(const QString& text)
{
    if (text == m_search)
        return;
    m_search = text;
    rebuild();
    Q_EMIT filterChanged();
}

QStringList ActivityModel::acts() const
{
    QStringList result;
    for (const ActivityRow& row : *m_all) {
        if (!result.contains(row.act))
            result.append(row.act);
    }
    result.sort();
    return result;
}

QString ActivityModel::textOfAct(const QString& act) const
{
    return actText(act);
}

void ActivityModel::setLink(const QString& linkName)
{
    if (linkName == m_link)
        return;
    m_link = linkName;
    rebuild();
}

void ActivityModel::setRows(ActivityRows rows)
{
    // The rows shown point into the old list until the update is through.
    const auto old = std::exchange(m_all, std::move(rows));
    rebuild();
    setState(m_all->empty() ? State::Empty : State::Ready);
    Q_EMIT refreshed();
}

void ActivityModel::rebuild()
{
    const QStringList words = searchWords(m_search);
    std::vector<Shown> next;
    for (const ActivityRow& row : *m_all) {
        if ((m_link.isEmpty() || row.linkName == m_link) && (m_filter.isEmpty() || row.act == m_filter) &&
            hasAllWords(row.searchKey, words))
            next.push_back({&row});
    }
    RowUpdate::apply(*this, m_shown, std::move(next),
                     [](const Shown& shown) -> const QString& { return shown.row->key; });
    Q_EMIT shownChanged();
}

void ActivityModel::refresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    whenDone(m_core.call(readRows), this,
             [this, request = ++m_request](const Expected<ActivityRows>& answer) {
                 if (request != m_request)
                     return;
                 m_asking = false;
                 if (answer)
                     setRows(*answer);
                 else
                     setState(m_all->empty() ? State::Failed : State::Ready, answer.error());
                 if (m_askAgain)
                     refresh();
             });
}

void ActivityModel::clear()
{
    ++m_request;
    m_asking = false;
    m_askAgain = false;
    m_filter.clear();
    m_search.clear();
    setRows(std::make_shared<std::vector<ActivityRow>>());
    setState(State::Loading);
    Q_EMIT filterChanged();
}

void ActivityModel::fail(const Error& error)
{
    setRows(std::make_shared<std::vector<ActivityRow>>());
    setState(State::Failed, error);
}

QString ActivityModel::errorText() const
{
    return m_failed ? caption(m_error) : QString();
}

void ActivityModel::setState(State state, const std::optional<Error>& error)
{
    m_state = state;
    m_failed = error.has_value();
    m_error = error.value_or(Error());
    Q_EMIT stateChanged();
}

} // namespace sharelock::app
