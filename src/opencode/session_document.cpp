// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_document.h"

#include "document/json_text.h"
#include "opencode/database_error.h"
#include "opencode/known_models.h"
#include "opencode/session_row.h"
#include "opencode/stored_json.h"

#include <array>
#include <limits>
#include <utility>

namespace sharelock::opencode {

namespace {

using document::ItemType;

//! Our own part in the place of one whose stored JSON is damaged: it says so and keeps the order, while the
//! raw bytes, which nobody could check for secrets, stay out.
std::string unreadablePart(std::string_view what, std::size_t bytes, std::span<const ColumnMember> ids)
{
    std::string text =
        R"({"type":"unreadable","what":)" + document::quoted(what) + R"(,"bytes":)" + std::to_string(bytes);
    for (const ColumnMember& member : ids) {
        text += ',' + document::quoted(member.name) + ':' + document::quoted(member.value);
    }
    return text + '}';
}

//! A message of which only the row's own columns are readable.
std::string unreadableMessage(std::optional<std::int64_t> created, std::span<const ColumnMember> ids)
{
    std::string text =
        R"({"role":"assistant","time":{"created":)" + std::to_string(created.value_or(0)) + '}';
    for (const ColumnMember& member : ids) {
        text += ',' + document::quoted(member.name) + ':' + document::quoted(member.value);
    }
    return text + '}';
}

//! An ID of the shape of a part's for a part that we add to a message.
std::string partIdFor(const std::string& messageId)
{
    constexpr std::string_view prefix = "msg_";
    const bool isUsual = messageId.starts_with(prefix);
    return "prt_" + (isUsual ? messageId.substr(prefix.size()) : messageId);
}

class Reader
{
public:
    Reader(sqlite::Connection& connection, const Schema& schema, std::string sessionId, HeadLimits limits)
        : m_connection(connection)
        , m_schema(schema)
        , m_sessionId(std::move(sessionId))
        , m_limits(limits)
    {
    }

    sqlite::Result<bool> readSession()
    {
        auto session = readSessionJson(m_connection, m_schema, m_json, m_sessionId);
        if (!session) {
            return tl::unexpected(session.error());
        }
        if (!*session) {
            return false;
        }
        m_document.addKeyed(ItemType::Session, "session", std::move(**session));
        return true;
    }

    sqlite::Result<void> readMessages()
    {
        auto statement =
            m_connection.prepare("SELECT id, data, " + m_schema.column("message", "time_created") +
                                 " FROM message WHERE session_id = ?1 ORDER BY 3, id");
        if (!statement) {
            return tl::unexpected(statement.error());
        }
        statement->bind(1, m_sessionId);
        while (true) {
            const auto row = statement->step();
            if (!row) {
                return tl::unexpected(row.error());
            }
            if (!*row) {
                return {};
            }
            if (m_messages.size() == m_limits.messages) {
                m_isCut = true;
                return {};
            }
            addMessage(*statement);
        }
    }

    sqlite::Result<void> readParts()
    {
        auto statement = m_connection.prepare("SELECT id, data FROM part WHERE message_id = ?1 ORDER BY id");
        if (!statement) {
            return tl::unexpected(statement.error());
        }
        for (const Message& message : m_messages) {
            if (message.isDamaged) {
                addDamagedMessagePart(message);
            }
            statement->reset();
            statement->bind(1, message.id);
            while (true) {
                const auto row = statement->step();
                if (!row) {
                    return tl::unexpected(row.error());
                }
                if (!*row) {
                    break;
                }
                if (m_partBytes > m_limits.bytes) {
                    m_isCut = true;
                    return {};
                }
                addPart(*statement, message);
            }
        }
        return {};
    }

    [[nodiscard]] bool isCut() const { return m_isCut; }

    document::ShareDocument finish()
    {
        // opencode 1.18.33 sends this item empty with every full upload, also where it keeps a diff of the
        // session.
        m_document.addKeyed(ItemType::SessionDiff, "session_diff", "[]");
        m_document.addKeyed(ItemType::Model, "model", m_models.toJson());
        return std::move(m_document);
    }

private:
    struct Message
    {
        std::string id;     //!< As in the database.
        std::string textId; //!< As valid UTF-8.
        std::size_t bytes = 0;
        bool isDamaged = false;
    };

    void addMessage(const sqlite::Statement& row)
    {
        Message message{std::string(row.text(0)), validUtf8(row.text(0)), row.text(1).size(), false};
        const std::array ids{ColumnMember{"id", message.textId}, ColumnMember{"sessionID", m_sessionId}};
        auto data = m_json.withMembers(row.text(1), ids);
        message.isDamaged = !data;
        if (data) {
            m_models.noteLast(m_json);
        } else {
            data = unreadableMessage(row.optionalInteger(2), ids);
        }
        m_document.addKeyed(ItemType::Message, "message/" + message.textId, std::move(*data));
        m_messages.push_back(std::move(message));
    }

    void addPart(const sqlite::Statement& row, const Message& message)
    {
        const std::string id = validUtf8(row.text(0));
        const std::array ids{ColumnMember{"id", id}, ColumnMember{"sessionID", m_sessionId},
                             ColumnMember{"messageID", message.textId}};
        auto data = m_json.withMembers(row.text(1), ids);
        if (!data) {
            data = unreadablePart("part", row.text(1).size(), ids);
        }
        m_partBytes += data->size();
        m_document.addKeyed(ItemType::Part, "part/" + message.textId + '/' + id, std::move(*data));
    }

    void addDamagedMessagePart(const Message& message)
    {
        const std::string id = partIdFor(message.textId);
        const std::array ids{ColumnMember{"id", id}, ColumnMember{"sessionID", m_sessionId},
                             ColumnMember{"messageID", message.textId}};
        m_document.addKeyed(ItemType::Part, "part/" + message.textId + '/' + id,
                            unreadablePart("message", message.bytes, ids));
    }

    sqlite::Connection& m_connection;
    const Schema& m_schema;
    std::string m_sessionId;
    HeadLimits m_limits;
    std::size_t m_partBytes = 0;
    bool m_isCut = false;
    StoredJson m_json;
    KnownModels m_models;
    std::vector<Message> m_messages;
    document::ShareDocument m_document;
};

} // namespace

Expected<DocumentHead> readHead(sqlite::Connection& connection, const Schema& schema, const QString& path,
                                const QString& sessionId, const HeadLimits& limits)
{
    Reader reader(connection, schema, sessionId.toStdString(), limits);
    const auto found = reader.readSession();
    if (!found) {
        return tl::unexpected(databaseError(found.error(), path));
    }
    if (!*found) {
        return fail(ErrorCode::SessionNotFound, sessionId);
    }
    if (const auto done = reader.readMessages(); !done) {
        return tl::unexpected(databaseError(done.error(), path));
    }
    if (const auto done = reader.readParts(); !done) {
        return tl::unexpected(databaseError(done.error(), path));
    }
    return DocumentHead{reader.finish(), !reader.isCut()};
}

Expected<document::ShareDocument> readDocument(sqlite::Connection& connection, const Schema& schema,
                                               const QString& path, const QString& sessionId)
{
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    auto head = readHead(connection, schema, path, sessionId, {all, all});
    if (!head) {
        return tl::unexpected(head.error());
    }
    return std::move(head->document);
}

} // namespace sharelock::opencode
