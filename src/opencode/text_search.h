// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"

#include <QString>
#include <QStringList>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::opencode {

//! \brief Looks for one text in bytes without regard to the case of ASCII letters.
class FoldedNeedle
{
public:
    explicit FoldedNeedle(std::string_view text);

    [[nodiscard]] bool isEmpty() const { return m_folded.empty(); }
    [[nodiscard]] bool isIn(std::string_view bytes) const;

private:
    std::string m_folded;
    std::array<std::uint32_t, 256> m_skip{}; //!< By the byte under the needle's end (Horspool).
};

//! \brief Words to look for in texts without regard to case: that of ASCII letters only for words of ASCII,
//! else as Unicode folds it. Immutable; any thread.
class TextWords
{
public:
    explicit TextWords(const QStringList& words);

    [[nodiscard]] std::size_t count() const { return m_words.size(); }
    [[nodiscard]] bool isIn(std::size_t word, std::string_view text) const;
    //! \brief False only if no text in \p json, decoded, can hold the word. Many times as fast as decoding.
    [[nodiscard]] bool mayBeIn(std::size_t word, std::string_view json) const;

private:
    struct Word
    {
        QString text;
        bool isAscii = false;
        FoldedNeedle whole;
        FoldedNeedle unescaped; //!< The longest run of it that JSON has no short escape for.
    };
    std::vector<Word> m_words;
};

//! \brief Whether all \p words stand in what was said in a session: texts, reasoning, what tools were given
//! and gave back, names of files. Nothing when \p stop was requested.
[[nodiscard]] sqlite::Result<std::optional<bool>> mentions(sqlite::Connection& connection,
                                                           std::string_view sessionId, const TextWords& words,
                                                           const std::stop_token& stop);

} // namespace sharelock::opencode
