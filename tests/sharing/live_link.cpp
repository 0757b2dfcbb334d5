// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"

#include "document/blank_items.h"
#include "sharing/share_server.h"

#include <QCoroTask>

namespace sharelock::test {

using namespace sharing;

LiveLink shareLive(SharingWorld& world, const demo::LoopbackShareServer& server, bool withKey, int messages)
{
    const auto sessionOfAda = QStringLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlMn");
    HttpClient patient; // A large body takes the server longer than the world's client waits.
    ShareServer protocol(server.origin(), patient);
    const auto created = QCoro::waitFor(protocol.create(sessionOfAda));
    if (!created)
        qFatal("create: %s", qPrintable(codeName(created.error().code)));
    const QByteArray body = ShareServer::syncBody(created->key, conversation(messages).items());
    if (!QCoro::waitFor(protocol.sync(created->id.shareId, body)))
        qFatal("sync");
    LiveLink live;
    live.link.id = created->id;
    live.link.url = created->url;
    live.link.sessionId = sessionOfAda;
    live.link.sourceSessionId = sessionOfAda;
    live.link.state = LinkState::Live;
    live.link.hasKey = withKey;
    live.link.sharedAt = now();
    live.key = created->key;
    const auto saved =
        withKey ? world.ledger->saveWithKey(live.link, *world.vault.seal(created->id, created->key))
                : world.ledger->save(live.link);
    if (!saved)
        qFatal("save");
    return live;
}

Expected<Link> takeDown(SharingWorld& world, const LinkId& id, const Secret& spareKey,
                        TakedownObserver observe, std::stop_token stop, Clock clock)
{
    Takedown takedown(*world.ledger, world.vault, world.http, std::move(clock));
    return QCoro::waitFor(takedown.run(id, spareKey, std::move(observe), std::move(stop)));
}

bool isReadable(const demo::LoopbackShareServer& server, const QString& shareId)
{
    const document::ShareDocument there = parsed(server.dataOf(shareId));
    return !there.isEmpty() && !document::isBlank(there);
}

} // namespace sharelock::test
