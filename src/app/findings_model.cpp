// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/findings_model.h"

#include "app/when_done.h"

#include <algorithm>
#include <utility>

namespace sharelock::app {

namespace {

using redaction::Decision;
using redaction::FindingKind;

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

int ordered(Decision decision)
{
    return decision == Decision::Open ? 0 : 1;
}

} // namespace

FindingsModel::FindingsModel(CoreThread& core, QObject* parent)
    : QAbstractListModel(parent)
    , m_core(core)
{
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return qstring(row.rule->title);
    case ReasonRole:
        return qstring(row.rule->reason);
    case KindRole:
        return qstring(redaction::kindName(row.rule->kind));
    case MaskedRole:
        return qstring(redaction::masked(row.value.reveal()));
    case PlacesRole:
        return static_cast<int>(row.places);
    case PseudonymRole:
        return qstring(row.pseudonym);
    case ChoiceRole:
        return QVariant::fromValue(static_cast<Choice>(row.decision));
    case SureRole:
        return row.isSureSecret();
    default:
        return {};
    }
}

QHash<int, QByteArray> FindingsModel::roleNames() const
{
    return {{TitleRole, "title"},   {ReasonRole, "reason"}, {KindRole, "kind"},
            {MaskedRole, "masked"}, {PlacesRole, "places"}, {PseudonymRole, "pseudonym"},
            {ChoiceRole, "choice"}, {SureRole, "sure"}};
}

int FindingsModel::open() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                          [](const Row& row) { return row.decision == Decision::Open; }));
}

int FindingsModel::hiddenSecrets() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.decision == Decision::Redact && row.rule->kind == FindingKind::Secret;
    }));
}

int FindingsModel::hiddenDetails() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.decision == Decision::Redact && row.rule->kind != FindingKind::Secret;
    }));
}

void FindingsModel::setOffer(const QString& sessionId, const OfferPtr& offer)
{
    if (sessionId != m_sessionId) {
        m_sessionId = sessionId;
        m_steps.clear();
        m_done = 0;
        m_saving = 0;
        setErrorText({});
        Q_EMIT undoChanged();
    } else if (m_saving > 0 || (!offer && !m_rows.empty())) {
        return; // Made before the last decision, or on its way.
    }
    m_awaitsOffer = false;
    std::vector<Row> rows;
    if (offer)
        rows = offer->found;
    replaceRows(std::move(rows));
    m_offer = offer;
    Q_EMIT changed();
}

bool FindingsModel::hasSameValues(const std::vector<Row>& rows) const
{
    return rows.size() == m_rows.size() && std::all_of(rows.begin(), rows.end(), [this](const Row& row) {
               return std::any_of(m_rows.begin(), m_rows.end(),
                                  [&row](const Row& mine) { return mine.value == row.value; });
           });
}

void FindingsModel::replaceRows(std::vector<Row> rows)
{
    if (!hasSameValues(rows)) {
        std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
            return ordered(a.decision) < ordered(b.decision);
        });
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    if (m_rows.empty())
        return;
    for (Row& mine : m_rows) {
        mine = *std::find_if(rows.begin(), rows.end(),
                             [&mine](const Row& row) { return mine.value == row.value; });
    }
    Q_EMIT dataChanged(index(0), index(count() - 1));
}

void FindingsModel::decide(int row, Choice choice)
{
    if (row < 0 || row >= count())
        return;
    const Row& chosen = m_rows[static_cast<std::size_t>(row)];
    add(Changes{{chosen.value, chosen.decision, chosen.byPerson, static_cast<Decision>(choice)}});
}

void FindingsModel::decideOpen(Choice choice)
{
    Changes changes;
    for (const Row& row : m_rows) {
        if (row.decision == Decision::Open)
            changes.push_back({row.value, row.decision, row.byPerson, static_cast<Decision>(choice)});
    }
    if (!changes.empty())
        add(std::move(changes));
}

void FindingsModel::take(OtherStep step)
{
    add(std::move(step));
}

void FindingsModel::add(Step step)
{
    m_steps.resize(m_done);
    m_steps.push_back(std::move(step));
    ++m_done;
    apply(m_steps.back(), true);
}

void FindingsModel::undo()
{
    if (canUndo())
        apply(m_steps[--m_done], false);
}

void FindingsModel::redo()
{
    if (canRedo())
        apply(m_steps[m_done++], true);
}

void FindingsModel::apply(const Step& step, bool forward)
{
    if (const auto* changes = std::get_if<Changes>(&step)) {
        save(apply(*changes, forward));
    } else {
        const auto& other = std::get<OtherStep>(step);
        other.show(forward);
        save([keep = other.keep, forward](sharing::ShareManager& manager) { return keep(manager, forward); });
    }
    Q_EMIT undoChanged();
    Q_EMIT changed();
}

FindingsModel::Work FindingsModel::apply(const Changes& changes, bool forward)
{
    std::vector<std::pair<redaction::SecretText, Decision>> decisions;
    for (const Change& change : changes) {
        const Decision decision = forward ? change.after : change.before;
        const bool byPerson = forward ? change.after != Decision::Open : change.beforeByPerson;
        decisions.emplace_back(change.value, byPerson ? decision : Decision::Open);
        const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                      [&change](const Row& mine) { return mine.value == change.value; });
        if (row == m_rows.end())
            continue;
        row->decision = decision;
        row->byPerson = byPerson;
        const QModelIndex place = index(static_cast<int>(row - m_rows.begin()));
        Q_EMIT dataChanged(place, place, {ChoiceRole});
    }
    return [decisions = std::move(decisions), sessionId = m_sessionId](sharing::ShareManager& manager) {
        Expected<void> done;
        for (const auto& [value, decision] : decisions) {
            if (done)
                done = manager.decide(sessionId, value, decision);
        }
        return done;
    };
}

void FindingsModel::save(Work work)
{
    m_awaitsOffer = true;
    ++m_saving;
    whenDone(m_core.call(std::move(work)), this, [this, sessionId = m_sessionId](const Expected<void>& done) {
        if (sessionId != m_sessionId)
            return;
        setErrorText(done ? QString() : caption(done.error()));
        // Also when it failed: what is shown then goes back to what is in force.
        if (--m_saving == 0)
            Q_EMIT decided();
    });
}

int FindingsModel::nextOpen(int row) const
{
    for (int step = 1; step <= count(); ++step) {
        const int next = (std::max(row, -1) + step) % count();
        if (m_rows[static_cast<std::size_t>(next)].decision == Decision::Open)
            return next;
    }
    return -1;
}

QString FindingsModel::revealed(int row) const
{
    return row >= 0 && row < count() ? qstring(m_rows[static_cast<std::size_t>(row)].value.reveal())
                                     : QString();
}

void FindingsModel::setErrorText(const QString& text)
{
    if (text == m_errorText)
        return;
    m_errorText = text;
    Q_EMIT errorChanged();
}

} // namespace sharelock::app
