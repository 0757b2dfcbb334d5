// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/key_recovery.h"

#include "base/stop_notice.h"

#include <QCoreApplication>
#include <QUuid>

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

// A person waits for it, and a server must not take it for an attack.
constexpr auto pauseBetweenTries = 150ms;

QString tr(const char* text)
{
    return QCoreApplication::translate("sharelock::KeyRecovery", text);
}

//! \returns whether the key was accepted. A refusal (4xx, 500) is no error: it is what a wrong key gets.
QCoro::Task<Expected<bool>> isAccepted(ShareServer server, QString shareId, Secret key, std::stop_token stop)
{
    const QByteArray body = server.body(key, {});
    const auto answered = co_await server.sync(shareId, body, {}, stop);
    if (answered)
        co_return true;
    const ErrorCode code = answered.error().code;
    if (code == ErrorCode::ServerFailed || code == ErrorCode::ServerRefused)
        co_return false;
    co_return tl::unexpected(answered.error());
}

Secret wrongKey()
{
    const QByteArray text = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    return Secret(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
}

} // namespace

QCoro::Task<Expected<std::optional<std::size_t>>> findKey(ShareServer server, QString shareId,
                                                          std::vector<Secret> candidates,
                                                          std::function<void(int)> onTried,
                                                          std::stop_token stop)
{
    for (std::size_t index = 0; index < candidates.size(); ++index) {
        if (index > 0) {
            const bool goOn = co_await pauseFor(pauseBetweenTries, stop);
            if (!goOn)
                co_return fail(ErrorCode::Cancelled);
        }
        Expected<bool> accepted = co_await isAccepted(server, shareId, candidates[index], stop);
        // The answer to a wrong key and to a fault is the same; asking the likeliest again tells a fault.
        const bool isRefused = accepted && !*accepted;
        if (isRefused && index == 0)
            accepted = co_await isAccepted(server, shareId, candidates[index], stop);
        if (!accepted)
            co_return tl::unexpected(accepted.error());
        if (onTried)
            onTried(static_cast<int>(index) + 1);
        if (!*accepted)
            continue;
        const auto control = co_await isAccepted(server, shareId, wrongKey(), stop);
        if (!control)
            co_return tl::unexpected(control.error());
        if (*control)
            co_return fail(ErrorCode::ServerBadAnswer, server.origin().toString(),
                           QStringLiteral("any key is accepted"));
        co_return std::optional<std::size_t>(index);
    }
    co_return std::optional<std::size_t>();
}

QCoro::Task<Expected<std::optional<Secret>>> askForKey(ShareServer server, QString shareId,
                                                       std::stop_token stop)
{
    const auto before = co_await server.data(shareId, true, stop);
    if (!before)
        co_return tl::unexpected(before.error());
    server.learnSession(before->document());
    if (before->kind != DataAnswer::Kind::Content || server.sessionId().isEmpty())
        co_return std::optional<Secret>();
    // Without the stop from here: what is made must not be left behind.
    const auto created = co_await server.create(server.sessionId());
    if (!created &&
        (created.error().code == ErrorCode::ServerFailed || created.error().code == ErrorCode::ServerRefused))
        co_return std::optional<Secret>();
    if (!created)
        co_return tl::unexpected(created.error());
    const auto after = co_await server.data(shareId, true);
    if (after && after->kind == DataAnswer::Kind::Gone) {
        (void)co_await server.remove(shareId, created->key);
        co_return std::optional<Secret>();
    }
    std::vector<Secret> candidates(1, created->key);
    const auto right = co_await findKey(server, shareId, candidates, {}, {});
    if (!right)
        co_return tl::unexpected(right.error());
    co_return *right ? std::optional(created->key) : std::nullopt;
}

QString removalRequest(const Link& link)
{
    const QString data =
        isFirstGeneration(link) ? QStringLiteral("/share_data?id=%1") : QStringLiteral("/api/share/%1/data");
    const auto time = [](const std::optional<Timestamp>& at) { return at ? isoString(at) : tr("not known"); };
    const QStringList lines{
        tr("Please remove a public share of opencode."),
        QString(),
        tr("Address: %1").arg(link.url.toString(QUrl::FullyEncoded)),
        tr("Share ID: %1").arg(link.id.shareId),
        tr("Session ID: %1").arg(link.sessionId.isEmpty() ? tr("not known") : link.sessionId),
        tr("Shared: %1").arg(time(link.sharedAt)),
        tr("Last seen public: %1").arg(time(link.checkedAt)),
        QString(),
        tr("I made this share. Its session was deleted on my computer, and with it the secret that is needed "
           "to remove the share, so I can't do it myself. Please delete its record and all of its data, and "
           "what caches hold of %1.")
            .arg(data.arg(link.id.shareId)),
    };
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace sharelock::sharing
