// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/finding.h"
#include "redaction/leak_gate.h"
#include "redaction/redaction_plan.h"

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

enum class Decision
{
    Open,   //!< Nobody has decided: it would be published, so publishing waits.
    Redact, //!< Hidden wherever it stands.
    Keep
};

//! \brief Where a decision of the person's holds. The narrower one wins.
enum class DecisionScope
{
    Session,
    Project,
    Always
};

//! \brief What the person decided in each DecisionScope; Open where nothing.
using ScopedDecisions = std::array<Decision, 3>;

//! \brief All places of one value: a decision is about the value, never about one place of it.
struct FoundValue
{
    SecretText value;
    //! \brief The gravest of those that found it. Lives as long as the scanner's RuleSet.
    const Rule* rule = nullptr;
    Confidence confidence = Confidence::Medium;
    std::size_t places = 0;
    std::size_t first = 0; //!< Its place in the order of appearance.
    //! \brief `<password-1>`: by order of appearance, so that it tells nothing about the value. Empty before
    //! giveNames().
    std::string givenName;
    std::string chosenName; //!< What the person calls it instead; may be that of another value. Or empty.
    std::string pseudonym;  //!< What stands in its place: one of the two.
    Decision usual = Decision::Open; //!< What holds as long as nobody has decided otherwise.
    ScopedDecisions decided{};
    bool isOwn = false; //!< One of the person's own words, so that it is hidden without being found.
    Decision decision = Decision::Open;
    bool byPerson = false; //!< Not by default.

    //! \brief No doubt that it is one, and that it opens something.
    [[nodiscard]] bool isSureSecret() const
    {
        return rule->kind == FindingKind::Secret && confidence == Confidence::High;
    }
    //! \brief Which of the person's decisions holds, if one does.
    [[nodiscard]] std::optional<DecisionScope> scope() const;
    //! \brief Makes `decision` and `byPerson` follow from the rest.
    void settle();
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

//! \brief Gives each value that has no name yet the next free one, by order of appearance, and makes the
//! pseudonyms follow. Values that have a name keep it, also when others appear before them.
//! \param taken names of values that are not among these.
void giveNames(std::vector<FoundValue>& values, const std::set<std::string>& taken = {});

//! \brief Adds what is hidden to the plan. A pseudonym in which a hidden value stands would be found in what
//! is sent: it becomes a plain mark, in \p values too. Not on the GUI thread.
void hide(RedactionPlan& plan, std::vector<FoundValue>& values);

//! \brief Whether \p name can stand in the place of a value. Errors: PseudonymUnfit (empty, more than 40
//! characters, control characters), PseudonymReveals (a value that \p gate looks for stands in it).
[[nodiscard]] Expected<void> checkPseudonym(std::string_view name, const LeakGate& gate);

//! \brief Whether the plan hides the value as a name or folder already, so that nothing is left to decide.
[[nodiscard]] bool isNamedIn(const RedactionPlan& plan, const FoundValue& found);

} // namespace sharelock::redaction
