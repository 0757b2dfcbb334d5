// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "demo/sample_plan.h"

#include <QString>
#include <QStringList>

namespace sharelock::demo {

//! \brief Does the work of writeSampleSessions(). \returns the IDs of the sessions that are meant to be
//! shared.
[[nodiscard]] Expected<QStringList> writeSamples(const QString& path, const SamplePerson& person,
                                                 Timestamp newest);

//! \brief Makes live links of \p sessionIds as opencode does: uploads them to \p origin and notes the keys in
//! `session_share`.
[[nodiscard]] Expected<void> shareSamples(const QString& path, const QString& origin,
                                          const QStringList& sessionIds);

} // namespace sharelock::demo
