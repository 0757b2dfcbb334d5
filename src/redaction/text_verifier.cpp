// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/text_verifier.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"
#include "redaction/email_address.h"
#include "redaction/placeholders.h"
#include "redaction/plain_escapes.h"
#include "redaction/validators.h"

#include <re2/re2.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief Windows that grow beyond it are searched in parts, so that decoding one stays small.
constexpr std::size_t widestWindow = 64 * 1024;
//! \brief What such parts of a whole text have in common, so that a match stands in one of them.
constexpr std::size_t windowOverlap = 8 * 1024;
//! \brief Less could not be hidden without hiding much else.
constexpr std::size_t shortestForeignSecret = 4;
constexpr int mostGroups = 16;
//! \brief A match that is refused is searched again from its second byte, until that gets out of proportion.
constexpr std::size_t mostRetriedTimes = 8;

re2::StringPiece stringPiece(std::string_view text)
{
    return {text.data(), text.size()};
}

//! \brief Searches from \p at to the end of \p piece. Where a pattern has several captures for the secret,
//! the first one counts that took part.
bool matches(const Rule& rule, std::string_view text, TextRun part, re2::RE2::Anchor anchor, TextRun& match,
             TextRun& secret)
{
    const re2::RE2& pattern = rule.matcher->get();
    const int all = rule.secretGroup == 0 ? 1 : std::min(pattern.NumberOfCapturingGroups() + 1, mostGroups);
    std::array<re2::StringPiece, mostGroups> groups;
    // Most do not match. To tell where the captures are takes several times as long as to tell that.
    if (anchor == re2::RE2::ANCHOR_START &&
        !pattern.Match(stringPiece(text), part.begin, part.end, anchor, nullptr, 0))
        return false;
    if (!pattern.Match(stringPiece(text), part.begin, part.end, anchor, groups.data(), all))
        return false;
    const auto run = [text](const re2::StringPiece& group) {
        const auto begin = static_cast<std::size_t>(group.data() - text.data());
        return TextRun{begin, begin + group.size()};
    };
    match = run(groups[0]);
    for (int i = rule.secretGroup; i < all; ++i) {
        if (const auto& group = groups[static_cast<std::size_t>(i)]; !group.empty()) {
            secret = run(group);
            return true;
        }
    }
    secret = {match.begin, match.begin};
    return true;
}

bool fitsWildcard(std::string_view text, std::string_view wanted)
{
    const bool isOpenBefore = wanted.starts_with('*');
    const bool isOpenBehind = wanted.size() > 1 && wanted.ends_with('*');
    wanted.remove_prefix(isOpenBefore ? 1 : 0);
    wanted.remove_suffix(isOpenBehind ? 1 : 0);
    if (text.size() < wanted.size() || (text.size() > wanted.size() && !isOpenBefore && !isOpenBehind))
        return false;
    const auto same = [](char a, char b) { return toLower(a) == toLower(b); };
    const auto at = [&](std::size_t begin) {
        return std::equal(wanted.begin(), wanted.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                          same);
    };
    if (isOpenBefore && isOpenBehind)
        return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same) != text.end();
    return at(isOpenBefore ? text.size() - wanted.size() : 0);
}

//! \brief \p isChecked if it is known that the secret is no placeholder.
std::optional<Confidence> judged(const Rule& rule, std::string_view secret, bool isChecked = false)
{
    const auto fits = [secret](const std::string& wanted) { return fitsWildcard(secret, wanted); };
    if (std::any_of(rule.except.begin(), rule.except.end(), fits) ||
        (!rule.only.empty() && std::none_of(rule.only.begin(), rule.only.end(), fits)))
        return std::nullopt;
    if (secret.empty() || (rule.entropy > 0 && entropyOf(secret) < rule.entropy))
        return std::nullopt;
    if (rule.kind == FindingKind::Secret &&
        (isMasked(secret) || (!isChecked && rule.confidence != Confidence::High && isPlaceholder(secret))))
        return std::nullopt;
    return validated(rule.validator, secret, rule.confidence);
}

} // namespace

TextVerifier::TextVerifier(const RuleSet& rules, ScanWork& work, ForeignBudget& budget)
    : m_rules(rules)
    , m_work(work)
    , m_budget(budget)
    , m_windows(rules.rules().size())
{
}

void TextVerifier::start(const VerifiedText& text)
{
    m_text = text;
    m_columns.start(text.text);
    m_name = {};
    m_endless = {};
    m_keywords.clear();
}

void TextVerifier::hit(const LiteralRules::Use& literal, std::size_t end)
{
    const TextRun run{end - literal.length, end};
    for (const std::uint16_t place : literal.rules) {
        const Rule& rule = m_rules.rules()[place];
        if (rule.shape == RuleShape::Assignment)
            tryAssignment(rule, run);
        else if (rule.shape == RuleShape::Column)
            tryColumn(rule, run);
        else if (rule.startsWithLiteral)
            tryAt(rule, run.begin);
        else if (mayMatchAt(rule, run))
            widen(place, run);
    }
}

void TextVerifier::address(std::size_t at)
{
    for (const std::uint16_t place : m_rules.addressRules()) {
        const Rule& rule = m_rules.rules()[place];
        if (rule.shape == RuleShape::Email)
            tryAddress(rule, at);
        else
            widen(place, {at, at + 1});
    }
}

void TextVerifier::prefix(std::uint16_t rule, std::size_t begin)
{
    tryAt(m_rules.rules()[rule], begin);
}

void TextVerifier::finish(std::vector<Candidate>& found)
{
    for (const std::uint16_t place : m_open) {
        search(place, {m_windows[place].begin, m_windows[place].end});
        m_windows[place].isOpen = false;
    }
    m_open.clear();
    std::move(m_found.begin(), m_found.end(), std::back_inserter(found));
    m_found.clear();
}

void TextVerifier::widen(std::uint16_t place, TextRun literal)
{
    const Rule& rule = m_rules.rules()[place];
    Window& window = m_windows[place];
    const std::size_t begin = literal.begin > rule.reach ? literal.begin - rule.reach : 0;
    const std::size_t end = std::min(m_text.text.size(), literal.end + rule.reach);
    if (window.isOpen && begin <= window.end && end - window.begin <= widestWindow) {
        window.begin = std::min(window.begin, begin);
        window.end = std::max(window.end, end);
        return;
    }
    if (window.isOpen)
        search(place, {window.begin, window.end});
    else
        m_open.push_back(place);
    window = {begin, end, true};
}

bool TextVerifier::mayMatchAt(const Rule& rule, TextRun literal)
{
    const re2::RE2* const rest = rule.rest ? rule.rest->get() : nullptr;
    // An escape may end where the literal begins.
    if (rest == nullptr || (literal.begin > 0 && m_text.text[literal.begin - 1] == '\\'))
        return true;
    const auto fits = [rest](const Piece& piece) {
        return rest->Match(stringPiece(piece.text), piece.begin, piece.end, re2::RE2::ANCHOR_START, nullptr,
                           0);
    };
    const std::size_t end = std::min(m_text.text.size(), literal.end + rule.reach);
    bool may = fits({m_text.text, literal.begin, end, 0, {}});
    if (!may)
        forEachLayer({literal.begin, end}, [&](const Piece& piece) { may = may || fits(piece); });
    return may;
}

void TextVerifier::wholeText(TextRun part)
{
    for (const std::uint16_t place : m_rules.wholeTextRules()) {
        for (std::size_t at = part.begin; at < part.end && hasKeyword(place); at += widestWindow) {
            const std::size_t end = std::min(m_text.text.size(), at + widestWindow + windowOverlap);
            searchForeign(place, {at, end});
        }
    }
}

void TextVerifier::search(std::uint16_t place, TextRun window)
{
    const Rule& rule = m_rules.rules()[place];
    if (rule.isForeign()) {
        if (hasKeyword(place))
            searchForeign(place, window);
        return;
    }
    searchPiece(rule, {m_text.text, window.begin, window.end, 0, {}});
    forEachLayer(window, [&](const Piece& piece) { searchPiece(rule, piece); });
}

void TextVerifier::searchForeign(std::uint16_t place, TextRun window)
{
    if (!m_budget.mayRun(place))
        return;
    const Rule& rule = m_rules.rules()[place];
    const auto begin = std::chrono::steady_clock::now();
    searchPiece(rule, {m_text.text, window.begin, window.end, 0, {}});
    forEachLayer(window, [&](const Piece& piece) { searchPiece(rule, piece); });
    m_budget.spend(place, std::chrono::steady_clock::now() - begin);
}

bool TextVerifier::hasKeyword(std::uint16_t place)
{
    const Rule& rule = m_rules.rules()[place];
    if (!rule.conditions->needsKeyword())
        return true;
    const auto known = std::find_if(m_keywords.begin(), m_keywords.end(),
                                    [place](const auto& each) { return each.first == place; });
    if (known != m_keywords.end())
        return known->second;
    m_work.searched += m_text.text.size();
    m_keywords.emplace_back(place, rule.conditions->hasKeyword(m_text.text));
    return m_keywords.back().second;
}

std::uint16_t TextVerifier::placeOf(const Rule& rule) const
{
    return static_cast<std::uint16_t>(&rule - m_rules.rules().data());
}

void TextVerifier::searchPiece(const Rule& rule, const Piece& piece)
{
    std::size_t refused = 0;
    std::size_t at = piece.begin;
    while (at < piece.end) {
        TextRun match{piece.end, piece.end};
        TextRun secret;
        const bool isMatch = matches(rule, piece.text, {at, piece.end}, re2::RE2::UNANCHORED, match, secret);
        m_work.searched += match.end - at;
        if (!isMatch)
            return;
        const bool isGood = judge(rule, piece, match, secret);
        refused += isGood ? 0 : match.end - match.begin;
        const bool retries = !isGood && refused <= mostRetriedTimes * (piece.end - piece.begin);
        at = retries ? match.begin + 1 : std::max(match.end, match.begin + 1);
    }
}

void TextVerifier::tryAt(const Rule& rule, std::size_t begin)
{
    if (rule.boundaryBefore && !boundaryBefore(m_text.text, begin))
        return;
    TextRun match;
    const auto tryPiece = [&](const Piece& piece) {
        TextRun secret;
        m_work.searched += piece.end - piece.begin;
        return rule.matcher->mayMatch(piece.text.substr(piece.begin, piece.end - piece.begin)) &&
               matches(rule, piece.text, {piece.begin, piece.end}, re2::RE2::ANCHOR_START, match, secret) &&
               judge(rule, piece, match, secret);
    };
    const std::size_t end = std::min(m_text.text.size(), begin + 2 * rule.reach);
    // In base64 a slash may be escaped, where the match then ends too soon.
    if (!tryPiece({m_text.text, begin, end, 0, {}}) || startsEscapedSign(m_text.text, match.end))
        forEachLayer({begin, end}, tryPiece);
}

template <typename Visit>
void TextVerifier::forEachLayer(TextRun window, const Visit& visit)
{
    const std::string_view text = m_text.text;
    // Not from the middle of an escape.
    constexpr std::size_t mostBackslashes = 32;
    for (std::size_t i = 0; i < mostBackslashes && window.begin > 0 && text[window.begin - 1] == '\\'; ++i)
        --window.begin;
    std::string_view piece = text.substr(window.begin, window.end - window.begin);
    for (int layer = 0; layer < mostLayers; ++layer) {
        if (std::memchr(piece.data(), '\\', piece.size()) == nullptr)
            return;
        DecodedText& decoded = m_layers[static_cast<std::size_t>(layer)];
        m_work.decoded += piece.size();
        if (!decodeEscapes(piece, decoded))
            return;
        piece = decoded.text;
        visit(Piece{piece, 0, piece.size(), layer + 1, window});
    }
}

TextRun TextVerifier::origin(TextRun run, const Piece& piece) const
{
    for (int layer = piece.depth - 1; layer >= 0; --layer)
        run = m_layers[static_cast<std::size_t>(layer)].origin(run.begin, run.end);
    return {run.begin + piece.place.begin, run.end + piece.place.begin};
}

bool TextVerifier::isBounded(const Rule& rule, TextRun match, const Piece& piece) const
{
    // What a decoded piece was cut from goes on.
    const bool isDecoded = piece.depth > 0;
    if (rule.boundaryBefore &&
        (!boundaryBefore(piece.text, match.begin) ||
         (isDecoded && match.begin == 0 && !boundaryBefore(m_text.text, piece.place.begin))))
        return false;
    return !rule.boundaryAfter ||
           (boundaryAfter(piece.text, match.end) &&
            (!isDecoded || match.end < piece.text.size() || boundaryAfter(m_text.text, piece.place.end)));
}

bool TextVerifier::judge(const Rule& rule, const Piece& piece, TextRun match, TextRun secret)
{
    if (rule.isForeign())
        return judgeForeign(rule, piece, match, secret);
    if (!isBounded(rule, match, piece))
        return false;
    const std::string_view value = piece.text.substr(secret.begin, secret.end - secret.begin);
    const auto confidence = judged(rule, value);
    if (!confidence)
        return false;
    add(rule, origin(secret, piece), value, *confidence, piece.depth);
    return true;
}

bool TextVerifier::judgeForeign(const Rule& rule, const Piece& piece, TextRun match, TextRun secret)
{
    const std::uint16_t place = placeOf(rule);
    const std::string_view value = piece.text.substr(secret.begin, secret.end - secret.begin);
    // What is refused is not searched again from its second byte: whoever wrote the rule does not expect it.
    if (!m_budget.mayRun(place) || value.size() < shortestForeignSecret ||
        (rule.entropy > 0 && entropyOf(value) <= rule.entropy) ||
        rule.conditions->isAllowed(piece.text, match, value))
        return true;
    m_budget.countFinding(place);
    add(rule, origin(secret, piece), value, rule.confidence, piece.depth);
    return true;
}

void TextVerifier::tryAddress(const Rule& rule, std::size_t at)
{
    const auto run = emailAddress(m_text.text, at);
    if (!run)
        return;
    m_work.parsed += run->end - run->begin;
    const std::string_view value = m_text.text.substr(run->begin, run->end - run->begin);
    if (const auto confidence = judged(rule, value))
        add(rule, *run, value, *confidence, 0);
}

void TextVerifier::tryAssignment(const Rule& rule, TextRun literal)
{
    const std::string_view text = m_text.text;
    // `key=key=key=`: a sign, and a word that is too long.
    if (literal.end + 1 < text.size() && text[literal.end] == '=' && isAlphanumeric(text[literal.end + 1]) &&
        isTooLongForValue(text, literal.end + 1, m_endless))
        return;
    if (m_name.literal.begin != literal.begin || m_name.literal.end != literal.end) {
        m_name.literal = literal;
        m_name.name = assignedName(m_text.text, literal);
        m_name.value = assignedValue(m_text.text, m_name.name, m_text.value, m_work.parsed);
    }
    if (!m_name.value || isOutdone(rule, m_name.value->run) ||
        !mayBeSecret(rule, m_text.text, m_name.name, *m_name.value))
        return;
    if (const auto confidence = judged(rule, m_name.value->value, true))
        add(rule, m_name.value->run, m_name.value->value, *confidence, 0);
}

void TextVerifier::tryColumn(const Rule& rule, TextRun literal)
{
    constexpr std::size_t shortest = 6;
    const std::size_t least = rule.minLength > 0 ? rule.minLength : shortest;
    m_columns.below(literal, m_work.parsed, [&](TextRun run, std::string_view value) {
        const auto digits = std::count_if(value.begin(), value.end(), isDigit);
        if (value.size() < least || (rule.mixed && digits < 2))
            return;
        // Where people choose it, it may be a number.
        const bool isNumber = rule.minLength == 0 && isLongNumber(value) && !isPlaceholder(value);
        if (const auto confidence = isNumber ? std::optional(rule.confidence) : judged(rule, value))
            add(rule, run, value, *confidence, 0);
    });
}

bool TextVerifier::isOutdone(const Rule& rule, TextRun run) const
{
    // A checksum can make a finding surer than its rule is.
    if (m_found.empty() || rule.validator == Validator::Crc32Base62 || rule.isForeign())
        return false;
    const Candidate& last = m_found.back();
    return last.depth == 0 && last.finding.offset == run.begin &&
           last.finding.offset + last.finding.length == run.end && !last.finding.rule->isForeign() &&
           outranks(last, rule, run);
}

void TextVerifier::add(const Rule& rule, TextRun run, std::string_view value, Confidence confidence,
                       int depth)
{
    const bool isMember = m_text.name.end > m_text.name.begin;
    const auto isInside = [run](std::size_t begin, std::size_t end) {
        return run.begin >= begin && run.end <= end;
    };
    // What reaches from the name into the value stands in no text of the document.
    if (isMember && !isInside(m_text.name.begin, m_text.name.end) &&
        !isInside(m_text.value.begin, m_text.value.end))
        return;
    m_found.push_back(
        {{&rule, run.begin, run.end - run.begin, confidence, SecretText(std::string(value))}, depth});
}

} // namespace sharelock::redaction
