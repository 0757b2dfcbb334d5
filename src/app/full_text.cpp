// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/full_text.h"

#include "base/thread_guard.h"

#include <algorithm>

namespace sharelock::app {

namespace {

//! \brief A line of a minified file may be a megabyte; layout of one text item grows faster than its length.
constexpr qsizetype longestLine = 2000;

//! \brief Marks of the whole body: of values that the row speaks of, since what stood there by itself is
//! none.
std::vector<TextMark> marksOf(const MarkSource& source, const std::string& body, const TranscriptRow& row)
{
    std::vector<TextMark> marks;
    source.addMarks(body, MarkField::Body, marks);
    std::erase_if(marks, [&row](const TextMark& mark) {
        return std::none_of(row.marks.begin(), row.marks.end(),
                            [&mark](const TextMark& known) { return known.value == mark.value; });
    });
    return marks;
}

} // namespace

FullText fullText(const TranscriptRows& source, std::size_t row)
{
    assertOffGuiThread("reading the whole text of a block");
    FullText result;
    const std::string body = document::fullText(*source.document, source.blocks[row]);
    result.text = QString::fromStdString(body);
    if (source.marks) {
        result.source = source.marks;
        result.marks = marksOf(*source.marks, body, source.rows[row]);
    }
    qsizetype begin = 0;
    for (const QString& line : result.text.split(QLatin1Char('\n'))) {
        for (qsizetype at = 0; at == 0 || at < line.size(); at += longestLine) {
            result.lines.append(line.mid(at, longestLine));
            result.begins.push_back(static_cast<int>(begin + at));
        }
        begin += line.size() + 1;
    }
    return result;
}

std::span<const TextMark> FullText::marksOf(int line) const
{
    if (line < 0 || line >= lines.size())
        return {};
    const int begin = begins[static_cast<std::size_t>(line)];
    const int end = begin + static_cast<int>(lines[line].size());
    const auto first = std::find_if(marks.begin(), marks.end(), [begin](const TextMark& mark) {
        return mark.begin + mark.length > begin;
    });
    const auto last =
        std::find_if(first, marks.end(), [end](const TextMark& mark) { return mark.begin >= end; });
    return {first, last};
}

} // namespace sharelock::app
