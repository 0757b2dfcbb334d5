// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// What ties a name to its value where no sign does: calls, declarations, sentences, pairs of members.

#include "redaction/ascii.h"
#include "redaction/assignment_parser.h"
#include "redaction/boundary.h"

#include <algorithm>

namespace sharelock::redaction {

// Not measured again each time that a list of them is gone through.
using namespace std::string_view_literals;

//! \brief Goes on behind the name's own quote and brackets: `"password"`, `['password']`, `password[]`,
//! `[name=password]"`.
Quote AssignmentParser::closingQuote()
{
    Quote closed = quoteAt(m_at);
    if (closed)
        m_at += closed.size();
    else
        take("[");
    while (peek() == ']' || peek() == '*' || (closed && peek() == ')'))
        ++m_at;
    if (!closed && m_at > m_name.run.end && m_text[m_at - 1] == ']') {
        closed = quoteAt(m_at);
        m_at += closed.size();
        take(")");
    }
    return closed;
}

//! \brief `get('#password').type('…')`
bool AssignmentParser::typedInto()
{
    for (const std::string_view call :
         {".type(", ".fill(", ".sendKeys(", ".send_keys(", ".setValue(", ".val(", ".clear().type("}) {
        if (take(call)) {
            m_onlyQuoted = true;
            return true;
        }
    }
    return false;
}

//! \brief `os.environ.get("PASSWORD") or "…"`
bool AssignmentParser::alternative()
{
    if (!take(" or "))
        return false;
    m_onlyQuoted = true;
    return true;
}

//! \brief Go's `password string = "…"`, Basic's `Password As String = "…"`, R's `password <- "…"`
bool AssignmentParser::declaredType()
{
    for (const std::string_view type :
         {"string = ", "[]byte = ", "As String = ", "as String = ", "String = ", "<- "}) {
        if (take(type)) {
            m_onlyQuoted = true;
            return true;
        }
    }
    return false;
}

//! \brief Terraform's `variable "password" { default = "…" }`, and `"password": {"value": "…"}` of its
//! outputs, of forms and of settings.
bool AssignmentParser::innerMember()
{
    constexpr std::size_t farthest = 200;
    const std::string_view rest = m_text.substr(m_at, farthest);
    const std::size_t end = std::min(rest.find('}'), rest.size());
    for (const std::string_view name : {"default"sv, "value"sv}) {
        const std::size_t found = rest.substr(0, end).find(name);
        if (found == std::string_view::npos)
            continue;
        const std::size_t begin = m_at;
        m_at += found + name.size();
        m_at += quoteAt(m_at).size();
        skipBlanks();
        if (take("=>") || take("=") || take(":")) {
            skipBlanks();
            m_onlyQuoted = true;
            return static_cast<bool>(quoteAt(m_at));
        }
        m_at = begin;
    }
    return false;
}

//! \brief `("PASSWORD"`, or a selector such as `("#password"`, before a comma.
bool AssignmentParser::isFirstArgument(Quote closed) const
{
    constexpr std::size_t longestSelector = 32;
    const std::size_t size = closed.size();
    std::size_t begin = m_name.run.begin;
    const std::size_t least = begin > longestSelector ? begin - longestSelector : 0;
    while (begin > least && (isAlphanumeric(m_text[begin - 1]) ||
                             std::string_view("#.[=_-").find(m_text[begin - 1]) != std::string_view::npos))
        --begin;
    begin -= std::min(begin, size);
    while (begin > least && isBlank(m_text[begin - 1]))
        --begin;
    if (begin == 0 || m_text[begin - 1] != ',')
        return begin > 0 && m_text[begin - 1] == '(';
    // Android's `buildConfigField("String", "PASSWORD", "…")`
    std::string_view before = m_text.substr(0, begin - 1);
    while (!before.empty() && std::string_view("\"'\\").find(before.back()) != std::string_view::npos)
        before.remove_suffix(1);
    return before.ends_with("String");
}

//! \brief `setenv("PASSWORD", "…")`, `getenv("PASSWORD", "…")`, `define('PASSWORD', '…')`
bool AssignmentParser::secondArgument()
{
    ++m_at;
    skipBlanks();
    m_onlyQuoted = true;
    return static_cast<bool>(quoteAt(m_at));
}

//! \brief "password for the database is …", "password (staging): …"
bool AssignmentParser::phrase()
{
    const std::size_t begin = m_at;
    // Other languages than English need no preposition: "пароль администратора: …"
    const bool isOther = isForeign();
    bool begins = take("(") || isOther;
    for (const std::string_view word :
         {"for "sv,          "of "sv,     "on "sv,       "from "sv,     "f\u00FCr "sv,
          "von "sv,          "pour "sv,   "de "sv,       "du "sv,       "del "sv,
          "dell'"sv,         "della "sv,  "contului "sv, "c\u1EE7a "sv, "para "sv,
          "do "sv,           "da "sv,     "per "sv,      "voor "sv,     "\u0434\u043B\u044F "sv,
          "\u043E\u0442 "sv, "\u043A "sv, "you need"sv,  "we use"sv,    "to use"sv})
        begins = begins || take(word);
    constexpr std::size_t longest = 40;
    while (begins && m_at - begin < longest) {
        const char c = peek();
        if (c == ':' || c == '=') {
            if (endsInFieldName(m_text.substr(begin, m_at - begin)))
                break;
            ++m_at;
            skipBlanks();
            m_style = AssignmentStyle::Prose;
            return true;
        }
        if (c == ' ' &&
            proseVerb({" is now ", " is ", " has always been ", " was ", " ist ", " lautet ", " est ",
                       " c'est ", " es ", " este ", " je ", " jest ", " \u00E9 ", " \u00E8 ", " l\u00E0 ",
                       " \u03B5\u03AF\u03BD\u03B1\u03B9 ", " \u0647\u064A "}))
            return true;
        if (c == ' ' && isOther && proseVerb({" to ", " on ", " er ", " \u00E4r "}))
            return true;
        const bool isPhrase = isIdentifier(c) || static_cast<unsigned char>(c) >= 0x80 ||
                              std::string_view(" -.@)'").find(c) != std::string_view::npos;
        if (c == '\0' || !isPhrase)
            break;
        ++m_at;
    }
    m_at = begin;
    return false;
}

//! \brief `"name": "PASSWORD", "value": "…"` and `name: PASSWORD` with `value: …` on the next line.
bool AssignmentParser::pairedMember()
{
    if (peek() == ',')
        ++m_at;
    skipSpaces();
    if (const Quote opened = quoteAt(m_at))
        m_at += opened.size();
    if (!takeIgnoringCase("value") && !takeIgnoringCase("val"))
        return false;
    if (const Quote ended = quoteAt(m_at))
        m_at += ended.size();
    skipBlanks();
    return operatorSign() && (skipBlanks(), true);
}

//! \brief The name has letters of another alphabet, or with accents, or is a word of another language.
bool AssignmentParser::isForeign() const
{
    const std::string_view name = m_text.substr(m_name.run.begin, m_name.run.end - m_name.run.begin);
    for (const std::string_view word : {"parola"sv, "salasana"sv, "heslo"sv, "haslo"sv, "senha"sv}) {
        if (name.size() == word.size() && std::equal(name.begin(), name.end(), word.begin(),
                                                     [](char a, char b) { return toLower(a) == b; }))
            return true;
    }
    return std::any_of(name.begin(), name.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

} // namespace sharelock::redaction
