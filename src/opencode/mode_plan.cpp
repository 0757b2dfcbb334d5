// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/mode_plan.h"

#include "opencode/config_file.h"
#include "opencode/jsonc_edit.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sharelock::opencode {

namespace {

const QString shareMember = QStringLiteral("share");

struct Target
{
    LayerKind kind;
    QString file;
};

//! Looks for the file to write, for one place and mode.
class Planner
{
public:
    Planner(const Environment& environment, const ModePlace& place, std::optional<ShareMode> mode)
        : m_environment(environment)
        , m_place(place)
        , m_mode(mode)
        , m_report(shareMode(environment, place))
    {
    }

    Expected<ModePlan> plan()
    {
        if (m_report.error) {
            return tl::unexpected(*m_report.error);
        }
        return m_mode ? set() : unset();
    }

private:
    [[nodiscard]] bool isOwn(LayerKind kind) const { return isOwnLayer(kind, m_place); }

    [[nodiscard]] bool isAbove(LayerKind kind) const
    {
        return kind > (m_place.directory.isEmpty() ? LayerKind::Global : LayerKind::ProjectFolder);
    }

    [[nodiscard]] QString rootFolder() const
    {
        if (m_place.directory.isEmpty()) {
            return m_environment.opencodeConfigFolder();
        }
        const bool hasProject = !m_place.worktree.isEmpty() && m_place.worktree != QDir::rootPath();
        return hasProject ? m_place.worktree : m_place.directory;
    }

    //! The files of the place that say something, the strongest first, and the one to write where none does.
    [[nodiscard]] std::vector<Target> targets() const
    {
        std::vector<Target> found;
        for (auto layer = m_report.layers.rbegin(); layer != m_report.layers.rend(); ++layer) {
            if (isOwn(layer->kind) && !layer->legacy) {
                found.push_back({layer->kind, layer->name});
            }
        }
        const QString plain = rootFolder() + u"/opencode.json";
        const QString commented = plain + u'c';
        const auto kind = m_place.directory.isEmpty() ? LayerKind::Global : LayerKind::ProjectFile;
        found.push_back({kind, QFileInfo::exists(commented) ? commented : plain});
        // A folder's file that says nothing yet stands above the project's.
        for (auto file = m_report.files.rbegin(); file != m_report.files.rend(); ++file) {
            const bool isFolders = file->contains(u"/.opencode/") && file->startsWith(rootFolder() + u'/');
            if (isFolders && !m_place.directory.isEmpty() && QFileInfo::exists(*file)) {
                found.push_back({LayerKind::ProjectFolder, *file});
            }
        }
        return found;
    }

    //! What writing there would make of the place.
    Expected<ModeChange> changeOf(const Target& target, ModeReport& outcome) const
    {
        auto before = readConfigFile(target.file);
        if (!before) {
            return tl::unexpected(before.error());
        }
        const auto word = m_mode ? std::optional(modeName(*m_mode)) : std::nullopt;
        const auto after = withMember(before->value_or(QByteArray()), target.file, shareMember, word);
        if (!after) {
            return tl::unexpected(after.error());
        }
        outcome = shareMode(m_environment, m_place, {{target.file, *after}});
        return ModeChange{m_place, m_mode, target.kind, target.file, *before, *after, outcome.mode};
    }

    Expected<ModePlan> set()
    {
        ModePlan plan;
        const ModeLayer* winner = m_report.winner();
        if (winner != nullptr && isOwn(winner->kind) && !winner->legacy && winner->mode == m_mode) {
            plan.already = true;
            return plan;
        }
        if (winner != nullptr && isAbove(winner->kind) && m_report.mode == m_mode) {
            plan.already = true;
            plan.blocker = *winner;
            return plan;
        }
        std::optional<Error> error;
        for (const Target& target : targets()) {
            ModeReport outcome;
            auto change = changeOf(target, outcome);
            if (!change) {
                error = error ? error : change.error();
            } else if (wins(outcome, target)) {
                plan.change = *std::move(change);
                return plan;
            } else if (const ModeLayer* above = outcome.winner(); above != nullptr && isAbove(above->kind)) {
                plan.blocker = *above;
            }
        }
        if (!plan.blocker) {
            return tl::unexpected(error.value_or(Error{ErrorCode::Internal, m_place.directory, {}}));
        }
        plan.blocker->wins = true;
        return withInstead(plan);
    }

    //! The same mode from a layer above would hold only as long as that one says so.
    [[nodiscard]] bool wins(const ModeReport& outcome, const Target& target) const
    {
        const ModeLayer* winner = outcome.winner();
        return outcome.mode == m_mode && winner != nullptr && winner->name == target.file;
    }

    Expected<ModePlan> withInstead(ModePlan plan) const
    {
        if (plan.blocker->editable) {
            ModeReport outcome;
            auto change = changeOf({plan.blocker->kind, plan.blocker->name}, outcome);
            if (change && outcome.mode == m_mode) {
                plan.instead = *std::move(change);
            }
        }
        return plan;
    }

    Expected<ModePlan> unset()
    {
        ModePlan plan;
        const auto own =
            std::find_if(m_report.layers.rbegin(), m_report.layers.rend(), [this](const ModeLayer& layer) {
                return isOwn(layer.kind) && !layer.legacy && layer.mode;
            });
        if (own == m_report.layers.rend()) {
            plan.already = true;
            return plan;
        }
        ModeReport outcome;
        auto change = changeOf({own->kind, own->name}, outcome);
        if (!change) {
            return tl::unexpected(change.error());
        }
        plan.change = *std::move(change);
        return plan;
    }

    const Environment& m_environment;
    ModePlace m_place;
    std::optional<ShareMode> m_mode;
    ModeReport m_report;
};

} // namespace

Expected<ModePlan> planMode(const Environment& environment, const ModePlace& place,
                            std::optional<ShareMode> mode)
{
    return Planner(environment, place, mode).plan();
}

} // namespace sharelock::opencode
