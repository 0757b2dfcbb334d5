// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/found_values.h"
#include "redaction/text_prints.h"

#include "document/share_document.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief What the person always wants hidden, in every session.
struct OwnWord
{
    std::int64_t number = 0;
    std::string text;       //!< UTF-8. A word, found whatever its case; or a pattern in RE2's syntax.
    bool isPattern = false; //!< Case counts, unless the pattern says otherwise.

    bool operator==(const OwnWord&) const = default;
};

//! \brief Errors: OwnWordEmpty, OwnWordLong, OwnWordUnhideable; PatternBroken, the subject is RE2's reason.
[[nodiscard]] Expected<void> checkOwnWord(const OwnWord& word);

//! \brief Whether a text that the person selected can be hidden: at least 2 characters besides white space at
//! its ends, and not too long. Errors: OwnWordEmpty, OwnWordLong.
[[nodiscard]] Expected<void> checkOwnText(std::string_view text);

//! \brief How a value of the person's own is hidden: wherever it stands, or, where the format of shared pages
//! would be hit in its own words, only as a word of its own. Errors: OwnWordUnhideable. Not on the GUI
//! thread.
[[nodiscard]] Expected<HiddenShape> ownShape(std::string_view value);

//! \brief Of the values that OwnSearch found; live for ever.
[[nodiscard]] const Rule& ownWordRule();
[[nodiscard]] const Rule& ownPatternRule();
[[nodiscard]] const Rule& ownTextRule();

//! \brief Looks for own words, patterns and texts in the decoded texts of a document. Linear time, whatever
//! text and pattern. Immutable; any thread but the GUI's.
class OwnSearch
{
public:
    //! \brief Words that can't be used are left out: checkOwnWord() is for who types them.
    OwnSearch(std::vector<OwnWord> words, TextPrints texts);
    ~OwnSearch();
    OwnSearch(const OwnSearch&) = delete;
    OwnSearch& operator=(const OwnSearch&) = delete;

    //! \brief By order of appearance; each spelling of a word is a value. Errors: InvalidJson;
    //! PatternTooBroad, the subject is the pattern's number: hiding half of what it found would be worse than
    //! nothing.
    [[nodiscard]] Expected<std::vector<FoundValue>> search(const document::ShareDocument& document) const;

    //! \brief Adds the usual spellings of every word to the plan, found or not: they may stand in an encoding
    //! that is not searched. Not those of words that the person keeps. \p values have their pseudonyms; call
    //! it before hide(), which looks at them all.
    void hideSpellings(RedactionPlan& plan, const std::vector<FoundValue>& values) const;

private:
    class Patterns;
    class Collector;

    std::vector<OwnWord> m_words;
    TextPrints m_texts;
    std::unique_ptr<const Patterns> m_patterns;
};

//! \brief Puts what OwnSearch found to what the scanner found. What both found is one value.
void addOwn(std::vector<FoundValue>& values, std::vector<FoundValue> own);

} // namespace sharelock::redaction
