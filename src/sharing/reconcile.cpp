// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/reconcile.h"

#include "opencode/opencode_server.h"
#include "sharing/agreeing_stub.h"

#include <QCoroSignal>

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>

#include <deque>
#include <set>

namespace sharelock::sharing {

namespace {

// Under these, opencode would say yes and do nothing, or share on its own.
Environment withoutShareFlags(Environment environment)
{
    environment.variables.remove(QStringLiteral("OPENCODE_DISABLE_SHARE"));
    environment.variables.remove(QStringLiteral("OPENCODE_AUTO_SHARE"));
    return environment;
}

QString existing(const QString& folder, const QString& otherwise)
{
    return !folder.isEmpty() && QDir(folder).exists() ? folder : otherwise;
}

} // namespace

class Reconciler::State : public QObject
{
    Q_OBJECT
public:
    Environment environment;
    HttpPolicy policy;
    Report report;
    std::deque<Link> waiting;
    std::set<std::pair<LinkId, Timestamp>> tried; //!< With the time of sharing: it may be shared again.
    std::stop_source stop;
    bool working = false;

    void tell(const Link& link, const Expected<void>& result) const
    {
        if (report)
            report(link, result);
    }

Q_SIGNALS:
    void idled();
};

Reconciler::Reconciler(Environment environment, HttpPolicy policy, Report report)
    : m_state(std::make_shared<State>())
{
    m_state->environment = withoutShareFlags(std::move(environment));
    m_state->policy = policy;
    m_state->report = std::move(report);
}

Reconciler::~Reconciler()
{
    // What is under way holds the state, and nothing else of ours.
    m_state->report = {};
    m_state->waiting.clear();
    m_state->stop.request_stop();
}

void Reconciler::add(const Link& link)
{
    if (opencode::opencodeProgram(m_state->environment).isEmpty())
        return;
    if (!m_state->tried.emplace(link.id, link.sharedAt).second)
        return;
    m_state->waiting.push_back(link);
    if (!m_state->working)
        work(m_state);
}

QCoro::Task<void> Reconciler::idle()
{
    const std::shared_ptr<State> state = m_state;
    while (state->working)
        co_await qCoro(state.get(), &State::idled);
}

QCoro::Task<void> Reconciler::work(std::shared_ptr<State> state)
{
    state->working = true;
    while (!state->waiting.empty()) {
        const auto cleared = co_await clearWaiting(state);
        if (cleared)
            continue;
        // No server, no rows: all that wait for it share its fate.
        for (const Link& link : std::exchange(state->waiting, {}))
            state->tell(link, cleared);
    }
    state->working = false;
    Q_EMIT state->idled();
}

QCoro::Task<Expected<void>> Reconciler::clearWaiting(std::shared_ptr<State> state)
{
    AgreeingStub stub;
    if (!stub.listen())
        co_return fail(ErrorCode::OpencodeStartFailed);
    const std::stop_token stop = state->stop.get_token();
    auto extra = sharingThrough(stub.origin(), state->environment);
    auto server = co_await opencode::PrivateServer::start(state->environment, std::move(extra),
                                                          state->environment.home, stop);
    if (!server)
        co_return tl::unexpected(server.error());
    HttpClient http(state->policy);
    opencode::OpencodeServer api((*server)->address(), http);
    while (!state->waiting.empty() && !stop.stop_requested()) {
        const Link link = state->waiting.front();
        state->waiting.pop_front();
        const QString directory = existing(link.directory, state->environment.home);
        const auto unshared = co_await api.unshare(link.sourceSessionId, directory, stop);
        state->tell(link, unshared);
    }
    co_return Expected<void>{};
}

std::vector<std::pair<QString, QString>> sharingThrough(const QUrl& shareServer,
                                                        const Environment& environment)
{
    const QJsonObject enterprise{{QStringLiteral("url"), shareServer.toString()}};
    const QJsonObject config{{QStringLiteral("enterprise"), enterprise}};
    const QByteArray content = QJsonDocument(config).toJson(QJsonDocument::Compact);
    std::vector<std::pair<QString, QString>> extra;
    extra.emplace_back(QStringLiteral("OPENCODE_CONFIG_CONTENT"), QString::fromUtf8(content));
    // The body of a DELETE holds a key, and a proxy would not find our loopback anyway.
    for (const QString& name : {QStringLiteral("NO_PROXY"), QStringLiteral("no_proxy")}) {
        const QString before = environment.variables.value(name);
        const QString host = shareServer.host();
        extra.emplace_back(name, before.isEmpty() ? host : before % QLatin1Char(',') % host);
    }
    return extra;
}

} // namespace sharelock::sharing

#include "reconcile.moc"
