// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/searched_document.h"

#include <utility>

namespace sharelock::redaction {

SearchedDocument::SearchedDocument()
    : m_gate(m_plan)
{
}

Expected<SearchedDocument> SearchedDocument::search(document::ShareDocument document, RedactionPlan plan)
{
    SearchedDocument searched;
    searched.m_gate = LeakGate(plan);
    const auto verdict = searched.m_gate.check(document.toJson());
    if (!verdict)
        return tl::unexpected(verdict.error());
    searched.m_document = std::move(document);
    searched.m_plan = std::move(plan);
    searched.m_verdict = *verdict;
    return searched;
}

} // namespace sharelock::redaction
