// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_calls.h"

namespace sharelock::sharing {

namespace {

constexpr CallNames todaysCalls{"POST /api/share", "POST /api/share/:id/sync", "DELETE /api/share/:id",
                                "GET /api/share/:id/data"};
constexpr CallNames firstCalls{"POST /share_create", "POST /share_sync", "POST /share_delete",
                               "GET /share_data"};

} // namespace

const CallNames& callNames(bool isFirst)
{
    return isFirst ? firstCalls : todaysCalls;
}

tl::unexpected<Error> failFor(int status, const QUrl& origin, const char* call)
{
    ErrorCode code = ErrorCode::ServerBadAnswer;
    if (status == 413)
        code = ErrorCode::ServerTooLarge;
    else if (status == 429)
        code = ErrorCode::ServerBusy;
    else if (status >= 500)
        code = ErrorCode::ServerFailed;
    else if (status >= 400)
        code = ErrorCode::ServerRefused;
    else if (status >= 300)
        code = ErrorCode::ServerRedirected;
    return fail(code, origin.toString(), QStringLiteral("HTTP %1, %2").arg(status).arg(QLatin1String(call)));
}

tl::unexpected<Error> badAnswer(const QUrl& origin, const char* what)
{
    return fail(ErrorCode::ServerBadAnswer, origin.toString(), QLatin1String(what));
}

} // namespace sharelock::sharing
