// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/secret.h"
#include "document/share_document.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <string_view>

//! \brief What the first generation of share servers (`https://opencode.ai/s/ID`) speaks: its addresses, its
//! bodies, and its answer as the one kind of document that all else works on.
namespace sharelock::sharing::first_generation {

//! \brief Where the calls go, keys included: `api.` before the page's host; the page's own origin on loopback
//! and where the host is an IP address.
[[nodiscard]] QUrl apiOrigin(const QUrl& pageOrigin);

//! \brief The last 8 characters, by which a share is known.
[[nodiscard]] QString shareIdOf(const QString& sessionId);

//! \brief \p sessionId if it is that of \p shareId and can be named in a key; else empty.
[[nodiscard]] QString sessionFor(const QString& shareId, const QString& sessionId);

[[nodiscard]] QByteArray removeBody(const QString& sessionId, const Secret& key);

//! \brief Overwrites one session, message or part: a body has room for no more. A message's parts that are
//! kept in it go with it.
[[nodiscard]] QByteArray syncBody(const QString& sessionId, const Secret& key,
                                  const document::ShareItem& item);
//! \brief What a server accepts with the right key only, and then ignores.
[[nodiscard]] QByteArray keyTestBody(const QString& sessionId, const Secret& key);

//! \brief `{"info":…,"messages":{…}}` as session, messages and parts, each under the key that it can be
//! overwritten by. Parts that have no key of their own, which the oldest messages hold, stay in their
//! message. Empty for `{"messages":{}}` alone. Not on the GUI thread. Errors: InvalidJson; DocumentInvalid
//! for whatever else such a server does not say.
[[nodiscard]] Expected<document::ShareDocument> readData(std::string_view json);

} // namespace sharelock::sharing::first_generation
