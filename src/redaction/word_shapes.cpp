// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/word_shapes.h"

#include "redaction/ascii.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

namespace sharelock::redaction {

namespace {

constexpr CharSet vowels("aeiouyAEIOUY");
constexpr CharSet wordJoints("_-. /:");

//! \brief Where the word ends that begins at \p begin in letters joined as `camelCase` and `HTTPServer` are.
std::size_t wordEnd(std::string_view letters, std::size_t begin)
{
    std::size_t end = begin + 1;
    if (isUpper(letters[begin])) {
        while (end < letters.size() && isUpper(letters[end]))
            ++end;
        // The last of several capitals begins the next word.
        if (end - begin > 1)
            return end < letters.size() ? end - 1 : end;
    }
    while (end < letters.size() && isLower(letters[end]))
        ++end;
    return end;
}

bool startsIgnoringCase(std::string_view value, std::string_view word)
{
    return value.size() >= word.size() && std::equal(word.begin(), word.end(), value.begin(),
                                                     [](char a, char b) { return a == toLower(b); });
}

bool soundsLikeWord(std::string_view word)
{
    std::size_t vowelCount = 0;
    std::size_t consonants = 0;
    std::size_t longestRun = 0;
    for (const char c : word) {
        const bool isVowel = vowels.has(c);
        consonants = isVowel ? 0 : consonants + 1;
        vowelCount += isVowel ? 1 : 0;
        longestRun = std::max(longestRun, consonants);
    }
    constexpr std::size_t shortWord = 2;
    constexpr std::size_t mostConsonants = 4;
    if (word.size() <= shortWord || startsIgnoringCase(word, "passphrase"))
        return true;
    // "branch", "length", "scripts"; "crypts"
    const std::size_t oneVowel = word.find_first_of("aeiouAEIOU") == std::string_view::npos ? 6 : 7;
    return longestRun <= mostConsonants &&
           (vowelCount * 5 >= word.size() || (vowelCount > 0 && word.size() <= oneVowel));
}

//! \brief Whether letters could be words of a language: vowels and consonants take turns, capitals begin
//! words and words are not too short.
bool soundLikeWords(std::string_view letters)
{
    std::size_t words = 0;
    for (std::size_t begin = 0; begin < letters.size(); ++words) {
        const std::size_t end = wordEnd(letters, begin);
        const std::string_view word = letters.substr(begin, end - begin);
        const bool isAbbreviation = std::all_of(word.begin(), word.end(), isUpper) && word.size() <= 5;
        if (!isAbbreviation && !soundsLikeWord(word))
            return false;
        begin = end;
    }
    // Three letters a word at the least, but for `aB` and `URLs`; and capitals are not most of several.
    constexpr std::size_t fewWords = 2;
    const auto capitals = static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), isUpper));
    if (words > fewWords && capitals < letters.size() && 2 * capitals > letters.size())
        return false;
    return words <= fewWords || letters.size() >= words * 7 / 2;
}

// Of programs and forms.
constexpr std::string_view technicalWords[] = {
    // clang-format off
    "account", "action", "admin", "and", "api", "app", "auth", "bad", "base", "box", "btn", "button", "center", "change", "check", "class",
    "cli", "client", "code", "col", "color", "config", "confirm", "contains", "create", "current", "data", "db", "default", "dialog",
    "docs", "email", "empty", "enter", "error", "event", "example", "failed", "field", "file", "flex", "focus", "font", "for", "forgot",
    "form", "from", "generate", "get", "header", "help", "here", "hint", "icon", "input", "invalid", "item", "key", "label", "length",
    "link", "list", "login", "manager", "match", "max", "message", "min", "missing", "modal", "must", "name", "new", "not", "number", "old",
    "one", "page", "panel", "pass", "password", "placeholder", "policy", "prompt", "protected", "read", "recovery", "repeat", "required",
    "reset", "role", "same", "secret", "see", "server", "service", "set", "settings", "show", "sign", "size", "space", "state", "status",
    "step", "store", "strength", "string", "strong", "submit", "system", "table", "test", "text", "that", "the", "this", "time", "title", "toggle",
    "token", "too", "type", "update", "use", "user", "username", "valid", "validation", "value", "view", "weak", "with", "word", "wrong",
    "your",
    // clang-format on
};
static_assert(std::is_sorted(std::begin(technicalWords), std::end(technicalWords)));

// Hardly a sentence does without one of them.
constexpr std::string_view sentenceWords[] = {
    // clang-format off
    "all", "any", "are", "ask", "bitte", "can", "cannot", "choose", "con", "dans", "das", "del", "den", "der", "des",
    "did", "die", "does", "each", "een", "est", "every", "first", "has", "have", "having", "het", "how", "into",
    "ist", "its", "jest", "keep", "kennwort", "las", "last", "least", "les", "letters", "like", "longer", "los",
    "made", "make", "may", "mit", "more", "most", "need", "needs", "never", "next", "nicht", "niet", "non", "only",
    "our", "out", "para", "passwort", "per", "please", "por", "pour", "put", "que", "random", "second", "senha",
    "should", "some", "something", "than", "them", "then", "there", "these", "they", "those", "una", "und", "une",
    "until", "used", "using", "voor", "votre", "vous", "wachtwoord", "want", "was", "were", "what", "when", "where",
    "which", "while", "who", "will", "would", "you",
    // clang-format on
};
static_assert(std::is_sorted(std::begin(sentenceWords), std::end(sentenceWords)));

template <std::size_t size>
bool isIn(const std::string_view (&sorted)[size], std::string_view word)
{
    return std::binary_search(std::begin(sorted), std::end(sorted), word);
}

} // namespace

bool isJoinedWords(std::string_view value)
{
    std::size_t begin = 0;
    std::size_t words = 0;
    std::size_t numbers = 0;
    constexpr std::size_t longestNumber = 4;
    while (begin < value.size()) {
        std::size_t end = begin;
        while (end < value.size() && isLetter(value[end]))
            ++end;
        if (end > begin) {
            if (end - begin > 3 && !soundLikeWords(value.substr(begin, end - begin)))
                return false;
            ++words;
            begin = end;
            continue;
        }
        while (end < value.size() && isDigit(value[end]))
            ++end;
        if (end > begin) {
            if (end - begin > longestNumber || ++numbers > 1)
                return false;
            begin = end;
            continue;
        }
        if (!wordJoints.has(value[begin]))
            return false;
        ++begin;
    }
    return words > 0;
}

bool isNames(std::string_view value, std::string_view joints)
{
    if (value.find_first_of(joints) == std::string_view::npos)
        return false;
    std::size_t digits = 0;
    for (std::size_t begin = 0; begin < value.size();) {
        std::size_t end = begin;
        while (end < value.size() && isLetter(value[end]))
            ++end;
        if (end - begin > 3 && !soundLikeWords(value.substr(begin, end - begin)))
            return false;
        if (end == begin) {
            const char c = value[end++];
            digits += isDigit(c) ? 1 : 0;
            if (!isDigit(c) && c != '_' && c != '-' && joints.find(c) == std::string_view::npos)
                return false;
        }
        begin = end;
    }
    constexpr std::size_t fewDigits = 4; // one of so many characters
    return digits * fewDigits <= value.size();
}

bool isWordWithNumber(std::string_view value)
{
    constexpr std::size_t fewDigits = 2;
    constexpr std::ptrdiff_t fewLetters = 4;
    std::size_t digits = 0;
    while (digits < value.size() && isDigit(value[value.size() - 1 - digits]))
        ++digits;
    if (digits < fewDigits || std::count_if(value.begin(), value.end(), isLetter) < fewLetters ||
        value.find_first_of("/: ") != std::string_view::npos)
        return false;
    // What is computed with, and numbered.
    constexpr std::string_view technical[] = {"http",    "step",  "test",  "case",  "page", "phase",
                                              "version", "level", "float", "token", "item", "line",
                                              "user",    "node",  "task",  "pass",  "issue"};
    // Too short to begin no other word: `sha256`, but not `shadow77`.
    constexpr std::string_view technicalAlone[] = {"sha", "md5", "pkcs", "rfc",  "utf", "base", "iso",
                                                   "aes", "ipv", "tls",  "uint", "int", "part"};
    const auto begins = [value](std::string_view word) { return startsIgnoringCase(value, word); };
    const auto beginsAlone = [value](std::string_view word) {
        return startsIgnoringCase(value, word) && !isLetter(value[word.size()]);
    };
    return std::none_of(std::begin(technical), std::end(technical), begins) &&
           std::none_of(std::begin(technicalAlone), std::end(technicalAlone), beginsAlone);
}

bool isPassphrase(std::string_view value)
{
    constexpr std::size_t fewest = 4;
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 9;
    const std::size_t first = value.find_first_of("- ._");
    const char joint = first == std::string_view::npos ? '-' : value[first];
    std::size_t words = 0;
    for (std::size_t begin = 0; begin <= value.size(); ++words) {
        const std::size_t end = std::min(value.find(joint, begin), value.size());
        std::string word(value.substr(begin, end - begin));
        if (joint != '-' && isIn(sentenceWords, word))
            return false;
        // `Copper-Walnut-Lantern-Rocket`; a sentence begins with a capital, too.
        if (joint == '-' && !word.empty())
            word.front() = toLower(word.front());
        if (word.size() < shortest || word.size() > longest ||
            !std::all_of(word.begin(), word.end(), isLower) || isIn(technicalWords, word))
            return false;
        begin = end + 1;
    }
    return words >= fewest;
}

} // namespace sharelock::redaction
