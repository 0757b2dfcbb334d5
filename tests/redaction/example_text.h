// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QRandomGenerator>

#include <array>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief How a text may stand inside of another one.
enum class Depth
{
    Plain,
    Json,
    JsonInJson,
    ShellQuoted,
    Diff,
    MarkdownFence
};

constexpr std::array<Depth, 6> allDepths{Depth::Plain,       Depth::Json, Depth::JsonInJson,
                                         Depth::ShellQuoted, Depth::Diff, Depth::MarkdownFence};

[[nodiscard]] const char* depthName(Depth depth);
[[nodiscard]] std::string atDepth(const std::string& text, Depth depth);

//! \brief Makes texts out of the templates in rule files, with random values in place of the placeholders:
//! `{hex:32}`, `{uuid}`, `{github:ghp_}` (with a right checksum), `{jwt}`; `{{` is a brace.
class ExampleText
{
public:
    explicit ExampleText(quint32 seed);

    [[nodiscard]] std::string expand(std::string_view pattern);
    //! \brief \p alphabet as a placeholder names it; empty for an unknown one.
    [[nodiscard]] std::string random(std::string_view alphabet, std::size_t count);
    [[nodiscard]] std::string uuid();
    [[nodiscard]] std::string jwt();
    [[nodiscard]] std::string checksummed(const std::string& prefix);
    [[nodiscard]] quint32 below(quint32 limit) { return m_random.bounded(limit); }

private:
    std::string placeholder(std::string_view name, std::string_view argument);

    QRandomGenerator m_random;
};

} // namespace sharelock::redaction
