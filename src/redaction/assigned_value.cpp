// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/assignment.h"

#include "redaction/ascii.h"
#include "redaction/placeholders.h"
#include "redaction/references.h"
#include "redaction/validators.h"
#include "redaction/word_shapes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

namespace sharelock::redaction {

namespace {

constexpr std::size_t shortestValue = 6;
constexpr std::size_t shortestBareValue = 8;
//! \brief So many letters that are no words hardly stand there for another reason than being random.
constexpr std::size_t longRandomValue = 12;

enum CharKind : std::uint8_t
{
    Symbol,
    Letter,
    Digit,
    Blank,
    Joint,
    charKindCount
};

constexpr std::array<CharKind, 256> charKinds = [] {
    std::array<CharKind, 256> kinds{};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const char c = static_cast<char>(i);
        kinds[i] = isLetter(c)                        ? Letter
                   : isDigit(c)                       ? Digit
                   : isBlank(c)                       ? Blank
                   : c == '_' || c == '-' || c == '.' ? Joint
                                                      : Symbol;
    }
    return kinds;
}();

//! \brief What kinds of character a value has.
struct Mix
{
    explicit Mix(std::string_view value)
    {
        std::array<std::size_t, charKindCount> counts{};
        for (const char c : value)
            ++counts[charKinds[static_cast<unsigned char>(c)]];
        letters = counts[Letter];
        digits = counts[Digit];
        blanks = counts[Blank];
        joints = counts[Joint];
        symbols = counts[Symbol];
    }

    [[nodiscard]] bool isWords() const { return digits == 0 && symbols == 0; }

    std::size_t letters = 0, digits = 0, blanks = 0, joints = 0, symbols = 0;
};

bool isSentence(std::string_view value, const Mix& mix)
{
    return mix.blanks >= 2 ||
           (mix.blanks == 1 && (mix.isWords() || value.ends_with(':') || value.ends_with('.')));
}

bool isPath(std::string_view value)
{
    if (value.find("://") != std::string_view::npos)
        return true;
    const bool isRooted =
        value.starts_with('/') || value.starts_with("./") || value.starts_with("../") ||
        value.starts_with("~/") || value.starts_with("@/") ||
        (value.size() > 2 && isLetter(value[0]) && value[1] == ':' && (value[2] == '\\' || value[2] == '/'));
    constexpr std::ptrdiff_t manySlashes = 3;
    if (std::count(value.begin(), value.end(), '/') >= manySlashes && isNames(value, "/."))
        return true;
    // Base64 may begin with a slash, too.
    return isRooted && (isJoinedWords(value) || value.find('.') != std::string_view::npos);
}

constexpr CharSet numericSigns(".,:-/+ eE%");

//! \brief Numbers, dates, times, versions, addresses.
bool isNumeric(std::string_view value)
{
    constexpr std::size_t longestHex = 18;
    // Of a range of versions.
    if (value.starts_with('^') || value.starts_with('~'))
        value.remove_prefix(1);
    if (value.starts_with("0x"))
        return value.size() <= longestHex;
    int exponents = 0;
    return std::all_of(value.begin(), value.end(), [&exponents](char c) {
        exponents += c == 'e' || c == 'E' ? 1 : 0;
        return exponents <= 1 && (isDigit(c) || numericSigns.has(c));
    });
}

//! \brief Names of members seldom end in a number of several digits, or are a number, passwords often do and
//! are.
bool endsInNumber(std::string_view value)
{
    const std::size_t last = value.rfind('.');
    if (last != std::string_view::npos && last + 1 < value.size() &&
        std::all_of(value.begin() + std::ptrdiff_t(last) + 1, value.end(), isDigit))
        return true;
    return value.size() > 2 && isDigit(value[value.size() - 1]) && isDigit(value[value.size() - 2]) &&
           std::count(value.begin(), value.end(), '.') == 1;
}

//! \brief Without the signs that fill base64 up.
std::string_view withoutPadding(std::string_view value)
{
    for (int i = 0; i < 2 && value.ends_with('='); ++i)
        value.remove_suffix(1);
    return value;
}

//! \brief A bare word in program text: a variable, a call, a type.
bool isCode(std::string_view value, const Mix& mix)
{
    static constexpr CharSet codeBegins("&*[{(<!|>#/:");
    const std::string_view unpadded = withoutPadding(value);
    for (const std::string_view mark : {"(", "->", "::", "=>", "[]", "()", "==", "&&", "||", "^."}) {
        if (unpadded.find(mark) != std::string_view::npos)
            return true;
    }
    if (codeBegins.has(value.front()))
        return true;
    // What a minified program chooses from: `a?b.c:d`, `o:h.value=void`
    if (unpadded.find(':') != std::string_view::npos &&
        unpadded.find_first_of("?=") != std::string_view::npos && isNames(unpadded, ".:?=!,"))
        return true;
    // `userProject0Ref`
    if (isLower(value.front()) && isLetter(value.back()) && mix.joints + mix.symbols == 0 &&
        mix.digits <= 2 && std::any_of(value.begin(), value.end(), isUpper) && isJoinedWords(value))
        return true;
    // `password:index:21`
    if (unpadded.find(':') != std::string_view::npos && isNames(unpadded, ":"))
        return true;
    if (const std::size_t sign = unpadded.find('=');
        endsInFieldName(unpadded.substr(0, sign)) && sign < unpadded.size())
        return true;
    const bool isPathOfNames = isLetter(value.front()) && value.find('.') != std::string_view::npos &&
                               mix.symbols == 0 && isJoinedWords(value) && !endsInNumber(value);
    return isPathOfNames || (mix.isWords() && isJoinedWords(value));
}

bool containsIgnoringCase(std::string_view value, std::string_view word)
{
    return std::search(value.begin(), value.end(), word.begin(), word.end(),
                       [](char a, char b) { return toLower(a) == toLower(b); }) != value.end();
}

//! \brief "Passwort", "Enter password": labels repeat the name.
bool repeatsName(const RuleSource& rule, std::string_view value)
{
    return std::any_of(rule.literals.begin(), rule.literals.end(), [value](const std::string& literal) {
        return value.size() <= literal.size() + 12 && containsIgnoringCase(value, literal);
    });
}

//! \brief Nothing but a value stands there.
bool isSettled(const AssignedValue& assigned)
{
    return assigned.isSetting || assigned.style == AssignmentStyle::Environment ||
           assigned.style == AssignmentStyle::Flag;
}

bool isPlainWord(const RuleSource& rule, const AssignedValue& assigned, const Mix& mix)
{
    const std::string_view value = assigned.value;
    if (repeatsName(rule, value) && (mix.isWords() || (isJoinedWords(value) && !isWordWithNumber(value))))
        return true;
    // `user.password.title6`, as translations are looked up
    if (std::count(value.begin(), value.end(), '.') > 1 && isJoinedWords(value) && !endsInNumber(value))
        return true;
    // In a file of settings a password may be any word; elsewhere a word is a label or a variable.
    return !isSettled(assigned) && mix.isWords() && isJoinedWords(value);
}

//! \brief What stands between two strings: `prompt('Password: '), log('…')`.
bool isBehindString(std::string_view value)
{
    static constexpr std::string_view begins[] = {" ", "),", ");", "))", ").", ") ", ", ", "; "};
    return std::any_of(std::begin(begins), std::end(begins),
                       [value](std::string_view begin) { return value.starts_with(begin); });
}

//! \brief `#define SN_reg_token "reg-token"`: constants are named after what they stand for.
bool isNamedAfter(std::string_view text, const AssignedName& name, std::string_view value)
{
    std::size_t at = name.run.end;
    for (auto c = value.rbegin(); c != value.rend(); ++c) {
        if (!isAlphanumeric(*c))
            continue;
        while (at > name.run.begin && !isAlphanumeric(text[at - 1]))
            --at;
        if (at == name.run.begin || toLower(text[at - 1]) != toLower(*c))
            return false;
        --at;
    }
    return at < name.run.end;
}

//! \brief `GPG_KEY=…`, `user.signingkey=…`: which key, not the key. And Helm's `checksum/secret: …`.
bool isFingerprint(std::string_view text, const AssignedName& name, std::string_view value)
{
    constexpr std::size_t wholeSize = 40;
    constexpr std::size_t shortSize = 16;
    if (text.substr(0, name.run.begin).ends_with("checksum/"))
        return true;
    const std::string_view key = text.substr(name.run.begin, name.run.end - name.run.begin);
    return (value.size() == wholeSize || value.size() == shortSize) &&
           std::all_of(value.begin(), value.end(), [](char c) { return isHexDigit(c) && !isLower(c); }) &&
           (containsIgnoringCase(key, "gpg") || containsIgnoringCase(key, "pgp") ||
            containsIgnoringCase(key, "signingkey"));
}

//! \brief In C's `#define NAME …` only what is quoted is a value.
bool isMacro(std::string_view text, const AssignedName& name)
{
    std::string_view before = text.substr(0, name.run.begin);
    while (!before.empty() && isBlank(before.back()))
        before.remove_suffix(1);
    return before.ends_with("#define");
}

//! \brief `"password": "Contraseña"`: what a form says in other languages. A password may have such letters,
//! too, with a sign or a digit as people add them, or in a file of settings, where `密码：必填` is none.
bool isForeignLabel(const AssignedValue& assigned)
{
    static constexpr CharSet signs("0123456789!@#$%^&*+=~");
    const std::string_view value = assigned.value;
    const auto isForeign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    if (std::all_of(value.begin(), value.end(), isForeign))
        return true;
    return !isSettled(assigned) &&
           std::none_of(value.begin(), value.end(), [](char c) { return signs.has(c); }) &&
           std::any_of(value.begin(), value.end(), isForeign);
}

//! \brief `sk-ant-...`: of a key no more than its prefix is shown.
bool isMaskedBehind(std::string_view text, const AssignedValue& assigned)
{
    const std::string_view value = assigned.value;
    return (value.ends_with('-') || value.ends_with('_')) && text.substr(assigned.run.end).starts_with("...");
}

//! \brief `arn:aws:secretsmanager:…:secret:prod/db`, `pw_name:pw_passwd:pw_uid`, `"password:queue:81"`: one
//! of several in a row.
bool isInList(std::string_view text, const AssignedName& name, std::string_view value)
{
    if (name.run.begin == 0 || name.run.end + 1 >= text.size() || text[name.run.end] != ':' ||
        isBlank(text[name.run.end + 1]))
        return false;
    const char before = text[name.run.begin - 1];
    const std::size_t last = value.rfind(':');
    return before == ':' || ((before == '"' || before == '\'') && last != std::string_view::npos &&
                             std::all_of(value.begin() + std::ptrdiff_t(last) + 1, value.end(), isDigit));
}

bool isWeak(const RuleSource& rule)
{
    return rule.mixed || rule.entropy > 0;
}

//! \brief Too little for a rule that wants what looks random.
bool isOnlyWords(const RuleSource& rule, std::string_view value)
{
    if (isJoinedWords(value))
        return !rule.words || !isWordWithNumber(value);
    return !rule.words && isNames(value, ".=");
}

//! \brief `id=…`: the next field of a line in a log.
bool isField(std::string_view value)
{
    const std::size_t sign = value.find('=');
    return sign != std::string_view::npos && sign > 0 && sign + 1 < value.size() && value[sign + 1] != '=' &&
           std::all_of(value.begin(), value.begin() + std::ptrdiff_t(sign),
                       [](char c) { return isLetter(c) || c == '_'; });
}

//! \brief `v1.18.0/go.mod`
bool isVersion(std::string_view value)
{
    return value.size() > 3 && toLower(value[0]) == 'v' && isDigit(value[1]) &&
           value.find('.') != std::string_view::npos;
}

//! \brief As no name, hash or number is: "auth with token cNoAkiP57eDmFasmBdsyIZGuswd".
bool isRandom(std::string_view value, const Mix& mix)
{
    constexpr std::size_t shortest = 16;
    constexpr std::size_t fewest = 3;
    return value.size() >= shortest && mix.digits >= fewest && mix.letters >= shortest / 2 &&
           std::any_of(value.begin(), value.end(), isUpper) &&
           std::any_of(value.begin(), value.end(), isLower) &&
           value.find_first_of("./:()[]") == std::string_view::npos;
}

bool fitsStyle(const RuleSource& rule, const AssignedValue& assigned, const Mix& mix)
{
    const std::string_view value = assigned.value;
    switch (assigned.style) {
    case AssignmentStyle::Quoted:
    case AssignmentStyle::Member:
    case AssignmentStyle::Element:
        return !isSentence(value, mix) && !isBehindString(value);
    case AssignmentStyle::Environment:
    case AssignmentStyle::Flag:
        return (value.find("(") == std::string_view::npos || mix.digits > 0) && !isMember(value);
    case AssignmentStyle::Plain:
        return !isCode(value, mix) && !(repeatsName(rule, value) && isJoinedWords(value));
    case AssignmentStyle::Prose:
        return !isCode(value, mix) && (mix.digits > 0 || !isJoinedWords(value));
    case AssignmentStyle::Bare:
        return !isField(value) && !isVersion(value) &&
               (!isWeak(rule) || (rule.confidence != Confidence::Low && isRandom(value, mix))) &&
               !isCode(value, mix) && mix.digits > 0 && mix.letters > 0 &&
               value.size() >= shortestBareValue && (!isJoinedWords(value) || isWordWithNumber(value)) &&
               !(isDigit(value.front()) && mix.joints + mix.symbols > 0);
    }
    return false;
}

} // namespace

bool isMailPassword(std::string_view value)
{
    constexpr std::size_t group = 5;
    constexpr std::size_t size = 4 * group - 1;
    if (value.size() != size)
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        if (i % group == group - 1 ? value[i] != ' ' : !isLower(value[i]))
            return false;
    }
    return true;
}

bool isLongNumber(std::string_view value)
{
    constexpr std::size_t shortest = 6;
    const bool mayBeTime = (value.size() == 10 || value.size() == 13) && value.front() == '1';
    return value.size() >= shortest && !mayBeTime && std::all_of(value.begin(), value.end(), isDigit);
}

bool mayBeSecret(const RuleSource& rule, std::string_view text, const AssignedName& name,
                 const AssignedValue& assigned)
{
    const std::string_view value = assigned.value;
    if (value.size() < std::max(rule.minLength, std::size_t(1)) ||
        (rule.minLength == 0 && value.size() < shortestValue))
        return false;
    // Names of programs have dots and `_`, too; not in quotes.
    const bool mayBePassphrase =
        assigned.style == AssignmentStyle::Quoted || value.find_first_of("._") == std::string_view::npos;
    if ((!isWeak(rule) || rule.words) && assigned.style != AssignmentStyle::Bare && mayBePassphrase &&
        isPassphrase(value))
        return !isHarmlessName(text, name, isWeak(rule));
    if (!isWeak(rule) && isMailPassword(value) && !isJoinedWords(value))
        return !isHarmlessName(text, name, false);
    if (isMaskedBehind(text, assigned) || isInList(text, name, value))
        return false;
    const Mix mix(value);
    if (isForeignLabel(assigned))
        return false;
    if (isWeak(rule) && (mix.blanks > 0 || isOnlyWords(rule, value)))
        return false;
    // Letters alone may be random, too; weak rules have refused words above.
    if (rule.mixed && (mix.letters == 0 || (mix.digits == 0 && value.size() < longRandomValue)))
        return false;
    if (isPlaceholder(value) || isHarmlessWord(value) || isReference(value) || isPath(value))
        return false;
    if (isNumeric(value) && (isWeak(rule) || mix.digits != value.size() ||
                             (assigned.style == AssignmentStyle::Plain && !isLongNumber(value))))
        return false;
    if (value.starts_with("sha256") || value.starts_with("sha512-") || value.starts_with("sha1-") ||
        value.starts_with("data:") || value.starts_with("pk_live_") || value.starts_with("pk_test_") ||
        value.starts_with("serviceAccount:") || value.starts_with("toolu_"))
        return false; // Digests, pictures, publishable keys, names of accounts, calls of an agent's
    if (isFingerprint(text, name, value) || isNamedAfter(text, name, value) ||
        (assigned.style != AssignmentStyle::Quoted && isMacro(text, name)))
        return false;
    return fitsStyle(rule, assigned, mix) && !isPlainWord(rule, assigned, mix) &&
           !isHarmlessName(text, name, isWeak(rule));
}

} // namespace sharelock::redaction
