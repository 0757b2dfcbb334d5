// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QUrl>

namespace sharelock {

//! \brief The proxy that the system's settings (on Linux the environment) name for \p url, the way libcurl
//! takes it: `http://` or `socks5h://`, user and password percent-encoded; empty for none. This machine
//! itself never has one. May hold a password: never logged. May take its time where the system runs a script
//! for it.
[[nodiscard]] QByteArray systemProxyFor(const QUrl& url);

} // namespace sharelock
