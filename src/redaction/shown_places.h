// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/hidden_patterns.h"
#include "redaction/literal_index.h"
#include "redaction/redaction_plan.h"
#include "redaction/value_patterns.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Something to point at in a text that is shown.
struct ShownText
{
    std::string text; //!< A value, or the pseudonym that took its place.
    HiddenShape shape = HiddenShape::Value;
    bool isPseudonym = false; //!< Looked for as these very bytes.
};

//! \brief Finds values and pseudonyms in texts as document::visibleText() makes them: there line ends are LF,
//! control characters are pictures, long runs are broken. Values are found in the encodings in which redact()
//! finds them. One pass for all of them: linear, however many there are. Not thread-safe.
class ShownPlaces
{
public:
    explicit ShownPlaces(const std::vector<ShownText>& texts);

    //! \brief In order, none overlapping; HiddenPlace::value counts in the list given to the constructor.
    [[nodiscard]] std::vector<HiddenPlace> find(std::string_view shown) const;

private:
    [[nodiscard]] std::vector<HiddenPlace> findWhole(std::string_view text) const;
    void findPseudonyms(std::string_view text, std::vector<HiddenPlace>& places) const;

    RedactionPlan m_plan;              //!< Values, some of them in several spellings.
    std::vector<std::size_t> m_number; //!< In the list, by place in m_plan.
    HiddenPatterns m_names;
    ValuePatterns m_values;
    struct Pseudonym
    {
        std::size_t number = 0; //!< In the list.
        std::size_t size = 0;
    };
    std::vector<Pseudonym> m_pseudonyms;
    std::unique_ptr<const LiteralIndex> m_index; //!< Null without pseudonyms.
    std::unique_ptr<LiteralIndex::Scratch> m_scratch;
};

} // namespace sharelock::redaction
