// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_items.h"
#include "document/rewrite_ids.h"
#include "document/share_document.h"
#include "document/transcript.h"
#include "fuzz_check.h"

#include <cstdint>

using namespace sharelock;
using fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = document::ShareDocument::parse({reinterpret_cast<const char*>(data), size});
    if (!document)
        return 0;
    const auto again = document::ShareDocument::parse(document->toJson());
    check(again && *again == *document, "a document comes back as it was written");

    for (const document::Block& block : document::transcript(*document))
        check(document::fullText(*document, block).size() >= block.text.size(),
              "the whole is no less than its start");
    (void)document::contentCounts(*document);

    (void)document::isBlank(*document);
    const auto blank = document::blanked(*document);
    check(blank.has_value(), "every document can be blanked");
    check(blank->items().size() == document->items().size(), "every item is blanked");
    check(document::ShareDocument::parse(blank->toJson()).has_value(), "blanks are JSON");

    document::IdRewriting rewriting;
    rewriting.shift = 12345;
    rewriting.sessionId = "ses_0123456789abABCDEFGHIJKLMN";
    if (const auto rewritten = document::withNewIds(*document, rewriting)) {
        check(rewritten->items().size() == document->items().size(), "no item is lost");
        check(document::ShareDocument::parse(rewritten->toJson()).has_value(), "new IDs leave JSON");
    }
    return 0;
}
