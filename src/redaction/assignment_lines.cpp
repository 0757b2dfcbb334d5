// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// Between a sign and the value: line ends, and what YAML and dumps of programs put there.

#include "redaction/ascii.h"
#include "redaction/assignment_parser.h"
#include "redaction/boundary.h"

#include <algorithm>

namespace sharelock::redaction {

//! \brief Goes on to the value: over `&name ` and `!!str ` of YAML, and to the next line.
//! \param isQuoted the name; then the value is, too, unless it stands in the same line.
bool AssignmentParser::behindSign(bool isQuoted)
{
    // The name stands before it, so there is one.
    const char sign = m_text[m_text.substr(0, m_at).find_last_not_of(' ')];
    const bool isColon = sign == ':';
    if (isColon && !m_tight)
        yamlMark();
    if (isColon && (peek() == '|' || peek() == '>') && blockBegin())
        return true;
    // Behind `=` a line's end says that there is none.
    if (endsLine(m_at))
        return (isColon || sign == '>') && valueBelow(isQuoted);
    dumpedType();
    listBegin();
    if (peek() == '{' && peek(1) != '{')
        (void)innerMember();
    return true;
}

//! \brief Whether a line ends at \p at, also where that is spelled as an escape.
bool AssignmentParser::endsLine(std::size_t at) const
{
    const char c = at < m_text.size() ? m_text[at] : '\0';
    return c == '\n' || c == '\r' || (c == '\\' && isEscapedLineEnd(at));
}

bool AssignmentParser::isEscapedLineEnd(std::size_t at) const
{
    constexpr std::size_t most = 15; // Four layers of JSON in JSON.
    std::size_t next = at;
    while (next < m_text.size() && next - at < most && m_text[next] == '\\')
        ++next;
    return next > at && next < m_text.size() && (m_text[next] == 'n' || m_text[next] == 'r');
}

//! \brief `&anchor `, `!!str `, `!!binary `
void AssignmentParser::yamlMark()
{
    constexpr std::size_t longest = 40;
    const bool isAnchor = peek() == '&' && isIdentifier(peek(1));
    if (!isAnchor && !sees("!!"))
        return;
    std::size_t end = m_at + 2;
    while (end < m_text.size() && end - m_at < longest && (isIdentifier(m_text[end]) || m_text[end] == '-'))
        ++end;
    if (end >= m_text.size() || m_text[end] != ' ')
        return;
    m_at = end;
    skipBlanks();
}

//! \brief `|`, `>-`, `|2`: the value is the next line.
bool AssignmentParser::blockBegin()
{
    const std::size_t begin = m_at;
    ++m_at;
    while (peek() == '-' || peek() == '+' || isDigit(peek()))
        ++m_at;
    skipBlanks();
    if (m_at - begin <= 4 && endsLine(m_at)) {
        skipSpaces();
        m_tight = false;
        return true;
    }
    m_at = begin;
    return false;
}

//! \brief A word that has the next line for itself, the one member `value:`, or a dumped text.
bool AssignmentParser::valueBelow(bool isQuoted)
{
    constexpr std::size_t longest = 128;
    skipSpaces();
    m_tight = false;
    if (take("value: "))
        return !isQuoted;
    dumpedType();
    if (m_onlyQuoted || isQuoted || quoteAt(m_at)) {
        m_onlyQuoted = true;
        return static_cast<bool>(quoteAt(m_at));
    }
    std::size_t end = m_at;
    while (end < m_text.size() && end - m_at < longest && !isSpace(m_text[end]) && !endsLine(end) &&
           m_text[end] != '"')
        ++end;
    static constexpr CharSet opening("-[{#<(|");
    static constexpr CharSet closing(":,{[(;>");
    m_style = AssignmentStyle::Bare;
    const std::size_t sign = m_text.substr(m_at, end - m_at).find_last_not_of('=');
    const bool isAssigned = m_text.substr(m_at, sign).find('=') != std::string_view::npos;
    return end > m_at && !isAssigned && !opening.has(peek()) && !closing.has(m_text[end - 1]) &&
           (end == m_text.size() || endsLine(end) || m_text[end] == '"');
}

//! \brief PHP's `string(16) "…"`
void AssignmentParser::dumpedType()
{
    const std::size_t begin = m_at;
    if (!take("string("))
        return;
    while (isDigit(peek()))
        ++m_at;
    if (take(") ") && quoteAt(m_at))
        m_onlyQuoted = true;
    else
        m_at = begin;
}

//! \brief `'password': ['…']`, as frameworks print what a form held.
void AssignmentParser::listBegin()
{
    if (peek() != '[' || !quoteAt(m_at + 1))
        return;
    ++m_at;
    m_onlyQuoted = true;
    m_isList = true;
}

//! \brief `<string name="password" translatable="false"`, up to its `>`. \param begin behind the name's
//! quote.
bool AssignmentParser::otherAttributes(std::size_t begin)
{
    const std::size_t at = m_at;
    m_at = begin;
    if (at > begin && isNameAttribute() && restOfTag())
        return true;
    m_at = at;
    return false;
}

//! \brief `<string name="password"`, `<entry key="password"`; not of a form.
bool AssignmentParser::isNameAttribute() const
{
    constexpr std::size_t longest = 60;
    std::size_t begin = m_name.run.begin;
    const std::size_t least = begin - std::min(begin, longest);
    while (begin > least && (isAlphanumeric(m_text[begin - 1]) ||
                             std::string_view("_.-:").find(m_text[begin - 1]) != std::string_view::npos))
        --begin;
    while (begin > least &&
           (m_text[begin - 1] == '"' || m_text[begin - 1] == '\'' || m_text[begin - 1] == '\\'))
        --begin;
    const std::string_view before = m_text.substr(least, begin - least);
    const std::size_t tag = before.rfind('<');
    return (before.ends_with(" name=") || before.ends_with(" key=")) && tag != std::string_view::npos &&
           !before.substr(tag).starts_with("<input");
}

} // namespace sharelock::redaction
