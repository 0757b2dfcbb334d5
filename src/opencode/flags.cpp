// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/flags.h"

namespace sharelock::opencode {

bool isFlagSet(const Environment& environment, const QString& name)
{
    const QString value = environment.variables.value(name);
    // opencode reads each flag in its own way, and whoever is taken at another word shares what he would not.
    if (name == disableShareVariable) {
        return value == u"1" || value == u"true";
    }
    if (name == autoShareVariable) {
        // With a word that is neither one of these nor its opposite opencode does not start.
        return value == u"1" || value == u"true" || value == u"yes" || value == u"on" || value == u"y";
    }
    return value == u"1" || value.toLower() == u"true";
}

} // namespace sharelock::opencode
