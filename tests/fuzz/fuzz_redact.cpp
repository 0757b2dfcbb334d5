// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "fuzz_check.h"
#include "redaction/leak_gate.h"
#include "redaction/redact.h"

#include <cstdint>

using namespace sharelock;
using fuzz::check;
using redaction::HiddenKind;

namespace {

redaction::RedactionPlan plan(unsigned choice)
{
    const bool windows = (choice & 1) != 0;
    return {{
        {HiddenKind::HomeFolder, windows ? "C:\\Users\\nina" : "/home/al ex", "~",
         redaction::HiddenShape::Folder},
        {HiddenKind::UserName, windows ? "nina" : "al ex", "<user>", redaction::HiddenShape::Name},
        {HiddenKind::UserName, "\xC3\x89lodie", "<user>", redaction::HiddenShape::Name},
        {HiddenKind::HostName, "box-7", "<host>", redaction::HiddenShape::Name},
    }};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string text = document::quoted({reinterpret_cast<const char*>(data + 1), size - 1});
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1", "{\"text\":" + text + "," + text + ":1}");

    const redaction::RedactionPlan hidden = plan(data[0]);
    const auto once = redaction::redact(document, hidden);
    check(once.has_value(), "every document can be redacted");
    check(document::ShareDocument::parse(once->document.toJson()).has_value(), "redacted is JSON");
    const auto twice = redaction::redact(once->document, hidden);
    check(twice && twice->document == once->document, "redacting twice changes nothing");
    check(redaction::LeakGate(hidden).check(once->document.toJson()).has_value(), "the gate lets it pass");
    return 0;
}
