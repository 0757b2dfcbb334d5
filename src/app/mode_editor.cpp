// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/mode_editor.h"

#include "app/when_done.h"

namespace sharelock::app {

namespace {

using opencode::LayerKind;
using opencode::ShareMode;

const QString unsetKey = QStringLiteral("unset");

QString modeText(ShareMode mode)
{
    switch (mode) {
    case ShareMode::Manual:
        break;
    case ShareMode::Auto:
        return ModeEditor::tr("Auto");
    case ShareMode::Disabled:
        return ModeEditor::tr("Disabled");
    }
    return ModeEditor::tr("Manual");
}

QVariantList lineMaps(const std::vector<opencode::LineChange>& changes)
{
    QVariantList lines;
    for (const opencode::LineChange& line : changes) {
        const int kind = line.kind == opencode::LineChange::Kind::Removed ? -1
                         : line.kind == opencode::LineChange::Kind::Added ? 1
                                                                          : 0;
        lines.append(QVariantMap{{QStringLiteral("kind"), kind}, {QStringLiteral("text"), line.text}});
    }
    return lines;
}

} // namespace

ModeEditor::ModeEditor(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

bool ModeEditor::isLocked() const
{
    return m_plan && m_plan->blocker && !m_plan->change && !m_plan->instead && !m_plan->already;
}

const opencode::ModeChange* ModeEditor::change() const
{
    if (!m_plan)
        return nullptr;
    if (m_plan->change)
        return &*m_plan->change;
    return m_plan->instead ? &*m_plan->instead : nullptr;
}

QString ModeEditor::place(const QString& path) const
{
    return placeText(path, m_directory, m_core.environment().home);
}

QString ModeEditor::file() const
{
    const opencode::ModeChange* what = change();
    if (what == nullptr)
        return {};
    const QString path = pathText(what->file, m_core.environment().home);
    return what->before ? path : tr("%1 (new)").arg(path);
}

QString ModeEditor::autoText() const
{
    const opencode::ModeChange* what = change();
    if (what == nullptr || what->outcome != ShareMode::Auto || m_wanted == unsetKey)
        return {};
    const QString meaning = m_directory.isEmpty()
                                ? tr("Every new session on this computer will be public at once, with "
                                     "everything in it.")
                                : tr("Every new session in this project will be public at once, with "
                                     "everything in it.");
    const int perDay = qRound(m_perDay);
    return perDay < 1 ? meaning
                      : meaning + QLatin1Char(' ') + tr("Lately that would have been %Ln a day.", "", perDay);
}

void ModeEditor::show(const QString& directory, double sessionsPerDay)
{
    m_perDay = sessionsPerDay;
    if (directory == m_directory && m_round > 0)
        return;
    clear();
    m_directory = directory;
}

void ModeEditor::clear()
{
    ++m_round;
    m_directory.clear();
    m_wanted.clear();
    m_saved.clear();
    m_undo.reset();
    m_busy = false;
    forgetPlan();
    Q_EMIT changed();
}

void ModeEditor::forgetPlan()
{
    m_plan.reset();
    m_lines.clear();
    m_note.clear();
    m_error.reset();
}

void ModeEditor::refresh()
{
    if (!m_wanted.isEmpty() && !m_busy)
        plan();
}

void ModeEditor::choose(const QString& modeKey)
{
    if (m_busy)
        return;
    m_wanted = modeKey;
    m_saved.clear();
    plan();
}

void ModeEditor::discard()
{
    ++m_round;
    m_wanted.clear();
    forgetPlan();
    Q_EMIT changed();
}

ModeEditor::Planned ModeEditor::planFor(sharing::ShareManager& manager, const QString& directory,
                                        const QString& key)
{
    Planned planned{manager.modes().plan(directory, opencode::shareModeOf(key)), {}};
    if (planned.plan && planned.plan->change)
        planned.lines = lineMaps(manager.modes().lines(*planned.plan->change));
    else if (planned.plan && planned.plan->instead)
        planned.lines = lineMaps(manager.modes().lines(*planned.plan->instead));
    return planned;
}

void ModeEditor::plan()
{
    const quint64 round = ++m_round;
    const auto make = [directory = m_directory, key = m_wanted](sharing::ShareManager& manager) {
        return planFor(manager, directory, key);
    };
    whenDone(m_core.call(make), this, [this, round](const Planned& planned) {
        if (round == m_round)
            accept(planned);
    });
    Q_EMIT changed();
}

void ModeEditor::accept(const Planned& planned)
{
    forgetPlan();
    const Expected<opencode::ModePlan>& plan = planned.plan;
    if (!plan) {
        m_error = plan.error();
    } else if (plan->already && !plan->blocker) {
        m_wanted.clear();
    } else {
        m_plan = *plan;
        m_note = noteOf(*plan);
        m_lines = planned.lines;
    }
    Q_EMIT changed();
}

QString ModeEditor::noteOf(const opencode::ModePlan& plan) const
{
    if (plan.blocker) {
        const QString name = place(plan.blocker->name);
        const QString mode = plan.blocker->mode ? modeText(*plan.blocker->mode) : QString();
        if (plan.already)
            return tr("It is so already: %1 says it, and wins over every file of this place.").arg(name);
        if (plan.blocker->kind == LayerKind::Managed)
            return tr("Your organisation sets “%1” in %2. Only an administrator can change that.")
                .arg(mode, name);
        if (plan.blocker->kind == LayerKind::Variable || plan.blocker->kind == LayerKind::Inline)
            return tr("The environment variable %1 sets “%2” and wins over every file. Unset it where "
                      "opencode is "
                      "started.")
                .arg(name, mode);
        if (plan.instead)
            return tr("%1 sets “%2” and wins over every file of this place. Saving changes that file, which "
                      "holds "
                      "for other projects, too.")
                .arg(name, mode);
        return tr("%1 sets “%2” and wins over every file of this place. It can't be written to.")
            .arg(name, mode);
    }
    if (plan.change && plan.change->kind == LayerKind::ProjectFolder)
        return tr("%1 overrides the project's file, so that file is changed.").arg(place(plan.change->file));
    if (plan.change && m_wanted == unsetKey && plan.change->outcome)
        return tr("Without it, the mode here is “%1”.").arg(modeText(*plan.change->outcome));
    return {};
}

QCoro::Task<ModeEditor::Outcome> ModeEditor::write(sharing::ShareManager& manager,
                                                   opencode::ModeChange change, std::stop_token stop)
{
    Outcome outcome{manager.modes().apply(change), fail(ErrorCode::OpencodeMissing), change};
    // What a variable decides shows in no configuration.
    const opencode::ModeLayer* winner = outcome.report ? outcome.report->winner() : nullptr;
    if (winner != nullptr && winner->kind != LayerKind::Variable) {
        outcome.echo = co_await manager.modes().askOpencode(change.place, std::move(stop));
        outcome.undo = sharing::ShareModes::undoable(change);
    }
    co_return outcome;
}

void ModeEditor::save()
{
    const opencode::ModeChange* what = change();
    if (what == nullptr || m_busy)
        return;
    m_busy = true;
    const quint64 round = ++m_round;
    const auto run = [change = *what](sharing::ShareManager& manager, std::stop_token stop) {
        return write(manager, change, std::move(stop));
    };
    whenDone(m_core.start(run), this, [this, round](const Outcome& outcome) {
        if (round == m_round)
            acceptOutcome(outcome);
    });
    Q_EMIT changed();
}

void ModeEditor::acceptOutcome(const Outcome& outcome)
{
    m_busy = false;
    if (!outcome.report) {
        // Another program was quicker: what is shown is made anew from what it wrote.
        const Error error = outcome.report.error();
        plan();
        m_error = error;
        Q_EMIT changed();
        Q_EMIT written();
        return;
    }
    m_wanted.clear();
    forgetPlan();
    m_undo = outcome.undo;
    const QString mode = outcome.report->mode ? modeText(*outcome.report->mode) : QString();
    m_doubt = outcome.echo && outcome.report->mode != *outcome.echo;
    if (m_doubt)
        m_saved = tr("Saved, but opencode says “%1”. It may have configuration that Sharelock does not see.")
                      .arg(modeText(*outcome.echo));
    else if (outcome.echo)
        m_saved = tr("Saved. opencode, asked again, says “%1”.").arg(mode);
    else if (outcome.echo.error().code == ErrorCode::OpencodeMissing)
        m_saved = tr("Saved. The mode is “%1” by all files read again.").arg(mode);
    else
        m_saved =
            tr("Saved. The mode is “%1” by all files read again; opencode could not be asked.").arg(mode);
    Q_EMIT changed();
    Q_EMIT written();
}

void ModeEditor::undo()
{
    if (!m_undo || m_busy)
        return;
    m_busy = true;
    const quint64 round = ++m_round;
    const auto run = [change = *m_undo](sharing::ShareManager& manager) {
        return manager.modes().undo(change);
    };
    whenDone(m_core.call(run), this, [this, round](const Expected<void>& done) {
        if (round != m_round)
            return;
        m_busy = false;
        m_saved.clear();
        m_undo.reset();
        m_error = done ? std::nullopt : std::optional(done.error());
        Q_EMIT changed();
        Q_EMIT written();
    });
    Q_EMIT changed();
}

} // namespace sharelock::app
