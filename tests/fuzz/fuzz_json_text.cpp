// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "fuzz_check.h"

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace sharelock;
using fuzz::check;

namespace {

std::vector<std::string> textsOf(std::string_view json)
{
    std::vector<std::string> texts;
    const auto walked =
        document::forEachText(json, [&texts](const document::TextPlace& place, std::string_view text) {
            texts.push_back(std::string(place.pointer) + (place.isKey ? " name " : " ") + std::string(text));
        });
    check(walked.has_value(), "JSON stays JSON");
    return texts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto same = document::mapTexts(
        input, [](const document::TextPlace&, std::string_view) { return std::optional<std::string>(); });
    simdjson::dom::parser parser;
    if (parser.parse(simdjson::padded_string(input)).error() == simdjson::SUCCESS)
        check(same.has_value() || parser.max_depth() > 512, "what another reader accepts is accepted");
    if (!same)
        return 0;
    check(*same == input, "nothing to map changes nothing");
    const auto texts = textsOf(input);
    const auto again = document::mapTexts(input, [](const document::TextPlace&, std::string_view text) {
        return std::string(text) + "\"\\\n";
    });
    check(again.has_value(), "every text can be mapped");
    check(textsOf(*again).size() == texts.size(), "no text is lost");
    return 0;
}
