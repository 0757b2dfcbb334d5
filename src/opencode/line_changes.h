// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sharelock::opencode {

//! \brief One line of a small change.
struct LineChange
{
    enum class Kind
    {
        Removed,
        Added,
        Context //!< Stands before or behind the change.
    };
    Kind kind = Kind::Context;
    QString text; //!< Without its line end. Foreign, and may hold keys: to be looked at, never to be logged.

    bool operator==(const LineChange&) const = default;
};

//! \brief What an edit changes, as lines: from the first line that differs to the last, removed ones before
//! added ones, with at most one line of context on either side. Line ends do not count. Linear; empty when
//! all lines are the same.
[[nodiscard]] std::vector<LineChange> lineChanges(const QByteArray& before, const QByteArray& after);

} // namespace sharelock::opencode
