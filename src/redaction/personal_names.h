// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "redaction/redaction_plan.h"

#include <QStringList>

namespace sharelock::redaction {

struct PersonalNames
{
    RedactionPlan plan;
    //! \brief Names that are too common, too short or part of the protocol to be hidden as bare words
    //! (`root`, `user`, `text`); the home folder is hidden all the same. Shown to the person.
    QStringList notHidden;
};

//! \brief The default plan: home folder, user name (login name and last part of the home folder) and host
//! name (also without its domain) become pseudonyms.
[[nodiscard]] PersonalNames personalNames(const Environment& environment);

} // namespace sharelock::redaction
