// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QUrl>

namespace sharelock::sharing {

//! \brief The protocol's calls by name, for receipts and error texts.
struct CallNames
{
    const char* create;
    const char* sync;
    const char* remove;
    const char* data;
};
//! \param isFirst of the first generation of share servers; else of all others.
[[nodiscard]] const CallNames& callNames(bool isFirst);

[[nodiscard]] constexpr bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

//! \brief What an answer of this status means that is none of success. Names the call but quotes neither the
//! share ID (who has it can read the share) nor anything of the answer.
[[nodiscard]] tl::unexpected<Error> failFor(int status, const QUrl& origin, const char* call);
//! \brief An answer that is not what the protocol knows.
[[nodiscard]] tl::unexpected<Error> badAnswer(const QUrl& origin, const char* what);

} // namespace sharelock::sharing
