// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief A text with one layer of encoding taken off, and the way back to where each byte came from.
class LeakView
{
public:
    enum class Layer
    {
        JsonEscapes,
        Percent
    };
    enum class Extent
    {
        All,     //!< Everything.
        Encoded, //!< Only the stretches between quotes and line ends that hold an encoded character: others
                 //!< read as before.
    };

    LeakView(std::string_view source, Layer layer, Extent extent);

    [[nodiscard]] std::string_view text() const { return m_text; }
    //! \brief Offset in the source of the byte at \p offset.
    [[nodiscard]] std::size_t sourceOffset(std::size_t offset) const;

private:
    struct Stretch
    {
        std::size_t inText = 0;
        std::size_t inSource = 0;
    };

    //! \brief Appends what the bytes at \p at stand for. \returns how many were taken.
    std::size_t decodeOne(std::size_t at, std::string& out) const;
    void decode(std::size_t begin, std::size_t end);
    [[nodiscard]] std::size_t nextMark(std::size_t from) const;

    std::string_view m_source;
    Layer m_layer;
    std::string m_text;
    std::vector<Stretch> m_stretches;
};

//! \brief The text inside a base64 payload.
struct LeakPayload
{
    std::size_t offset = 0; //!< Of the payload in the text around it.
    std::string text;
};

//! \brief The first `;base64,` payload at or after \p from that holds text (valid UTF-8 but for a cut end).
[[nodiscard]] std::optional<LeakPayload> nextTextPayload(std::string_view text, std::size_t from);

} // namespace sharelock::redaction
