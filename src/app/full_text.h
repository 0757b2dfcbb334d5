// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/transcript_rows.h"

#include <QStringList>

#include <span>

namespace sharelock::app {

//! \brief The whole body of a block with its marks, in lines that are short enough to be laid out one by one.
struct FullText
{
    QString text;
    QStringList lines;
    std::vector<int> begins;     //!< Of each line in the text.
    std::vector<TextMark> marks; //!< By place in the text.
    MarkSourcePtr source;        //!< What the marks' values count in; null: there are none.

    //! \brief Those that stand in a line, or reach into it.
    [[nodiscard]] std::span<const TextMark> marksOf(int line) const;
};

//! \brief Not on the GUI thread.
[[nodiscard]] FullText fullText(const TranscriptRows& source, std::size_t row);

} // namespace sharelock::app
