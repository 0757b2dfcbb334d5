// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/ascii.h"
#include "redaction/assignment.h"

#include <initializer_list>
#include <optional>
#include <string_view>

namespace sharelock::redaction {

//! \brief What opens a string, and closes it again.
struct Quote
{
    std::size_t backslashes = 0;
    std::string_view mark; //!< Empty for none.

    [[nodiscard]] std::size_t size() const { return backslashes + mark.size(); }
    explicit operator bool() const { return !mark.empty(); }
};

//! \brief Every character that one style of assignment or another stops at.
inline bool mayEndValue(char c)
{
    static constexpr CharSet signs("\"'`\\<>&#,;)}]");
    return (c >= '\0' && c <= ' ') || signs.has(c);
}

//! \brief Reads from a name on what it is tied to, see assignedValue().
class AssignmentParser
{
public:
    AssignmentParser(std::string_view text, const AssignedName& name, const MemberValue& member)
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
    bool accessors();
    bool blankBefore();
    bool behindSign(bool isQuoted);
    [[nodiscard]] bool endsLine(std::size_t at) const;
    [[nodiscard]] bool isEscapedLineEnd(std::size_t at) const;
    void yamlMark();
    bool blockBegin();
    bool valueBelow(bool isQuoted);
    void dumpedType();
    void listBegin();
    bool otherAttributes(std::size_t begin);
    [[nodiscard]] bool isNameAttribute() const;
    Quote closingQuote();
    bool typedInto();
    bool alternative();
    bool declaredType();
    bool innerMember();
    [[nodiscard]] bool isForeign() const;
    bool pairedMember();
    [[nodiscard]] bool isFirstArgument(Quote closed) const;
    bool secondArgument();
    bool phrase();
    void wrapper();
    bool operatorSign();
    bool escapedColon();
    bool proseVerb(std::initializer_list<std::string_view> verbs);
    void typeAnnotation();
    void endOfLabel();
    bool openingTag();
    bool restOfTag();
    bool settingElement();
    bool pairedElement();
    bool insideOfCell();
    [[nodiscard]] bool isEscapedEnd(std::size_t at) const;

    // Values
    std::optional<AssignedValue> value();
    std::optional<AssignedValue> quotedValue(Quote quote);
    std::optional<AssignedValue> plainValue();
    std::optional<AssignedValue> mailPassword();
    std::optional<AssignedValue> passphrase(bool isLine);
    std::optional<AssignedValue> elementValue();
    std::optional<AssignedValue> memberValue();

    std::string_view m_text;
    const AssignedName& m_name;
    const MemberValue& m_member;
    std::size_t m_at;
    AssignmentStyle m_style = AssignmentStyle::Plain;
    bool m_tight = false;      //!< `name=value`, nothing between.
    bool m_isSetting = false;  //!< See AssignedValue.
    bool m_isList = false;     //!< The value is the only one of a list.
    bool m_onlyQuoted = false; //!< A bare word there is something else.
};

} // namespace sharelock::redaction
