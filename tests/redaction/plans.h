// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_text.h"
#include "redaction/redact.h"

#include <string>

namespace sharelock::redaction {

inline RedactionPlan aliceOnUnix()
{
    return {{{HiddenKind::HomeFolder, "/home/alice", "~", HiddenShape::Folder},
             {HiddenKind::UserName, "alice", "<user>", HiddenShape::Name},
             {HiddenKind::HostName, "wonder.example.org", "<host>", HiddenShape::Name},
             {HiddenKind::HostName, "wonder", "<host>", HiddenShape::Name}}};
}

inline RedactionPlan aliceOnWindows()
{
    return {{{HiddenKind::HomeFolder, "C:\\Users\\alice", "~", HiddenShape::Folder},
             {HiddenKind::UserName, "alice", "<user>", HiddenShape::Name}}};
}

inline RedactionPlan onlyHome(const std::string& home)
{
    return {{{HiddenKind::HomeFolder, home, "~", HiddenShape::Folder}}};
}

inline RedactionPlan onlyUser(const std::string& name)
{
    return {{{HiddenKind::UserName, name, "<user>", HiddenShape::Name}}};
}

//! \brief A document of one part that says \p text.
inline document::ShareDocument saying(const std::string& text)
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1",
                      "{\"text\":" + document::quoted(text) + "}");
    return document;
}

//! \brief What saying(\p text) says when redacted; `!` when that fails.
inline std::string redactedText(const std::string& text, const RedactionPlan& plan)
{
    const auto result = redact(saying(text), plan);
    std::string said = "!";
    if (result)
        (void)document::forEachText(result->document.items()[0].data,
                                    [&said](const document::TextPlace& place, std::string_view value) {
                                        if (!place.isKey)
                                            said = value;
                                    });
    return said;
}

} // namespace sharelock::redaction
