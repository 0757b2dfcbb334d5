// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/assignment.h"
#include "redaction/column_values.h"
#include "redaction/finding.h"
#include "redaction/foreign_budget.h"
#include "redaction/nested_text.h"
#include "redaction/secret_scanner.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace sharelock::redaction {

//! \brief A finding that may still lose against another one at the same place.
struct Candidate
{
    TextFinding finding;
    int depth = 0; //!< Layers of encoding that were taken off.
};

//! \brief Where findings of one text may stand: in all of it, or in the two halves of a member.
struct VerifiedText
{
    std::string_view text;
    TextRun name; //!< Empty for a text by itself.
    MemberValue value;
};

//! \brief Looks at the places of one text after another where a literal stands: bounded searches for patterns
//! and assignments. Reused: a text without literals costs nothing, and no text allocates.
class TextVerifier
{
public:
    TextVerifier(const RuleSet& rules, ScanWork& work, ForeignBudget& budget);

    void start(const VerifiedText& text);
    //! \brief A literal ends there. Those of one rule come ordered by their ends.
    void hit(const LiteralRules::Use& literal, std::size_t end);
    //! \brief An `@` stands there.
    void address(std::size_t at);
    //! \brief A word begins there with what every match of the rule begins with.
    void prefix(std::uint16_t rule, std::size_t begin);
    //! \brief Tries the rules without literals on that part of the text.
    void wholeText(TextRun part);
    //! \brief Completes the searches and appends what was found since start().
    void finish(std::vector<Candidate>& found);

private:
    //! \brief What of the text one rule still has to search; hits nearby share one search.
    struct Window
    {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool isOpen = false;
    };
    //! \brief What a pattern is applied to: a piece of the text, or one with layers taken off.
    struct Piece
    {
        std::string_view text;
        std::size_t begin = 0; //!< Where the search starts and ends.
        std::size_t end = 0;
        int depth = 0;
        TextRun place; //!< Of the piece in the text, if layers were taken off.
    };
    struct Name
    {
        TextRun literal;
        AssignedName name;
        std::optional<AssignedValue> value;
    };

    void widen(std::uint16_t rule, TextRun literal);
    //! \brief Whether a match may have the literal at \p literal.
    bool mayMatchAt(const Rule& rule, TextRun literal);
    void search(std::uint16_t rule, TextRun window);
    void searchForeign(std::uint16_t rule, TextRun window);
    void tryAt(const Rule& rule, std::size_t begin);
    void tryAddress(const Rule& rule, std::size_t at);
    void tryAssignment(const Rule& rule, TextRun literal);
    void tryColumn(const Rule& rule, TextRun literal);

    void searchPiece(const Rule& rule, const Piece& piece);
    //! \brief Calls \p visit with \p window of the text with one, two and three layers of escapes taken off.
    template <typename Visit>
    void forEachLayer(TextRun window, const Visit& visit);
    [[nodiscard]] TextRun origin(TextRun run, const Piece& piece) const;
    [[nodiscard]] bool isBounded(const Rule& rule, TextRun match, const Piece& piece) const;
    bool judge(const Rule& rule, const Piece& piece, TextRun match, TextRun secret);
    [[nodiscard]] bool judgeForeign(const Rule& rule, const Piece& piece, TextRun match, TextRun secret);
    //! \brief Whether the text has a keyword of the rule; looked up once a text.
    [[nodiscard]] bool hasKeyword(std::uint16_t rule);
    [[nodiscard]] std::uint16_t placeOf(const Rule& rule) const;
    void add(const Rule& rule, TextRun run, std::string_view value, Confidence confidence, int depth);
    //! \brief Whether what was found last stands there, and stays rather than what the rule would find.
    [[nodiscard]] bool isOutdone(const Rule& rule, TextRun run) const;

    static constexpr int mostLayers = 3;

    const RuleSet& m_rules;
    ScanWork& m_work;
    ForeignBudget& m_budget;
    VerifiedText m_text;
    std::vector<Window> m_windows; //!< One a rule.
    std::vector<std::uint16_t> m_open;
    std::array<DecodedText, mostLayers> m_layers;
    std::vector<std::pair<std::uint16_t, bool>> m_keywords; //!< What is known of this text, by rule.
    TextRun m_endless;                                      //!< See isTooLongForValue().
    ColumnReader m_columns;
    Name m_name; //!< The last one: several rules' literals may stand in one name.
    std::vector<Candidate> m_found;
};

//! \brief Whether settleOverlaps() would keep \p found rather than what \p rule finds at \p run, as sure as
//! the rule is and not decoded.
[[nodiscard]] bool outranks(const Candidate& found, const Rule& rule, TextRun run);

//! \brief Of candidates that overlap the best one stays: secrets before the rest, then by confidence, layers
//! taken off, length, and severity. Foreign rules stand beside ours, so that neither takes anything from the
//! other; only what both have in the very same place stays once. Ordered by offset.
void settleOverlaps(std::vector<Candidate>& candidates);

} // namespace sharelock::redaction
