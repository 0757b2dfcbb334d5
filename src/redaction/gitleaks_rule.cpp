// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/gitleaks_rule.h"

#include "redaction/ascii.h"
#include "redaction/required_literals.h"

#include <re2/re2.h>

#include <algorithm>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestPattern = 16 * 1024;
constexpr std::size_t mostInstructions = 2'000'000;
constexpr std::size_t brokenInstructions = 20'000; //!< What compiling one costs at most, before it gives up.
constexpr std::size_t mostWholeTexts = 64;
constexpr std::size_t foreignReach = 8192;
constexpr int mostGroups = 15;

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), toLower);
    return text;
}

//! \brief One short line without control characters.
std::string titleOf(const GitleaksRule& rule)
{
    constexpr qsizetype longest = 120;
    const QString text = QString::fromStdString(rule.description.empty() ? rule.id : rule.description);
    QString line;
    for (const QChar c : text.left(longest))
        line.append(c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ? u' ' : c);
    return line.simplified().toStdString();
}

//! \brief Where each literal holds a keyword, none has to be looked for besides.
bool isSaidByLiterals(const std::vector<std::string>& literals, const std::vector<std::string>& keywords)
{
    return !literals.empty() &&
           std::all_of(literals.begin(), literals.end(), [&keywords](const std::string& literal) {
               return std::any_of(keywords.begin(), keywords.end(), [&literal](const std::string& keyword) {
                   return literal.find(keyword) != std::string::npos;
               });
           });
}

re2::RE2::Options options()
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(foreignPatternMemory);
    return options;
}

} // namespace

std::string withNamedGroups(std::string pattern)
{
    for (std::size_t at = pattern.find("(?<"); at != std::string::npos; at = pattern.find("(?<", at + 3)) {
        const char next = at + 3 < pattern.size() ? pattern[at + 3] : '\0';
        const bool isEscaped = at > 0 && pattern[at - 1] == '\\';
        if (next != '=' && next != '!' && !isEscaped)
            pattern.insert(at + 2, "P");
    }
    return pattern;
}

QString GitleaksTranslation::mistakeIn(const std::string& pattern)
{
    if (pattern.size() > longestPattern)
        return QStringLiteral("the pattern is longer than %1 bytes").arg(longestPattern);
    if (m_instructions > mostInstructions)
        return QStringLiteral("all patterns of the file together are too large");
    const re2::RE2 compiled(pattern, options());
    m_instructions += compiled.ok() ? static_cast<std::size_t>(compiled.ProgramSize()) : brokenInstructions;
    if (compiled.ok())
        return {};
    const QString why = QString::fromStdString(compiled.error());
    if (why.contains(QStringLiteral("(?=")) || why.contains(QStringLiteral("(?!")) ||
        why.contains(QStringLiteral("(?<")))
        return QStringLiteral("%1 (there is no looking ahead or behind in this syntax)").arg(why);
    return why;
}

tl::expected<RuleSource, QString> GitleaksTranslation::translate(const GitleaksRule& rule,
                                                                 const std::string& prefix)
{
    const auto refused = [](const QString& why) { return tl::unexpected(why); };
    RuleSource source;
    source.pattern = withNamedGroups(rule.regex);
    if (const QString mistake = mistakeIn(source.pattern); !mistake.isEmpty())
        return refused(mistake);
    const int groups = re2::RE2(source.pattern, options()).NumberOfCapturingGroups();
    // Without a number gitleaks takes the first group that holds something.
    source.secretGroup = rule.secretGroup.value_or(0);
    if (source.secretGroup > groups || source.secretGroup < 0 || source.secretGroup > mostGroups)
        return refused(QStringLiteral("secretGroup: the pattern has no group %1").arg(source.secretGroup));
    if (source.secretGroup == 0 && groups > 0)
        source.secretGroup = 1;
    source.id = prefix + rule.id;
    source.title = titleOf(rule);
    source.reason = "The rule \u201C" + rule.id + "\u201D in " + rule.file + " asks for it.";
    source.severity = Severity::High;
    source.ignoreCase = true;
    source.boundaryBefore = false;
    source.boundaryAfter = false;
    source.reach = foreignReach;
    source.entropy = rule.entropy.value_or(0);
    source.origin = rule.file + ":" + std::to_string(rule.line);
    source.allowances = rule.allowances;
    source.literals = requiredLiterals(source.pattern);
    if (source.literals.empty() && ++m_wholeTexts > mostWholeTexts)
        return refused(
            QStringLiteral("more than %1 rules have no fixed text to look for").arg(mostWholeTexts));
    for (const std::string& keyword : rule.keywords) {
        if (!keyword.empty())
            source.keywords.push_back(lowerCase(keyword));
    }
    if (isSaidByLiterals(source.literals, source.keywords))
        source.keywords.clear();
    return source;
}

} // namespace sharelock::redaction
