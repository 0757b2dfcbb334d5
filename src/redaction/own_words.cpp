// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/own_words.h"

#include "base/thread_guard.h"
#include "document/json_string.h"
#include "document/json_walk.h"
#include "redaction/common_names.h"
#include "redaction/line_ends.h"
#include "redaction/nested_text.h"

#include <QString>

#include <re2/re2.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr qsizetype shortestWord = 2;
//! \brief A short value is found inside of everything, the IDs of the page included.
constexpr std::size_t shortestAnywhere = 4;
constexpr std::size_t longestValue = 4096;
constexpr std::size_t mostValues = 2000;
constexpr std::size_t mostMatches = 100'000; //!< Of patterns, in one document.
//! \brief RE2 is given a window at a time: else a pattern that looks far ahead for each of many short matches
//! would cost the square of the text.
constexpr std::size_t window = 4 * longestValue;

//! \brief What stands in every shared page besides the words of the protocol, which are common names.
constexpr std::string_view pageFormat =
    R"([{"type":"session","data":{"id":"ses_","projectID":"","time":{"created":1,"updated":null},)"
    R"("share":{"url":"https://"},"summary":{"diffs":[]}}},{"type":"message","data":{"id":"msg_","cost":0.1,)"
    R"("error":true,"tokens":{"input":1}}},{"type":"part","data":{"id":"prt_","callID":"call_","x":false}}])";

re2::StringPiece piece(std::string_view text)
{
    return {text.data(), text.size()};
}

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

re2::RE2::Options quietly(bool ignoreCase)
{
    constexpr std::int64_t memory = 64 * 1024 * 1024;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignoreCase);
    options.set_max_mem(memory);
    return options;
}

Rule ownRule(const char* id, const char* title, const char* reason)
{
    Rule rule;
    rule.id = id;
    rule.title = title;
    rule.reason = reason;
    rule.kind = FindingKind::OwnWord;
    rule.severity = Severity::High;
    rule.confidence = Confidence::High;
    return rule;
}

//! \brief The spellings of a word that are hidden also where nobody looks.
std::vector<std::string> spellings(const std::string& word)
{
    std::vector<std::string> all;
    const QString typed = QString::fromStdString(word);
    QString title = typed.toLower();
    title.replace(0, 1, title.left(1).toUpper());
    for (const QString& spelling : {typed, typed.toLower(), typed.toUpper(), title}) {
        for (const auto form : {QString::NormalizationForm_C, QString::NormalizationForm_D}) {
            const std::string text = spelling.normalized(form).toStdString();
            if (std::find(all.begin(), all.end(), text) == all.end())
                all.push_back(text);
        }
    }
    return all;
}

//! \brief Hands on every name and text of an item, decoded.
class Texts final : public document::JsonEvents
{
public:
    Texts(std::string_view json, const std::function<void(std::string_view)>& use)
        : m_json(json)
        , m_use(use)
    {
    }

    void enter(bool, std::size_t) override {}
    void leave(std::size_t) override {}
    void scalar(document::JsonSpan) override {}
    void name(document::JsonSpan literal) override { text(literal); }
    void text(document::JsonSpan literal) override
    {
        const std::string_view body = m_json.substr(literal.begin + 1, literal.end - literal.begin - 2);
        m_use(document::unescaped(body, m_buffer));
    }

private:
    std::string_view m_json;
    const std::function<void(std::string_view)>& m_use;
    std::string m_buffer;
};

} // namespace

const Rule& ownWordRule()
{
    static const Rule rule = ownRule("own-word", "Your own word", "You want it hidden always.");
    return rule;
}

const Rule& ownPatternRule()
{
    static const Rule rule = ownRule("own-pattern", "Your own pattern", "A pattern of yours matches it.");
    return rule;
}

const Rule& ownTextRule()
{
    static const Rule rule =
        ownRule("own-text", "Text that you selected", "You want it hidden in this conversation.");
    return rule;
}

Expected<void> checkOwnText(std::string_view text)
{
    if (qstring(text).trimmed().size() < shortestWord)
        return fail(ErrorCode::OwnWordEmpty);
    if (withUnifiedLines(text).size() > longestValue)
        return fail(ErrorCode::OwnWordLong, QString::number(longestValue));
    return {};
}

Expected<void> checkOwnWord(const OwnWord& word)
{
    if (auto fits = checkOwnText(word.text); !fits)
        return fits;
    if (!word.isPattern) {
        const auto shape = ownShape(word.text);
        return shape ? Expected<void>() : tl::unexpected(shape.error());
    }
    const re2::RE2 pattern(word.text, quietly(false));
    if (!pattern.ok())
        return fail(ErrorCode::PatternBroken, QString::fromStdString(pattern.error()));
    if (re2::RE2::FullMatch("", pattern))
        return fail(ErrorCode::PatternBroken, QStringLiteral("it matches nothing at all, everywhere"));
    return {};
}

Expected<HiddenShape> ownShape(std::string_view value)
{
    const QString text = qstring(value);
    const bool isWord = std::any_of(text.begin(), text.end(),
                                    [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
    if (!isWord || isCommonName(text.trimmed()))
        return fail(ErrorCode::OwnWordUnhideable);
    const bool isNumber =
        std::none_of(text.begin(), text.end(), [](QChar c) { return c.isLetter() || c.isSurrogate(); });
    const auto breaksPages = [&value](HiddenShape shape) {
        const RedactionPlan plan{{{HiddenKind::OwnWord, std::string(value), {}, shape}}};
        return !LeakGate(plan).check(pageFormat);
    };
    if (value.size() >= shortestAnywhere && !isNumber && !isInCommonName(text) &&
        !breaksPages(HiddenShape::Value))
        return HiddenShape::Value;
    if (breaksPages(HiddenShape::Name))
        return fail(ErrorCode::OwnWordUnhideable);
    return HiddenShape::Name;
}

//! \brief Words and patterns, compiled.
class OwnSearch::Patterns
{
public:
    explicit Patterns(const std::vector<OwnWord>& words)
    {
        std::vector<std::string> literals;
        for (const OwnWord& word : words) {
            if (word.isPattern) {
                m_patterns.push_back({word.number, std::make_unique<re2::RE2>(word.text, quietly(false))});
                continue;
            }
            for (const std::string& spelling : spellings(word.text))
                literals.push_back(re2::RE2::QuoteMeta(spelling));
        }
        if (literals.empty())
            return;
        // The first that fits is taken, so the longer ones come first.
        std::sort(literals.begin(), literals.end(),
                  [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
        std::string all;
        for (const std::string& literal : literals)
            all += (all.empty() ? "" : "|") + literal;
        m_words = std::make_unique<re2::RE2>(all, quietly(true));
    }

    [[nodiscard]] const re2::RE2* words() const { return m_words.get(); }
    [[nodiscard]] const auto& patterns() const { return m_patterns; }

private:
    std::unique_ptr<const re2::RE2> m_words;
    std::vector<std::pair<std::int64_t, std::unique_ptr<const re2::RE2>>> m_patterns;
};

//! \brief Gathers the values of one document.
class OwnSearch::Collector
{
public:
    explicit Collector(const OwnSearch& search)
        : m_search(search)
    {
    }

    void look(std::string_view text)
    {
        const Patterns& patterns = *m_search.m_patterns;
        if (patterns.words())
            lookFor(*patterns.words(), ownWordRule(), text, true);
        for (const auto& [number, pattern] : patterns.patterns()) {
            if (m_tooBroad == 0 && !lookFor(*pattern, ownPatternRule(), text, false))
                m_tooBroad = number;
        }
        lookForTexts(text);
    }

    [[nodiscard]] std::int64_t tooBroad() const { return m_tooBroad; }
    [[nodiscard]] std::vector<FoundValue> values() { return std::move(m_values); }

private:
    //! \brief They were selected as they are shown: there every line end is the same.
    void lookForTexts(std::string_view text)
    {
        if (m_search.m_texts.isEmpty())
            return;
        const UnifiedLines lines(text);
        m_search.m_texts.forEachIn(lines.text(), [this, &lines](std::string_view value) {
            add(lines.original(value), ownTextRule());
        });
    }

    //! \returns false for a match that is too long, or one too many.
    bool lookFor(const re2::RE2& pattern, const Rule& rule, std::string_view text, bool overlapping)
    {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.size(), at + window);
            auto match = matchIn(pattern, text, at, end);
            if (!match) {
                at = end == text.size() ? end : end - longestValue;
                continue;
            }
            // It may be cut by the window: once more, as far as a value may reach.
            if (match->end == end && end < text.size())
                match = matchIn(pattern, text, match->begin,
                                std::min(text.size(), match->begin + longestValue + 1));
            if (!match) {
                ++at;
                continue;
            }
            const std::string_view value = text.substr(match->begin, match->end - match->begin);
            // Each match may have cost a whole window.
            const bool isTooMuch = !overlapping && ++m_matches > mostMatches;
            if (isTooMuch || value.size() > longestValue || !add(value, rule))
                return false;
            at = overlapping || match->end == match->begin ? match->begin + 1 : match->end;
        }
        return true;
    }

    static std::optional<TextRun> matchIn(const re2::RE2& pattern, std::string_view text, std::size_t begin,
                                          std::size_t end)
    {
        re2::StringPiece match;
        if (!pattern.Match(piece(text), begin, end, re2::RE2::UNANCHORED, &match, 1))
            return std::nullopt;
        const auto from = static_cast<std::size_t>(match.data() - text.data());
        return TextRun{from, from + match.size()};
    }

    bool add(std::string_view text, const Rule& rule)
    {
        const auto known = m_known.find(std::string(text));
        if (known != m_known.end()) {
            if (known->second != notHidden)
                ++m_values[known->second].places;
            return true;
        }
        // What can't be hidden is nobody's secret: words of the format, a line end.
        const bool hidden = checkOwnText(text).has_value() && ownShape(text).has_value();
        if (hidden && m_values.size() == mostValues)
            return false;
        if (m_known.size() < 10 * mostValues)
            m_known.emplace(text, hidden ? m_values.size() : notHidden);
        if (!hidden)
            return true;
        FoundValue& found = m_values.emplace_back();
        found.value = SecretText(std::string(text));
        found.rule = &rule;
        found.confidence = Confidence::High;
        found.places = 1;
        found.first = m_values.size() - 1;
        found.isOwn = true;
        found.settle();
        return true;
    }

    static constexpr std::size_t notHidden = std::string::npos;

    const OwnSearch& m_search;
    std::vector<FoundValue> m_values;
    std::unordered_map<std::string, std::size_t> m_known;
    std::size_t m_matches = 0;
    std::int64_t m_tooBroad = 0;
};

OwnSearch::OwnSearch(std::vector<OwnWord> words, TextPrints texts)
    : m_words(std::move(words))
    , m_texts(std::move(texts))
{
    std::erase_if(m_words, [](const OwnWord& word) { return !checkOwnWord(word); });
    m_patterns = std::make_unique<const Patterns>(m_words);
}

OwnSearch::~OwnSearch() = default;

Expected<std::vector<FoundValue>> OwnSearch::search(const document::ShareDocument& document) const
{
    assertOffGuiThread("searching for own words");
    if (m_words.empty() && m_texts.isEmpty())
        return std::vector<FoundValue>();
    Collector collector(*this);
    const std::function<void(std::string_view)> look = [&collector](std::string_view text) {
        collector.look(text);
    };
    for (const document::ShareItem& item : document.items()) {
        if (item.type == document::ItemType::Unknown)
            look(item.typeName);
        Texts texts(item.data, look);
        if (!document::walkJson(item.data, texts))
            return fail(ErrorCode::InvalidJson, QString::fromStdString(item.key));
    }
    if (collector.tooBroad() != 0)
        return fail(ErrorCode::PatternTooBroad, QString::number(collector.tooBroad()));
    return collector.values();
}

void OwnSearch::hideSpellings(RedactionPlan& plan, const std::vector<FoundValue>& values) const
{
    std::set<std::string> taken;
    std::vector<std::pair<QString, const FoundValue*>> own;
    for (const FoundValue& found : values) {
        taken.insert({found.givenName, found.chosenName});
        if (found.isOwn)
            own.emplace_back(QString::fromStdString(found.value.reveal()), &found);
    }
    int number = 0;
    for (const OwnWord& word : m_words) {
        if (word.isPattern)
            continue;
        const QString typed = QString::fromStdString(word.text);
        std::string name;
        bool isKept = false;
        for (const auto& [value, found] : own) {
            if (value.compare(typed, Qt::CaseInsensitive) != 0)
                continue;
            name = found->pseudonym;
            isKept = isKept || found->decision != Decision::Redact;
        }
        if (isKept)
            continue;
        while (name.empty()) {
            std::string next = "<word-" + std::to_string(++number) + ">";
            if (taken.insert(next).second)
                name = std::move(next);
        }
        const HiddenShape shape = ownShape(word.text).value_or(HiddenShape::Name);
        for (std::string& spelling : spellings(word.text)) {
            const bool isKnown =
                std::any_of(plan.hidden.begin(), plan.hidden.end(),
                            [&spelling](const HiddenValue& hidden) { return hidden.value == spelling; });
            if (!isKnown)
                plan.hidden.push_back({HiddenKind::OwnWord, std::move(spelling), name, shape});
        }
    }
}

void addOwn(std::vector<FoundValue>& values, std::vector<FoundValue> own)
{
    std::unordered_map<std::string_view, FoundValue*> known;
    for (FoundValue& found : values)
        known.emplace(found.value.reveal(), &found);
    std::vector<FoundValue> added;
    for (FoundValue& found : own) {
        const auto same = known.find(found.value.reveal());
        if (same == known.end()) {
            added.push_back(std::move(found));
            continue;
        }
        same->second->isOwn = true;
        same->second->places = std::max(same->second->places, found.places);
        same->second->settle();
    }
    // Among what was found: behind the secrets, before personal details.
    const auto place = std::find_if(values.begin(), values.end(), [](const FoundValue& found) {
        return found.rule->kind != FindingKind::Secret;
    });
    values.insert(place, std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
}

} // namespace sharelock::redaction
