// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sample_conversation.h"

#include <QRandomGenerator>
#include <QString>

namespace sharelock::document {

namespace {

std::string makeId(const char* kind, quint64 time, QRandomGenerator& random)
{
    std::string id =
        QString::asprintf("%s_%012llx", kind, static_cast<unsigned long long>(time)).toStdString();
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 14; ++i)
        id += letters[random.bounded(quint32(letters.size()))];
    return id;
}

} // namespace

ShareDocument conversation(int count, std::vector<std::string>* ids)
{
    QRandomGenerator random(7);
    ShareDocument document;
    document.addKeyed(
        ItemType::Session, "session",
        R"({"id":")" + session + R"(","parentID":")" + otherSession + R"(","projectID":")" + project +
            R"(","workspaceID":"wrk_abcdef0123456789xyzXYZ","share":{"url":"https://x/s/IJKLMN"},"title":"T"})");
    quint64 time = 0x5a0000000000ULL;
    std::string previous;
    for (int i = 0; i < count; ++i) {
        const std::string message = makeId("msg", time += 1 + random.bounded(1000), random);
        const std::string part = makeId("prt", time += 1, random);
        document.addKeyed(ItemType::Message, "message/" + message,
                          R"({"id":")" + message + R"(","sessionID":")" + session + R"(","parentID":")" +
                              previous + R"("})");
        document.addKeyed(ItemType::Part, "part/" + message + "/" + part,
                          R"({"id":")" + part + R"(","messageID":")" + message + R"(","sessionID":")" +
                              session + R"(","text":"see )" + message + R"( and {\"p\":\")" + part +
                              R"(\\n)" + otherSession + R"(\"} in )" + project + R"(/x","map":{")" + part +
                              R"(":1}})");
        if (ids != nullptr)
            ids->insert(ids->end(), {message, part});
        previous = message;
    }
    if (ids != nullptr)
        ids->insert(ids->end(), {session, otherSession, project, "wrk_abcdef0123456789xyzXYZ"});
    return document;
}

} // namespace sharelock::document
