// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/json_output.h"
#include "demo/loopback_share_server.h"
#include "document/blank_items.h"
#include "support/sharelock_program.h"

#include <QTest>
#include <QUrl>

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>

namespace sharelock::tests {

//! Whether the server has carried the request out when we are killed.
enum class Moment
{
    Before,
    After
};

inline const QStringList jsonAndVault{QStringLiteral("--json"), QStringLiteral("--vault"),
                                      QStringLiteral("file")};

//! Kills a process at its n-th request to the server, counted from the first one that is like this.
class Killer
{
public:
    using Match = std::function<bool(const demo::SeenRequest&)>;

    Killer(demo::LoopbackShareServer& server, Moment moment, int request, const Match& from = {})
        : m_server(server)
        , m_state(std::make_shared<State>())
    {
        // The server may be in the hook still when we are gone.
        const auto kills = [state = m_state, request, from](const demo::SeenRequest& seen) {
            state->isCounting = state->isCounting || !from || from(seen);
            const bool isIt = state->isCounting && ++state->seen == request && state->process > 0;
            if (isIt)
                ::kill(state->process, SIGKILL);
            return isIt;
        };
        if (moment == Moment::Before)
            m_server.injectWhere([kills](const demo::SeenRequest& seen) {
                return kills(seen) ? demo::Fault::Refuse : demo::Fault::None;
            });
        else
            m_server.onCarriedOut([kills](const demo::SeenRequest& seen) { (void)kills(seen); });
    }
    ~Killer()
    {
        m_server.heal();
        m_server.onCarriedOut({});
    }
    Killer(const Killer&) = delete;
    Killer& operator=(const Killer&) = delete;

    void aim(qint64 process) { m_state->process = static_cast<pid_t>(process); }

private:
    struct State
    {
        std::atomic<bool> isCounting = false;
        std::atomic<int> seen = 0;
        std::atomic<pid_t> process = 0;
    };
    demo::LoopbackShareServer& m_server;
    std::shared_ptr<State> m_state;
};

inline bool somethingIsPublic(const demo::LoopbackShareServer& server, const QString& id)
{
    const auto document = document::ShareDocument::parse(server.dataOf(id).toStdString());
    return document && !document::isBlank(*document);
}

//! A home and its share server, which can be brought back to where they were.
class KillWorld
{
public:
    explicit KillWorld(int generation)
        : server(static_cast<demo::Generation>(generation))
    {
        home.useServer(server.origin());
    }

    void keep()
    {
        home.keep();
        m_restoreServer = server.remember();
    }
    void restore() const
    {
        home.restore();
        m_restoreServer();
    }

    [[nodiscard]] ProgramResult run(const QStringList& arguments) const
    {
        return home.run(arguments + jsonAndVault);
    }
    //! \returns whether it was killed; else it has ended without a request of this number.
    [[nodiscard]] bool runKilled(const QStringList& arguments, int moment, int request,
                                 const Killer::Match& from = {})
    {
        Killer killer(server, static_cast<Moment>(moment), request, from);
        QProcess process;
        home.start(process, arguments + jsonAndVault);
        if (!process.waitForStarted())
            qFatal("can't start the program");
        killer.aim(process.processId());
        return ProgramHome::finish(process).crashed;
    }

    [[nodiscard]] QStringList sessionIds() const
    {
        QStringList ids;
        for (const QJsonValue& value : run({QStringLiteral("sessions")}).array())
            ids.append(text(value.toObject(), "id"));
        return ids;
    }
    [[nodiscard]] QString longSession() const
    {
        QString id;
        int most = -1;
        for (const QJsonValue& value : run({QStringLiteral("sessions")}).array()) {
            const QJsonObject session = value.toObject();
            if (session[QStringLiteral("messages")].toInt() > most) {
                most = session[QStringLiteral("messages")].toInt();
                id = text(session, "id");
            }
        }
        return id;
    }
    //! \returns the link's ID; empty when that failed.
    [[nodiscard]] QString publish(const QString& session) const
    {
        const auto published = run(
            {QStringLiteral("publish"), session, QStringLiteral("--redact-all"), QStringLiteral("--yes")});
        return published.status == 0 ? text(published.object(), "id") : QString();
    }
    //! What all links are, after the servers were asked; what was begun is gone on with.
    [[nodiscard]] QJsonArray checkedLinks() const
    {
        const auto checked = run({QStringLiteral("links"), QStringLiteral("--check")});
        if (checked.status != 0)
            qWarning("%s", checked.err.constData());
        return checked.status == 0 ? checked.array() : QJsonArray();
    }
    //! As above; an empty object unless there is one link.
    [[nodiscard]] QJsonObject checkedLink() const
    {
        const QJsonArray links = checkedLinks();
        return links.size() == 1 ? links.at(0).toObject() : QJsonObject();
    }
    [[nodiscard]] bool isPublic(const QString& id) const { return somethingIsPublic(server, id); }

    demo::LoopbackShareServer server;
    ProgramHome home;

private:
    std::function<void()> m_restoreServer;
};
//! After any kill: what is public is in the list with its key, and can be taken down.
inline void verifyNothingIsLost(const KillWorld& world)
{
    const auto checked = world.run({QStringLiteral("links"), QStringLiteral("--check")});
    QVERIFY2(checked.status == 0, checked.err.constData());
    for (const QString& id : world.server.shareIds()) {
        if (!world.isPublic(id))
            continue;
        bool known = false;
        for (const QJsonValue& value : checked.array()) {
            const QJsonObject link = value.toObject();
            known = known || (text(link, "id") == id && link[QStringLiteral("hasKey")].toBool());
        }
        QVERIFY2(known, "something is public that the ledger can't take down");
    }
    for (const QJsonValue& value : checked.array()) {
        const QJsonObject link = value.toObject();
        if (text(link, "state") == QLatin1String("removed"))
            continue;
        const auto gone = world.run({QStringLiteral("unshare"), text(link, "id"), QStringLiteral("--yes")});
        QVERIFY2(gone.status == 0, gone.err.constData());
    }
    for (const QString& id : world.server.shareIds())
        QVERIFY(!world.isPublic(id));
}

} // namespace sharelock::tests
