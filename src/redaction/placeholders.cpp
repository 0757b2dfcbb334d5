// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/placeholders.h"

#include "redaction/ascii.h"
#include "redaction/word_shapes.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace sharelock::redaction {

namespace {

// Both lists are sorted. These stand alone where a value would; with others of them, too
// (`your-api-key-here`).
constexpr std::string_view placeholderWords[] = {
    // clang-format off
    "a", "abc", "abc123", "abcd", "abcdef", "access", "account", "actual", "add", "admin", "an", "any", "api",
    "apikey", "app", "auth", "bar", "baz", "bearer", "bit", "blah", "byte", "change", "char", "character", "changed", "changeit", "changeme",
    "client", "configured", "credential", "credentials", "custom", "db", "default", "demo", "dev", "dummy",
    "empty", "enter", "example", "fake", "fill", "fixme", "foo", "foobar", "from", "generated", "goes", "here",
    "hidden", "id", "in", "insert", "is", "it", "key", "long", "me", "missing", "mock", "my", "mypassword",
    "mysecret", "mytoken", "new", "not", "null", "of", "old", "omitted", "or", "pass", "passphrase", "passwd",
    "password", "paste", "personal", "placeholder", "private", "provide", "provided", "put", "pwd", "qux",
    "random", "real", "redacted", "removed", "replace", "replaced", "replaceme", "sample", "secret", "secrets",
    "secure", "security", "service", "session", "set", "some", "something", "sth", "string", "strong", "super",
    "supersecret", "tbd", "test", "testing", "text", "the", "this", "to", "todo", "token", "tokens", "unset", "use",
    "user", "username", "value", "with", "you", "your", "yours",
    // clang-format on
};

constexpr std::string_view harmlessWords[] = {
    // clang-format off
    "any", "apikey", "argument", "arguments", "array", "auto", "basic", "bearer", "bool", "boolean", "bytes", "byte[]", "char", "char*", "class",
    "const", "credentials", "default", "disabled", "else", "empty", "enabled", "error", "expired", "export",
    "false", "field", "float", "forgotten", "function", "hash", "hashed", "header", "hidden", "import", "incorrect",
    "inherit", "input", "int", "integer", "invalid", "long", "missing", "mismatch", "nil", "no", "none", "not",
    "null", "nullptr", "number", "object", "off", "on", "one", "option", "optional", "options", "parameter", "parameters", "password", "private", "prompt", "property",
    "public", "random", "readonly", "redacted", "refresh", "removed", "required", "reset", "return", "secret", "self",
    "session", "static", "str", "string", "struct", "super", "text", "then", "this", "token", "true", "type",
    "undefined", "unknown", "unset", "update", "updated", "username", "valid", "value", "varchar", "void", "weak",
    "wrong", "yes",
    // clang-format on
};

template <std::size_t size>
bool isIn(const std::string_view (&words)[size], std::string_view word)
{
    // Hardly ever true: most are told apart by their size and first letter.
    return !word.empty() && std::any_of(std::begin(words), std::end(words), [word](std::string_view each) {
        return each.size() == word.size() && each.front() == word.front() && each == word;
    });
}

bool isWordSeparator(char c)
{
    return c == '_' || c == '-' || c == ' ' || c == '.' || c == '/' || c == '!' || c == ':';
}

bool isWords(std::string_view value)
{
    return std::none_of(value.begin(), value.end(), isDigit) && isJoinedWords(value);
}

bool isEnclosed(std::string_view value)
{
    struct Pair
    {
        std::string_view open, close;
    };
    static constexpr Pair pairs[] = {
        {"<", ">"}, {"${", "}"},          {"{{", "}}"}, {"$(", ")"},  {"#{", "}"},  {"{", "}"}, {"%{", "}"},
        {"[", "]"}, {"%(", ")s"},         {"`", "`"},   {"__", "__"}, {"@@", "@@"}, {"@", "@"}, {"<%", "%>"},
        {"%", "%"}, {"\u00AB", "\u00BB"}, {"*", "*"},   {"|", "|"},   {"(", ")"}};
    for (const Pair& pair : pairs) {
        if (value.empty() || value.front() != pair.open.front())
            continue;
        if (value.size() <= pair.open.size() + pair.close.size() || !value.starts_with(pair.open) ||
            !value.ends_with(pair.close))
            continue;
        const std::string_view inner =
            value.substr(pair.open.size(), value.size() - pair.open.size() - pair.close.size());
        // A password may stand between two stars by chance.
        const bool isEmphasis = pair.open == "*" || pair.open == "|" || pair.open == "(";
        if (inner.find(pair.close) == std::string_view::npos && (!isEmphasis || isWords(inner)))
            return true;
    }
    return false;
}

//! \brief `[REDACTED`, `<hidden`: a bare value ends before the bracket that closes.
bool isOpened(std::string_view value)
{
    static constexpr CharSet brackets("[<{(");
    return value.size() > 1 && brackets.has(value.front()) && isWords(value.substr(1));
}

bool isReferenceOrFormat(std::string_view value)
{
    if (value.starts_with('%') && value.size() <= 4)
        return true;
    if (!value.starts_with('$') || value.size() < 2 || !(isLetter(value[1]) || value[1] == '_'))
        return false;
    return std::all_of(value.begin() + 1, value.end(), isIdentifier);
}

//! \brief One character again and again, or digits or letters in a row: `xxxxxx`, `12345678`, `abcdefgh`.
bool isMonotonous(std::string_view value)
{
    bool same = true;
    bool counting = true;
    for (std::size_t i = 1; i < value.size(); ++i) {
        same = same && value[i] == value[i - 1];
        counting = counting && (value[i] == value[i - 1] + 1 || (value[i] == '0' && value[i - 1] == '9'));
    }
    return same || counting;
}

bool hasOnlyPlaceholderWords(std::string_view value)
{
    std::string word;
    bool any = false;
    for (std::size_t i = 0; i <= value.size(); ++i) {
        if (i < value.size() && !isWordSeparator(value[i])) {
            // `yourApiKey`
            if (isUpper(value[i]) && i > 0 && isLower(value[i - 1])) {
                if (!isIn(placeholderWords, word))
                    return false;
                word.clear();
            }
            word.push_back(toLower(value[i]));
            continue;
        }
        if (word.empty())
            continue;
        while (!word.empty() && isDigit(word.back()) && !isIn(placeholderWords, word))
            word.pop_back();
        if (!word.empty() && !isIn(placeholderWords, word) && !(word.size() > 2 && isMonotonous(word)))
            return false;
        any = any || !word.empty();
        word.clear();
    }
    return any;
}

//! \brief Small letters, short numbers and what separates them.
bool isJoinedPieces(std::string_view value)
{
    return std::all_of(value.begin(), value.end(),
                       [](char c) { return isLower(c) || isDigit(c) || isWordSeparator(c); }) &&
           std::count_if(value.begin(), value.end(), isDigit) <= 6;
}

//! \brief `xoxb-your-token`, `parser-user-placeholder`, `generate-with-openssl-rand-base64-32`: words that
//! say so.
bool isForYou(std::string_view value)
{
    static constexpr std::string_view telling[] = {"your",     "placeholder", "example",
                                                   "changeme", "dummy",       "generate"};
    for (std::size_t begin = 0; begin < value.size();) {
        std::size_t end = begin;
        while (end < value.size() && !isWordSeparator(value[end]))
            ++end;
        const std::string_view piece = value.substr(begin, end - begin);
        const bool isWhole = piece.size() == value.size();
        if (!isWhole && isIn(telling, piece) && isJoinedPieces(value))
            return true;
        begin = end + 1;
    }
    return false;
}

//! \brief Four times the same character that fills a gap.
bool holdsMask(std::string_view value)
{
    // Hardly any value has a character three times in a row, or others than ASCII's.
    unsigned char all = 0;
    bool repeats = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        all |= static_cast<unsigned char>(value[i]);
        repeats |= i >= 2 && value[i] == value[i - 1] && value[i] == value[i - 2];
    }
    if (all >= 0x80 && (value.find("\u2026") != std::string_view::npos ||
                        value.find("\u2022\u2022") != std::string_view::npos))
        return true;
    if (!repeats)
        return false;
    // `hf_xxx`, `sk-live-xxxxx`
    const std::size_t begin = value.find_last_not_of(value.back());
    if (toLower(value.back()) == 'x' && begin != std::string_view::npos && begin + 3 < value.size() &&
        isWordSeparator(value[begin]))
        return true;
    for (const std::string_view mask : {"***", "...", "xxxxxx", "XXXXXX"}) {
        if (value.find(mask) != std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace

bool isMasked(std::string_view value)
{
    return holdsMask(value) || value.ends_with("EXAMPLE") || value.ends_with("EXAMPLEKEY");
}

bool isPlaceholder(std::string_view value)
{
    return value.empty() || isEnclosed(value) || isOpened(value) || isForYou(value) ||
           isReferenceOrFormat(value) || isMonotonous(value) || holdsMask(value) ||
           hasOnlyPlaceholderWords(value);
}

bool isHarmlessWord(std::string_view value)
{
    constexpr std::size_t longest = 16;
    if (value.size() > longest)
        return false;
    std::string lower(value);
    std::transform(lower.begin(), lower.end(), lower.begin(), toLower);
    return isIn(harmlessWords, lower);
}

} // namespace sharelock::redaction
