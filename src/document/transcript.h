// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"
#include "document/share_document.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::document {

enum class BlockKind
{
    User,      //!< Start of a person's message: role line only.
    Assistant, //!< Start of the model's message: role line only.
    Text,
    Reasoning,
    Tool,
    File, //!< Attachment.
    Patch,
    Diff,    //!< One file of session_diff or of a message's summary.
    Step,    //!< step-start, step-finish, snapshot, retry, compaction, agent, subtask.
    Model,   //!< Model details that the document carries.
    LeftOut, //!< A stub: its text says what is not there. The last one of an item may not be in the document.
    //! \brief Messages in a row of which nothing is left, and items of a type that we do not know, `lines` of
    //! them: all of them are this one block.
    Blanked,
    Unknown, //!< A type that we do not know, of an item or a part: its name, and its JSON as text.
};

//! \brief One piece of the preview: small enough to be one delegate of a list.
struct Block
{
    BlockKind kind = BlockKind::Unknown;
    std::string itemKey;     //!< Of the share item it shows.
    std::size_t ordinal = 0; //!< Among the blocks of that item.
    std::string title;       //!< Tool name, file name, model, part type. Foreign text.
    std::string subtitle;    //!< Tool's input in one line, mime type, status. Foreign text.
    std::string text;        //!< Body, capped (see BlockLimits). Foreign text.
    std::string status;      //!< For tools: pending, running, completed, error.
    std::optional<Timestamp> time;
    std::size_t lines = 0;        //!< Of the whole body.
    std::size_t bytes = 0;        //!< Of the whole body; of an attachment's content.
    std::size_t unknownItems = 0; //!< Of the `lines` of a Blanked block, those that are no messages.
    bool truncated = false;       //!< text is shorter than the body.
    bool ownText = false;         //!< The person wrote it (Text under a User message).

    bool operator==(const Block&) const = default;
};

struct BlockLimits
{
    std::size_t bytes = 4000; //!< Of a body.
    std::size_t lines = 40;
    std::size_t toolLines = 6; //!< Tools show less at first.
    //! \brief Longer runs without a space get a zero-width space, so that wrapping stays fast. 0: never.
    std::size_t tokenBytes = 400;
};

//! \brief Sees a body that is shown in part, before it is let go: the place of its block in the list, the
//! body, and how many bytes of it are shown.
using CutVisitor = std::function<void(std::size_t block, std::string_view body, std::size_t shownBytes)>;

//! \brief The document as a flat list of blocks in reading order: by message, then its parts. Never fails:
//! what it cannot read becomes an Unknown block. Control characters but newline and tab are made visible or
//! dropped (ESC, bidi overrides). Not on the GUI thread. Linear.
//! \param original what \p document was made from, if known: then lists that were left out of it are told of
//! by stubs that it does not hold itself (LeftOutLists).
[[nodiscard]] std::vector<Block> transcript(const ShareDocument& document, const BlockLimits& limits = {},
                                            const CutVisitor& onCut = {},
                                            const ShareDocument* original = nullptr);

//! \brief The whole body of one block of transcript(\p document), capped at 1 MB. With the default as drawn
//! ("show more"); \p tokenBytes 0 leaves long runs whole, for copying.
[[nodiscard]] std::string fullText(const ShareDocument& document, const Block& block,
                                   std::size_t tokenBytes = 400);

//! \brief How much there is of one kind of content.
struct ContentAmount
{
    std::size_t count = 0;
    std::size_t bytes = 0; //!< As JSON.
    bool operator==(const ContentAmount&) const = default;
};

//! \brief What kinds of content a document holds, for "what will be public".
struct ContentCounts
{
    std::size_t messages = 0;
    ContentAmount tools, reasoning, attachments;
    //! \brief Changed files; steps that changed some, where nobody tells the files.
    ContentAmount diffs;
    ContentAmount systemPrompts, models;
};
[[nodiscard]] ContentCounts contentCounts(const ShareDocument& document);

} // namespace sharelock::document
