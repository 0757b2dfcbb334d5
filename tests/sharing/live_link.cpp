// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"

#include "document/blank_items.h"
#include "sharing/first_generation.h"
#include "sharing/upload.h"

#include <QCoroTask>

namespace sharelock::test {

using namespace sharing;

Link linkAt(const demo::LoopbackShareServer& server, const QString& sessionId)
{
    const bool isFirst = server.generation() == demo::Generation::First;
    Link link;
    link.id = {server.origin(), sessionId.right(8)};
    link.url = QUrl(server.origin().toString() % (isFirst ? u"/s/" : u"/share/") % link.id.shareId);
    link.sessionId = sessionId;
    link.sourceSessionId = sessionId;
    return link;
}

CreatedShare shareAt(const demo::LoopbackShareServer& server, const QString& sessionId,
                     const document::ShareDocument& document)
{
    HttpClient patient; // A large body takes the server longer than a test's client waits.
    ShareServer protocol(linkAt(server, sessionId), patient);
    const auto created = QCoro::waitFor(protocol.create(sessionId));
    if (!created)
        qFatal("create: %s", qPrintable(codeName(created.error().code)));
    const QString& shareId = created->id.shareId;
    if (server.generation() != demo::Generation::First) {
        const QByteArray body = ShareServer::syncBody(created->key, document.items());
        if (!QCoro::waitFor(protocol.sync(shareId, body)))
            qFatal("sync");
        return *created;
    }
    std::vector<document::ShareItem> items;
    for (const document::ShareItem& item : document.items()) {
        if (item.type != document::ItemType::SessionDiff)
            items.push_back(item);
    }
    Upload upload(protocol, shareId, created->key, items);
    if (!QCoro::waitFor(upload.send()))
        qFatal("upload");
    return *created;
}

LiveLink shareLive(SharingWorld& world, const demo::LoopbackShareServer& server, bool withKey, int messages)
{
    const auto sessionOfAda = QStringLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlMn");
    const CreatedShare created = shareAt(server, sessionOfAda, conversation(messages));
    LiveLink live;
    live.link = linkAt(server, sessionOfAda);
    live.link.state = LinkState::Live;
    live.link.hasKey = withKey;
    live.link.sharedAt = now();
    live.key = created.key;
    const auto saved = withKey
                           ? world.ledger->saveWithKey(live.link, *world.vault.seal(created.id, created.key))
                           : world.ledger->save(live.link);
    if (!saved)
        qFatal("save");
    return live;
}

Expected<Link> takeDown(SharingWorld& world, const LinkId& id, const Secret& spareKey,
                        TakedownObserver observe, std::stop_token stop, Clock clock)
{
    Takedown takedown(*world.ledger, world.vault, world.http, std::move(clock));
    return QCoro::waitFor(takedown.run(id, spareKey, std::move(observe), {stop, stop}));
}

bool isReadable(const demo::LoopbackShareServer& server, const QString& shareId)
{
    const QByteArray data = server.dataOf(shareId);
    document::ShareDocument there;
    if (server.generation() == demo::Generation::First) {
        const auto read =
            first_generation::readData(std::string_view(data.constData(), std::size_t(data.size())));
        if (!read)
            qFatal("data");
        there = *read;
    } else {
        there = parsed(data);
    }
    return !there.isEmpty() && !document::isBlank(there);
}

} // namespace sharelock::test
