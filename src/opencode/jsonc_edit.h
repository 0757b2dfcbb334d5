// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sharelock::opencode {

//! \brief Where a top-level member of a JSONC text stands; offsets in bytes.
struct JsoncMember
{
    qsizetype keyBegin = 0;
    qsizetype valueBegin = 0;
    qsizetype valueEnd = 0;
    int line = 1; //!< Of the key, counted from 1.

    bool operator==(const JsoncMember&) const = default;
};

//! \brief The top-level member \p name; of several the last, which wins in opencode. Nothing in a text that
//! does not parse.
[[nodiscard]] std::optional<JsoncMember> findMember(const QByteArray& jsonc, const QString& name);

//! \brief The text with one top-level member set to a string, or removed.
//!
//! Nothing but that member and the commas around it changes: comments, order, indentation, line ends, byte
//! order mark and a trailing comma stay. Of several members of this name the last is set, and all are
//! removed. A new one comes after `$schema`, else first. A text with nothing but blanks and comments gets an
//! object that begins with `$schema`; removing from such a text changes nothing.
//! Errors: ConfigBroken as of parseJsonc(), with \p path as subject: a text that does not parse is never
//! changed.
[[nodiscard]] Expected<QByteArray> withMember(const QByteArray& jsonc, const QString& path,
                                              const QString& name, const std::optional<QString>& value);

} // namespace sharelock::opencode
