// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief A text whose line ends are all LF, as a person sees and selects it, and the way back to the text
//! that it was made of: there CRLF, or a separator of lines or paragraphs, may stand. A text that has nothing
//! but LF is not copied, and must outlive this.
class UnifiedLines
{
public:
    explicit UnifiedLines(std::string_view text);
    UnifiedLines(const UnifiedLines&) = delete;
    UnifiedLines& operator=(const UnifiedLines&) = delete;

    [[nodiscard]] std::string_view text() const { return m_text; }
    //! \brief What \p part of text() was made of.
    [[nodiscard]] std::string_view original(std::string_view part) const;

private:
    //! \brief Where more than one byte became a line end.
    struct LineEnd
    {
        std::size_t at = 0;   //!< In m_text.
        std::size_t more = 0; //!< Bytes that the original has more, up to and with this one.
    };
    [[nodiscard]] std::size_t originalOffset(std::size_t offset) const;

    std::string_view m_original;
    std::string m_unified; //!< Empty where nothing had to be changed.
    std::string_view m_text;
    std::vector<LineEnd> m_lineEnds;
};

[[nodiscard]] std::string withUnifiedLines(std::string_view text);

//! \brief The text with the line ends that it may have elsewhere, LF and CRLF, where that makes another text.
[[nodiscard]] std::vector<std::string> withOtherLineEnds(std::string_view text);

} // namespace sharelock::redaction
