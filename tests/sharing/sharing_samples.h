// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "sharing/link.h"

#include <optional>

namespace samples {

//! \brief The kind of failure, nothing for success: failure texts of tests must not print values, which may
//! be keys.
template <typename T>
std::optional<sharelock::ErrorCode> errorOf(const sharelock::Expected<T>& result)
{
    return result ? std::nullopt : std::optional(result.error().code);
}

inline sharelock::sharing::LinkId linkId(const QString& shareId)
{
    return {QUrl(QStringLiteral("https://opncd.ai")), shareId};
}

inline sharelock::sharing::Link link(const QString& shareId)
{
    sharelock::sharing::Link link;
    link.id = linkId(shareId);
    link.url = QUrl(QStringLiteral("https://opncd.ai/share/%1").arg(shareId));
    link.sessionId = QStringLiteral("ses_%1").arg(shareId);
    link.sourceSessionId = link.sessionId;
    link.title = QStringLiteral("A conversation");
    link.sharedAt = sharelock::fromMilliseconds(1'700'000'000'000);
    return link;
}

} // namespace samples
