// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QModelIndex>
#include <QString>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace sharelock::app {

//! \brief One structural change of a list; positions are those at the moment when it is applied.
struct RowStep
{
    enum class Kind
    {
        Remove,
        Insert
    };
    Kind kind = Kind::Insert;
    int first = 0;
    int last = 0;

    bool operator==(const RowStep&) const = default;
};

//! \brief The steps that turn the list of keys \p before into \p after: removals from the back, then
//! insertions from the front. Rows that keep their order stay; a row that moved is removed and inserted.
[[nodiscard]] std::vector<RowStep> rowSteps(const std::vector<QString>& before,
                                            const std::vector<QString>& after);

//! \brief Turns a model's rows into others, telling its views no more than what changed. A friend of its
//! models, since the begin… and end… functions of a model are protected.
struct RowUpdate
{
    //! \brief Rows that all steps together may pass; beyond, one reset is quicker. Below, the steps are: a
    //! reset makes a view let go of all that it shows and build it anew.
    static constexpr std::size_t maxPassed = 2'000'000;

    //! \param rows the model's own rows. \param keyOf gives the QString that names a row.
    template <typename Model, typename Row, typename KeyOf>
    static void apply(Model& model, std::vector<Row>& rows, std::vector<Row> next, KeyOf keyOf)
    {
        const auto keys = [&keyOf](const std::vector<Row>& list) {
            std::vector<QString> result;
            result.reserve(list.size());
            for (const Row& row : list)
                result.push_back(keyOf(row));
            return result;
        };
        const auto steps = rowSteps(keys(rows), keys(next));
        if (steps.size() * std::max(rows.size(), next.size()) > maxPassed) {
            model.beginResetModel();
            rows = std::move(next);
            model.endResetModel();
            return;
        }
        std::vector<bool> fresh(next.size(), false);
        for (const RowStep& step : steps) {
            if (step.kind == RowStep::Kind::Remove) {
                model.beginRemoveRows({}, step.first, step.last);
                rows.erase(rows.begin() + step.first, rows.begin() + step.last + 1);
                model.endRemoveRows();
            } else {
                model.beginInsertRows({}, step.first, step.last);
                rows.insert(rows.begin() + step.first, next.begin() + step.first,
                            next.begin() + step.last + 1);
                model.endInsertRows();
                std::fill(fresh.begin() + step.first, fresh.begin() + step.last + 1, true);
            }
        }
        replaceChanged(model, rows, next, fresh);
    }

private:
    //! \brief Both lists have the same keys by now.
    template <typename Model, typename Row>
    static void replaceChanged(Model& model, std::vector<Row>& rows, std::vector<Row>& next,
                               const std::vector<bool>& fresh)
    {
        std::vector<std::pair<int, int>> ranges;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool differs = !fresh[i] && !(rows[i] == next[i]);
            // Also where nothing differs: a row may point into the list that it came from.
            rows[i] = std::move(next[i]);
            if (!differs)
                continue;
            const int at = static_cast<int>(i);
            if (!ranges.empty() && ranges.back().second == at - 1)
                ranges.back().second = at;
            else
                ranges.emplace_back(at, at);
        }
        for (const auto& [first, last] : ranges)
            Q_EMIT model.dataChanged(model.index(first, 0), model.index(last, 0));
    }
};

} // namespace sharelock::app
