// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/findings_model.h"

#include "app/when_done.h"
#include "redaction/line_ends.h"

#include <algorithm>
#include <utility>

namespace sharelock::app {

namespace {

using redaction::Decision;
using redaction::DecisionScope;

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

int ordered(Decision decision)
{
    return decision == Decision::Open ? 0 : 1;
}

//! \brief As it is shown: a text field hands out other line ends than it was given.
std::string selected(QString text)
{
    text.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
    return text.trimmed().toStdString();
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
        return qstring(redaction::maskedBriefly(row.value.reveal()));
    case PlacesRole:
        return static_cast<int>(row.places);
    case PseudonymRole:
        return qstring(row.pseudonym);
    case ChoiceRole:
        return QVariant::fromValue(static_cast<Choice>(row.decision));
    case WhereRole:
        return where(row.value);
    case SureRole:
        return row.isSureSecret();
    case ScopeRole:
        return QVariant::fromValue(static_cast<Scope>(row.scope().value_or(DecisionScope::Session)));
    case RenamedRole:
        return !row.chosenName.empty();
    default:
        return {};
    }
}

QHash<int, QByteArray> FindingsModel::roleNames() const
{
    return {{TitleRole, "title"},     {ReasonRole, "reason"}, {KindRole, "kind"},
            {MaskedRole, "masked"},   {PlacesRole, "places"}, {PseudonymRole, "pseudonym"},
            {ChoiceRole, "choice"},   {SureRole, "sure"},     {ScopeRole, "scope"},
            {RenamedRole, "renamed"}, {WhereRole, "where"}};
}

int FindingsModel::open() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                          [](const Row& row) { return row.decision == Decision::Open; }));
}

QString FindingsModel::rulesText() const
{
    constexpr std::size_t mostLines = 3;
    if (!m_offer)
        return {};
    QStringList lines;
    for (const Error& problem : m_offer->ruleProblems) {
        if (static_cast<std::size_t>(lines.size()) == mostLines) {
            lines.append(tr("and %1 more").arg(m_offer->ruleProblems.size() - mostLines));
            break;
        }
        lines.append(problem.detail.isEmpty() ? caption(problem)
                                              : tr("%1 (%2)").arg(caption(problem), problem.detail));
    }
    return lines.join(u'\n');
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

const FindingsModel::Row* FindingsModel::rowAt(int row) const
{
    return row >= 0 && row < count() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

QString FindingsModel::projectName() const
{
    return m_offer ? m_offer->snapshot.project : QString();
}

FindingsModel::Change FindingsModel::change(const Row& row, Decision decision, DecisionScope scope)
{
    Change change{row.value, row.decided, row.decided};
    // What was decided for less would win.
    for (std::size_t narrower = 0; narrower < static_cast<std::size_t>(scope); ++narrower)
        change.after.at(narrower) = Decision::Open;
    change.after.at(static_cast<std::size_t>(scope)) = decision;
    return change;
}

void FindingsModel::decide(int row, Choice choice)
{
    if (const Row* chosen = rowAt(row))
        take(deciding({change(*chosen, static_cast<Decision>(choice), DecisionScope::Session)}));
}

void FindingsModel::keep(int row, Scope scope)
{
    if (const Row* chosen = rowAt(row))
        take(deciding({change(*chosen, Decision::Keep, static_cast<DecisionScope>(scope))}));
}

void FindingsModel::decideOpen(Choice choice)
{
    std::vector<Change> changes;
    for (const Row& row : m_rows) {
        if (row.decision == Decision::Open)
            changes.push_back(change(row, static_cast<Decision>(choice), DecisionScope::Session));
    }
    if (!changes.empty())
        take(deciding(std::move(changes)));
}

FindingsModel::Step FindingsModel::deciding(std::vector<Change> changes)
{
    const auto save = [changes, sessionId = m_sessionId](sharing::ShareManager& manager, bool forward) {
        Expected<void> done;
        for (const Change& change : changes) {
            if (done)
                done = manager.decide(sessionId, change.value, forward ? change.after : change.before);
        }
        return done;
    };
    return {[save](sharing::ShareManager& manager) { return save(manager, true); },
            [save](sharing::ShareManager& manager) { return save(manager, false); },
            [this, changes](bool forward) { show(changes, forward); }};
}

void FindingsModel::show(const std::vector<Change>& changes, bool forward)
{
    for (const Change& change : changes) {
        const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                      [&change](const Row& mine) { return mine.value == change.value; });
        if (row == m_rows.end())
            continue;
        row->decided = forward ? change.after : change.before;
        row->settle();
        const QModelIndex place = index(static_cast<int>(row - m_rows.begin()));
        Q_EMIT dataChanged(place, place, {ChoiceRole, ScopeRole});
    }
}

void FindingsModel::redactText(const QString& text)
{
    if (m_sessionId.isEmpty())
        return;
    const redaction::SecretText value(selected(text));
    if (const auto fits = redaction::checkOwnText(value.reveal()); !fits) {
        setErrorText(caption(fits.error()));
        Q_EMIT taken(false);
        return;
    }
    bool isKnown = false;
    std::vector<Change> changes;
    for (const Row& row : m_rows) {
        // Line ends can't be told from each other where a text is selected.
        if (redaction::withUnifiedLines(row.value.reveal()) != value.reveal())
            continue;
        isKnown = true;
        if (row.decision != Decision::Redact)
            changes.push_back(change(row, Decision::Redact, DecisionScope::Session));
    }
    if (isKnown) {
        // Found already, so that nothing more needs to be remembered to find it again.
        setErrorText({});
        if (!changes.empty())
            take(deciding(std::move(changes)));
        return;
    }
    take({[value, sessionId = m_sessionId](sharing::ShareManager& manager) {
              return manager.hideText(sessionId, value);
          },
          [value, sessionId = m_sessionId](sharing::ShareManager& manager) {
              return manager.showText(sessionId, value);
          },
          {}});
}

void FindingsModel::rename(int row, const QString& name)
{
    this->name(row, name.trimmed(), sharing::Naming::Own);
}

void FindingsModel::merge(int row, const QString& pseudonym)
{
    name(row, pseudonym, sharing::Naming::Shared);
}

void FindingsModel::name(int row, const QString& name, sharing::Naming naming)
{
    const Row* named = rowAt(row);
    const std::string chosen = name.toStdString();
    if (!named || !m_offer)
        return;
    if (chosen == named->chosenName || (chosen == named->pseudonym && !chosen.empty())) {
        Q_EMIT taken(true);
        return;
    }
    const auto renaming = [offer = m_offer, value = named->value](const std::string& to,
                                                                  sharing::Naming how) {
        return [offer, value, to, how](sharing::ShareManager& manager) {
            return manager.rename(*offer, value, to, how);
        };
    };
    // What it was called before was fine then.
    take({renaming(chosen, naming), renaming(named->chosenName, sharing::Naming::Shared), {}});
}

QStringList FindingsModel::otherPseudonyms(int row) const
{
    const Row* mine = rowAt(row);
    QStringList names;
    for (const Row& other : m_rows) {
        const QString name = qstring(other.pseudonym);
        const bool isOther = !mine || other.pseudonym != mine->pseudonym;
        if (isOther && other.decision == Decision::Redact && !names.contains(name))
            names.append(name);
    }
    return names;
}

void FindingsModel::take(Step step)
{
    if (m_sessionId.isEmpty())
        return;
    m_steps.resize(m_done);
    m_steps.push_back({std::move(step), ++m_number});
    ++m_done;
    run(m_steps.back(), true);
}

void FindingsModel::undo()
{
    if (canUndo())
        run(m_steps[--m_done], false);
}

void FindingsModel::redo()
{
    if (canRedo())
        run(m_steps[m_done++], true);
}

void FindingsModel::run(const NumberedStep& step, bool forward)
{
    if (step.show)
        step.show(forward);
    m_awaitsOffer = true;
    ++m_saving;
    Q_EMIT undoChanged();
    Q_EMIT changed();
    whenDone(m_core.call(forward ? step.forward : step.backward), this,
             [this, sessionId = m_sessionId, number = step.number](const Expected<void>& done) {
                 if (sessionId != m_sessionId)
                     return;
                 if (!done)
                     forget(number);
                 setErrorText(done ? QString() : caption(done.error()));
                 Q_EMIT taken(done.has_value());
                 // Also when it failed: what is shown then goes back to what is in force.
                 if (--m_saving == 0)
                     Q_EMIT decided();
             });
}

void FindingsModel::forget(quint64 number)
{
    const auto step = std::find_if(m_steps.begin(), m_steps.end(),
                                   [number](const NumberedStep& one) { return one.number == number; });
    if (step == m_steps.end())
        return;
    if (static_cast<std::size_t>(step - m_steps.begin()) < m_done)
        --m_done;
    m_steps.erase(step);
    Q_EMIT undoChanged();
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
    const Row* shown = rowAt(row);
    return shown ? qstring(shown->value.reveal()) : QString();
}

const redaction::SecretText* FindingsModel::valueAt(int row) const
{
    return row >= 0 && row < count() ? &m_rows[static_cast<std::size_t>(row)].value : nullptr;
}

int FindingsModel::rowOf(const redaction::SecretText& value) const
{
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&value](const Row& mine) { return mine.value == value; });
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

void FindingsModel::setShown(const TranscriptRowsPtr& shown)
{
    m_shown = shown;
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {WhereRole});
}

QString FindingsModel::where(const redaction::SecretText& value) const
{
    if (!m_shown || !m_shown->marks)
        return {};
    const std::vector<MarkedValue>& values = m_shown->marks->values();
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&value](const MarkedValue& one) { return one.value == value; });
    return found == values.end() ? QString()
                                 : m_shown->whereFound[static_cast<std::size_t>(found - values.begin())];
}

void FindingsModel::setErrorText(const QString& text)
{
    if (text == m_errorText)
        return;
    m_errorText = text;
    Q_EMIT errorChanged();
}

} // namespace sharelock::app
