// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/pattern_runs.h"

#include "redaction/word_marks.h"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <optional>

namespace sharelock::redaction {

namespace {

using Bytes = std::bitset<256>;

//! \brief What is sure about the text that a part of a pattern matches.
struct Run
{
    bool isWhole = true;     //!< All of it is of word characters.
    std::size_t atBegin = 0; //!< Random characters in the run at its begin,
    std::size_t atEnd = 0;   //!< at its end,
    std::size_t longest = 0; //!< and in the longest one.
};

constexpr Run unknown{false, 0, 0, 0};

Run joined(const Run& a, const Run& b)
{
    return {a.isWhole && b.isWhole, a.isWhole ? a.atBegin + b.atBegin : a.atBegin,
            b.isWhole ? b.atEnd + a.atEnd : b.atEnd, std::max({a.longest, b.longest, a.atEnd + b.atBegin})};
}

Run either(const Run& a, const Run& b)
{
    return {a.isWhole && b.isWhole, std::min(a.atBegin, b.atBegin), std::min(a.atEnd, b.atEnd),
            std::min(a.longest, b.longest)};
}

Bytes digits()
{
    Bytes set;
    for (unsigned char c = '0'; c <= '9'; ++c)
        set.set(c);
    return set;
}

Bytes wordCharacters()
{
    Bytes set;
    for (unsigned c = 0; c < 256; ++c)
        set.set(c, isWordMark(static_cast<char>(c)));
    return set;
}

Run ofSet(const Bytes& set)
{
    static const Bytes word = wordCharacters();
    static const Bytes all = digits();
    if (set.none() || (set & ~word).any())
        return unknown;
    const std::size_t random = (set & all) == all ? 1 : 0;
    return {true, random, random, random};
}

//! \brief Reads RE2's syntax. What it does not know makes the whole pattern unknown.
class Reader
{
public:
    explicit Reader(std::string_view pattern)
        : m_rest(pattern)
    {
    }

    [[nodiscard]] std::optional<Run> read()
    {
        const Run run = alternatives();
        return m_isGood && m_rest.empty() ? std::optional(run) : std::nullopt;
    }

private:
    bool take(std::string_view token)
    {
        if (!m_rest.starts_with(token))
            return false;
        m_rest.remove_prefix(token.size());
        return true;
    }

    char next()
    {
        if (m_rest.empty()) {
            m_isGood = false;
            return '\0';
        }
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        return c;
    }

    Run alternatives()
    {
        Run run = sequence();
        while (m_isGood && take("|"))
            run = either(run, sequence());
        return run;
    }

    Run sequence()
    {
        Run run;
        while (m_isGood && !m_rest.empty() && m_rest.front() != '|' && m_rest.front() != ')')
            run = joined(run, repeated(atom()));
        return run;
    }

    Run repeated(const Run& one)
    {
        std::size_t least = 1;
        std::size_t most = 1;
        constexpr std::size_t endless = 100'000;
        if (take("*") || take("?") || take("+")) {
            const char sign = *(m_rest.data() - 1);
            least = sign == '+' ? 1 : 0;
            most = sign == '?' ? 1 : endless;
        } else if (take("{")) {
            least = number();
            most = take(",") ? (m_rest.starts_with('}') ? endless : number()) : least;
            m_isGood = m_isGood && take("}");
        }
        take("?");
        Run run;
        for (std::size_t i = 0; i < least && m_isGood; ++i)
            run = joined(run, one);
        // What may follow keeps a run together only if it is of word characters.
        return most > least ? joined(run, {one.isWhole, 0, 0, 0}) : run;
    }

    std::size_t number()
    {
        std::size_t value = 0;
        const auto result = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        constexpr std::size_t largest = 1000; // RE2's own limit
        if (result.ec != std::errc() || value > largest)
            m_isGood = false;
        m_rest.remove_prefix(static_cast<std::size_t>(result.ptr - m_rest.data()));
        return value;
    }

    Run atom()
    {
        const char c = next();
        switch (c) {
        case '(':
            return group();
        case '[':
            return ofSet(characterClass());
        case '.':
            return unknown;
        case '^':
        case '$':
            return {};
        case '\\':
            return escape();
        default:
            return {isWordMark(c), 0, 0, 0};
        }
    }

    Run group()
    {
        if (take("?")) {
            while (m_isGood && !m_rest.empty() && m_rest.front() != ':' && m_rest.front() != ')' &&
                   m_rest.front() != '>')
                next();
            if (take(")"))
                return {};
            next();
        }
        const Run run = alternatives();
        m_isGood = m_isGood && take(")");
        return run;
    }

    Run escape()
    {
        const char c = next();
        if (c == 'b' || c == 'B' || c == 'A' || c == 'z')
            return {};
        if (isPlain(c))
            return {isWordMark(c), 0, 0, 0};
        return ofSet(shorthand(c));
    }

    //! \brief An escaped mark, which stands for itself.
    static bool isPlain(char c)
    {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }

    //! \brief `\d`, `\w`; for the rest a set with a character that breaks every run.
    Bytes shorthand(char c)
    {
        Bytes set;
        if (c == 'd')
            return digits();
        if (c == 'w') {
            set = wordCharacters();
            set.reset('-');
            return set;
        }
        set.set(' ');
        m_isGood = m_isGood && std::string_view("DWsSnrtfv").find(c) != std::string_view::npos;
        return set;
    }

    Bytes characterClass()
    {
        Bytes set;
        const bool isNegated = take("^");
        bool isFirst = true;
        while (m_isGood && (isFirst || !m_rest.starts_with(']'))) {
            isFirst = false;
            if (m_rest.starts_with("[:"))
                m_isGood = false;
            char c = next();
            if (c == '\\') {
                c = next();
                if (!isPlain(c)) {
                    set |= shorthand(c);
                    continue;
                }
            }
            char last = c;
            if (m_rest.size() > 1 && m_rest[0] == '-' && m_rest[1] != ']') {
                next();
                last = next();
                if (last == '\\')
                    last = next();
            }
            for (unsigned each = static_cast<unsigned char>(c); each <= static_cast<unsigned char>(last);
                 ++each)
                set.set(each);
        }
        next();
        if (isNegated)
            set.set(' ');
        return set;
    }

    std::string_view m_rest;
    bool m_isGood = true;
};

} // namespace

LeastRuns leastRandomRuns(std::string_view pattern)
{
    const auto run = Reader(pattern).read();
    return run ? LeastRuns{run->atBegin, run->longest} : LeastRuns{};
}

} // namespace sharelock::redaction
