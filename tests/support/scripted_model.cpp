// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/scripted_model.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <httplib.h>

#include <atomic>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>

namespace sharelock::test {

namespace {

QByteArray chunk(const QJsonObject& delta, const QJsonValue& finish = QJsonValue::Null)
{
    const QJsonObject choice{{QStringLiteral("index"), 0},
                             {QStringLiteral("delta"), delta},
                             {QStringLiteral("finish_reason"), finish}};
    const QJsonObject message{{QStringLiteral("id"), QStringLiteral("c1")},
                              {QStringLiteral("object"), QStringLiteral("chat.completion.chunk")},
                              {QStringLiteral("created"), 1},
                              {QStringLiteral("model"), QStringLiteral("m1")},
                              {QStringLiteral("choices"), QJsonArray{choice}}};
    return "data: " + QJsonDocument(message).toJson(QJsonDocument::Compact) + "\n\n";
}

QJsonObject toolDelta(const ToolCall& call, int index, int number)
{
    const QByteArray arguments = QJsonDocument(call.arguments).toJson(QJsonDocument::Compact);
    const QJsonObject function{{QStringLiteral("name"), QString::fromUtf8(call.name)},
                               {QStringLiteral("arguments"), QString::fromUtf8(arguments)}};
    const QJsonObject tool{{QStringLiteral("index"), index},
                           {QStringLiteral("id"), QStringLiteral("call_%1").arg(number)},
                           {QStringLiteral("type"), QStringLiteral("function")},
                           {QStringLiteral("function"), function}};
    return {{QStringLiteral("tool_calls"), QJsonArray{tool}}};
}

} // namespace

class ScriptedModel::Private
{
public:
    QByteArray answer(const QByteArray& body)
    {
        const auto request = QJsonDocument::fromJson(body).object();
        if (request.value(u"tools").toArray().isEmpty()) {
            return stream({.text = "A title of the model"});
        }
        ModelTurn turn{.text = "Done."};
        {
            const std::lock_guard lock(mutex);
            if (!turns.empty()) {
                turn = std::move(turns.front());
                turns.pop_front();
            }
        }
        return stream(turn);
    }

    QByteArray stream(const ModelTurn& turn)
    {
        QByteArray text = chunk({{QStringLiteral("role"), QStringLiteral("assistant")}});
        if (!turn.reasoning.isEmpty()) {
            text += chunk({{QStringLiteral("reasoning_content"), QString::fromUtf8(turn.reasoning)}});
        }
        if (!turn.text.isEmpty()) {
            text += chunk({{QStringLiteral("content"), QString::fromUtf8(turn.text)}});
        }
        int index = 0;
        for (const ToolCall& call : turn.tools) {
            text += chunk(toolDelta(call, index++, ++calls));
        }
        text += chunk({}, turn.tools.empty() ? QStringLiteral("stop") : QStringLiteral("tool_calls"));
        return text + "data: [DONE]\n\n";
    }

    httplib::Server server;
    int port = 0;
    std::thread thread;
    std::mutex mutex;
    std::deque<ModelTurn> turns;
    std::atomic<int> calls = 0;
};

ScriptedModel::ScriptedModel()
    : d(std::make_unique<Private>())
{
    d->server.Post("/v1/chat/completions",
                   [this](const httplib::Request& request, httplib::Response& response) {
                       const QByteArray text = d->answer(QByteArray::fromStdString(request.body));
                       response.set_content(text.toStdString(), "text/event-stream");
                   });
    d->port = d->server.bind_to_any_port("127.0.0.1");
    d->thread = std::thread([this] { d->server.listen_after_bind(); });
    // An answer proves that it runs; a server that does not run yet could not be stopped.
    httplib::Client("127.0.0.1", d->port).Get("/");
}

ScriptedModel::~ScriptedModel()
{
    d->server.stop();
    d->thread.join();
}

QUrl ScriptedModel::baseUrl() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(d->port));
}

void ScriptedModel::say(std::vector<ModelTurn> turns)
{
    const std::lock_guard lock(d->mutex);
    d->turns.assign(std::make_move_iterator(turns.begin()), std::make_move_iterator(turns.end()));
}

} // namespace sharelock::test
