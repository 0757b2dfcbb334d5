// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"
#include "redaction/content_set.h"
#include "redaction/json_edits.h"

namespace sharelock::redaction {

//! \brief Empties parts and messages of one item of what is left out. What is emptied as a whole is made anew
//! of the members that may stay, so that a member that nobody thought of goes too.
class PartReducer
{
public:
    PartReducer(const ContentSet& out, JsonEdits& edits)
        : m_out(out)
        , m_edits(edits)
    {
    }

    //! \brief A part, or an element of a newer message's `content`. For texts that opencode added itself, see
    //! addedText().
    void part(document::JsonValue part);
    //! \brief A text that opencode put beside the person's own: a reminder for the model, or the content of
    //! an attached file, read by a tool. \p besideFile: the message has an attachment.
    void addedText(document::JsonValue part, bool besideFile);
    //! \brief What a message says of itself; also one of the newer kinds that have no parts.
    void message(document::JsonValue info);
    void session(document::JsonValue session);

    [[nodiscard]] static bool isAddedText(document::JsonValue part);

private:
    void tool(document::JsonValue part);
    void toolAsStub(document::JsonValue part);
    void fileChange(document::JsonValue part, document::JsonValue state);
    void file(document::JsonValue part);
    void reasoning(document::JsonValue part);
    void patch(document::JsonValue part);
    void unknownPart(document::JsonValue part);
    void newerMessage(document::JsonValue message);
    void diffs(document::JsonValue owner);
    void modelName(document::JsonValue owner);
    void error(document::JsonValue owner);
    void providerMetadata(document::JsonValue part);
    [[nodiscard]] bool leaves(ContentKind kind) const { return m_out.has(kind); }

    const ContentSet& m_out;
    JsonEdits& m_edits;
};

} // namespace sharelock::redaction
