// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief Kinds of content that a person may leave out of a snapshot, in the order in which they are shown.
enum class ContentKind
{
    Tools,         //!< Input and output of tools, and parts of unknown types.
    Reasoning,     //!< What the model thought.
    Diffs,         //!< Changes of files: session_diff, summaries, patches, what edit tools wrote.
    Attachments,   //!< Files and images that were attached, or that a tool read as such.
    SystemPrompts, //!< `system` texts, and what opencode itself put into a person's message.
    Models         //!< Model objects, provider metadata, raw answers in errors. A model's name stays.
};

inline constexpr std::array allContent{ContentKind::Tools,         ContentKind::Reasoning,
                                       ContentKind::Diffs,         ContentKind::Attachments,
                                       ContentKind::SystemPrompts, ContentKind::Models};

//! \brief `tools`, `system-prompts`: on the command line and in the ledger.
[[nodiscard]] std::string_view contentName(ContentKind kind);
[[nodiscard]] std::optional<ContentKind> contentNamed(std::string_view name);

//! \brief A set of kinds. A value.
class ContentSet
{
public:
    ContentSet() = default;
    ContentSet(std::initializer_list<ContentKind> kinds);

    //! \brief What is left out as long as nobody has said otherwise: attachments, since nobody reads the text
    //! in images, and models, since their objects may hold private URLs and headers.
    [[nodiscard]] static ContentSet leftOutByDefault();

    [[nodiscard]] bool has(ContentKind kind) const { return m_kinds.test(static_cast<std::size_t>(kind)); }
    [[nodiscard]] bool isEmpty() const { return m_kinds.none(); }
    void set(ContentKind kind, bool on) { m_kinds.set(static_cast<std::size_t>(kind), on); }

    [[nodiscard]] ContentSet operator|(const ContentSet& other) const;
    [[nodiscard]] ContentSet without(const ContentSet& other) const;
    bool operator==(const ContentSet&) const = default;

private:
    std::bitset<allContent.size()> m_kinds;
};

//! \brief `tools,models`: as the ledger keeps a set.
[[nodiscard]] std::string toText(const ContentSet& set);
//! \brief Names that only a newer Sharelock knows are passed over.
[[nodiscard]] ContentSet contentSet(std::string_view text);

} // namespace sharelock::redaction
