// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

#include <algorithm>

namespace sharelock::app {

//! \brief What a person typed, as words to compare with a lower-case key.
[[nodiscard]] inline QStringList searchWords(const QString& text)
{
    return text.toLower().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

[[nodiscard]] inline bool hasAllWords(const QString& key, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return key.contains(word); });
}

} // namespace sharelock::app
