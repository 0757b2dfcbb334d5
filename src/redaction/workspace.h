// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/text_verifier.h"
#include "redaction/word_marks.h"

#include <array>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief One text among many that stand in one buffer.
struct BatchedText
{
    TextRun run;  //!< In the buffer.
    TextRun name; //!< As in VerifiedText, counted from the text's begin.
    MemberValue value;
};

//! \brief What one thread needs to scan: buffers that are kept between texts.
class Workspace
{
public:
    explicit Workspace(const RuleSet& rules);

    //! \brief Receives the findings of the text of that number, unsettled; takes them out.
    class Sink
    {
    public:
        virtual void found(std::size_t text, std::vector<Candidate>& candidates) = 0;

    protected:
        ~Sink() = default;
    };

    //! \brief Scans \p texts, which stand in \p buffer in order with a byte between that is in no literal,
    //! but only where a literal ends in \p part. A text that reaches beyond the part is looked at there, too.
    //! \returns false if stopped.
    bool scan(std::string_view buffer, std::span<const BatchedText> texts, TextRun part,
              const std::stop_token& stop, Sink& sink);

    [[nodiscard]] const ScanWork& work() const { return m_work; }
    //! \brief Foreign rules that took too much, by their places in the set.
    [[nodiscard]] const std::vector<std::uint16_t>& stoppedRules() const { return m_budget.stopped(); }
    void resetWork();

private:
    //! \brief A place in a buffer where something may begin.
    struct Event
    {
        enum class Kind : std::uint8_t
        {
            Literal,
            NearLiteral,
            Word,
            Address,
            Percent,
            WholeText
        };

        std::size_t at = 0;     //!< The last byte of a literal, the first one of anything else.
        std::uint32_t what = 0; //!< The literal, or the number of the run.
        Kind kind = Kind::Literal;
    };

    //! \brief What one depth of nested decoding uses.
    struct Level
    {
        Level(const RuleSet& rules, ScanWork& work, ForeignBudget& budget);

        TextVerifier verifier;
        std::unique_ptr<LiteralIndex::Scratch> everywhere;
        std::unique_ptr<LiteralIndex::Scratch> nearWords;
        std::vector<LiteralHit> hits;
        WordMarks marks;
        std::vector<Event> events;
        std::vector<Candidate> candidates;
        std::size_t percentEnd = 0; //!< Decoded up to there, in the text.
        std::size_t base64End = 0;
        std::size_t signsEnd = 0;
        std::vector<TextRun> signs; //!< Where escaped signs were read as themselves.
        DecodedText decoded;        //!< The text of this level itself, below the top.
    };
    class Batch;

    //! \brief Fills the level's marks and events, in order.
    void findEvents(std::string_view text, TextRun part, Level& level);
    static void mergeEvents(std::vector<Event>& events, std::size_t& sorted);
    void addWholeTexts(std::span<const BatchedText> texts, TextRun part, Level& level);
    void findLiterals(std::string_view text, TextRun part, Level& level);
    [[nodiscard]] bool matters(std::string_view text, TextRun word) const;
    void findNearWords(std::string_view text, Level& level);
    //! \brief Reads the signs that are escaped around \p at as themselves.
    void scanSigns(std::string_view text, std::size_t at, TextRun within, std::size_t depth,
                   std::vector<Candidate>& candidates);
    //! \brief Drops what was made of escaped signs, where those were read as themselves.
    static void dropMisread(std::string_view text, const MemberValue& member, Level& level);
    //! \brief What a decoded text was one level up.
    struct Encoded
    {
        TextRun run;
        bool isPercent = false;
        bool goesOnBefore = false; //!< It was cut out of what could belong to a value.
        bool goesOnBehind = false;
    };
    class Mapper;
    //! \brief Scans the decoded text of the level \p depth.
    void scanNested(const Encoded& encoded, std::size_t depth, std::vector<Candidate>& candidates);
    void scanPercent(std::string_view text, std::size_t at, std::size_t depth,
                     std::vector<Candidate>& candidates);
    void scanBase64(std::string_view text, TextRun run, std::size_t depth,
                    std::vector<Candidate>& candidates);

    static constexpr std::size_t mostDepth = 2;

    const RuleSet& m_rules;
    ScanWork m_work;
    ForeignBudget m_budget;
    std::array<std::unique_ptr<Level>, mostDepth + 1> m_levels;
};

} // namespace sharelock::redaction
