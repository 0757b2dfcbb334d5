// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "base/time.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace sharelock {

//! \brief Whether an answer with this status is worth another try: 429, 502, 503, 504, and no other.
[[nodiscard]] bool isPassingStatus(int status);

//! \brief The value of a Retry-After header as a pause from \p now: seconds or an HTTP date (RFC 9110, all
//! three forms). A date in the past is no pause; nonsense is no value.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray& value,
                                                                       Timestamp now);

//! \brief How long to wait after the try with this number (from 1) failed.
//! Half of an exponential pause is fixed and half is random, so that clients that failed together do not come
//! back together. A server's wish counts instead of it, plus some of the same spread.
//! \param random in [0, 1).
[[nodiscard]] std::chrono::milliseconds pauseAfterTry(const HttpPolicy& policy, int tryNumber,
                                                      std::optional<std::chrono::milliseconds> retryAfter,
                                                      double random);

} // namespace sharelock
