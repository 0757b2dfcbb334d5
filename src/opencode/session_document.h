// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/sqlite.h"
#include "opencode/schema.h"
#include "opencode/session_store.h"

#include "document/share_document.h"

#include <QString>

namespace sharelock::opencode {

//! \brief The document of one session, in the order of opencode's own upload. Call it within one read
//! transaction. \param path of the database, for errors.
[[nodiscard]] Expected<document::ShareDocument> readDocument(sqlite::Connection& connection,
                                                             const Schema& schema, const QString& path,
                                                             const QString& sessionId);

//! \brief As above, up to \p limits.
[[nodiscard]] Expected<DocumentHead> readHead(sqlite::Connection& connection, const Schema& schema,
                                              const QString& path, const QString& sessionId,
                                              const HeadLimits& limits);

} // namespace sharelock::opencode
