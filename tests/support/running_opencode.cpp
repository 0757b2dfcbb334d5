// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/real_opencode.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <httplib.h>

namespace sharelock::test {

namespace {

constexpr int startMs = 120'000;
constexpr int endMs = 10'000;
constexpr time_t answerSeconds = 120;

} // namespace

RunningOpencode::RunningOpencode(const RealOpencode& opencode)
    : m_folder(opencode.project())
{
    QProcessEnvironment variables = opencode.environment().variables;
    variables.insert(QStringLiteral("OPENCODE_SERVER_PASSWORD"), QString::fromLatin1(password()));
    m_process.setProcessEnvironment(variables);
    m_process.setWorkingDirectory(m_folder);
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(variables.value(QStringLiteral("SHARELOCK_OPENCODE")),
                    {QStringLiteral("serve"), QStringLiteral("--hostname"), QStringLiteral("127.0.0.1"),
                     QStringLiteral("--port"), QStringLiteral("0")});
    static const QRegularExpression line(QStringLiteral("listening on (http://\\S+)\\s"));
    QByteArray output;
    while (!m_url.isValid() && m_process.waitForReadyRead(startMs)) {
        output += m_process.readAllStandardOutput();
        const auto match = line.match(QString::fromUtf8(output));
        m_url = match.hasMatch() ? QUrl(match.captured(1)) : QUrl();
    }
}

RunningOpencode::~RunningOpencode()
{
    m_process.terminate();
    if (!m_process.waitForFinished(endMs)) {
        m_process.kill();
        m_process.waitForFinished(endMs);
    }
}

RunningOpencode::Answer RunningOpencode::call(const QByteArray& verb, const QString& path,
                                              const QJsonObject& body, const QString& folder) const
{
    httplib::Client client("127.0.0.1", m_url.port());
    client.set_basic_auth("opencode", password().constData());
    client.set_read_timeout(answerSeconds);
    httplib::Request request;
    request.method = verb.toStdString();
    const QByteArray directory = QUrl::toPercentEncoding(folder.isEmpty() ? m_folder : folder);
    const QByteArray target = path.toUtf8() + (path.contains(u'?') ? "&" : "?") + "directory=" + directory;
    request.path = target.toStdString();
    if (verb != "GET") {
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
        request.set_header("Content-Type", "application/json");
    }
    Answer answer;
    if (const auto result = client.send(request)) {
        answer.status = result->status;
        answer.json = QJsonDocument::fromJson(QByteArray::fromStdString(result->body));
    }
    return answer;
}

QString RunningOpencode::createSession(const QString& title, const QString& folder) const
{
    const auto answer = call("POST", QStringLiteral("/session"), {{QStringLiteral("title"), title}}, folder);
    return answer.json.object().value(u"id").toString();
}

bool RunningOpencode::note(const QString& sessionId, const QString& text, const QString& folder) const
{
    const QJsonObject body{{QStringLiteral("noReply"), true},
                           {QStringLiteral("parts"), QJsonArray{textInput(text)}}};
    return call("POST", u"/session/" + sessionId + u"/message", body, folder).status == 200;
}

bool RunningOpencode::prompt(const QString& sessionId, const QJsonArray& parts) const
{
    const QJsonObject body{{QStringLiteral("parts"), parts}};
    return call("POST", u"/session/" + sessionId + u"/message", body).status == 200;
}

QJsonObject textInput(const QString& text)
{
    return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
}

QJsonObject fileInput(const QString& name, const QString& mime, const QByteArray& content)
{
    const QString url = u"data:" + mime + u";base64," + QString::fromLatin1(content.toBase64());
    return {{QStringLiteral("type"), QStringLiteral("file")},
            {QStringLiteral("mime"), mime},
            {QStringLiteral("filename"), name},
            {QStringLiteral("url"), url}};
}

} // namespace sharelock::test
