// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "document/transcript.h"
#include "redaction/found_values.h"
#include "redaction/shown_places.h"

#include <QString>

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sharelock::app {

//! \brief Where in a block something stands.
enum class MarkField
{
    Title,
    Subtitle,
    Body,
    Rest //!< In what of the body is not shown; begin and length say nothing.
};

//! \brief One value, or the pseudonym that took its place, in a block.
struct TextMark
{
    MarkField field = MarkField::Body;
    int begin = 0; //!< In UTF-16 units of the field's text.
    int length = 0;
    int value = 0; //!< In MarkedValues::values.

    bool operator==(const TextMark&) const = default;
};

//! \brief What a mark says.
struct MarkedValue
{
    redaction::SecretText value; //!< Empty: a name that is always replaced, and no finding.
    QString title;               //!< What it is: "Stripe secret key", "User name".
    QString pseudonym;
    bool isSecret = false;
    redaction::Decision decision = redaction::Decision::Redact;
    bool isPublic = false; //!< Read from a server, so that nothing is to be decided any more.
};

//! \brief What is pointed at in a conversation, in one of its two views.
class MarkSource
{
public:
    //! \brief \p plan hides the names, and what of \p found is hidden.
    MarkSource(const redaction::RedactionPlan& plan, const std::vector<redaction::FoundValue>& found,
               bool original);

    //! \brief What stands in a document that is public, as it stands there.
    [[nodiscard]] static std::shared_ptr<const MarkSource> ofPublic(std::vector<redaction::FoundValue> found);

    [[nodiscard]] const std::vector<MarkedValue>& values() const { return m_values; }
    [[nodiscard]] bool isOriginal() const { return m_original; }
    //! \brief Marks of one text that is shown.
    void addMarks(std::string_view shown, MarkField field, std::vector<TextMark>& marks) const;
    //! \brief Findings in what of \p body is not shown, each value once.
    void addRest(std::string_view body, std::size_t shownBytes, std::vector<TextMark>& marks) const;
    //! \brief How often each pseudonym stands in an item, by place in values().
    [[nodiscard]] std::unordered_map<int, int> pseudonymsIn(std::string_view data) const;

private:
    struct Needle
    {
        redaction::ShownText text;
        int value = 0;
        bool isName = false;
    };
    [[nodiscard]] static std::vector<redaction::ShownText> texts(const std::vector<Needle>& needles);
    void add(MarkedValue value, const std::string& text, redaction::HiddenShape shape, bool isName);

    bool m_original;
    std::vector<MarkedValue> m_values;
    std::vector<Needle> m_needles;
    std::vector<Needle> m_findings; //!< Those that are no names.
    std::vector<Needle> m_pseudonyms;
    std::unique_ptr<const redaction::ShownPlaces> m_all;
    std::unique_ptr<const redaction::ShownPlaces> m_rest;
    std::unique_ptr<const redaction::ShownPlaces> m_ownPseudonyms;
};
//! \brief "<email-1>: E-mail address, redacted".
[[nodiscard]] QString markInWords(const MarkedValue& value);

using MarkSourcePtr = std::shared_ptr<const MarkSource>;

//! \brief Pseudonyms that stand in the original itself (`<user>` in somebody's manual) replace nothing there.
class NaturalPseudonyms
{
public:
    NaturalPseudonyms() = default;
    //! \brief The names of an item are the same in either document.
    template <typename Name>
    NaturalPseudonyms(const MarkSource& marks, const document::ShareDocument& original,
                      const document::ShareDocument& published, const Name& nameOriginal,
                      const Name& namePublished)
    {
        std::unordered_map<std::string, std::unordered_map<int, int>> natural;
        for (const document::ShareItem& item : original.items()) {
            if (auto counts = marks.pseudonymsIn(item.data); !counts.empty())
                natural.emplace(nameOriginal.name(item.key), std::move(counts));
        }
        if (natural.empty())
            return;
        for (const document::ShareItem& item : published.items()) {
            const auto before = natural.find(namePublished.name(item.key));
            if (before == natural.end())
                continue;
            const auto after = marks.pseudonymsIn(item.data);
            for (const auto& [value, count] : before->second) {
                const auto now = after.find(value);
                if (now != after.end() && now->second <= count)
                    m_items[item.key].push_back(value);
            }
        }
    }

    //! \brief Takes out the marks of pseudonyms that were there before.
    void removeFrom(const std::string& itemKey, std::vector<TextMark>& marks) const;

private:
    std::unordered_map<std::string, std::vector<int>> m_items;
};

} // namespace sharelock::app
