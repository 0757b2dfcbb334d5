// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/assignment_parser.h"

#include "redaction/ascii.h"
#include "redaction/encoded_text.h"
#include "redaction/word_shapes.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestValue = 512;
constexpr std::size_t longestPlainValue = longestAssignedWord;

//! \brief `name=`, as behind the `&` of a form that is sent.
bool isParameter(std::string_view rest)
{
    constexpr std::size_t longest = 40;
    std::size_t end = 0;
    while (end < std::min(rest.size(), longest) &&
           (isIdentifier(rest[end]) || rest[end] == '-' || rest[end] == '.'))
        ++end;
    return end > 0 && end < rest.size() && rest[end] == '=';
}

// Keywords of connection strings, of ODBC, ADO.NET and their like, without spaces and `_`.
constexpr std::string_view connectionKeys[] = {
    // clang-format off
    "address", "addr", "app", "applicationintent", "applicationname", "authentication", "catalog", "channelbinding",
    "characterset", "charset", "commandtimeout", "connectionlifetime", "connectionreset", "connectiontimeout",
    "connecttimeout", "database", "datasource", "dbname", "dbq", "driver", "dsn", "encrypt", "failoverpartner", "host",
    "hostname", "initialcatalog", "integratedsecurity", "marsconnection", "maxpoolsize", "minpoolsize",
    "multipleactiveresultsets", "multisubnetfailover", "networkaddress", "passwd", "password", "persistsecurityinfo",
    "pooling", "port", "protocol", "provider", "pwd", "schema", "server", "serverversion", "servicename", "ssl",
    "sslmode", "timeout", "trustedconnection", "trustservercertificate", "uid", "user", "userid", "username",
    "workstationid", "wsid",
    // clang-format on
};

//! \brief `Initial Catalog=`, as behind the `;` of a connection string.
bool isConnectionKey(std::string_view rest)
{
    constexpr std::size_t longest = 40;
    std::string key;
    for (const char c : rest.substr(0, longest)) {
        if (c == '=')
            return std::find(std::begin(connectionKeys), std::end(connectionKeys), key) !=
                   std::end(connectionKeys);
        if (isAlphanumeric(c))
            key.push_back(toLower(c));
        else if (c != ' ' && c != '_')
            return false;
    }
    return false;
}

bool isPasswordSign(char c)
{
    static constexpr CharSet signs("!@#$%^*?~+");
    return isDigit(c) || signs.has(c);
}

//! \brief Whether a value goes on behind the comma or semicolon at \p at: passwords have such signs, too, but
//! what follows in a list or a program has its own name, or looks like words.
bool goesOn(std::string_view value, std::string_view rest)
{
    constexpr std::size_t shortest = 4;
    constexpr std::size_t longest = 64;
    static constexpr CharSet quotes("\"'`\\");
    std::size_t end = 0;
    while (end < std::min(rest.size(), longest) && static_cast<unsigned char>(rest[end]) > ' ' &&
           !quotes.has(rest[end]))
        ++end;
    const std::string_view tail = rest.substr(0, end);
    return value.size() >= shortest && end < longest &&
           std::any_of(value.begin(), value.end(), isPasswordSign) &&
           std::any_of(tail.begin(), tail.end(), isPasswordSign) &&
           tail.find_first_of("=:(){}[]<>&|/") == std::string_view::npos;
}

} // namespace

std::optional<AssignedValue> AssignmentParser::value()
{
    // String prefixes of program texts.
    static constexpr CharSet prefixes("bBrRuUfL@$");
    if (prefixes.has(peek()) && quoteAt(m_at + 1))
        ++m_at;
    if (peek() == '>')
        return elementValue();
    wrapper();
    if (const Quote quote = quoteAt(m_at)) {
        // `MYSQL_PWD="…"` in a shell, `--password '…'`
        m_isSetting =
            m_isSetting || m_name.isFlag ||
            (m_tight && m_text[m_at - 1] == '=' && isUpperCase(m_text, m_name) && startsLine(m_text, m_name));
        m_at += quote.size();
        // Two or three of them, as in reStructuredText and Markdown.
        while (quote.mark == "`" && peek() == '`')
            ++m_at;
        // Program text as a value: `"\"…\""`
        const std::size_t begin = m_at;
        if (const Quote inner = quoteAt(m_at); inner && inner.backslashes > quote.backslashes) {
            m_at += inner.size();
            if (auto assigned = quotedValue(inner); assigned && !assigned->value.empty())
                return assigned;
            m_at = begin;
        }
        auto assigned = quotedValue(quote);
        // Of several, the first is seldom a value: `['required', 'min:8']`
        const bool isOnly =
            !m_isList || m_text.substr(std::min(m_at + quote.mark.size(), m_text.size())).starts_with(']');
        return isOnly ? assigned : std::nullopt;
    }
    if (m_onlyQuoted)
        return std::nullopt;
    return plainValue();
}

//! \brief `Some("…")`, `String::from("…")`: what a text is put into.
void AssignmentParser::wrapper()
{
    // Most often no quote is near.
    constexpr std::size_t longest = 24;
    const std::string_view near = m_text.substr(std::min(m_at, m_text.size()), longest);
    if (std::none_of(near.begin(), near.end(),
                     [](char c) { return c == '"' || c == '\'' || c == '`' || c == '\\' || c == '&'; }))
        return;
    for (const std::string_view word : {"Some(",
                                        "String::from(",
                                        "SecretString::new(",
                                        "SecretString::from(",
                                        "SecretStr(",
                                        "Secret(",
                                        "new String(",
                                        "std::string(",
                                        "std::string{",
                                        "Buffer.from(",
                                        "str(",
                                        "bytes(",
                                        "text(",
                                        "String(",
                                        "pulumi.secret(",
                                        "Optional.of(",
                                        "Just ",
                                        "QStringLiteral(",
                                        "QLatin1String(",
                                        "std::string_view(",
                                        "[]byte(",
                                        "TEXT(",
                                        "_T(",
                                        "L",
                                        "N",
                                        "@"}) {
        const std::size_t begin = m_at;
        if (take(word) && quoteAt(m_at))
            return;
        m_at = begin;
    }
}

std::optional<AssignedValue> AssignmentParser::quotedValue(Quote quote)
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
        // A line's end inside of the quotes, where both are escaped equally often.
        const bool isEscapedLine = c == 'n' && backslashes > 0 && quote.backslashes > 0 &&
                                   backslashes <= (quote.backslashes + 1) / 2;
        if (c == '\n' || isEscapedLine)
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
    assigned.isSetting = m_isSetting;
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

std::optional<AssignedValue> AssignmentParser::plainValue()
{
    const bool isLine = m_tight && m_text[m_at - 1] != ':' && startsLine(m_text, m_name);
    if (isLine || (m_tight && isUpperCase(m_text, m_name)))
        m_style = AssignmentStyle::Environment;
    if (m_name.isFlag && m_tight && m_text[m_at - 1] == '=')
        m_style = AssignmentStyle::Flag;
    static constexpr CharSet querySigns("?&;#");
    static constexpr CharSet sentenceSigns(".,;:)");
    const bool isQuery = m_name.run.begin > 0 && querySigns.has(m_text[m_name.run.begin - 1]);
    // `DB_PASSWORD=a&b=c` in a file of settings; `password=a&b=c` is a form that is sent.
    const bool isSetting = isLine && isUpperCase(m_text, m_name);
    const std::size_t begin = m_at;
    const auto ends = [&](char32_t c, std::size_t next) {
        if (c <= 0x20 || c == '"' || c == '\'' || c == '`' || (isQuery && (c == '&' || c == '#')))
            return true;
        if (c == '<' || c == ')' || c == '}' || c == ']')
            return !isLine;
        // The setting may be the first of a connection string, or of several in one line of a shell.
        if (c == ';' && isConnectionKey(m_text.substr(next)))
            return true;
        if ((c != '&' && c != ';' && c != ',') || isSetting)
            return false;
        return isParameter(m_text.substr(next)) ||
               (c != '&' && !isLine && !goesOn(m_text.substr(begin, m_at - begin), m_text.substr(next)));
    };
    if (const auto mail = mailPassword())
        return mail;
    if (const auto words = passphrase(isLine))
        return words;
    const std::size_t most = std::min(m_text.size(), begin + longestPlainValue);
    for (; m_at < most; ++m_at) {
        const char c = m_text[m_at];
        if (!mayEndValue(c))
            continue;
        if (c == '\\' ? isEscapedEnd(m_at) : ends(static_cast<unsigned char>(c), m_at + 1))
            break;
        // `\u0026`: what many programs write for such signs in JSON
        const auto unit = c == '\\' ? escapedUnit(m_text, m_at) : std::nullopt;
        if (unit && ends(unit->codePoint, m_at + unit->size))
            break;
    }
    if (m_at == most && most < m_text.size())
        return std::nullopt;
    // One of several settings in a line: `password=… sslmode=require`
    if (m_tight && m_style == AssignmentStyle::Plain && (peek() == ' ' || peek() == ';') &&
        isConnectionKey(m_text.substr(m_at + 1)))
        m_style = AssignmentStyle::Environment;
    std::size_t end = m_at;
    const bool isBold = begin >= 2 && m_text.substr(begin - 2, 2) == "**";
    while (end > begin && (sentenceSigns.has(m_text[end - 1]) || (isBold && m_text[end - 1] == '*')))
        --end;
    const bool isSentence = m_style == AssignmentStyle::Prose || m_style == AssignmentStyle::Bare;
    while (isSentence && end > begin && (m_text[end - 1] == '!' || m_text[end - 1] == '?'))
        --end;
    return AssignedValue{{begin, end}, std::string(m_text.substr(begin, end - begin)), m_style};
}

//! \brief `passphrase: correct horse battery staple`, up to the end of the line, where the name says so or
//! nothing else can be meant.
std::optional<AssignedValue> AssignmentParser::passphrase(bool isLine)
{
    constexpr std::size_t longest = 100;
    constexpr std::string_view word = "phrase";
    const std::size_t size = std::min(word.size(), m_name.run.end - m_name.run.begin);
    const std::string_view last = m_text.substr(m_name.run.end - size, size);
    const bool isNamed = std::equal(last.begin(), last.end(), word.begin(), word.end(),
                                    [](char a, char b) { return toLower(a) == b; });
    if ((!isNamed && !isLine) || m_style == AssignmentStyle::Flag || m_style == AssignmentStyle::Bare)
        return std::nullopt;
    std::size_t end = m_at;
    while (end < m_text.size() && end - m_at < longest && (isLower(m_text[end]) || m_text[end] == ' '))
        ++end;
    if (end < m_text.size() && m_text[end] == '.')
        ++end;
    static constexpr CharSet ends("\n\r\"#");
    if (end < m_text.size() && !ends.has(m_text[end]) && !isEscapedEnd(end))
        return std::nullopt;
    std::string_view value = m_text.substr(m_at, end - m_at);
    while (!value.empty() && (value.back() == ' ' || value.back() == '.'))
        value.remove_suffix(1);
    if (!isPassphrase(value))
        return std::nullopt;
    const std::size_t begin = m_at;
    m_at = end;
    return AssignedValue{{begin, begin + value.size()}, std::string(value), AssignmentStyle::Quoted};
}

//! \brief `password: abcd efgh ijkl mnop`, up to the end of the line.
std::optional<AssignedValue> AssignmentParser::mailPassword()
{
    constexpr std::size_t size = 19;
    const std::string_view value = m_text.substr(m_at, size);
    const std::size_t end = m_at + value.size();
    if ((end < m_text.size() && m_text[end] != '\n' && !isEscapedEnd(end)) || !isMailPassword(value))
        return std::nullopt;
    const std::size_t begin = std::exchange(m_at, end);
    return AssignedValue{{begin, end}, std::string(value), m_style};
}

std::optional<AssignedValue> AssignmentParser::elementValue()
{
    std::size_t begin = ++m_at;
    // `<Password> <Value>…`
    skipSpaces();
    if (takeIgnoringCase("<value>"))
        begin = m_at;
    m_at = begin;
    const std::size_t most = std::min(m_text.size(), begin + longestPlainValue);
    while (m_at < most && m_text[m_at] != '<' && m_text[m_at] != '\n')
        ++m_at;
    if (m_at >= m_text.size() || m_text[m_at] != '<' || m_at + 1 >= m_text.size() ||
        (m_text[m_at + 1] != '/' && m_text[m_at + 1] != '\\'))
        return std::nullopt;
    TextRun run{begin, m_at};
    while (run.begin < run.end && isBlank(m_text[run.begin]))
        ++run.begin;
    while (run.begin < run.end && isBlank(m_text[run.end - 1]))
        --run.end;
    return AssignedValue{run, std::string(m_text.substr(run.begin, run.end - run.begin)),
                         AssignmentStyle::Element};
}

std::optional<AssignedValue> AssignmentParser::memberValue()
{
    const std::size_t size = m_member.end - m_member.begin;
    m_at = m_member.end;
    if (size > longestValue)
        return std::nullopt;
    return AssignedValue{{m_member.begin, m_member.end},
                         std::string(m_text.substr(m_member.begin, size)),
                         AssignmentStyle::Member};
}

} // namespace sharelock::redaction
