// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "base/thread_guard.h"
#include "demo/sample_writer.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <httplib.h>

#include <optional>

namespace sharelock::demo {

namespace {

QJsonObject item(const char* type, const QJsonValue& data)
{
    return {{QStringLiteral("type"), QLatin1String(type)}, {QStringLiteral("data"), data}};
}

QJsonObject parsed(std::string_view json)
{
    const QByteArray bytes(json.data(), static_cast<qsizetype>(json.size()));
    return QJsonDocument::fromJson(bytes).object();
}

class Sharer
{
public:
    Sharer(sqlite::Connection& database, QString path, const QString& origin)
        : m_database(database)
        , m_path(std::move(path))
        , m_http(origin.toStdString())
    {
    }

    Expected<void> share(const QString& sessionId)
    {
        auto items = itemsOf(sessionId);
        if (!items)
            return failed(items.error());
        const QJsonObject created =
            post(QStringLiteral("/api/share"), {{QStringLiteral("sessionID"), sessionId}});
        const QString id = created.value(QLatin1String("id")).toString();
        const QString secret = created.value(QLatin1String("secret")).toString();
        if (secret.isEmpty())
            return fail(ErrorCode::ServerFailed, QStringLiteral("create"));
        const QString url = created.value(QLatin1String("url")).toString();
        post(QStringLiteral("/api/share/%1/sync").arg(id),
             {{QStringLiteral("secret"), secret}, {QStringLiteral("data"), *items}});
        if (const auto noted = note(sessionId, id, secret, url); !noted)
            return failed(noted.error());
        return {};
    }

private:
    tl::unexpected<Error> failed(const sqlite::Failure& failure) const
    {
        return fail(ErrorCode::FileFailed, m_path, failure.message);
    }

    QJsonObject post(const QString& path, const QJsonObject& body)
    {
        const std::string text = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
        const httplib::Result answer = m_http.Post(path.toStdString(), text, "application/json");
        return answer && answer->status == 200 ? parsed(answer->body) : QJsonObject();
    }

    sqlite::Result<QJsonArray> itemsOf(const QString& sessionId)
    {
        QJsonArray items;
        const auto add = [&items](const char* type, const sqlite::Statement& row) {
            QJsonObject data = parsed(row.text(0));
            data.insert(QStringLiteral("id"), row.string(1));
            data.insert(QStringLiteral("sessionID"), row.string(2));
            if (qstrcmp(type, "part") == 0)
                data.insert(QStringLiteral("messageID"), row.string(3));
            items.append(item(type, data));
        };
        if (auto done = eachRow(
                "SELECT json_object('slug', slug, 'projectID', project_id, 'directory', directory, 'title', "
                "title, 'version', version, 'time', json_object('created', time_created, 'updated', "
                "time_updated)), id, id FROM session WHERE id = ?1",
                sessionId, [&](const sqlite::Statement& row) { add("session", row); });
            !done)
            return tl::unexpected(done.error());
        if (auto done = eachRow("SELECT data, id, session_id FROM message WHERE session_id = ?1", sessionId,
                                [&](const sqlite::Statement& row) { add("message", row); });
            !done)
            return tl::unexpected(done.error());
        if (auto done = eachRow("SELECT data, id, session_id, message_id FROM part WHERE session_id = ?1",
                                sessionId, [&](const sqlite::Statement& row) { add("part", row); });
            !done)
            return tl::unexpected(done.error());
        QFile diffs(QFileInfo(m_path).absolutePath() + u"/storage/session_diff/" + sessionId + u".json");
        if (diffs.open(QIODevice::ReadOnly))
            items.append(item("session_diff", QJsonDocument::fromJson(diffs.readAll()).array()));
        return items;
    }

    template <typename Visit>
    sqlite::Result<void> eachRow(const char* sql, const QString& sessionId, Visit visit)
    {
        auto statement = m_database.prepare(sql);
        if (!statement)
            return tl::unexpected(statement.error());
        const std::string id = sessionId.toStdString();
        statement->bind(1, id);
        while (true) {
            const auto row = statement->step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row)
                return {};
            visit(*statement);
        }
    }

    sqlite::Result<void> note(const QString& sessionId, const QString& id, const QString& secret,
                              const QString& url)
    {
        auto row = m_database.prepare(
            "INSERT INTO session_share (session_id, id, secret, url, time_created, time_updated) "
            "SELECT id, ?2, ?3, ?4, time_updated, time_updated FROM session WHERE id = ?1");
        if (!row)
            return tl::unexpected(row.error());
        row->bind(1, sessionId.toStdString()).bind(2, id.toStdString());
        if (auto done = row->bind(3, secret.toStdString()).bind(4, url.toStdString()).run(); !done)
            return done;
        auto claim = m_database.prepare("UPDATE session SET share_url = ?2 WHERE id = ?1");
        if (!claim)
            return tl::unexpected(claim.error());
        return claim->bind(1, sessionId.toStdString()).bind(2, url.toStdString()).run();
    }

    sqlite::Connection& m_database;
    QString m_path;
    httplib::Client m_http;
};

} // namespace

Expected<void> shareSamples(const QString& path, const QString& origin, const QStringList& sessionIds)
{
    assertOffGuiThread("shareSamples");
    auto database = sqlite::Connection::open(path, sqlite::Mode::ReadWrite);
    if (!database)
        return fail(ErrorCode::FileFailed, path, database.error().message);
    Sharer sharer(*database, path, origin);
    for (const QString& sessionId : sessionIds) {
        if (auto shared = sharer.share(sessionId); !shared)
            return shared;
    }
    return {};
}

} // namespace sharelock::demo
