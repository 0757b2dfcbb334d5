// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/assigned_name.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestSide = 64;
//! \brief A name of that length is no part of another word by chance: `dbpassword` is one, `monkey` is not.
constexpr std::size_t longName = 6;

// What stands before a name and makes it harmless: verbs and questions.
constexpr std::string_view harmlessBefore[] = {
    // clang-format off
    "accept", "allow", "allowed", "change", "check", "clear", "delete", "disable", "edit", "enable", "enter", "find",
    "forget", "forgot", "forgotten", "generate", "get", "has", "hash", "hide", "if", "invalid", "is", "max", "min", "missing", "need",
    "needs", "no", "num", "number", "parse", "placeholder", "press", "prompt", "remove", "render", "requires",
    "reset", "should", "show", "skip", "toggle", "total", "use", "uses", "validate", "verify", "without",
    // clang-format on
};

// Nouns before `key` and `token`, which are then no secrets.
constexpr std::string_view harmlessKeys[] = {
    // clang-format off
    "accelerator", "answer", "bos", "cache", "cancel", "cancellation", "candidate", "child", "cls", "column",
    "composite", "compose", "context", "continuation", "count", "csrf", "duplicate", "eos", "foreign", "group", "hot",
    "idempotency", "index", "item", "last", "lexer", "line", "list", "lookup", "map", "mask", "meta", "next",
    "object", "on", "open", "pad", "page", "parent", "parser", "partition", "per", "prev", "previous", "primary",
    "row", "save", "sep", "shortcut", "sort", "special", "stop", "sub", "syntax", "tab", "table", "translation",
    "unique", "unk", "update", "xsrf",
    // clang-format on
};

// What stands behind it.
constexpr std::string_view harmlessBehind[] = {
    // clang-format off
    "age", "algorithm", "alias", "allowed", "at", "attempt", "attempts", "auth", "authentication", "bits", "block", "bytes",
    "bit", "callback", "change", "changed", "char", "chars", "check", "checker", "class", "code", "color", "column", "command", "complexity",
    "config", "configuration", "container", "context", "count", "counter", "created", "date", "description", "digest", "dir",
    "directory", "enabled", "encoder", "encoding", "encryption", "endpoint", "env", "error", "errors", "event", "exists", "expiration", "expired", "expires",
    "expiry", "factory", "field", "fields", "file", "filename", "files", "filter", "folder", "format", "form", "function", "generator",
    "group", "handler", "hash", "hasher", "hashers", "header", "help", "hint", "icon", "id", "ids", "index", "info", "input",
    "interval", "issuer", "kind", "label", "last", "len", "length", "level", "lifetime", "limit", "link", "list",
    "location", "manager", "map", "max", "md5", "message", "mgr", "min", "missing", "mode", "model", "name", "names",
    "needed", "only", "option", "options", "page", "param", "parameter", "params", "path", "paths", "pattern", "placeholder", "plugin", "policy",
    "prefix", "prompt", "provider", "ref", "refresh", "regex", "required", "reset", "response", "rotation", "rule",
    "rules", "schema", "screen", "selector", "service", "set", "sha1", "sha3", "sha256", "sha512", "size", "source", "space", "spec", "status", "stdin", "store", "strength", "suffix",
    "table", "text", "timeout", "title", "ttl", "type", "types", "unit", "uri", "url", "urls", "usage",
    "use", "used", "validation", "validator", "valid", "var", "variable", "version", "view", "visibility", "visible", "with",
    // clang-format on
};

template <std::size_t size>
bool isIn(const std::string_view (&words)[size], std::string_view word)
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool isNamePart(char c)
{
    return isIdentifier(c) || c == '-' || c == '.';
}

//! \brief Calls \p visit with each word of `camelCase`, `SNAKE_CASE` or `kebab-case`, in lower case.
template <typename Visit>
void forEachWord(std::string_view name, const Visit& visit)
{
    std::string word;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool hump = isUpper(name[i]) && i > 0 && isLower(name[i - 1]);
        if ((hump || !isAlphanumeric(name[i])) && !word.empty()) {
            visit(std::string_view(word));
            word.clear();
        }
        if (isAlphanumeric(name[i]))
            word.push_back(toLower(name[i]));
    }
    if (!word.empty())
        visit(std::string_view(word));
}

std::size_t nameBegin(std::string_view text, std::size_t at)
{
    const std::size_t least = at > longestSide ? at - longestSide : 0;
    while (at > least && isNamePart(text[at - 1]) && !endsEscape(text, at))
        --at;
    return at;
}

std::size_t nameEnd(std::string_view text, std::size_t at)
{
    const std::size_t most = std::min(text.size(), at + longestSide);
    while (at < most &&
           (isIdentifier(text[at]) || (text[at] == '-' && at + 1 < most && isAlphanumeric(text[at + 1]))))
        ++at;
    return at;
}

//! \brief Whether a word of its own begins there inside of an identifier.
bool startsInside(std::string_view text, TextRun literal, std::size_t identifier)
{
    if (literal.begin == identifier || literal.end - literal.begin >= longName)
        return true;
    const char before = text[literal.begin - 1];
    const char first = text[literal.begin];
    return !isLetter(before) || !isLetter(first) || (isLower(before) && isUpper(first));
}

bool endsInside(std::string_view text, TextRun literal, std::size_t end)
{
    if (literal.end == end || !isLetter(text[literal.end]) || !isLetter(text[literal.end - 1]))
        return true;
    return isUpper(text[literal.end]) && isLower(text[literal.end - 1]);
}

std::string lastWord(std::string_view name)
{
    std::string last;
    forEachWord(name, [&last](std::string_view word) { last = word; });
    return last;
}

//! \brief "you can pass …": there it is no name.
bool isVerb(std::string_view text, const AssignedName& name)
{
    const std::string_view whole = text.substr(name.run.begin, name.run.end - name.run.begin);
    if (whole == "PASS") // Of tests, unless it is set.
        return !text.substr(name.run.end).starts_with('=');
    if (whole != "pass")
        return false;
    const std::string_view before = text.substr(0, name.run.begin);
    static constexpr std::string_view words[] = {"to ",   "can ",  "you ",  "we ",     "simply ",
                                                 "and ",  "or ",   "must ", "should ", "will ",
                                                 "just ", "then ", "not ",  "may ",    "please "};
    return std::any_of(std::begin(words), std::end(words),
                       [before](std::string_view word) { return before.ends_with(word); });
}

} // namespace

AssignedName assignedName(std::string_view text, TextRun literal)
{
    AssignedName name{literal, {}, false};
    TextRun run{nameBegin(text, literal.begin), nameEnd(text, literal.end)};
    if (!startsInside(text, literal, run.begin) || !endsInside(text, literal, run.end))
        return name;
    while (run.begin < literal.begin && (text[run.begin] == '-' || text[run.begin] == '.')) {
        // One in front of a whole line is more likely a diff's.
        const bool isMark = run.begin > 0 && (text[run.begin - 1] == '\n' || endsEscape(text, run.begin));
        name.isFlag = text[run.begin] == '-' && !isMark;
        ++run.begin;
    }
    name.run = run;
    return name;
}

bool startsLine(std::string_view text, const AssignedName& name)
{
    constexpr std::size_t farthest = 24;
    const std::size_t at = name.run.begin;
    const std::size_t least = at > farthest ? at - farthest : 0;
    const auto isStart = [text](std::size_t begin) {
        return begin == 0 || text[begin - 1] == '\n' || endsEscape(text, begin);
    };
    std::size_t begin = at;
    while (begin > least && !isStart(begin))
        --begin;
    std::string_view lead = text.substr(begin, at - begin);
    // A diff's or a quotation's mark.
    while (!lead.empty() && std::string_view(" \t+->").find(lead.front()) != std::string_view::npos)
        lead.remove_prefix(1);
    lead.remove_prefix(lineNumberSize(lead));
    while (!lead.empty() && std::string_view(" \t+-").find(lead.front()) != std::string_view::npos)
        lead.remove_prefix(1);
    while (!lead.empty() && isBlank(lead.back()))
        lead.remove_suffix(1);
    if (isStart(begin) && lead.empty())
        return true;
    for (const std::string_view command :
         {"export", "set", "setx", "ENV", "ARG", "$env:", "-e", "--env", "-D", "env", "-x", "-gx", "-Ux"}) {
        if (lead.ends_with(command))
            return true;
    }
    return false;
}

bool isUpperCase(std::string_view text, const AssignedName& name)
{
    const std::string_view whole = text.substr(name.run.begin, name.run.end - name.run.begin);
    return std::none_of(whole.begin(), whole.end(), isLower);
}

bool endsInFieldName(std::string_view phrase)
{
    static constexpr std::string_view names[] = {"id",  "uuid",  "sha256", "sha1", "sha512", "md5",
                                                 "key", "index", "offset", "line", "version"};
    return std::any_of(std::begin(names), std::end(names), [phrase](std::string_view name) {
        return phrase.ends_with(name) &&
               (phrase.size() == name.size() || !isAlphanumeric(phrase[phrase.size() - name.size() - 1]));
    });
}

bool isSetter(std::string_view text, const AssignedName& name)
{
    const std::string_view before = text.substr(name.run.begin, name.literal.begin - name.run.begin);
    for (const std::string_view verb : {"set", "with", "Set", "With", "set_", "with_", "."}) {
        if (before.ends_with(verb))
            return true;
    }
    return before.empty() && name.run.begin > 0 && text[name.run.begin - 1] == '.';
}

bool isHarmlessName(std::string_view text, const AssignedName& name, bool isWeak)
{
    if (isVerb(text, name))
        return true;
    const std::string_view before = text.substr(name.run.begin, name.literal.begin - name.run.begin);
    const std::string_view behind = text.substr(name.literal.end, name.run.end - name.literal.end);
    const std::string last = lastWord(before);
    bool isHarmless = isWeak && isIn(harmlessKeys, last);
    isHarmless = isHarmless || (isIn(harmlessBefore, last) && !isSetter(text, name));
    forEachWord(before, [&](std::string_view word) { isHarmless = isHarmless || word == "public"; });
    forEachWord(behind,
                [&](std::string_view word) { isHarmless = isHarmless || isIn(harmlessBehind, word); });
    return isHarmless;
}

} // namespace sharelock::redaction
