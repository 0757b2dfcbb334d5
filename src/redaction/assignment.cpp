// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/assignment.h"

#include "redaction/ascii.h"
#include "redaction/assignment_parser.h"
#include "redaction/boundary.h"

#include <algorithm>

namespace sharelock::redaction {

// Not measured again each time that a list of them is gone through.
using namespace std::string_view_literals;

namespace {

constexpr std::size_t longestGap = 48;
constexpr std::size_t mostBackslashes = 15; //!< Four layers of JSON in JSON.

} // namespace

bool AssignmentParser::takeIgnoringCase(std::string_view word)
{
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (toLower(peek(i)) != word[i])
            return false;
    }
    m_at += word.size();
    return true;
}

void AssignmentParser::skipBlanks()
{
    for (std::size_t i = 0; i < longestGap && isBlank(peek()); ++i)
        ++m_at;
}

void AssignmentParser::skipSpaces()
{
    for (std::size_t i = 0; i < longestGap; ++i) {
        // A diff has its mark in front of the line, a file that was read a number.
        const bool startsLine = m_at > 0 && (m_text[m_at - 1] == '\n' || endsEscape(m_text, m_at));
        const bool isMark = (peek() == '+' || peek() == '-') && startsLine;
        if (const std::size_t number = startsLine ? lineNumberSize(m_text.substr(m_at)) : 0; number > 0)
            m_at += number;
        else if (isSpace(peek()) || isMark || (peek() == '\\' && peek(1) == '\\'))
            ++m_at;
        else if (peek() == '\\' && (peek(1) == 'n' || peek(1) == 'r' || peek(1) == 't'))
            m_at += 2;
        else
            break;
    }
}

Quote AssignmentParser::quoteAt(std::size_t at) const
{
    static constexpr CharSet begins("\\\"'`&");
    const std::string_view rest = m_text.substr(std::min(at, m_text.size()), mostBackslashes + 8);
    if (rest.empty() || !begins.has(rest.front()))
        return {};
    for (const std::string_view mark : {"'\\''", "'\"'\"'", "&quot;", "&#34;", "&#39;", "\"\"\""}) {
        if (rest.starts_with(mark))
            return {0, m_text.substr(at, mark.size())};
    }
    std::size_t backslashes = 0;
    while (backslashes < rest.size() && backslashes < mostBackslashes && rest[backslashes] == '\\')
        ++backslashes;
    if (backslashes >= rest.size())
        return {};
    const char c = rest[backslashes];
    if (c != '"' && c != '\'' && c != '`')
        return {};
    return {backslashes, m_text.substr(at + backslashes, 1)};
}

std::optional<AssignedValue> AssignmentParser::parse()
{
    if (m_name.run.begin == m_name.run.end)
        return std::nullopt;
    if (m_member.begin != std::string_view::npos && m_name.run.end + 3 == m_member.begin)
        return memberValue();
    if (openingTag() || pairedElement())
        return elementValue();
    if (!separator())
        return std::nullopt;
    return value();
}

//! \brief `<password>`, `<ns2:password type="text">`, up to its `>`.
bool AssignmentParser::openingTag()
{
    constexpr std::size_t longestPrefix = 24;
    std::size_t begin = m_name.run.begin;
    if (begin > 0 && m_text[begin - 1] == ':') {
        const std::size_t least = begin - std::min(begin, longestPrefix);
        do
            --begin;
        while (begin > least && isIdentifier(m_text[begin - 1]));
    }
    return begin > 0 && m_text[begin - 1] == '<' && restOfTag();
}

//! \brief Attributes, if any.
bool AssignmentParser::restOfTag()
{
    constexpr std::size_t longest = 240;
    if (peek() == '>')
        return true;
    if (!isBlank(peek()))
        return false;
    const std::string_view rest = m_text.substr(m_at, longest);
    const std::size_t end = rest.find_first_of("<>\n");
    if (end == std::string_view::npos || rest[end] != '>' || rest[end - 1] == '/')
        return false;
    m_at += end;
    return true;
}

//! \brief .NET's `<setting name="Password" serializeAs="String"> <value>…`, up to the value's `>`.
bool AssignmentParser::settingElement()
{
    const std::size_t begin = m_at;
    if (restOfTag() && take(">")) {
        skipSpaces();
        if (take("<value"))
            return peek() == '>';
    }
    m_at = begin;
    return false;
}

//! \brief Apple's `<key>password</key> <string>…`, and `<td><b>Password</b></td><td class="x">…` of pages, up
//! to the value's `>`.
bool AssignmentParser::pairedElement()
{
    const std::size_t begin = m_at;
    skipBlanks();
    for (const std::string_view tag : {"</b>"sv, "</strong>"sv, "</code>"sv, "</span>"sv})
        take(tag);
    for (const std::string_view end : {"</key>"sv, "</td>"sv, "</th>"sv, "</dt>"sv, "</name>"sv}) {
        if (!take(end))
            continue;
        skipSpaces();
        for (const std::string_view next : {"<string"sv, "<td"sv, "<dd"sv, "<value"sv}) {
            if (take(next) && restOfTag())
                return insideOfCell();
        }
    }
    m_at = begin;
    return false;
}

//! \brief `<td><code>…`: elementValue() begins at the last `>`.
bool AssignmentParser::insideOfCell()
{
    for (const std::string_view tag :
         {"><string"sv, "><code"sv, "><b"sv, "><strong"sv, "><pre"sv, "><span"sv}) {
        const std::size_t before = m_at;
        if (take(tag) && restOfTag())
            return true;
        m_at = before;
    }
    return true;
}

//! \brief Reads up to the value.
bool AssignmentParser::separator()
{
    const Quote closed = closingQuote();
    if (closed && (typedInto() || alternative()))
        return static_cast<bool>(quoteAt(m_at));
    if (closed && settingElement())
        return true;
    const std::size_t before = m_at;
    skipBlanks();
    const bool spaced = m_at > before;
    if (closed && (takeIgnoringCase("value") || takeIgnoringCase("android:value")))
        return take("=");
    if (closed && (peek() == '>' || otherAttributes(before)))
        return true;
    if (closed && peek() == ',' && isFirstArgument(closed))
        return secondArgument();
    // Erlang's `{password, <<"…">>}`
    if (take(", <<")) {
        m_onlyQuoted = true;
        return static_cast<bool>(quoteAt(m_at));
    }
    const bool isQuoted = spaced && !closed && static_cast<bool>(quoteAt(m_at));
    if (peek() == ',' || peek() == '\n' || (isEscapedEnd(m_at) && !isQuoted))
        return pairedMember();
    if (closed && peek() == '{')
        return innerMember();
    if (accessors())
        return static_cast<bool>(quoteAt(m_at));
    // `setPassword("…")`, SQL's `PASSWORD('…')`, C++'s `password{"…"}`
    if ((peek() == '(' && (isSetter(m_text, m_name) || isUpperCase(m_text, m_name))) || peek() == '{') {
        m_onlyQuoted = true;
        m_isSetting = peek() == '(' && isSetter(m_text, m_name) && m_name.run.begin < m_name.literal.begin;
        ++m_at;
        return static_cast<bool>(quoteAt(m_at));
    }
    // Vue's `v-model="form.password" :rules="…"`
    const bool isNextAttribute = spaced && closed && peek() == ':' && isLetter(peek(1));
    if (!isNextAttribute && operatorSign()) {
        m_tight = !spaced && !isBlank(peek());
        skipBlanks();
        return behindSign(static_cast<bool>(closed));
    }
    // Chinese and Japanese are written without spaces.
    if (!closed && proseVerb({"\u662F", "\u4E3A", "\u70BA", "\u306F", "\uB294 ", "\uC740 "}))
        return true;
    return spaced && !closed && blankBefore();
}

//! \brief C#'s `Password { get; set; } = "…"`
bool AssignmentParser::accessors()
{
    for (const std::string_view accessors : {"{ get; set; } = ", "{ get; init; } = ", "{ get; } = "}) {
        if (take(accessors)) {
            m_onlyQuoted = true;
            return true;
        }
    }
    return false;
}

//! \brief What may stand between a blank behind the name and the value.
bool AssignmentParser::blankBefore()
{
    if (declaredType())
        return static_cast<bool>(quoteAt(m_at));
    if (m_name.isFlag) {
        m_style = AssignmentStyle::Flag;
        return peek() != '-';
    }
    if (takeIgnoringCase("value") && take("="))
        return true;
    if (proseVerb({"is: ",
                   "is now ",
                   "is still ",
                   "is ",
                   "was changed to ",
                   "was set to ",
                   "was ",
                   "has been changed to ",
                   "has been set to ",
                   "has always been ",
                   "should be ",
                   "will be ",
                   "are ",
                   "set to ",
                   "to ",
                   "c'est ",
                   "este ",
                   "er ",
                   "\u03B5\u03AF\u03BD\u03B1\u03B9 ",
                   "\u0647\u064A ",
                   "ist jetzt ",
                   "ist: ",
                   "ist ",
                   "lautet: ",
                   "lautet ",
                   "est : ",
                   "est: ",
                   "est ",
                   "es: ",
                   "es ",
                   "\u00E9: ",
                   "\u00E9 ",
                   "\u00E8: ",
                   "\u00E8 ",
                   "\u00E4r ",
                   "jest ",
                   "je ",
                   "l\u00E0 ",
                   "\u0939\u0948 ",
                   "\u044D\u0442\u043E ",
                   "- ",
                   "\u2013 ",
                   "\u2014 ",
                   "\u2192 "}))
        return true;
    if (isForeign() && proseVerb({"on "}))
        return true;
    // "the production password (`…`)"
    if (peek() == '(' && quoteAt(m_at + 1)) {
        ++m_at;
        m_onlyQuoted = true;
        return true;
    }
    if (phrase())
        return true;
    // `ENV NAME value`, and SQL's PASSWORD 'value'
    if (m_name.run.begin > 0 && isUpperCase(m_text, m_name) && startsLine(m_text, m_name)) {
        m_style = AssignmentStyle::Flag;
        return true;
    }
    if (quoteAt(m_at)) {
        m_onlyQuoted = true;
        return true;
    }
    // "log in with password …", "with the generated password **…**"
    take("**");
    m_style = AssignmentStyle::Bare;
    return true;
}

bool AssignmentParser::operatorSign()
{
    if (escapedColon())
        return true;
    static constexpr CharSet first(":=-?|+!\uFF1A");
    if (!first.has(peek()) || sees("=~") || sees("::"))
        return false;
    // Compared with a value, or with one to fall back on: only what is quoted is one.
    for (const std::string_view sign : {"===", "!==", "==", "!=", "?? ", "|| "}) {
        if (!take(sign))
            continue;
        skipBlanks();
        m_onlyQuoted = true;
        return static_cast<bool>(quoteAt(m_at));
    }
    for (const std::string_view sign : {":="sv, "=>"sv, "->"sv, "?="sv, "||="sv, "?\?="sv, "+="sv, "?:"sv,
                                        "="sv, ":"sv, "\uFF1A"sv, "|"sv}) {
        if (!take(sign))
            continue;
        // A pipe, and a member of what is named so: `password_data->keyring`
        if ((sign == "|" && !isBlank(peek())) || (sign == "->" && isIdentifier(peek())))
            return false;
        endOfLabel();
        typeAnnotation();
        return true;
    }
    return false;
}

//! \brief The wide colon of Chinese and Japanese, as JSON spells it.
bool AssignmentParser::escapedColon()
{
    std::size_t letters = 0;
    while (letters < mostBackslashes && peek(letters) == '\\')
        ++letters;
    const std::size_t begin = m_at;
    m_at += letters;
    if (letters > 0 && takeIgnoringCase("uff1a"))
        return true;
    m_at = begin;
    return false;
}

//! \brief Markdown and HTML close their bold type, or a cell of a table, behind the colon.
void AssignmentParser::endOfLabel()
{
    // More of them are a mask.
    if (!sees("****")) {
        while (peek() == '*')
            ++m_at;
    }
    if (peek() != '<')
        return;
    for (const std::string_view tag :
         {"</b>", "</strong>", "</label>", "</em>", "</dt>", "</th>", "</td>", "<td>", "<dd>", "<code>"}) {
        if (take(tag))
            skipSpaces();
    }
}

//! \brief `password: string = "…"`, `password: Option<&str> = …`: goes on behind the second sign.
void AssignmentParser::typeAnnotation()
{
    const std::size_t begin = m_at;
    constexpr std::size_t longest = 40;
    if (m_text[begin - 1] != ':')
        return;
    skipBlanks();
    while (m_at - begin < longest &&
           (isIdentifier(peek()) || std::string_view("<>[]&?.: '").find(peek()) != std::string_view::npos) &&
           peek() != '\0')
        ++m_at;
    const bool isAssigned = m_at > begin && m_text[m_at - 1] == ' ' && peek() == '=' && peek(1) == ' ' &&
                            m_text[begin - 1] == ':';
    if (isAssigned)
        ++m_at;
    else
        m_at = begin;
}

bool AssignmentParser::proseVerb(std::initializer_list<std::string_view> verbs)
{
    for (const std::string_view verb : verbs) {
        if (take(verb)) {
            m_style = AssignmentStyle::Prose;
            skipBlanks();
            return true;
        }
    }
    return false;
}

//! \brief A line's end or a quote that is spelled as an escape.
bool AssignmentParser::isEscapedEnd(std::size_t at) const
{
    std::size_t next = at;
    while (next < m_text.size() && next - at < mostBackslashes && m_text[next] == '\\')
        ++next;
    if (next == at || next >= m_text.size())
        return false;
    const char c = m_text[next];
    return c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\'' || c == '`';
}

bool isTooLongForValue(std::string_view text, std::size_t begin, TextRun& endless)
{
    const std::size_t most = begin + longestAssignedWord;
    if (most >= text.size())
        return false;
    if (begin < endless.begin || begin > endless.end)
        endless = {begin, begin};
    while (endless.end < most && !mayEndValue(text[endless.end]))
        ++endless.end;
    return endless.end >= most;
}

std::optional<AssignedValue> assignedValue(std::string_view text, const AssignedName& name,
                                           const MemberValue& member, std::size_t& parsed)
{
    AssignmentParser parser(text, name, member);
    auto assigned = parser.parse();
    parsed += parser.at() - name.run.begin;
    return assigned;
}

} // namespace sharelock::redaction
