// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sharelock::test {

//! \brief Which opencode the tables are of.
enum class SchemaAge
{
    First,   //!< The first that kept its conversations in SQLite: few columns, no shares.
    Current, //!< 1.18.33.
};

struct SampleSession
{
    QByteArray id = {};
    QByteArray title = "A session";
    QByteArray projectId = "project1";
    QByteArray directory = "/home/ada/project";
    QByteArray parentId = {};
    qint64 created = 1'700'000'000'000;
    qint64 updated = 1'700'000'001'000;
    std::optional<qint64> archived = {};
};

//! \brief An opencode.db that a test writes to, as opencode would: in WAL mode, on a connection of its own.
//! Ends the test program when SQLite refuses, since nothing can be tested then.
class OpencodeDatabase
{
public:
    //! \brief Creates the file and its tables.
    explicit OpencodeDatabase(const QString& path, SchemaAge age = SchemaAge::Current);

    void addProject(const QByteArray& id, const QByteArray& worktree, const QByteArray& name = {});
    void addSession(const SampleSession& session);
    void addMessage(const QByteArray& id, const QByteArray& sessionId, qint64 created,
                    const QByteArray& data);
    void addPart(const QByteArray& id, const QByteArray& messageId, const QByteArray& sessionId,
                 const QByteArray& data);
    void addShare(const QByteArray& sessionId, const QByteArray& shareId, const QByteArray& url,
                  const QByteArray& secret);
    //! \brief Any SQL without parameters.
    void execute(const QByteArray& sql);
    //! \brief Moves the WAL's content into the main file.
    void checkpoint();

    [[nodiscard]] sqlite::Connection& connection() { return m_connection; }

private:
    void run(const QByteArray& sql, const std::vector<QByteArray>& values);

    sqlite::Connection m_connection;
    SchemaAge m_age;
};

//! \brief `{"type":"text","text":…}` with \p text as it is, which must need no escapes.
[[nodiscard]] QByteArray textPart(const QByteArray& text);
//! \brief Data of a person's message.
[[nodiscard]] QByteArray userMessage(const QByteArray& model = "m1");
//! \brief Data of a model's message.
[[nodiscard]] QByteArray assistantMessage();

} // namespace sharelock::test
