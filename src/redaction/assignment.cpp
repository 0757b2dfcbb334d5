// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/assignment.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"

#include <algorithm>
#include <initializer_list>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestGap = 48;
constexpr std::size_t longestValue = 512;
constexpr std::size_t longestPlainValue = 256;
constexpr std::size_t mostBackslashes = 15; //!< Four layers of JSON in JSON.

//! \brief What opens a string, and closes it again.
struct Quote
{
    std::size_t backslashes = 0;
    std::string_view mark; //!< Empty for none.

    [[nodiscard]] std::size_t size() const { return backslashes + mark.size(); }
    explicit operator bool() const { return !mark.empty(); }
};

class Parser
{
public:
    Parser(std::string_view text, const AssignedName& name, const MemberValue& member)
        : m_text(text)
        , m_name(name)
        , m_member(member)
        , m_at(name.run.end)
    {
    }

    std::optional<AssignedValue> parse();
    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    // Reading
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool sees(std::string_view word) const
    {
        return peek() == word.front() && m_text.substr(m_at, word.size()) == word;
    }
    bool take(std::string_view word)
    {
        if (!sees(word))
            return false;
        m_at += word.size();
        return true;
    }
    bool takeIgnoringCase(std::string_view word);
    void skipBlanks();
    void skipSpaces();
    [[nodiscard]] Quote quoteAt(std::size_t at) const;

    // Parts
    bool separator();
    bool pairedMember();
    [[nodiscard]] bool isFirstArgument(Quote closed) const;
    bool secondArgument();
    bool phrase();
    void wrapper();
    bool operatorSign();
    bool proseVerb(std::initializer_list<std::string_view> verbs);
    void typeAnnotation();
    [[nodiscard]] bool isEscapedEnd(std::size_t at) const;

    // Values
    std::optional<AssignedValue> value();
    std::optional<AssignedValue> quotedValue(Quote quote);
    std::optional<AssignedValue> plainValue();
    std::optional<AssignedValue> elementValue();
    std::optional<AssignedValue> memberValue();

    std::string_view m_text;
    const AssignedName& m_name;
    const MemberValue& m_member;
    std::size_t m_at;
    AssignmentStyle m_style = AssignmentStyle::Plain;
    bool m_tight = false;      //!< `name=value`, nothing between.
    bool m_onlyQuoted = false; //!< A bare word there is something else.
};

bool Parser::takeIgnoringCase(std::string_view word)
{
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (toLower(peek(i)) != word[i])
            return false;
    }
    m_at += word.size();
    return true;
}

void Parser::skipBlanks()
{
    for (std::size_t i = 0; i < longestGap && isBlank(peek()); ++i)
        ++m_at;
}

void Parser::skipSpaces()
{
    for (std::size_t i = 0; i < longestGap; ++i) {
        // A diff has its mark in front of the line.
        const bool isMark = (peek() == '+' || peek() == '-') && m_at > 0 &&
                            (m_text[m_at - 1] == '\n' || endsEscape(m_text, m_at));
        if (isSpace(peek()) || isMark || (peek() == '\\' && peek(1) == '\\'))
            ++m_at;
        else if (peek() == '\\' && (peek(1) == 'n' || peek(1) == 'r' || peek(1) == 't'))
            m_at += 2;
        else
            break;
    }
}

Quote Parser::quoteAt(std::size_t at) const
{
    const std::string_view rest = m_text.substr(std::min(at, m_text.size()), mostBackslashes + 8);
    if (rest.empty() || std::string_view("\\\"'`&").find(rest.front()) == std::string_view::npos)
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

std::optional<AssignedValue> Parser::parse()
{
    if (m_name.run.begin == m_name.run.end)
        return std::nullopt;
    if (m_member.begin != std::string_view::npos && m_name.run.end + 3 == m_member.begin)
        return memberValue();
    if (peek() == '>' && m_name.run.begin > 0 && m_text[m_name.run.begin - 1] == '<')
        return elementValue();
    if (!separator())
        return std::nullopt;
    return value();
}

//! \brief Reads up to the value.
bool Parser::separator()
{
    const Quote closed = quoteAt(m_at);
    if (closed)
        m_at += closed.size();
    while (peek() == ']' || peek() == '*' || (closed && peek() == ')'))
        ++m_at;
    const std::size_t before = m_at;
    skipBlanks();
    const bool spaced = m_at > before;
    if (closed && takeIgnoringCase("value"))
        return take("=");
    if (closed && peek() == '>')
        return true;
    if (closed && peek() == ',' && isFirstArgument(closed))
        return secondArgument();
    const bool isQuoted = spaced && !closed && static_cast<bool>(quoteAt(m_at));
    if (peek() == ',' || peek() == '\n' || (isEscapedEnd(m_at) && !isQuoted))
        return pairedMember();
    // `setPassword("…")`, SQL's `PASSWORD('…')`, C++'s `password{"…"}`
    if ((peek() == '(' && (isSetter(m_text, m_name) || isUpperCase(m_text, m_name))) || peek() == '{') {
        m_onlyQuoted = true;
        ++m_at;
        return static_cast<bool>(quoteAt(m_at));
    }
    if (operatorSign()) {
        m_tight = !spaced && !isBlank(peek());
        skipBlanks();
        return true;
    }
    // Chinese and Japanese are written without spaces.
    if (!closed && proseVerb({"\u662F", "\u4E3A", "\u70BA", "\u306F", "\uB294 ", "\uC740 "}))
        return true;
    if (!spaced || closed)
        return false;
    if (m_name.isFlag) {
        m_style = AssignmentStyle::Flag;
        return peek() != '-';
    }
    if (takeIgnoringCase("value") && take("="))
        return true;
    if (proseVerb({"is: ", "is now ", "is still ", "is ", "was changed to ", "was set to ", "was ",
                   "has been changed to ", "has been set to ", "should be ", "will be ", "are ", "set to ",
                   "to ", "ist jetzt ", "ist ", "lautet ", "est ", "es ", "\u00E9 ", "\u00E8 ", "\u00E4r ",
                   "jest ", "l\u00E0 ", "\u044D\u0442\u043E ", "- ", "\u2013 ", "\u2014 ", "\u2192 "}))
        return true;
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
    // "log in with password …"
    m_style = AssignmentStyle::Bare;
    return true;
}

//! \brief `("PASSWORD"` before a comma.
bool Parser::isFirstArgument(Quote closed) const
{
    const std::size_t size = closed.size();
    return m_name.run.begin > size && m_text[m_name.run.begin - size - 1] == '(';
}

//! \brief `setenv("PASSWORD", "…")`, `getenv("PASSWORD", "…")`, `define('PASSWORD', '…')`
bool Parser::secondArgument()
{
    ++m_at;
    skipBlanks();
    m_onlyQuoted = true;
    return static_cast<bool>(quoteAt(m_at));
}

//! \brief "password for the database is …", "password (staging): …"
bool Parser::phrase()
{
    const std::size_t begin = m_at;
    bool begins = take("(");
    for (const std::string_view word : {"for ", "of ", "on ", "from ", "f\u00FCr ", "von ", "pour ", "de ", "du ", "del ",
                                        "para ", "do ", "da ", "per ", "voor ", "do ", "\u0434\u043B\u044F ",
                                        "\u043E\u0442 ", "\u043A "})
        begins = begins || take(word);
    constexpr std::size_t longest = 40;
    while (begins && m_at - begin < longest) {
        const char c = peek();
        if (c == ':' || c == '=') {
            ++m_at;
            skipBlanks();
            m_style = AssignmentStyle::Prose;
            return true;
        }
        if (c == ' ' && proseVerb({" is now ", " is ", " ist ", " est ", " es ", " \u00E9 "}))
            return true;
        const bool isPhrase = isIdentifier(c) || static_cast<unsigned char>(c) >= 0x80 ||
                              std::string_view(" -.@)").find(c) != std::string_view::npos;
        if (c == '\0' || !isPhrase)
            break;
        ++m_at;
    }
    m_at = begin;
    return false;
}

//! \brief `"name": "PASSWORD", "value": "…"` and `name: PASSWORD` with `value: …` on the next line.
bool Parser::pairedMember()
{
    if (peek() == ',')
        ++m_at;
    skipSpaces();
    if (const Quote opened = quoteAt(m_at))
        m_at += opened.size();
    if (!takeIgnoringCase("value"))
        return false;
    if (const Quote ended = quoteAt(m_at))
        m_at += ended.size();
    skipBlanks();
    return operatorSign() && (skipBlanks(), true);
}

bool Parser::operatorSign()
{
    constexpr std::string_view first = ":=-?|+!\uFF1A";
    if (first.find(peek()) == std::string_view::npos || sees("=~") || sees("::"))
        return false;
    // Compared with a value, or with one to fall back on: only what is quoted is one.
    for (const std::string_view sign : {"===", "!==", "==", "!=", "?? ", "|| "}) {
        if (!take(sign))
            continue;
        skipBlanks();
        m_onlyQuoted = true;
        return static_cast<bool>(quoteAt(m_at));
    }
    for (const std::string_view sign :
         {":=", "=>", "->", "?=", "||=", "?\?=", "+=", "?:", "=", ":", "\uFF1A", "|"}) {
        if (!take(sign))
            continue;
        if (sign == "|" && !isBlank(peek()))
            return false;
        // Markdown closes its bold type behind the colon.
        while (peek() == '*')
            ++m_at;
        typeAnnotation();
        return true;
    }
    return false;
}

//! \brief `password: string = "…"`, `password: Option<&str> = …`: goes on behind the second sign.
void Parser::typeAnnotation()
{
    const std::size_t begin = m_at;
    constexpr std::size_t longest = 40;
    skipBlanks();
    while (m_at - begin < longest &&
           (isIdentifier(peek()) || std::string_view("<>[]&?.: ").find(peek()) != std::string_view::npos) &&
           peek() != '\0')
        ++m_at;
    const bool isAssigned = m_at > begin && m_text[m_at - 1] == ' ' && peek() == '=' && peek(1) == ' ' &&
                            m_text[begin - 1] == ':';
    if (isAssigned)
        ++m_at;
    else
        m_at = begin;
}

bool Parser::proseVerb(std::initializer_list<std::string_view> verbs)
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
bool Parser::isEscapedEnd(std::size_t at) const
{
    std::size_t next = at;
    while (next < m_text.size() && next - at < mostBackslashes && m_text[next] == '\\')
        ++next;
    if (next == at || next >= m_text.size())
        return false;
    const char c = m_text[next];
    return c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\'' || c == '`';
}

std::optional<AssignedValue> Parser::value()
{
    // String prefixes of program texts.
    if (std::string_view("bBrRuUfL@$").find(peek()) != std::string_view::npos && peek() != '\0' &&
        quoteAt(m_at + 1))
        ++m_at;
    if (peek() == '>')
        return elementValue();
    wrapper();
    if (const Quote quote = quoteAt(m_at)) {
        m_at += quote.size();
        return quotedValue(quote);
    }
    if (m_onlyQuoted)
        return std::nullopt;
    return plainValue();
}

//! \brief `Some("…")`, `String::from("…")`: what a text is put into.
void Parser::wrapper()
{
    for (const std::string_view word :
         {"Some(", "String::from(", "SecretString::new(", "SecretString::from(", "SecretStr(", "Secret(",
          "new String(", "std::string(", "std::string{", "Buffer.from(", "str(", "bytes(", "text(", "String(",
          "pulumi.secret(", "Optional.of(", "Just ", "@"}) {
        const std::size_t begin = m_at;
        if (take(word) && quoteAt(m_at))
            return;
        m_at = begin;
    }
}

std::optional<AssignedValue> Parser::quotedValue(Quote quote)
{
    const std::size_t begin = m_at;
    const std::size_t most = std::min(m_text.size(), begin + longestValue);
    const std::size_t layer = 2 * (quote.backslashes + 1);
    std::size_t backslashes = 0;
    for (; m_at < most; ++m_at) {
        const char c = m_text[m_at];
        if (c == '\\') {
            ++backslashes;
            continue;
        }
        if (c == '\n')
            return std::nullopt;
        if (m_text.substr(m_at, quote.mark.size()) == quote.mark && backslashes >= quote.backslashes &&
            (backslashes - quote.backslashes) % layer == 0)
            break;
        backslashes = 0;
    }
    if (m_at == most && most < m_text.size())
        return std::nullopt;
    // Where the text itself ends before the quote, it was cut there.
    AssignedValue assigned;
    assigned.run = {begin, m_at == most ? most : m_at - quote.backslashes};
    assigned.style = AssignmentStyle::Quoted;
    assigned.value = m_text.substr(begin, assigned.run.end - begin);
    if (quote.mark != "\"" && quote.backslashes == 0)
        return assigned;
    DecodedText decoded;
    for (std::size_t layers = quote.backslashes + 1; layers > 0; layers /= 2) {
        if (!decodeEscapes(assigned.value, decoded))
            break;
        assigned.value = decoded.text;
    }
    return assigned;
}

std::optional<AssignedValue> Parser::plainValue()
{
    const bool isLine = m_tight && startsLine(m_text, m_name);
    if (isLine || (m_tight && isUpperCase(m_text, m_name)))
        m_style = AssignmentStyle::Environment;
    const bool isQuery = m_name.run.begin > 0 &&
                         std::string_view("?&;").find(m_text[m_name.run.begin - 1]) != std::string_view::npos;
    const std::size_t begin = m_at;
    const std::size_t most = std::min(m_text.size(), begin + longestPlainValue);
    for (; m_at < most; ++m_at) {
        const char c = m_text[m_at];
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '`' ||
            (c == '<' && !isLine))
            break;
        if (c == '\\' && isEscapedEnd(m_at))
            break;
        if ((isQuery && (c == '&' || c == '#')) ||
            (!isLine && (c == ',' || c == ';' || c == ')' || c == '}' || c == ']')))
            break;
    }
    if (m_at == most && most < m_text.size())
        return std::nullopt;
    std::size_t end = m_at;
    while (end > begin && std::string_view(".,;:)").find(m_text[end - 1]) != std::string_view::npos)
        --end;
    const bool isSentence = m_style == AssignmentStyle::Prose || m_style == AssignmentStyle::Bare;
    while (isSentence && end > begin &&
           std::string_view("!?").find(m_text[end - 1]) != std::string_view::npos)
        --end;
    return AssignedValue{{begin, end}, std::string(m_text.substr(begin, end - begin)), m_style};
}

std::optional<AssignedValue> Parser::elementValue()
{
    const std::size_t begin = ++m_at;
    const std::size_t most = std::min(m_text.size(), begin + longestPlainValue);
    while (m_at < most && m_text[m_at] != '<' && m_text[m_at] != '\n')
        ++m_at;
    if (m_at >= m_text.size() || m_text[m_at] != '<' || m_at + 1 >= m_text.size() ||
        (m_text[m_at + 1] != '/' && m_text[m_at + 1] != '\\'))
        return std::nullopt;
    return AssignedValue{
        {begin, m_at}, std::string(m_text.substr(begin, m_at - begin)), AssignmentStyle::Element};
}

std::optional<AssignedValue> Parser::memberValue()
{
    const std::size_t size = m_member.end - m_member.begin;
    m_at = m_member.end;
    if (size > longestValue)
        return std::nullopt;
    return AssignedValue{{m_member.begin, m_member.end},
                         std::string(m_text.substr(m_member.begin, size)),
                         AssignmentStyle::Member};
}

} // namespace

std::optional<AssignedValue> assignedValue(std::string_view text, const AssignedName& name,
                                           const MemberValue& member, std::size_t& parsed)
{
    Parser parser(text, name, member);
    auto assigned = parser.parse();
    parsed += parser.at() - name.run.begin;
    return assigned;
}

} // namespace sharelock::redaction
