// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"
#include "sharing/link.h"
#include "sharing/session_findings.h"

#include <QJsonObject>
#include <QJsonValue>

#include <vector>

namespace sharelock::cli {

//! \brief The public JSON shapes: fields may be added, never renamed.
[[nodiscard]] QJsonObject sessionJson(const opencode::SessionSummary& session, const sharing::Link* link);
//! \brief `{"secrets","personal"}`: numbers of values.
[[nodiscard]] QJsonObject findingsJson(const sharing::SessionFindings& findings);
//! \brief ISO 8601 in UTC, or null.
[[nodiscard]] QJsonValue timeJson(std::optional<Timestamp> at);

//! \brief The link to show beside a session: one that may be public before one that is gone, then the newest.
[[nodiscard]] const sharing::Link* linkOf(const QString& sessionId, const std::vector<sharing::Link>& links);

} // namespace sharelock::cli
