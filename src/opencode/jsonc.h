// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QJsonObject>

namespace sharelock::opencode {

//! \brief JSON with comments and trailing commas as plain JSON of the same length: what is no JSON becomes
//! blanks, line ends stay, so that every byte keeps its line and column. Strings are left alone. A byte order
//! mark goes, too.
//! `{env:…}` and `{file:…}` outside of strings, which opencode fills in before it parses, become `null`.
[[nodiscard]] QByteArray plainJson(QByteArray jsonc);

//! \brief The object in a config file; an empty text is an empty object. Errors: ConfigBroken, with \p path
//! as subject and line and column in the detail. The detail never quotes the text: it may hold API keys.
[[nodiscard]] Expected<QJsonObject> parseJsonc(const QByteArray& jsonc, const QString& path);

} // namespace sharelock::opencode
