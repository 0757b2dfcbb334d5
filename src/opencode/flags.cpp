// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/flags.h"

namespace sharelock::opencode {

bool isFlagSet(const Environment& environment, const QString& name)
{
    const QString value = environment.variables.value(name).toLower();
    return value == u"1" || value == u"true";
}

} // namespace sharelock::opencode
