// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/references.h"

#include "redaction/ascii.h"
#include "redaction/word_shapes.h"

#include <algorithm>
#include <iterator>

namespace sharelock::redaction {

namespace {

//! \brief `config[`, `Optional[bytes`, `args[token.index]`: a bare word ends before the bracket is closed.
bool isElement(std::string_view value)
{
    const std::size_t open = value.find('[');
    const std::size_t begin = value.starts_with('$') || value.starts_with('@') ? 1 : 0;
    return open != std::string_view::npos && open > begin + 1 && isIdentifier(value[begin]) &&
           !isDigit(value[begin]) && isJoinedWords(value.substr(begin, open - begin));
}

//! \brief Without one of these signs a value is no reference, which saves a search for each of many.
bool hasReferenceSign(std::string_view value)
{
    static constexpr CharSet signs("$({[#<.");
    return std::any_of(value.begin(), value.end(), [](char c) { return signs.has(c); });
}

//! \brief A regular expression, where a shell may have escaped one parenthesis of a password.
bool isExpression(std::string_view value)
{
    const bool begins =
        value.find("\\(") != std::string_view::npos || value.find("\\<") != std::string_view::npos;
    return begins &&
           (value.find("\\)") != std::string_view::npos || value.find("\\>") != std::string_view::npos ||
            value.find(".*") != std::string_view::npos || value.find("[^") != std::string_view::npos);
}

//! \brief `generate_token()`, `self.vault.secret()`
bool isCall(std::string_view value)
{
    if (!value.ends_with("()"))
        return false;
    value.remove_suffix(2);
    return isJoinedWords(value) || isNames(value, ".:->?!");
}

//! \brief `crypto.randomBytes(32).toString(`, `Option<String>`: program text in the place of a setting.
bool isMemberCall(std::string_view value)
{
    const std::size_t open = value.find_first_of("(<");
    if (open == std::string_view::npos || open < 2 || !isLetter(value.front()))
        return false;
    const std::string_view name = value.substr(0, open);
    if (value[open] == '<')
        return isUpper(name.front()) && isJoinedWords(name) && value.ends_with('>');
    return name.find('.') != std::string_view::npos && isNames(name, ".");
}

//! \brief `GUILE_AUTO_COMPILE=0`: another setting, of which a tool is told.
bool isVariable(std::string_view value)
{
    const std::size_t sign = value.find('=');
    return sign != std::string_view::npos && sign >= 3 && value.find('_') < sign &&
           std::all_of(value.begin(), value.begin() + std::ptrdiff_t(sign),
                       [](char c) { return isUpper(c) || c == '_'; });
}

//! \brief `\fIpassword\fR`, `locked\&`: the text of a manual page before it is set.
bool isManualText(std::string_view value)
{
    for (std::size_t at = value.find('\\'); at != std::string_view::npos; at = value.find('\\', at + 1)) {
        const std::string_view behind = value.substr(at + 1, 2);
        if (behind == "fI" || behind == "fB" || behind == "fR" || behind == "fP" || behind == "f5" ||
            behind == "f[" || behind.starts_with('-') || behind.starts_with('&'))
            return true;
    }
    return false;
}

//! \brief Where the value is kept: `vault:secret/data/db#password`, `arn:aws:secretsmanager:…`.
bool isPlaceOfSecret(std::string_view value)
{
    static constexpr std::string_view places[] = {
        "arn:aws", "vault:", "file:", "ssm:",  "env:", "secretsmanager:", "keyvault:", "sops:", "!vault",
        "!ref",    "!sub",   "ref+",  "!env ", "ENC[", "awskms:",         "gcpsecret:"};
    return std::any_of(std::begin(places), std::end(places), [value](std::string_view place) {
        return value.size() >= place.size() &&
               std::equal(place.begin(), place.end(), value.begin(),
                          [](char a, char b) { return toLower(a) == toLower(b); });
    });
}

} // namespace

bool isMember(std::string_view value)
{
    static constexpr std::string_view objects[] = {
        "self.", "this.",  "args.",     "options.", "opts.", "cls.", "config.", "params.", "request.", "req.",
        "ctx.",  "props.", "settings.", "state.",   "data.", "url.", "uri.",    "parsed.", "parts."};
    // Objects of minified programs have names of one letter.
    const bool isShort = value.size() > 2 && isLetter(value[0]) && value[1] == '.';
    return (isShort || std::any_of(std::begin(objects), std::end(objects),
                                   [value](std::string_view object) { return value.starts_with(object); })) &&
           isJoinedWords(value);
}

bool isReference(std::string_view value)
{
    if (isPlaceOfSecret(value) || isManualText(value))
        return true;
    if (value.starts_with("--") || value.starts_with("-D") || isVariable(value) ||
        value.find("getenv") != std::string_view::npos)
        return true;
    if (!hasReferenceSign(value))
        return false;
    for (const std::string_view mark :
         {"${",       "{{",    "$(",   "#{",  "process.env", "os.environ", "import.meta",
          "secrets.", "$env:", "ENV[", "<%",  "%{",          "System.get", "config.get",
          "env(",     "env.",  "{}",   "(?:", "(?=",         "(?P<",       "[[:"}) {
        if (value.find(mark) != std::string_view::npos)
            return true;
    }
    return isElement(value) || isExpression(value) || isCall(value) || isMemberCall(value);
}

} // namespace sharelock::redaction
