// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/shown_places.h"

#include "document/visible_text.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace sharelock::redaction {

namespace {

constexpr std::string_view breakMark = "\xE2\x80\x8B"; // What visibleText() breaks long runs with.

//! \brief The value as it stands in a text that is shown.
std::string visible(const std::string& value)
{
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    return document::visibleText(value, {all, all, 0}).text;
}

//! \brief A value of several lines stands with other line ends in a title, and with marks in a diff.
std::vector<std::string> spellings(const ShownText& text)
{
    std::vector<std::string> result{visible(text.text)};
    if (result.front().find('\n') == std::string::npos)
        return result;
    for (const std::string_view lineEnd : {" ", "\n ", "\n+", "\n-"}) {
        std::string spelling;
        for (const char c : result.front()) {
            if (c == '\n')
                spelling.append(lineEnd);
            else
                spelling.push_back(c);
        }
        result.push_back(std::move(spelling));
    }
    return result;
}

struct Plan
{
    RedactionPlan plan;
    std::vector<std::size_t> number;
};

Plan planOf(const std::vector<ShownText>& texts)
{
    Plan result;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].isPseudonym)
            continue;
        for (std::string& spelling : spellings(texts[i])) {
            result.plan.hidden.push_back({HiddenKind::Secret, std::move(spelling), {}, texts[i].shape});
            result.number.push_back(i);
        }
    }
    return result;
}

//! \brief A text without the marks that break its runs, and where its bytes stood.
class Unbroken
{
public:
    explicit Unbroken(std::string_view broken)
    {
        std::size_t at = 0;
        for (std::size_t mark = broken.find(breakMark); mark != std::string_view::npos;
             mark = broken.find(breakMark, at)) {
            m_text.append(broken, at, mark - at);
            m_marks.push_back(m_text.size());
            at = mark + breakMark.size();
        }
        m_text.append(broken, at);
    }

    [[nodiscard]] const std::string& text() const { return m_text; }
    //! \brief In the broken text. \p isEnd: a mark that stands right there is no more part of it.
    [[nodiscard]] std::size_t origin(std::size_t at, bool isEnd) const
    {
        const auto before = isEnd ? std::lower_bound(m_marks.begin(), m_marks.end(), at)
                                  : std::upper_bound(m_marks.begin(), m_marks.end(), at);
        return at + static_cast<std::size_t>(before - m_marks.begin()) * breakMark.size();
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_marks; //!< In m_text.
};

void sortAndSeparate(std::vector<HiddenPlace>& places)
{
    // What begins first, and of those the longest, as redact() takes them.
    std::stable_sort(places.begin(), places.end(), [](const HiddenPlace& a, const HiddenPlace& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::size_t end = 0;
    std::erase_if(places, [&end](const HiddenPlace& place) {
        if (place.begin < end)
            return true;
        end = place.end;
        return false;
    });
}

} // namespace

ShownPlaces::ShownPlaces(const std::vector<ShownText>& texts)
    : m_plan(planOf(texts).plan)
    , m_number(planOf(texts).number)
    , m_names(m_plan)
    , m_values(m_plan)
{
    std::vector<Literal> literals;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!texts[i].isPseudonym || texts[i].text.empty())
            continue;
        literals.push_back({texts[i].text, false});
        m_pseudonyms.push_back({i, texts[i].text.size()});
    }
    if (literals.empty())
        return;
    m_index = makeLiteralIndex(literals, IndexKind::Fastest);
    m_scratch = m_index->makeScratch();
}

std::vector<HiddenPlace> ShownPlaces::find(std::string_view shown) const
{
    if (shown.find(breakMark) == std::string_view::npos)
        return findWhole(shown);
    const Unbroken whole(shown);
    std::vector<HiddenPlace> places = findWhole(whole.text());
    for (HiddenPlace& place : places) {
        place.begin = whole.origin(place.begin, false);
        place.end = whole.origin(place.end, true);
    }
    return places;
}

std::vector<HiddenPlace> ShownPlaces::findWhole(std::string_view text) const
{
    std::vector<HiddenPlace> places;
    findPseudonyms(text, places);
    const auto add = [&](const auto& patterns) {
        std::optional<HiddenPlace> place = patterns.find(text, 0);
        while (place) {
            places.push_back({place->begin, place->end, m_number[place->value]});
            place = patterns.find(text, place->end);
        }
    };
    add(m_values);
    add(m_names);
    sortAndSeparate(places);
    return places;
}

void ShownPlaces::findPseudonyms(std::string_view text, std::vector<HiddenPlace>& places) const
{
    if (!m_index)
        return;
    std::vector<LiteralHit> hits;
    m_index->find(text, m_scratch.get(), hits);
    for (const LiteralHit& hit : hits) {
        const Pseudonym& pseudonym = m_pseudonyms[hit.literal];
        places.push_back({hit.end - pseudonym.size, hit.end, pseudonym.number});
    }
}

} // namespace sharelock::redaction
