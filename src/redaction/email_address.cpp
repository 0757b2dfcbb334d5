// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/email_address.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestLocal = 64;
constexpr std::size_t longestDomain = 253;

// Sorted. Those of countries and the common general ones; the last line is reserved for documents and tests.
constexpr std::string_view topLevelDomains[] = {
    // clang-format off
    "academy", "ae", "af", "agency", "ai", "al", "am", "ao", "app", "ar", "art", "at", "au", "az", "ba", "bank", "bayern", "bd",
    "be", "berlin", "bg", "bh", "bio", "biz", "blog", "bo", "br", "by", "ca", "care", "cat", "cc", "ch", "chat", "ci", "city",
    "cl", "cloud", "club", "cm", "cn", "co", "codes", "com", "community", "company", "cr", "cu", "cy", "cz", "de", "design",
    "dev", "digital", "dk", "do", "dz", "ec", "edu", "ee", "eg", "email", "engineering", "es", "et", "eu", "example", "expert",
    "fi", "finance", "fm", "fr", "fun", "fyi", "ge", "gh", "global", "gmbh", "gov", "gr", "group", "gt", "guru", "hamburg",
    "health", "hk", "hn", "hr", "hu", "id", "ie", "il", "in", "info", "ink", "int", "invalid", "io", "iq", "ir", "is", "it",
    "jm", "jo", "jobs", "jp", "ke", "kg", "kh", "kr", "kw", "kz", "lb", "legal", "li", "life", "link", "lk", "llc", "london",
    "lt", "ltd", "lu", "lv", "ly", "ma", "mail", "management", "md", "me", "media", "mil", "mk", "mm", "mn", "mobi", "mt", "mu", "museum",
    "mx", "my", "mz", "name", "net", "network", "news", "ng", "ni", "nl", "no", "np", "nz", "om", "one", "online", "org", "pa",
    "page", "paris", "pe", "ph", "pk", "pl", "pm", "pr", "press", "pro", "ps", "pt", "py", "qa", "re", "ro", "rs", "ru",
    "run", "rw", "sa", "school", "science", "sd", "se", "services", "sg", "sh", "shop", "si", "site", "sk", "sn", "so", "social",
    "software", "solutions", "space", "store", "studio", "sv", "swiss", "sy", "systems", "team", "tech", "technology", "tel",
    "test", "th", "tj", "tn", "to", "today", "tools", "top", "tr", "travel", "tt", "tv", "tw", "tz", "ua", "ug", "uk", "university",
    "us", "uy", "uz", "va", "ve", "ventures", "vip", "vn", "website", "wien", "wiki", "work", "works", "world", "wtf", "xyz",
    "ye", "yt", "za", "zm", "zone", "zw",
    // clang-format on
};

static_assert(std::is_sorted(std::begin(topLevelDomains), std::end(topLevelDomains)));

bool isLocal(char c)
{
    return isAlphanumeric(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

bool isTopLevel(std::string_view label)
{
    std::string lower(label);
    std::transform(lower.begin(), lower.end(), lower.begin(), toLower);
    return std::binary_search(std::begin(topLevelDomains), std::end(topLevelDomains),
                              std::string_view(lower));
}

std::size_t localBegin(std::string_view text, std::size_t at)
{
    const std::size_t least = at > longestLocal ? at - longestLocal : 0;
    std::size_t begin = at;
    while (begin > least && isLocal(text[begin - 1]))
        --begin;
    // The end of `\n` or `\u003c` looks like a part of the name.
    if (begin > 0 && text[begin - 1] == '\\') {
        constexpr std::size_t longestEscape = 6;
        for (std::size_t next = begin + 1; next < std::min(at, begin + longestEscape); ++next) {
            if (endsEscape(text, next))
                begin = next;
        }
    }
    while (begin < at && !isAlphanumeric(text[begin]) && text[begin] != '_')
        ++begin;
    return begin;
}

std::size_t domainEnd(std::string_view text, std::size_t begin)
{
    const std::size_t most = std::min(text.size(), begin + longestDomain);
    std::size_t end = begin;
    while (end < most && (isAlphanumeric(text[end]) || text[end] == '-' || text[end] == '.'))
        ++end;
    while (end > begin && !isAlphanumeric(text[end - 1]))
        --end;
    return end;
}

bool isDomain(std::string_view domain)
{
    const std::size_t dot = domain.rfind('.');
    return dot != std::string_view::npos && dot > 0 && domain.find("..") == std::string_view::npos &&
           isTopLevel(domain.substr(dot + 1));
}

//! \brief Whether what stands before makes it the user, or the password, of a URL.
bool isInUrl(std::string_view text, std::size_t begin)
{
    if (begin == 0)
        return false;
    const char before = text[begin - 1];
    if (before == '/' || before == '@')
        return true;
    if (before != ':')
        return false;
    constexpr std::size_t farthest = 128;
    const std::size_t least = begin > farthest ? begin - farthest : 0;
    for (std::size_t at = begin - 1; at > least; --at) {
        const char c = text[at - 1];
        if (c == '/')
            return true;
        if (!isLocal(c))
            return false;
    }
    return false;
}

//! \brief `git@host:path` and `user@host/path`
bool isTarget(std::string_view text, std::size_t end)
{
    const std::string_view behind = text.substr(end, 2);
    if (behind.empty())
        return false;
    if (behind[0] == '@' || behind[0] == '_')
        return true;
    return (behind[0] == '/' || behind[0] == ':') && behind.size() > 1 &&
           (isAlphanumeric(behind[1]) || behind[1] == '~' || behind[1] == '/' || behind[1] == '.');
}

} // namespace

std::optional<TextRun> emailAddress(std::string_view text, std::size_t at)
{
    const TextRun run{localBegin(text, at), domainEnd(text, at + 1)};
    if (run.begin == at || !isDomain(text.substr(at + 1, run.end - at - 1)))
        return std::nullopt;
    if (isInUrl(text, run.begin) || isTarget(text, run.end))
        return std::nullopt;
    return run;
}

} // namespace sharelock::redaction
