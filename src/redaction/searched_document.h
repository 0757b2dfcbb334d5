// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/leak_gate.h"

namespace sharelock::redaction {

//! \brief A document that the leak gate has searched, whole, and let pass. It can't be changed after, so what
//! takes one of these can't publish what was not searched.
class SearchedDocument
{
public:
    //! \brief The empty document, with nothing to hide.
    SearchedDocument();

    //! \brief Errors: LeakFound. Not on the GUI thread.
    [[nodiscard]] static Expected<SearchedDocument> search(document::ShareDocument document,
                                                           RedactionPlan plan);

    [[nodiscard]] const document::ShareDocument& document() const { return m_document; }
    [[nodiscard]] const RedactionPlan& plan() const { return m_plan; }
    //! \brief For the requests that will carry the document.
    [[nodiscard]] const LeakGate& gate() const { return m_gate; }
    [[nodiscard]] const GateVerdict& verdict() const { return m_verdict; }

private:
    document::ShareDocument m_document;
    RedactionPlan m_plan;
    LeakGate m_gate;
    GateVerdict m_verdict;
};

} // namespace sharelock::redaction
