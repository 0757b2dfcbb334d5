// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QUrl>

#include <memory>
#include <vector>

namespace sharelock::test {

struct ToolCall
{
    QByteArray name;
    QJsonObject arguments = {};
};

//! \brief What the model says when it is asked once.
struct ModelTurn
{
    QByteArray reasoning = {};
    QByteArray text = {};
    std::vector<ToolCall> tools = {};
};

//! \brief An OpenAI-compatible model on loopback that says what it was told to, in order, then `Done.`.
//! Requests without tools are for a title and get one. Runs on threads of its own.
class ScriptedModel
{
public:
    ScriptedModel();
    ~ScriptedModel();

    [[nodiscard]] QUrl baseUrl() const; //!< `http://127.0.0.1:PORT/v1`
    void say(std::vector<ModelTurn> turns);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sharelock::test
