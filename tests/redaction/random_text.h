// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/redaction_plan.h"

#include <QRandomGenerator>

#include <string>

namespace sharelock::redaction {

//! \brief Texts that are made of hidden values, their encodings, near misses and what can stand between.
class RandomText
{
public:
    explicit RandomText(quint32 seed);

    [[nodiscard]] const RedactionPlan& plan() const { return m_plan; }
    [[nodiscard]] std::string text();
    [[nodiscard]] document::ShareDocument document();

private:
    std::string encoded(std::string text);
    std::string piece();
    std::string pick(std::initializer_list<const char*> choices);

    QRandomGenerator m_random;
    RedactionPlan m_plan;
};

} // namespace sharelock::redaction
