// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "document/blank_items.h"
#include "sharing/due_links.h"
#include "sharing/live_link.h"
#include "sharing/manager_world.h"
#include "support/real_opencode.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using demo::Generation;
using demo::LoopbackShareServer;
using demo::SeenRequest;

namespace {

constexpr int patience = 60'000; // Another process may have the processor.

//! \brief When opencode uploads once more.
enum class Meanwhile
{
    AfterReading,  //!< What we have read is not all there is.
    AfterBlanking, //!< Beside our blanks there is content again.
    AfterDeleting, //!< The record is gone, and with it the right to upload.
    AndCutOff      //!< As AfterBlanking, and from then on the server answers no DELETE.
};
constexpr std::array meanwhiles{Meanwhile::AfterReading, Meanwhile::AfterBlanking, Meanwhile::AfterDeleting,
                                Meanwhile::AndCutOff};

struct BusySession
{
    QString folder; //!< Its project, which names the share server.
    QString sessionId;
    LinkId link;
    Meanwhile meanwhile = Meanwhile::AfterReading;
    bool isMet = false;
    int uploads = 0; //!< Of opencode's, with what was said meanwhile; also refused ones.
};

// Ours hold blanks and nothing else.
bool isOpencodes(const SeenRequest& sync)
{
    const QJsonArray data =
        QJsonDocument::fromJson(sync.body).object().value(QStringLiteral("data")).toArray();
    const QByteArray json = QJsonDocument(data).toJson(QJsonDocument::Compact);
    return !document::isBlank(parsed(json));
}

bool isDuring(Meanwhile meanwhile, const SeenRequest& ours)
{
    switch (meanwhile) {
    case Meanwhile::AfterReading:
        return ours.path.contains("/data");
    case Meanwhile::AfterBlanking:
    case Meanwhile::AndCutOff:
        return ours.path.endsWith("/sync");
    case Meanwhile::AfterDeleting:
        return ours.verb == "DELETE";
    }
    return false;
}

//! \brief A share server whose answers to a takedown wait until opencode has written into the same session
//! and uploaded that.
class BusyServer
{
public:
    BusyServer(Generation generation, const RunningOpencode& opencode)
        : shares(generation)
        , m_opencode(opencode)
    {
        shares.onCarriedOut([this](const SeenRequest& request) { meet(request); });
    }
    ~BusyServer() { shares.onCarriedOut({}); }
    BusyServer(const BusyServer&) = delete;
    BusyServer& operator=(const BusyServer&) = delete;

    void add(const BusySession& session)
    {
        const std::lock_guard lock(m_mutex);
        m_sessions.push_back(session);
    }
    [[nodiscard]] std::vector<BusySession> sessions() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sessions;
    }
    //! \brief What was said meanwhile, since forgetUploads().
    [[nodiscard]] bool haveAllUploaded() const
    {
        const std::lock_guard lock(m_mutex);
        return std::all_of(m_sessions.begin(), m_sessions.end(),
                           [](const BusySession& session) { return session.isMet && session.uploads > 0; });
    }
    void forgetUploads()
    {
        const std::lock_guard lock(m_mutex);
        for (BusySession& session : m_sessions)
            session.uploads = 0;
    }
    [[nodiscard]] bool isReadable(const LinkId& link) const { return test::isReadable(shares, link.shareId); }

    LoopbackShareServer shares;

private:
    void meet(const SeenRequest& request);

    const RunningOpencode& m_opencode;
    mutable std::mutex m_mutex;
    std::condition_variable m_uploaded;
    std::vector<BusySession> m_sessions;
};

void BusyServer::meet(const SeenRequest& request)
{
    std::unique_lock lock(m_mutex);
    const QByteArray shareId = request.path.mid(1).split('/').value(2).split('?').front();
    const auto session = std::find_if(m_sessions.begin(), m_sessions.end(), [&](const BusySession& one) {
        return one.link.shareId.toUtf8() == shareId;
    });
    if (session == m_sessions.end())
        return;
    if (request.path.endsWith("/sync") && isOpencodes(request)) {
        session->uploads += request.body.contains("Said meanwhile") ? 1 : 0;
        m_uploaded.notify_all();
        return;
    }
    if (session->isMet || !isDuring(session->meanwhile, request))
        return;
    session->isMet = true;
    if (session->meanwhile == Meanwhile::AndCutOff)
        shares.inject(demo::Fault::Refuse, "DELETE /api/share/" + shareId, 1000);
    const int before = session->uploads;
    lock.unlock();
    m_opencode.note(session->sessionId, QStringLiteral("Said meanwhile"), session->folder);
    lock.lock();
    m_uploaded.wait_for(lock, std::chrono::milliseconds(patience), [&] { return session->uploads > before; });
}

} // namespace

//! Takedowns of what the real opencode is writing into all the while, and right afterwards.
class TestContractTakedown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opencodeGoesOnUploading();

private:
    [[nodiscard]] std::unique_ptr<ShareManager> manager(std::chrono::minutes later = 0min) const
    {
        ManagerOptions options;
        options.environment = m_opencode.environment();
        // Nobody tells opencode that its links are gone, so it goes on and on.
        for (const char* name : {"PATH", "SHARELOCK_OPENCODE"})
            options.environment.variables.remove(QLatin1String(name));
        options.vault = VaultKind::File;
        options.http.tries = 2;
        options.http.firstPause = 50ms;
        options.clock = [later] { return now() + later; };
        return std::make_unique<ShareManager>(std::move(options));
    }

    using Servers = std::vector<std::unique_ptr<BusyServer>>;
    [[nodiscard]] static std::vector<LinkId> linksOf(const Servers& servers)
    {
        std::vector<LinkId> links;
        for (const auto& server : servers) {
            for (const BusySession& session : server->sessions())
                links.push_back(session.link);
        }
        return links;
    }
    void shareAll(const RunningOpencode& running, Servers& servers) const;
    static void goOn(const RunningOpencode& running, const Servers& servers);
    void shareIn(const QString& project, const RunningOpencode& running, BusyServer& server) const;
    static void verifyHonest(const Servers& servers, const std::vector<Link>& links);

    RealOpencode m_opencode;
};

//! A session for each moment, shared by opencode itself.
void TestContractTakedown::shareIn(const QString& project, const RunningOpencode& running,
                                   BusyServer& server) const
{
    const QString folder = m_opencode.project(project);
    const QByteArray origin = server.shares.origin().toString().toUtf8();
    QVERIFY(
        RealOpencode::writeFile(folder % u"/opencode.json", R"({"enterprise":{"url":")" + origin + R"("}})"));
    for (const Meanwhile meanwhile : meanwhiles) {
        BusySession session;
        session.folder = folder;
        session.meanwhile = meanwhile;
        session.sessionId = running.createSession(QStringLiteral("Busy"), folder);
        QVERIFY(running.note(session.sessionId, QStringLiteral("Said before"), folder));
        const QString path = u"/session/" % session.sessionId % u"/share";
        const auto shared = running.call("POST", path, {}, folder);
        QCOMPARE(shared.status, 200);
        const QJsonObject share = shared.json.object().value(u"share").toObject();
        const QUrl url(share.value(u"url").toString());
        session.link = {server.shares.origin(), url.path().section(u'/', -1)};
        QVERIFY(url.toString().startsWith(server.shares.origin().toString()));
        server.add(session);
    }
}

//! Gone is what is gone; of all else it is said that it is not, and it will be looked at again.
void TestContractTakedown::verifyHonest(const Servers& servers, const std::vector<Link>& links)
{
    for (const auto& server : servers) {
        for (const BusySession& session : server->sessions()) {
            const auto is = [&](const Link& link) { return link.id == session.link; };
            const auto link = std::find_if(links.begin(), links.end(), is);
            QVERIFY(link != links.end());
            if (link->state == LinkState::Removed)
                QVERIFY2(!server->isReadable(link->id), "said to be gone, and can be read");
            QVERIFY2(dueAt(*link), "nobody would look at it again");
            QCOMPARE(link->state == LinkState::Removed, session.meanwhile != Meanwhile::AndCutOff);
        }
    }
}

//! On every generation of servers, each with a project of its own.
void TestContractTakedown::shareAll(const RunningOpencode& running, Servers& servers) const
{
    const std::vector<std::pair<QString, Generation>> projects{
        {QStringLiteral("march"), Generation::March2026},
        {QStringLiteral("june"), Generation::June2026},
        {QStringLiteral("next"), Generation::Next}};
    for (const auto& [name, generation] : projects) {
        QVERIFY(m_opencode.addProject(name));
        servers.push_back(std::make_unique<BusyServer>(generation, running));
        shareIn(name, running, *servers.back());
        if (QTest::currentTestFailed())
            return;
    }
    for (const auto& server : servers) {
        for (const BusySession& session : server->sessions()) {
            QTRY_VERIFY_WITH_TIMEOUT(server->shares.dataOf(session.link.shareId).contains("Said before"),
                                     patience);
        }
    }
}

void TestContractTakedown::goOn(const RunningOpencode& running, const Servers& servers)
{
    for (const auto& server : servers) {
        server->forgetUploads();
        for (const BusySession& session : server->sessions())
            QVERIFY(running.note(session.sessionId, QStringLiteral("Said meanwhile, after"), session.folder));
    }
    for (const auto& server : servers) {
        QTRY_VERIFY_WITH_TIMEOUT(server->haveAllUploaded(), patience);
        for (const BusySession& session : server->sessions())
            QCOMPARE(server->isReadable(session.link), session.meanwhile == Meanwhile::AndCutOff);
    }
}

void TestContractTakedown::opencodeGoesOnUploading()
{
    QVERIFY2(m_opencode.problem().isEmpty(), qPrintable(m_opencode.problem()));
    QVERIFY(m_opencode.configure(QUrl(QStringLiteral("http://127.0.0.1:9"))));
    const RunningOpencode running(m_opencode);
    QVERIFY(running.isReady());
    Servers servers;
    shareAll(running, servers);
    if (QTest::currentTestFailed())
        return;

    const auto core = manager();
    QCOMPARE(QCoro::waitFor(core->openVault()).status, VaultStatus::Open);
    QVERIFY(core->sessions());
    const auto ended = QCoro::waitFor(core->unshareAll(linksOf(servers)));
    QVERIFY2(ended, qPrintable(text(ended)));
    for (const auto& server : servers)
        QVERIFY2(server->haveAllUploaded(), "opencode did not upload meanwhile");
    verifyHonest(servers, core->links().value());
    goOn(running, servers);
    verifyHonest(servers, core->links().value());

    // The next start, some time later, with servers that are sound again.
    for (const auto& server : servers)
        server->shares.heal();
    const auto later = manager(6min);
    QCOMPARE(QCoro::waitFor(later->openVault()).status, VaultStatus::Open);
    const auto resumed = QCoro::waitFor(later->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    const std::vector<Link> links = later->links().value();
    for (const Link& link : links)
        QCOMPARE(link.state, LinkState::Removed);
    for (const auto& server : servers) {
        for (const BusySession& session : server->sessions())
            QVERIFY(!server->isReadable(session.link));
    }
}

QTEST_GUILESS_MAIN(TestContractTakedown)
#include "test_contract_takedown.moc"
