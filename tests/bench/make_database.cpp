// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// Fills an empty opencode.db (made by opencode itself, so that its schema is the real one) with generated
// sessions:
//   bench_make_database FILE [SESSIONS] [MESSAGES] [MEGABYTES_OF_CONTENT] [LARGE_SESSION_MEGABYTES]
// Nobody's conversation is in it. Deterministic, so that figures can be compared.

#include "base/sqlite.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>
#include <random>
#include <string>

using namespace sharelock;

namespace {

struct Plan
{
    int sessions = 10'000;
    int messages = 200'000;
    std::int64_t bytes = 610'000'000; // of content: makes a file of 900 MB
    std::int64_t largeBytes = 20'000'000;
};

constexpr std::int64_t newest = 1'795'000'000'000; // ms since the epoch: a day in November 2026

class Generator
{
public:
    explicit Generator(sqlite::Connection& connection)
        : m_connection(connection)
    {
    }

    bool fill(const Plan& plan);

private:
    std::string id(const char* prefix, std::int64_t order);
    std::string prose(std::size_t bytes);
    bool project(int number);
    bool session(int number, int messages, std::int64_t bytes, const std::string& title);
    bool message(const std::string& session, int number, bool user, std::int64_t at, std::int64_t bytes);
    bool part(const std::string& message, const std::string& session, std::int64_t at,
              const std::string& data);

    sqlite::Connection& m_connection;
    sqlite::Statement m_session, m_message, m_part;
    std::mt19937_64 m_random{20261122};
    std::int64_t m_serial = 0;
};

std::string Generator::id(const char* prefix, std::int64_t order)
{
    static constexpr char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    char head[16];
    std::snprintf(head, sizeof head, "%012llx", static_cast<unsigned long long>(order & 0xffffffffffffLL));
    std::string text = std::string(prefix) + head;
    for (int i = 0; i < 14; ++i)
        text += digits[m_random() % 62];
    return text;
}

std::string Generator::prose(std::size_t bytes)
{
    static constexpr const char* words[] = {
        "the",      "request", "fails",   "with",    "status", "in",   "/home/alex/work/shop",
        "retry",    "const",   "return",  "handler", "await",  "test", "src/payments/webhook.ts",
        "function", "queue",   "backoff", "\\n",     "error",  "line", "compiler"};
    std::string text;
    text.reserve(bytes + 32);
    while (text.size() < bytes) {
        text += words[m_random() % std::size(words)];
        text += ' ';
    }
    return text;
}

bool Generator::project(int number)
{
    auto statement =
        m_connection.prepare("INSERT INTO project(id, worktree, vcs, time_created, time_updated, sandboxes) "
                             "VALUES(?1, ?2, 'git', ?3, ?3, '[]')");
    if (!statement)
        return false;
    const std::string name = "project-" + std::to_string(number);
    const std::string worktree = "/home/alex/work/" + name;
    return statement->bind(1, name).bind(2, worktree).bind(3, newest).run().has_value();
}

bool Generator::part(const std::string& message, const std::string& session, std::int64_t at,
                     const std::string& data)
{
    const std::string partId = id("prt_", ++m_serial);
    return m_part.bind(1, partId)
        .bind(2, message)
        .bind(3, session)
        .bind(4, at)
        .bind(5, data)
        .run()
        .has_value();
}

bool Generator::message(const std::string& session, int number, bool user, std::int64_t at,
                        std::int64_t bytes)
{
    const std::string messageId = id("msg_", ++m_serial);
    const std::string time = R"("time":{"created":)" + std::to_string(at) + "}";
    const std::string data =
        user
            ? R"({"role":"user",)" + time +
                  R"(,"agent":"build","model":{"providerID":"mock","modelID":"m1"},"summary":{"diffs":[]}})"
            : R"({"role":"assistant","mode":"build","agent":"build","path":{"cwd":"/home/alex/work","root":"/home/alex/work"},)"
              R"("cost":0,"tokens":{"input":0,"output":0,"reasoning":0,"cache":{"write":0,"read":0}},"modelID":"m1","providerID":"mock",)" +
                  time + R"(,"finish":"stop"})";
    if (!m_message.bind(1, messageId).bind(2, session).bind(3, at).bind(4, data).run())
        return false;
    if (user)
        return part(messageId, session, at, R"({"type":"text","text":")" + prose(200) + "\"}");
    // From half to one and a half of it, so that not all rows fill their pages alike.
    const auto body = static_cast<std::size_t>(bytes) * (50 + m_random() % 101) / 100;
    const std::string output = prose(body * 9 / 20);
    const std::string count = std::to_string(number);
    return part(messageId, session, at, R"({"type":"text","text":")" + prose(body / 10) + "\"}") &&
           part(
               messageId, session, at,
               R"({"type":"tool","tool":"bash","callID":"call_)" + count +
                   R"(","state":{"status":"completed","input":{"command":"npm test","description":"Run the tests"},"output":")" +
                   output + R"(","metadata":{"output":")" + output +
                   R"(","exit":0,"truncated":false},"title":"npm test","time":{"start":1,"end":2}}})");
}

bool Generator::session(int number, int messages, std::int64_t bytes, const std::string& title)
{
    const std::int64_t at = newest - static_cast<std::int64_t>(number) * 600'000;
    const std::string sessionId = id("ses_", 0xffffffffffffLL - 10'000'000 + number);
    const std::string project = "project-" + std::to_string(number % 40);
    const std::string directory = "/home/alex/work/" + project;
    const bool written = m_session.bind(1, sessionId)
                             .bind(2, project)
                             .bind(3, directory)
                             .bind(4, title)
                             .bind(5, at)
                             .run()
                             .has_value();
    if (!written)
        return false;
    for (int i = 0; i < messages; ++i) {
        if (!message(sessionId, i, i % 2 == 0, at - (messages - i) * 1000, 2 * bytes / std::max(1, messages)))
            return false;
    }
    return true;
}

bool Generator::fill(const Plan& plan)
{
    auto session = m_connection.prepare(
        "INSERT INTO session(id, project_id, slug, directory, path, title, version, summary_additions, "
        "summary_deletions, summary_files, agent, model, time_created, time_updated) VALUES(?1, ?2, "
        "'bright-otter', ?3, '', ?4, '1.18.33', 0, 0, 0, 'build', "
        "'{\"id\":\"m1\",\"providerID\":\"mock\"}', ?5, ?5)");
    auto message = m_connection.prepare(
        "INSERT INTO message(id, session_id, time_created, time_updated, data) VALUES(?1, ?2, ?3, ?3, ?4)");
    auto part = m_connection.prepare("INSERT INTO part(id, message_id, session_id, time_created, "
                                     "time_updated, data) VALUES(?1, ?2, ?3, ?4, ?4, ?5)");
    auto transaction = sqlite::Transaction::begin(m_connection);
    if (!session || !message || !part || !transaction)
        return false;
    m_session = std::move(*session);
    m_message = std::move(*message);
    m_part = std::move(*part);
    for (int i = 0; i < 40; ++i) {
        if (!project(i))
            return false;
    }
    // The large one is the newest, so that it is the first of the list.
    const int perSession = plan.messages / plan.sessions;
    const std::int64_t bytes = (plan.bytes - plan.largeBytes) / plan.sessions;
    bool good = this->session(0, 800, plan.largeBytes, "The large session");
    for (int i = 1; good && i < plan.sessions; ++i)
        good = this->session(i, perSession, bytes, "Session " + std::to_string(i) + " about " + prose(24));
    return good && transaction->commit().has_value();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_make_database FILE [SESSIONS] [MESSAGES] [MEGABYTES_OF_CONTENT] "
                   "[LARGE_SESSION_MEGABYTES]\n",
                   stderr);
        return 2;
    }
    Plan plan;
    if (arguments.size() > 2)
        plan.sessions = arguments[2].toInt();
    if (arguments.size() > 3)
        plan.messages = arguments[3].toInt();
    if (arguments.size() > 4)
        plan.bytes = arguments[4].toLongLong() * 1'000'000;
    if (arguments.size() > 5)
        plan.largeBytes = arguments[5].toLongLong() * 1'000'000;
    auto connection = sqlite::Connection::open(arguments[1], sqlite::Mode::ReadWrite);
    if (!connection || !connection->hasTable("session")) {
        std::fputs("not an opencode database; let opencode make an empty one first\n", stderr);
        return 1;
    }
    Generator generator(*connection);
    if (!generator.fill(plan)) {
        std::fputs("the database refused the rows\n", stderr);
        return 1;
    }
    return 0;
}
