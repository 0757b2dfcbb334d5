// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/finding.h"
#include "redaction/redaction_plan.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sharelock::redaction {

enum class Decision
{
    Open,   //!< Nobody has decided: it would be published, so publishing waits.
    Redact, //!< Hidden wherever it stands.
    Keep
};

//! \brief All places of one value: a decision is about the value, never about one place of it.
struct FoundValue
{
    SecretText value;
    //! \brief The gravest of those that found it. Lives as long as the scanner's RuleSet.
    const Rule* rule = nullptr;
    Confidence confidence = Confidence::Medium;
    std::size_t places = 0;
    //! \brief `<password-1>`: by order of appearance, so that it tells nothing about the value.
    std::string pseudonym;
    Decision decision = Decision::Open;
    bool byPerson = false; //!< Not by default.

    //! \brief No doubt that it is one, and that it opens something.
    [[nodiscard]] bool isSureSecret() const
    {
        return rule->kind == FindingKind::Secret && confidence == Confidence::High;
    }
};

//! \brief What is hidden as long as nobody has decided otherwise.
enum class Hiding
{
    Usual, //!< All but doubtful secrets and names inside of a network: these wait for a person.
    All    //!< Even what a person keeps.
};

//! \brief The findings by value, the gravest first. Left out: what is too short to be told from the text
//! around it, and names that many machines share. \p findings in the order of the document.
[[nodiscard]] std::vector<FoundValue> foundValues(const std::vector<Finding>& findings,
                                                  Hiding hiding = Hiding::Usual);

//! \brief Adds what is hidden to the plan.
void hide(RedactionPlan& plan, const std::vector<FoundValue>& values);

//! \brief Whether the plan hides the value as a name or folder already, so that nothing is left to decide.
[[nodiscard]] bool isNamedIn(const RedactionPlan& plan, const FoundValue& found);

} // namespace sharelock::redaction
