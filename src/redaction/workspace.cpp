// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/workspace.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"
#include "redaction/plain_escapes.h"

#include <algorithm>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief Literals are searched so many bytes at a time: small enough for the cache and for stopping soon.
constexpr std::size_t stepSize = 256 * 1024;
constexpr std::size_t base64Step = 48 * 1024; // whole groups of four
constexpr std::size_t base64Overlap = 4 * 1024;
constexpr std::size_t shortestBase64 = 24;
//! \brief How far from a long word literals are looked for.
constexpr std::size_t farBefore = 256;
constexpr std::size_t farBehind = 64;

//! \brief Where the word begins behind the rest of an escape or of a diff's mark, which look like word
//! characters.
std::size_t wordBegin(std::string_view text, TextRun word)
{
    static constexpr CharSet escapeSigns("\\%[");
    constexpr std::size_t longestRest = 8;
    for (std::size_t at = word.begin; at < std::min(word.end, word.begin + longestRest); ++at) {
        if (at == word.begin ? text[at] != '-' && (at == 0 || !escapeSigns.has(text[at - 1]))
                             : text[at] != '-' && boundaryBefore(text, at))
            return at;
    }
    return word.begin;
}

} // namespace

Workspace::Level::Level(const RuleSet& rules, ScanWork& work, ForeignBudget& budget)
    : verifier(rules, work, budget)
{
    if (rules.everywhere().index() != nullptr)
        everywhere = rules.everywhere().index()->makeScratch();
    if (rules.nearWords().index() != nullptr)
        nearWords = rules.nearWords().index()->makeScratch();
}

Workspace::Workspace(const RuleSet& rules)
    : m_rules(rules)
    , m_budget(rules.rules().size())
{
    for (auto& level : m_levels)
        level = std::make_unique<Level>(rules, m_work, m_budget);
}

void Workspace::resetWork()
{
    m_work = {};
    m_budget.reset();
}

//! \brief Walks the places in a buffer that matter together with the texts that they stand in.
class Workspace::Batch
{
public:
    Batch(Workspace& workspace, std::string_view buffer, std::span<const BatchedText> texts,
          std::size_t depth, Sink& sink)
        : m_workspace(workspace)
        , m_level(*workspace.m_levels[depth])
        , m_buffer(buffer)
        , m_texts(texts)
        , m_depth(depth)
        , m_sink(sink)
    {
    }

    void step(TextRun part)
    {
        m_workspace.findEvents(m_buffer, part, m_level);
        if (!m_workspace.m_rules.wholeTextRules().empty())
            m_workspace.addWholeTexts(m_texts, part, m_level);
        m_part = part;
        for (const Event& event : m_level.events)
            look(event);
    }

    void close()
    {
        if (!m_isOpen)
            return;
        m_level.verifier.finish(m_level.candidates);
        m_isOpen = false;
        if (!m_level.signs.empty())
            dropMisread(m_text, m_texts[m_number].value, m_level);
        if (!m_level.candidates.empty())
            m_sink.found(m_number, m_level.candidates);
        m_level.candidates.clear();
    }

private:
    //! \brief Goes on to the text that has the byte at \p at. \returns its begin.
    std::size_t open(std::size_t at)
    {
        if (m_isOpen && at < m_texts[m_number].run.end)
            return m_texts[m_number].run.begin;
        close();
        while (at >= m_texts[m_number].run.end)
            ++m_number;
        const BatchedText& text = m_texts[m_number];
        m_text = m_buffer.substr(text.run.begin, text.run.end - text.run.begin);
        m_level.verifier.start({m_text, text.name, text.value});
        m_level.percentEnd = 0;
        m_level.base64End = 0;
        m_level.signsEnd = 0;
        m_level.signs.clear();
        m_isOpen = true;
        return text.run.begin;
    }

    void look(const Event& event)
    {
        const std::size_t base = open(event.at);
        const std::size_t at = event.at - base;
        const RuleSet& rules = m_workspace.m_rules;
        switch (event.kind) {
        case Event::Kind::Literal:
            lookAtLiteral(rules.everywhere().use(event.what), at);
            break;
        case Event::Kind::NearLiteral:
            m_level.verifier.hit(rules.nearWords().use(event.what), at + 1);
            break;
        case Event::Kind::Word:
            lookAtWord({at, m_level.marks.runs[event.what].end - base});
            break;
        case Event::Kind::Address:
            m_level.verifier.address(at);
            break;
        case Event::Kind::WholeText:
            m_level.verifier.wholeText({at, std::min(m_text.size(), m_part.end - base)});
            break;
        case Event::Kind::Percent:
            if (m_depth < mostDepth && at >= m_level.percentEnd)
                m_workspace.scanPercent(m_text, at, m_depth, m_level.candidates);
            break;
        }
    }

    void lookAtLiteral(const LiteralRules::Use& literal, std::size_t at)
    {
        if (literal.isSignEscape && m_depth < mostDepth && at >= m_level.signsEnd)
            m_workspace.scanSigns(m_text, at + 1 - literal.length, halfWith(at), m_depth, m_level.candidates);
        m_level.verifier.hit(literal, at + 1);
    }

    //! \brief Of a member, its name or its value; all of any other text.
    [[nodiscard]] TextRun halfWith(std::size_t at) const
    {
        const BatchedText& text = m_texts[m_number];
        if (text.name.end == text.name.begin)
            return {0, m_text.size()};
        return at < text.name.end ? text.name : TextRun{text.value.begin, text.value.end};
    }

    void lookAtWord(TextRun word)
    {
        word.begin = wordBegin(m_text, word);
        m_workspace.m_rules.prefixes().forEach(
            m_text.substr(word.begin, word.end - word.begin),
            [&](std::uint16_t rule) { m_level.verifier.prefix(rule, word.begin); });
        if (m_depth < mostDepth && word.begin >= m_level.base64End)
            m_workspace.scanBase64(m_text, word, m_depth, m_level.candidates);
    }

    Workspace& m_workspace;
    Level& m_level;
    std::string_view m_buffer;
    std::span<const BatchedText> m_texts;
    std::size_t m_depth;
    Sink& m_sink;
    std::string_view m_text;
    TextRun m_part;
    std::size_t m_number = 0;
    bool m_isOpen = false;
};

bool Workspace::scan(std::string_view buffer, std::span<const BatchedText> texts, TextRun part,
                     const std::stop_token& stop, Sink& sink)
{
    Batch batch(*this, buffer, texts, 0, sink);
    for (std::size_t at = part.begin; at < part.end; at += stepSize) {
        if (stop.stop_requested())
            return false;
        batch.step({at, std::min(part.end, at + stepSize)});
    }
    batch.close();
    return true;
}

void Workspace::findEvents(std::string_view text, TextRun part, Level& level)
{
    level.events.clear();
    level.marks.clear();
    findLiterals(text, part, level);
    findWordMarks(text, part.begin, part.end, level.marks);
    // All that is added at once is in order, so that nothing needs to be sorted.
    std::size_t sorted = level.events.size();
    findNearWords(text, level);
    mergeEvents(level.events, sorted);
    for (std::uint32_t i = 0; i < level.marks.runs.size(); ++i) {
        if (matters(text, level.marks.runs[i]))
            level.events.push_back({level.marks.runs[i].begin, i, Event::Kind::Word});
    }
    mergeEvents(level.events, sorted);
    for (const std::size_t at : level.marks.ats)
        level.events.push_back({at, 0, Event::Kind::Address});
    mergeEvents(level.events, sorted);
    for (const std::size_t at : level.marks.percents)
        level.events.push_back({at, 0, Event::Kind::Percent});
    mergeEvents(level.events, sorted);
}

//! \brief Merges what follows the first \p sorted events with them; both are in order.
void Workspace::mergeEvents(std::vector<Event>& events, std::size_t& sorted)
{
    if (sorted > 0 && sorted < events.size())
        std::inplace_merge(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(sorted), events.end(),
                           [](const Event& a, const Event& b) { return a.at < b.at; });
    sorted = events.size();
}

void Workspace::addWholeTexts(std::span<const BatchedText> texts, TextRun part, Level& level)
{
    std::size_t sorted = level.events.size();
    auto text = std::partition_point(texts.begin(), texts.end(),
                                     [part](const BatchedText& each) { return each.run.end <= part.begin; });
    for (; text != texts.end() && text->run.begin < part.end; ++text) {
        if (text->run.end > text->run.begin)
            level.events.push_back({std::max(text->run.begin, part.begin), 0, Event::Kind::WholeText});
    }
    mergeEvents(level.events, sorted);
}

//! \brief Most long words are no tokens and no base64.
bool Workspace::matters(std::string_view text, TextRun word) const
{
    const std::size_t begin = wordBegin(text, word);
    if (m_rules.prefixes().hasPrefixOf(text.substr(begin, word.end - begin)))
        return true;
    // In the base64 of a text `+` and `/` are rare: a word behind them is a part of a path, unless it is very
    // long.
    constexpr std::size_t veryLong = 40;
    const bool isBehind = begin > 0 && (text[begin - 1] == '/' || text[begin - 1] == '+');
    return isBehind ? word.end - begin >= veryLong : startsAsBase64Text(text.substr(begin, word.end - begin));
}

//! \brief Those that end in \p part; the literal itself may begin before.
void Workspace::findLiterals(std::string_view text, TextRun part, Level& level)
{
    const LiteralRules& literals = m_rules.everywhere();
    if (literals.index() == nullptr)
        return;
    const std::size_t lead = std::min(part.begin, literals.longest() - 1);
    const std::size_t from = part.begin - lead;
    level.hits.clear();
    literals.index()->find(text.substr(from, part.end - from), level.everywhere.get(), level.hits);
    for (const LiteralHit& hit : level.hits) {
        if (hit.end > lead)
            level.events.push_back({hit.end + from - 1, hit.literal, Event::Kind::Literal});
    }
}

//! \brief Around long words that look random, also beyond the part that they begin in.
void Workspace::findNearWords(std::string_view text, Level& level)
{
    const LiteralRules& literals = m_rules.nearWords();
    if (literals.index() == nullptr)
        return;
    std::size_t searched = 0;
    const auto& runs = level.marks.runs;
    for (auto run = runs.begin(); run != runs.end();) {
        if (!run->isRandom) {
            ++run;
            continue;
        }
        const std::size_t begin = std::max(searched, run->begin - std::min(run->begin, farBefore));
        std::size_t end = run->end;
        for (++run; run != runs.end() && run->begin <= end + farBefore; ++run)
            end = run->end;
        end = std::min(text.size(), end + farBehind);
        level.hits.clear();
        literals.index()->find(text.substr(begin, end - begin), level.nearWords.get(), level.hits);
        for (const LiteralHit& hit : level.hits)
            level.events.push_back({hit.end + begin - 1, hit.literal, Event::Kind::NearLiteral});
        searched = end;
    }
}

void Workspace::scanPercent(std::string_view text, std::size_t at, std::size_t depth,
                            std::vector<Candidate>& candidates)
{
    TextRun run = percentRun(text, at);
    run.begin = std::max(run.begin, m_levels[depth]->percentEnd);
    m_levels[depth]->percentEnd = run.end;
    m_work.decoded += run.end - run.begin;
    if (decodePercent(text.substr(run.begin, run.end - run.begin), m_levels[depth + 1]->decoded))
        scanNested({run, true}, depth + 1, candidates);
}

void Workspace::scanBase64(std::string_view text, TextRun word, std::size_t depth,
                           std::vector<Candidate>& candidates)
{
    const TextRun run = base64Run(text, word, m_levels[depth]->base64End);
    m_levels[depth]->base64End = run.end;
    if (run.end - run.begin < shortestBase64 ||
        !startsAsBase64Text(text.substr(run.begin, run.end - run.begin)))
        return;
    for (std::size_t at = run.begin; at < run.end; at += base64Step - base64Overlap) {
        const std::size_t end = std::min(run.end, at + base64Step);
        m_work.decoded += end - at;
        if (!decodeBase64(text.substr(at, end - at), m_levels[depth + 1]->decoded))
            return;
        scanNested({{at, end}}, depth + 1, candidates);
        if (end == run.end)
            return;
    }
}

void Workspace::scanSigns(std::string_view text, std::size_t at, TextRun within, std::size_t depth,
                          std::vector<Candidate>& candidates)
{
    Level& level = *m_levels[depth];
    const SignEscapes signs = signEscapesAround(text, at, within);
    const TextRun run = signs.run;
    level.signsEnd = signs.settledEnd;
    m_work.decoded += run.end - run.begin;
    if (!decodeSigns(text.substr(run.begin, run.end - run.begin), m_levels[depth + 1]->decoded))
        return;
    level.signs.push_back(run);
    scanNested({run, false, run.begin > within.begin, run.end < within.end}, depth + 1, candidates);
}

void Workspace::dropMisread(std::string_view text, const MemberValue& member, Level& level)
{
    std::erase_if(level.candidates, [&](const Candidate& candidate) {
        const TextFinding& finding = candidate.finding;
        const TextRun run{finding.offset, finding.offset + finding.length};
        const bool isMember = run.begin == member.begin && run.end == member.end;
        if (candidate.depth > 0 || finding.rule->isForeign() || isMember)
            return false;
        const auto reread = std::partition_point(level.signs.begin(), level.signs.end(),
                                                 [run](TextRun each) { return each.end < run.end; });
        return reread != level.signs.end() && reread->begin <= run.begin && hasEscapedSign(text, run);
    });
}

//! \brief Moves what was found in a decoded text to where it stands one level up.
class Workspace::Mapper final : public Sink
{
public:
    Mapper(const DecodedText& decoded, const Encoded& encoded, std::vector<Candidate>& target)
        : m_decoded(decoded)
        , m_encoded(encoded)
        , m_target(target)
    {
    }

    void found(std::size_t, std::vector<Candidate>& nested) override
    {
        for (Candidate& candidate : nested) {
            TextFinding& finding = candidate.finding;
            if (isCut(finding))
                continue;
            const TextRun run = m_decoded.origin(finding.offset, finding.offset + finding.length);
            finding.offset = m_encoded.run.begin + run.begin;
            finding.length = run.end - run.begin;
            ++candidate.depth;
            m_target.push_back(std::move(candidate));
        }
    }

private:
    [[nodiscard]] bool isCut(const TextFinding& finding) const
    {
        const std::size_t end = finding.offset + finding.length;
        if ((m_encoded.goesOnBefore && finding.offset == 0) ||
            (m_encoded.goesOnBehind && end == m_decoded.text.size()))
            return true;
        return m_encoded.isPercent && finding.offset > 0 && end < m_decoded.text.size() &&
               isCutAtSign(finding.offset, end);
    }

    //! \brief In `password=a%26b&x=y` the sign behind the `a` is the value's own: the value is read as
    //! a whole where nothing is decoded.
    [[nodiscard]] bool isCutAtSign(std::size_t begin, std::size_t end) const
    {
        const auto isEncoded = [this](std::size_t at) {
            return m_decoded.origins[at + 1] - m_decoded.origins[at] > 1;
        };
        static constexpr CharSet signs("&#;,");
        return m_decoded.text[begin - 1] == '=' && !isEncoded(begin - 1) && signs.has(m_decoded.text[end]) &&
               isEncoded(end);
    }

    const DecodedText& m_decoded;
    Encoded m_encoded;
    std::vector<Candidate>& m_target;
};

void Workspace::scanNested(const Encoded& encoded, std::size_t depth, std::vector<Candidate>& candidates)
{
    const DecodedText& decoded = m_levels[depth]->decoded;
    Mapper mapper(decoded, encoded, candidates);
    const BatchedText whole{{0, decoded.text.size()}, {}, {}};
    Batch batch(*this, decoded.text, {&whole, 1}, depth, mapper);
    batch.step(whole.run);
    batch.close();
}

} // namespace sharelock::redaction
