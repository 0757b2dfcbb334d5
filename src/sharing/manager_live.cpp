// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/stop_notice.h"
#include "sharing/probe.h"
#include "sharing/share_manager_p.h"

#include <QDir>

#include <algorithm>

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

//! \brief How much of a conversation there is.
struct Extent
{
    std::size_t messages = 0;
    std::size_t parts = 0;
};

Extent extentOf(const document::ShareDocument& document)
{
    const auto& items = document.items();
    const auto parts = std::count_if(items.begin(), items.end(), [](const document::ShareItem& item) {
        return item.type == document::ItemType::Part;
    });
    return {document.messageCount(), static_cast<std::size_t>(parts)};
}

bool holds(const document::ShareDocument& there, const Extent& all)
{
    const Extent extent = extentOf(there);
    const auto& items = there.items();
    // A batch of messages has their parts in it.
    const bool hasBatches = std::any_of(items.begin(), items.end(), [](const document::ShareItem& item) {
        return item.type == document::ItemType::Messages;
    });
    return extent.messages >= all.messages && (hasBatches || extent.parts >= all.parts);
}

// Until opencode has uploaded all, or nothing comes any more. It begins with the session alone and sends the
// rest a second or more later; a server of ours that ended in between would leave the link without it.
// \returns whether anything came.
QCoro::Task<bool> waitForContent(ShareServer server, QString shareId, Extent all, std::stop_token stop)
{
    constexpr int patience = 120;
    std::size_t seen = 0;
    for (int idle = 0; idle < patience; ++idle) {
        const auto answer = co_await server.data(shareId, true, stop);
        if (answer && answer->kind == DataAnswer::Kind::Content) {
            if (holds(answer->document(), all))
                co_return true;
            const std::size_t items = answer->document().items().size();
            if (items > seen)
                idle = 0;
            seen = std::max(seen, items);
        }
        const bool goOn = co_await pauseFor(500ms, stop);
        if (!goOn)
            break;
    }
    co_return seen > 0;
}

// How often to look for opencode's row. An answer that was lost on the way is an error too, though the link
// is there or will be in a moment; and a 500 may mean that somebody else has just shared it.
int rowTries(const Expected<QUrl>& shared)
{
    constexpr int afterSuccess = 75;
    constexpr int afterSilence = 15;
    if (shared)
        return afterSuccess;
    const ErrorCode code = shared.error().code;
    const bool isLost = code == ErrorCode::ServerTimeout || code == ErrorCode::ServerUnreachable;
    return isLost ? afterSilence : 1;
}

} // namespace

QCoro::Task<Expected<Link>> ShareManager::Private::shareLive(opencode::SessionSummary session,
                                                             std::stop_token stop)
{
    const std::optional<opencode::ShareRow> before = rowOfSession(session.id);
    if (before) {
        (void)takeInRows();
        const LinkId id = rowId(*before);
        const auto known = knownLink(id);
        if (known && known->step == LinkStep::Published) {
            // It has a live link already; opencode makes no second one.
            auto link = co_await q->check(id, stop);
            co_return link;
        }
        if (known) {
            reconcile(*known);
            co_await reconciler().idle();
        }
    }

    std::unique_ptr<opencode::PrivateServer> own;
    opencode::ServerAddress address;
    const auto configured = configuredServer();
    if (!configured)
        co_return tl::unexpected(configured.error());
    // A server that runs already uses the share server of its own configuration, not the one asked for.
    if (*configured && !options.server) {
        address = **configured;
    } else {
        auto started = co_await startOwnServer(session, stop);
        if (!started)
            co_return tl::unexpected(started.error());
        own = *std::move(started);
        address = own->address();
    }
    opencode::OpencodeServer server(address, http());
    auto link = co_await shareThrough(std::move(server), session, stop);
    co_return link;
}

QCoro::Task<Expected<std::unique_ptr<opencode::PrivateServer>>>
ShareManager::Private::startOwnServer(opencode::SessionSummary session, std::stop_token stop)
{
    std::vector<std::pair<QString, QString>> extra;
    if (options.server)
        extra = sharingThrough(*options.server, options.environment);
    const bool isThere = QDir(session.directory).exists();
    const QString folderToUse = isThere ? session.directory : options.environment.home;
    auto started =
        co_await opencode::PrivateServer::start(options.environment, std::move(extra), folderToUse, stop);
    co_return started;
}

QCoro::Task<Expected<Link>> ShareManager::Private::shareThrough(opencode::OpencodeServer server,
                                                                opencode::SessionSummary session,
                                                                std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(ErrorCode::Cancelled);
    // Without the stop: a share that went through unseen would be a public link that nobody knows of.
    const auto shared = co_await server.share(session.id, session.directory);
    const auto row = co_await waitForRow(session.id, rowTries(shared));
    if (!row && !shared)
        co_return tl::unexpected(shared.error());
    if (!row) {
        // It uses another database than the one we read: no key, so no link either.
        (void)co_await server.unshare(session.id, session.directory);
        co_return tl::unexpected(row.error());
    }
    const LinkId id = rowId(*row);
    (void)takeInRows();
    const Expected<Link> taken = knownLink(id);
    const ShareServer shareServer = taken ? ShareServer(*taken, http()) : ShareServer(id.origin, http());
    const auto local = q->original(session.id);
    const Extent all = local ? extentOf(*local) : Extent();
    const bool uploaded = co_await waitForContent(shareServer, id.shareId, all, stop);
    if (stop.stop_requested()) {
        // It became public before the stop came: what was not wanted goes again, and provably.
        (void)co_await q->unshare(id);
        co_return fail(ErrorCode::Cancelled);
    }
    Expected<Link> link = knownLink(id);
    // Probed before its content is there, it would look as if somebody had removed it.
    if (link && uploaded)
        link = co_await q->check(id);
    if (link)
        append(receiptFor(*link, QStringLiteral("publish"), now()));
    co_return link;
}

QCoro::Task<Expected<opencode::ShareRow>> ShareManager::Private::waitForRow(QString sessionId, int tries)
{
    for (int number = 0; number < tries; ++number) {
        const std::optional<opencode::ShareRow> row = rowOfSession(sessionId);
        if (row)
            co_return *row;
        if (number + 1 < tries)
            (void)co_await pauseFor(200ms, {});
    }
    co_return fail(ErrorCode::OpencodeShareFailed, sessionId);
}

} // namespace sharelock::sharing
