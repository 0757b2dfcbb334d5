// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/opaque_fields.h"

#include "redaction/ascii.h"
#include "redaction/validators.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace sharelock::redaction {

namespace {

bool isEncoded(char c)
{
    return isAlphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
}

constexpr std::string_view signatureNames[] = {
    "signature",         "thoughtSignature",          "thought_signature",           "encryptedContent",
    "encrypted_content", "reasoningEncryptedContent", "reasoning_encrypted_content", "redactedData",
    "redacted_data"};

constexpr std::string_view hashNames[] = {"snapshot", "hash",   "integrity", "checksum", "sha",
                                          "sha1",     "sha256", "sha512",    "digest",   "etag"};

constexpr std::string_view idPrefixes[] = {
    "ses_", "msg_", "prt_",  "per_",      "que_",           "usr_",        "tool_",
    "pty_", "wrk_", "evt_",  "call_",     "toolu_",         "toolu_vrtx_", "toolu_bdrk_",
    "rs_",  "fc_",  "resp_", "chatcmpl-", "chatcmpl-tool-", "ctc_",        "ws_"};

template <std::size_t size>
constexpr CharSet firstLetters(const std::string_view (&words)[size])
{
    std::array<char, size> letters{};
    std::transform(std::begin(words), std::end(words), letters.begin(),
                   [](std::string_view word) { return word.front(); });
    return CharSet({letters.data(), letters.size()});
}

template <std::size_t size>
bool isIn(const std::string_view (&names)[size], std::string_view name)
{
    // Asked for every text, and hardly ever true.
    return !name.empty() && std::any_of(std::begin(names), std::end(names), [name](std::string_view each) {
        return each.size() == name.size() && each.front() == name.front() && each == name;
    });
}

bool isEncodedRun(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isEncoded);
}

//! \brief Hexadecimal, or `sha512-` and base64.
bool isHash(std::string_view text)
{
    constexpr std::size_t shortest = 32;
    constexpr std::size_t longest = 136;
    if (text.size() < shortest || text.size() > longest)
        return false;
    const std::size_t dash = text.starts_with("sha") ? text.find_first_of("-:") : std::string_view::npos;
    return dash == std::string_view::npos ? isHex(text) : isEncodedRun(text.substr(dash + 1));
}

//! \brief `ses_…`, `msg_…`, `toolu_…`: a known prefix and nothing but letters and digits.
bool isKnownId(std::string_view text)
{
    constexpr std::size_t shortest = 11;
    constexpr std::size_t longest = 80;
    constexpr std::size_t shortestBody = 8;
    if (text.size() < shortest || text.size() > longest)
        return false;
    static constexpr CharSet firsts = firstLetters(idPrefixes);
    if (!firsts.has(text.front()))
        return false;
    for (const std::string_view prefix : idPrefixes) {
        if (text.front() != prefix.front() || !text.starts_with(prefix))
            continue;
        const std::string_view body = text.substr(prefix.size());
        if (body.size() >= shortestBody && std::all_of(body.begin(), body.end(), isAlphanumeric))
            return true;
    }
    return false;
}

//! \brief Text and SVG pictures can be read, so they are searched.
bool isPicture(std::string_view text)
{
    if (!text.starts_with("data:"))
        return false;
    constexpr std::size_t longestHead = 128;
    constexpr std::string_view mark = ";base64,";
    const std::size_t at = text.substr(0, longestHead).find(mark);
    if (at == std::string_view::npos)
        return false;
    const std::string_view type = text.substr(5, at - 5);
    const bool isBinary = (type.starts_with("image/") && type.find("svg") == std::string_view::npos) ||
                          type.starts_with("audio/") || type.starts_with("video/") ||
                          type.starts_with("font/") || type.starts_with("application/pdf");
    return isBinary && isEncodedRun(text.substr(at + mark.size()));
}

} // namespace

bool isOpaqueField(std::string_view memberName, std::string_view text)
{
    constexpr std::size_t shortestSignature = 24;
    if (isPicture(text) || isKnownId(text))
        return true;
    if (text.size() < shortestSignature)
        return false;
    if (isIn(signatureNames, memberName))
        return isEncodedRun(text);
    return isIn(hashNames, memberName) && isHash(text);
}

} // namespace sharelock::redaction
