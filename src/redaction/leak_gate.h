// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "redaction/redaction_plan.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace sharelock::redaction {

//! \brief "0 of 3 hidden values found in 1.9 MB".
class LeakNeedles;

struct GateVerdict
{
    std::size_t hiddenValues = 0;
    std::size_t bytesSearched = 0;
};

//! \brief The last thing before the network: searches the very bytes of a request for each hidden value in
//! each encoding. Shares no code with redact(): it decodes the bytes by itself, so that a mistake there is
//! caught here. Cannot be switched off.
class LeakGate
{
public:
    explicit LeakGate(const RedactionPlan& plan);

    //! \brief Errors: LeakFound; its subject names kind and byte offset, never the value. Not on the GUI
    //! thread.
    [[nodiscard]] Expected<GateVerdict> check(std::string_view requestBytes) const;

private:
    std::shared_ptr<const LeakNeedles> m_needles;
    std::size_t m_hiddenValues = 0;
};

} // namespace sharelock::redaction
