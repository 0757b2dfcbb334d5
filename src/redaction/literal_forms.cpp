// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_forms.h"

#include "redaction/rule.h"

#include <QStringList>

#include <algorithm>
#include <cstdio>

namespace sharelock::redaction {

namespace {

bool isAscii(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

QString capitalised(const QString& text)
{
    return text.left(1).toUpper() + text.mid(1).toLower();
}

//! \brief As `json.dumps` and its like write it: ASCII only.
std::string unicodeEscaped(const QString& text, int backslashes)
{
    std::string escaped;
    for (const QChar unit : text) {
        if (unit.unicode() < 0x80) {
            escaped.push_back(static_cast<char>(unit.unicode()));
            continue;
        }
        char digits[8];
        std::snprintf(digits, sizeof digits, "u%04x", unsigned(unit.unicode()));
        escaped.append(static_cast<std::size_t>(backslashes), '\\').append(digits);
    }
    return escaped;
}

//! \brief With \p count backslashes before each \p wanted.
std::string replaced(std::string text, char wanted, std::size_t count)
{
    for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + count + 1))
        text.insert(at, count, '\\');
    return text;
}

void addOtherScript(const std::string& literal, bool ignoreCase, std::vector<Literal>& forms)
{
    const QString text = QString::fromStdString(literal);
    QStringList spellings{text};
    if (ignoreCase)
        spellings << text.toLower() << text.toUpper() << capitalised(text);
    spellings.removeDuplicates();
    for (const QString& spelling : std::as_const(spellings)) {
        forms.push_back({spelling.toStdString(), ignoreCase});
        forms.push_back({unicodeEscaped(spelling, 1), true});
        forms.push_back({unicodeEscaped(spelling, 2), true});
    }
}

} // namespace

std::vector<Literal> literalForms(const RuleSource& rule)
{
    std::vector<Literal> forms;
    for (const std::string& literal : rule.literals) {
        if (!isAscii(literal)) {
            addOtherScript(literal, rule.ignoreCase, forms);
            continue;
        }
        forms.push_back({literal, rule.ignoreCase});
        for (const char escapable : {'/', '"'}) {
            if (literal.find(escapable) != std::string::npos)
                forms.push_back({replaced(literal, escapable, 1), rule.ignoreCase});
        }
        // A backslash is doubled by each layer.
        if (literal.find('\\') != std::string::npos) {
            for (const std::size_t more : {1, 3, 7})
                forms.push_back({replaced(literal, '\\', more), rule.ignoreCase});
        }
    }
    return forms;
}

} // namespace sharelock::redaction
