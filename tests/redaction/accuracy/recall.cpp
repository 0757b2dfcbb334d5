// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "recall.h"

#include "document/json_text.h"

#include <algorithm>
#include <cstdio>
#include <functional>

namespace sharelock::redaction {

namespace {

//! \brief \p encode for what stands before the secret, the secret and what stands behind it.
Planted encoded(const Planted& planted, const std::function<std::string(const std::string&)>& encode)
{
    const std::string before = encode(planted.text.substr(0, planted.offset));
    const std::string secret = encode(planted.secret());
    const std::string after = encode(planted.text.substr(planted.offset + planted.length));
    return {before + secret + after, before.size(), secret.size()};
}

Planted between(const std::string& before, const Planted& planted, const std::string& after)
{
    return {before + planted.text + after, before.size() + planted.offset, planted.length};
}

std::string asJson(const std::string& text)
{
    const std::string quoted = document::quoted(text);
    return quoted.substr(1, quoted.size() - 2);
}

std::string replaced(const std::string& text, char what, const std::string& by)
{
    std::string made;
    for (const char c : text)
        made += c == what ? by : std::string(1, c);
    return made;
}

std::string inQuotes(const std::string& text)
{
    return replaced(text, '\'', "'\\''");
}

std::string asAddedLines(const std::string& text)
{
    return replaced(text, '\n', "\n+");
}

std::string asRemovedLines(const std::string& text)
{
    return replaced(text, '\n', "\n-");
}

//! \brief As a tool shows a file that was read. One number for all lines: nothing counts them.
std::string asNumberedLines(const std::string& text)
{
    return replaced(text, '\n', "\n00012| ");
}

bool covers(const std::vector<Finding>& findings, std::size_t item, const Planted& planted)
{
    constexpr std::size_t slack = 2;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.item == item && finding.pointer == "/text" &&
               finding.rule->kind == FindingKind::Secret && finding.offset <= planted.offset + slack &&
               finding.offset + finding.length + slack >= planted.offset + planted.length;
    });
}

std::string oneLine(const std::string& text)
{
    return replaced(text, '\n', "\\n");
}

} // namespace

Planted atDepth(const Planted& planted, std::size_t depth)
{
    const std::string before = "{\"path\":\"notes.txt\",\"content\":\"first line\\n";
    const std::string after = "\\nlast line\"}";
    switch (depth) {
    case 1:
        return between(before, encoded(planted, asJson), after);
    case 2: {
        const Planted once = between(before, encoded(planted, asJson), after);
        return between("{\"arguments\":\"", encoded(once, asJson), "\"}");
    }
    case 3:
        return between("cat > notes <<< '", encoded(planted, inQuotes), "' && echo done");
    case 4:
        return between("@@ -1,2 +1,3 @@\n context line\n+", encoded(planted, asAddedLines),
                       "\n context line\n");
    case 5:
        return between("Like this:\n\n```\n", planted, "\n```\n\nThat is all.\n");
    case 6:
        return between("@@ -1,3 +1,2 @@\n context line\n-", encoded(planted, asRemovedLines),
                       "\n context line\n");
    case 7:
        return between("<file>\n00011| first line\n00012| ", encoded(planted, asNumberedLines),
                       "\n00012| last line\n</file>");
    default:
        return planted;
    }
}

Recall measureRecall(const SecretScanner& scanner, const std::vector<Sample>& samples)
{
    document::ShareDocument document;
    std::vector<Planted> planted;
    for (const Sample& sample : samples) {
        for (std::size_t depth = 0; depth < depths.size(); ++depth) {
            planted.push_back(atDepth(sample.planted, depth));
            document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(planted.size()),
                              "{\"text\":" + document::quoted(planted.back().text) + "}");
        }
    }
    Recall recall;
    auto scanned = scanner.scan(document);
    if (!scanned)
        return recall;
    const auto& findings = scanned->findings;
    for (std::size_t i = 0; i < planted.size(); ++i) {
        const Sample& sample = samples[i / depths.size()];
        const char* depth = depths[i % depths.size()];
        const auto first = std::partition_point(findings.begin(), findings.end(),
                                                [i](const Finding& finding) { return finding.item < i; });
        const auto last = std::partition_point(first, findings.end(),
                                               [i](const Finding& finding) { return finding.item == i; });
        const bool found = covers({first, last}, i, planted[i]);
        for (Recall::Count* count : {&recall.total, &recall.byGroup[sample.group], &recall.byDepth[depth],
                                     &recall.byForm[sample.group + ": " + oneLine(sample.form)]}) {
            ++count->all;
            count->found += found ? 1 : 0;
        }
        if (!found)
            recall.misses.push_back(sample.group + ", " + depth + ": " + oneLine(planted[i].text));
    }
    return recall;
}

std::string Recall::report() const
{
    constexpr double hundred = 100;
    constexpr double often = 0.999;
    std::string text;
    const auto line = [&text](const std::string& name, const Count& count) {
        char number[64];
        std::snprintf(number, sizeof number, "%6.2f %% of %6zu  ", hundred * count.share(), count.all);
        text += number + name + "\n";
    };
    line("ALL", total);
    for (const auto& [name, count] : byGroup)
        line(name, count);
    for (const auto& [name, count] : byDepth)
        line(name, count);
    for (const auto& [name, count] : byForm) {
        if (count.share() < often)
            line("    " + name, count);
    }
    return text;
}

} // namespace sharelock::redaction
