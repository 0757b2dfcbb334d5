// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QTest>

namespace sharelock::test {

inline const QString session = QString::fromUtf8(firstSession);
inline const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";

//! \brief A person with a conversation, a program, and a snapshot of it.
struct Published
{
    explicit Published(demo::Generation generation = demo::Generation::June2026,
                       const QByteArray& text = "Begin")
        : world(generation)
    {
        world.addSession(firstSession, "First");
        say("5f1d00000001", text);
        manager = world.manager();
    }

    //! \brief As opencode would write it. \p time is the 48-bit prefix of its IDs.
    void say(const QByteArray& time, const QByteArray& text)
    {
        const QByteArray message = "msg_" + time + "AbCdEfGhIjKlMn";
        const qint64 created = 1'760'000'000'000 + time.right(6).toLongLong(nullptr, 16);
        const QByteArray data = R"({"role":"user","time":{"created":)" + QByteArray::number(created) + "}}";
        world.database->addMessage(message, firstSession, created, data);
        world.database->addPart("prt_" + time + "AbCdEfGhIjKlMn", message, firstSession,
                                textPart(text + ", in " + world.home().toUtf8() + ", says ada"));
    }

    void publish(redaction::Hiding hiding = redaction::Hiding::Usual)
    {
        const auto offer = manager->offer(session, hiding);
        QVERIFY2(offer, qPrintable(text(offer)));
        const auto published = QCoro::waitFor(manager->publish(*offer));
        QVERIFY2(published, qPrintable(text(published)));
        link = *published;
    }

    [[nodiscard]] Expected<sharing::UpdateOffer>
    offer(redaction::Hiding hiding = redaction::Hiding::Usual) const
    {
        return QCoro::waitFor(manager->offerUpdate(link.id, hiding));
    }
    [[nodiscard]] Expected<sharing::Link> update(std::stop_token stop = {}) const
    {
        auto made = offer();
        if (!made)
            return tl::unexpected(made.error());
        return QCoro::waitFor(manager->update(*std::move(made), {}, std::move(stop)));
    }
    [[nodiscard]] sharing::Link now() const { return manager->findLink(link.id.shareId).value(); }
    [[nodiscard]] QByteArray publicBytes() const { return world.server->dataOf(link.id.shareId); }
    [[nodiscard]] std::size_t syncs() const { return requestsFor(*world.server, "/sync").size(); }
    [[nodiscard]] bool isUpToDate() const
    {
        const auto made = offer();
        return made && made->difference.isEmpty();
    }
    [[nodiscard]] sharing::Receipt lastUpdate() const
    {
        const auto receipts = manager->receipts();
        if (!receipts)
            return {};
        for (const sharing::Receipt& receipt : *receipts) {
            if (receipt.act == QLatin1String("update"))
                return receipt;
        }
        return {};
    }

    ManagerWorld world;
    std::unique_ptr<sharing::ShareManager> manager;
    sharing::Link link;
};

inline void addGenerations()
{
    QTest::addColumn<demo::Generation>("generation");
    QTest::newRow("2026-03") << demo::Generation::March2026;
    QTest::newRow("2026-06") << demo::Generation::June2026;
    QTest::newRow("next") << demo::Generation::Next;
}

} // namespace sharelock::test
