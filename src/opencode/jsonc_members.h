// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sharelock::opencode {

//! \brief Where one member of a JSONC text's top-level object stands; offsets in bytes.
struct JsoncExtent
{
    QString name; //!< Decoded: a key may be written with escapes.
    qsizetype keyBegin = 0;
    qsizetype keyEnd = 0;
    qsizetype colon = 0;
    qsizetype valueBegin = 0;
    qsizetype valueEnd = 0;
    qsizetype comma = -1; //!< The one after it, a trailing one too; -1: none.
};

//! \brief The top-level object of a JSONC text.
struct JsoncObject
{
    qsizetype open = 0;  //!< Its `{`.
    qsizetype close = 0; //!< Its `}`.
    std::vector<JsoncExtent> members;
};

//! \brief \param jsonc is one that parseJsonc() accepts, and not empty.
[[nodiscard]] JsoncObject topLevelMembers(const QByteArray& jsonc);

//! \brief The first byte from \p at on that belongs to no comment and is no blank; the text's size if there
//! is none.
[[nodiscard]] qsizetype skipBlanksAndComments(QByteArrayView jsonc, qsizetype at);

} // namespace sharelock::opencode
