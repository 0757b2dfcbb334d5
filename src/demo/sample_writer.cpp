// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_writer.h"

#include "base/sqlite.h"
#include "base/thread_guard.h"
#include "demo/sample_parts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <array>
#include <utility>

namespace sharelock::demo {

namespace {

using std::chrono::milliseconds;

std::string json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QJsonObject object(std::initializer_list<std::pair<QString, QJsonValue>> members)
{
    return QJsonObject(members);
}

//! Tokens and cost as a provider would bill the texts: about four letters each.
QJsonObject tokensOf(const SampleMessage& message)
{
    qint64 letters = 0;
    for (const SampleStep& step : message.steps)
        letters += step.body.size() + step.argument.size();
    const QJsonObject cache{{QStringLiteral("read"), letters * 3}, {QStringLiteral("write"), letters / 2}};
    return {{QStringLiteral("input"), letters / 3 + 1200},
            {QStringLiteral("output"), letters / 4},
            {QStringLiteral("reasoning"), 0},
            {QStringLiteral("cache"), cache}};
}

QJsonArray diffsOf(const PlannedSession& session)
{
    QJsonArray diffs;
    for (const SampleMessage& message : session.script.messages) {
        for (const SampleStep& step : message.steps) {
            const QJsonObject diff = fileDiffOf(step);
            if (!diff.isEmpty())
                diffs.append(diff);
        }
    }
    return diffs;
}

class Writer
{
public:
    Writer(sqlite::Connection& database, const SamplePlan& plan, SampleIds& ids)
        : m_database(database)
        , m_plan(plan)
        , m_ids(ids)
    {
    }

    [[nodiscard]] sqlite::Result<void> write();

private:
    [[nodiscard]] sqlite::Result<void> prepare();
    [[nodiscard]] sqlite::Result<void> writeProject(const SampleProject& project);
    [[nodiscard]] sqlite::Result<void> writeSession(const PlannedSession& session);
    [[nodiscard]] sqlite::Result<void> writeMessages(const PlannedSession& session);
    [[nodiscard]] sqlite::Result<void> writeParts(const PlannedSession& session, const SampleMessage& message,
                                                  const QString& messageId, Timestamp at);
    [[nodiscard]] sqlite::Result<void> writePart(const PlannedSession& session, const QString& messageId,
                                                 Timestamp at, const QJsonObject& data);
    [[nodiscard]] sqlite::Result<void> writeTodos(const PlannedSession& session, const SampleStep& step,
                                                  Timestamp at);
    [[nodiscard]] QJsonObject userData(const PlannedSession& session, Timestamp at) const;
    [[nodiscard]] QJsonObject assistantData(const PlannedSession& session, const SampleMessage& message,
                                            const QString& parentId, Timestamp at, bool isLast) const;

    sqlite::Connection& m_database;
    const SamplePlan& m_plan;
    SampleIds& m_ids;
    sqlite::Statement m_project;
    sqlite::Statement m_folder;
    sqlite::Statement m_session;
    sqlite::Statement m_message;
    sqlite::Statement m_part;
    sqlite::Statement m_todo;
    int m_calls = 0;
};

sqlite::Result<void> Writer::prepare()
{
    const std::array<std::pair<sqlite::Statement*, const char*>, 6> statements{{
        {&m_project, "INSERT INTO project (id, worktree, vcs, time_created, time_updated, sandboxes) "
                     "VALUES (?1, ?2, 'git', ?3, ?3, '[]')"},
        {&m_folder,
         "INSERT INTO project_directory (project_id, directory, time_created) VALUES (?1, ?2, ?3)"},
        {&m_session,
         "INSERT INTO session (id, project_id, parent_id, slug, directory, title, version, "
         "summary_additions, "
         "summary_deletions, summary_files, agent, model, time_created, time_updated, time_archived) "
         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, '1.18.33', ?7, ?8, ?9, 'build', ?10, ?11, ?12, ?13)"},
        {&m_message, "INSERT INTO message (id, session_id, time_created, time_updated, data) VALUES (?1, ?2, "
                     "?3, ?3, ?4)"},
        {&m_part, "INSERT INTO part (id, message_id, session_id, time_created, time_updated, data) "
                  "VALUES (?1, ?2, ?3, ?4, ?4, ?5)"},
        {&m_todo,
         "INSERT INTO todo (session_id, content, status, priority, position, time_created, time_updated) "
         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"},
    }};
    for (const auto& [statement, sql] : statements) {
        auto prepared = m_database.prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

sqlite::Result<void> Writer::write()
{
    if (auto prepared = prepare(); !prepared)
        return prepared;
    for (const SampleProject& project : m_plan.projects) {
        if (auto done = writeProject(project); !done)
            return done;
    }
    for (const PlannedSession& session : m_plan.sessions) {
        if (auto done = writeSession(session); !done)
            return done;
        if (auto done = writeMessages(session); !done)
            return done;
    }
    return {};
}

sqlite::Result<void> Writer::writeProject(const SampleProject& project)
{
    const std::int64_t since = toMilliseconds(m_plan.sessions.front().created);
    const std::string id = project.id.toStdString();
    const std::string directory = project.directory.toStdString();
    m_folder.bind(1, id).bind(2, directory).bind(3, since);
    if (auto done = m_project.bind(1, id).bind(2, directory).bind(3, since).run(); !done)
        return done;
    return m_folder.run();
}

sqlite::Result<void> Writer::writeSession(const PlannedSession& session)
{
    static const std::array<const char*, 8> adjectives{"eager",  "curious", "quiet", "brave",
                                                       "gentle", "swift",   "lucky", "calm"};
    static const std::array<const char*, 8> nouns{"sailor", "eagle", "meadow", "comet",
                                                  "harbor", "otter", "maple",  "lantern"};
    const std::string slug = std::string(adjectives.at(static_cast<std::size_t>(m_ids.number(0, 7)))) + '-' +
                             nouns.at(static_cast<std::size_t>(m_ids.number(0, 7)));
    std::int64_t additions = 0;
    std::int64_t deletions = 0;
    const QJsonArray diffs = diffsOf(session);
    for (const QJsonValue& diff : diffs) {
        additions += diff[QStringLiteral("additions")].toInt();
        deletions += diff[QStringLiteral("deletions")].toInt();
    }
    const QJsonObject model{{QStringLiteral("id"), session.model.section(u'/', 1)},
                            {QStringLiteral("providerID"), session.model.section(u'/', 0, 0)},
                            {QStringLiteral("variant"), QStringLiteral("default")}};
    m_session.bind(1, session.id.toStdString()).bind(2, session.project.id.toStdString());
    if (session.parentId.isEmpty())
        m_session.bindNull(3);
    else
        m_session.bind(3, session.parentId.toStdString());
    m_session.bind(4, slug).bind(5, session.project.directory.toStdString());
    m_session.bind(6, session.header(QStringLiteral("title")).toStdString());
    m_session.bind(7, additions).bind(8, deletions).bind(9, static_cast<std::int64_t>(diffs.size()));
    m_session.bind(10, json(model)).bind(11, static_cast<std::int64_t>(toMilliseconds(session.created)));
    m_session.bind(12, static_cast<std::int64_t>(toMilliseconds(session.updated)));
    const bool isArchived = session.script.header.contains(QStringLiteral("archived"));
    m_session.bind(13,
                   isArchived ? std::optional<std::int64_t>(toMilliseconds(session.updated)) : std::nullopt);
    return m_session.run();
}

sqlite::Result<void> Writer::writeMessages(const PlannedSession& session)
{
    QString userId;
    const QList<SampleMessage>& messages = session.script.messages;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const SampleMessage& message = messages.at(i);
        const Timestamp at = session.messageTimes.at(static_cast<std::size_t>(i));
        const QString id = m_ids.ascending(QStringLiteral("msg_"), at);
        const bool isLast = i + 1 == messages.size() || messages.at(i + 1).isUser;
        const QJsonObject data =
            message.isUser ? userData(session, at) : assistantData(session, message, userId, at, isLast);
        if (message.isUser)
            userId = id;
        m_message.bind(1, id.toStdString()).bind(2, session.id.toStdString());
        m_message.bind(3, static_cast<std::int64_t>(toMilliseconds(at))).bind(4, json(data));
        if (auto done = m_message.run(); !done)
            return done;
        if (auto done = writeParts(session, message, id, at); !done)
            return done;
    }
    return {};
}

sqlite::Result<void> Writer::writeParts(const PlannedSession& session, const SampleMessage& message,
                                        const QString& messageId, Timestamp at)
{
    const QString type = QStringLiteral("type");
    const QString snapshot = m_ids.hash();
    if (!message.isUser) {
        const QJsonObject start =
            object({{type, QStringLiteral("step-start")}, {QStringLiteral("snapshot"), snapshot}});
        if (auto done = writePart(session, messageId, at, start); !done)
            return done;
    }
    QJsonArray files;
    for (const SampleStep& step : message.steps) {
        at += milliseconds(m_ids.number(200, 900));
        PartContext context;
        context.directory = session.project.directory;
        context.model = session.model;
        context.childSessions = m_plan.sessionIds;
        context.start = at;
        context.end = at + milliseconds(m_ids.number(20, 900));
        context.call = ++m_calls;
        if (auto done = writePart(session, messageId, at, partOf(step, context)); !done)
            return done;
        if (auto done = writeTodos(session, step, at); !done)
            return done;
        if (!fileDiffOf(step).isEmpty())
            files.append(QString(session.project.directory + u'/' + step.argument));
    }
    if (message.isUser)
        return {};
    const QJsonObject finish = object({{type, QStringLiteral("step-finish")},
                                       {QStringLiteral("reason"), QStringLiteral("stop")},
                                       {QStringLiteral("snapshot"), snapshot},
                                       {QStringLiteral("tokens"), tokensOf(message)},
                                       {QStringLiteral("cost"), 0}});
    auto done = writePart(session, messageId, at, finish);
    if (!done || files.isEmpty())
        return done;
    return writePart(session, messageId, at,
                     object({{type, QStringLiteral("patch")},
                             {QStringLiteral("hash"), snapshot},
                             {QStringLiteral("files"), files}}));
}

sqlite::Result<void> Writer::writePart(const PlannedSession& session, const QString& messageId, Timestamp at,
                                       const QJsonObject& data)
{
    m_part.bind(1, m_ids.ascending(QStringLiteral("prt_"), at).toStdString())
        .bind(2, messageId.toStdString());
    m_part.bind(3, session.id.toStdString()).bind(4, static_cast<std::int64_t>(toMilliseconds(at)));
    return m_part.bind(5, json(data)).run();
}

sqlite::Result<void> Writer::writeTodos(const PlannedSession& session, const SampleStep& step, Timestamp at)
{
    std::int64_t position = 0;
    const QJsonArray todos = todosOf(step);
    for (const QJsonValue& todo : todos) {
        m_todo.bind(1, session.id.toStdString())
            .bind(2, todo[QStringLiteral("content")].toString().toStdString());
        m_todo.bind(3, todo[QStringLiteral("status")].toString().toStdString());
        m_todo.bind(4, todo[QStringLiteral("priority")].toString().toStdString());
        m_todo.bind(5, position++).bind(6, static_cast<std::int64_t>(toMilliseconds(at)));
        if (auto done = m_todo.run(); !done)
            return done;
    }
    return {};
}

QJsonObject Writer::userData(const PlannedSession& session, Timestamp at) const
{
    const QJsonObject model{{QStringLiteral("providerID"), session.model.section(u'/', 0, 0)},
                            {QStringLiteral("modelID"), session.model.section(u'/', 1)}};
    return {{QStringLiteral("role"), QStringLiteral("user")},
            {QStringLiteral("time"), QJsonObject{{QStringLiteral("created"), toMilliseconds(at)}}},
            {QStringLiteral("agent"), QStringLiteral("build")},
            {QStringLiteral("model"), model},
            {QStringLiteral("summary"), QJsonObject{{QStringLiteral("diffs"), QJsonArray()}}}};
}

QJsonObject Writer::assistantData(const PlannedSession& session, const SampleMessage& message,
                                  const QString& parentId, Timestamp at, bool isLast) const
{
    const QJsonObject path{{QStringLiteral("cwd"), session.project.directory},
                           {QStringLiteral("root"), session.project.directory}};
    const QJsonObject time{{QStringLiteral("created"), toMilliseconds(at)},
                           {QStringLiteral("completed"), toMilliseconds(at + milliseconds(4800))}};
    return {{QStringLiteral("role"), QStringLiteral("assistant")},
            {QStringLiteral("parentID"), parentId},
            {QStringLiteral("mode"), QStringLiteral("build")},
            {QStringLiteral("agent"), QStringLiteral("build")},
            {QStringLiteral("path"), path},
            {QStringLiteral("cost"), 0},
            {QStringLiteral("tokens"), tokensOf(message)},
            {QStringLiteral("modelID"), session.model.section(u'/', 1)},
            {QStringLiteral("providerID"), session.model.section(u'/', 0, 0)},
            {QStringLiteral("time"), time},
            {QStringLiteral("finish"), isLast ? QStringLiteral("stop") : QStringLiteral("tool-calls")}};
}

// opencode keeps a session's changed files beside its database.
bool writeDiffFiles(const QString& database, const SamplePlan& plan)
{
    const QDir folder(QFileInfo(database).absolutePath() + u"/storage/session_diff");
    if (!folder.mkpath(QStringLiteral(".")))
        return false;
    for (const PlannedSession& session : plan.sessions) {
        const QJsonArray diffs = diffsOf(session);
        QFile file(folder.filePath(session.id + u".json"));
        const QByteArray bytes = QJsonDocument(diffs).toJson();
        if (!diffs.isEmpty() && (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()))
            return false;
    }
    return true;
}

} // namespace

Expected<QStringList> writeSamples(const QString& path, const SamplePerson& person, Timestamp newest)
{
    assertOffGuiThread("writeSamples");
    if (QFile::exists(path))
        return fail(ErrorCode::FileFailed, path, QStringLiteral("there is a file already"));
    const auto failed = [&path](const sqlite::Failure& failure) {
        return fail(ErrorCode::FileFailed, path, failure.message);
    };
    auto database = sqlite::Connection::open(path, sqlite::Mode::ReadWrite);
    if (!database)
        return failed(database.error());
    QFile schema(QStringLiteral(":/sample/schema.sql"));
    if (!schema.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, schema.fileName());
    for (const QByteArray& sql : {QByteArray("PRAGMA journal_mode=WAL"), schema.readAll()}) {
        if (const auto done = database->execute(sql.constData()); !done)
            return failed(done.error());
    }

    SampleIds ids;
    const SamplePlan plan = planSamples(person, newest, ids);
    auto transaction = sqlite::Transaction::begin(*database);
    if (!transaction)
        return failed(transaction.error());
    if (const auto done = Writer(*database, plan, ids).write(); !done)
        return failed(done.error());
    if (const auto done = transaction->commit(); !done)
        return failed(done.error());
    if (!writeDiffFiles(path, plan))
        return fail(ErrorCode::FileFailed, path, QStringLiteral("could not write a session's diff"));

    QStringList shared;
    for (const PlannedSession& session : plan.sessions) {
        if (session.script.header.contains(QStringLiteral("shared")))
            shared += session.id;
    }
    return shared;
}

} // namespace sharelock::demo
