// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/scripted_peer.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <optional>

#include <sys/socket.h>

namespace sharelock::tests {

namespace {

// Takes one whole request off the front of the buffer, if there is one.
std::optional<SeenRequest> takeRequest(QByteArray& buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = buffer.left(end).split('\n');
    const QList<QByteArray> first = lines.front().trimmed().split(' ');
    SeenRequest request;
    request.verb = first.value(0);
    request.target = first.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        request.headers.insert(lines[i].left(colon).trimmed().toLower(), lines[i].mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return std::nullopt;
    request.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return request;
}

void breakOff(QTcpSocket* socket)
{
    const linger atOnce = {1, 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof(atOnce));
    socket->abort();
}

void drip(QTcpSocket* socket, const PeerReply& reply)
{
    auto* timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, chunk = reply.chunk] {
        // Not faster than the other side takes it.
        if (socket->isOpen() && socket->bytesToWrite() < 1024 * 1024)
            socket->write(chunk);
    });
    timer->start(reply.every);
}

} // namespace

PeerReply httpReply(int status, const QByteArray& body,
                    const std::vector<std::pair<QByteArray, QByteArray>>& headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) +
                       " Whatever\r\nContent-Type: application/json\r\n"
                       "Content-Length: " +
                       QByteArray::number(body.size()) + "\r\n";
    for (const auto& [name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    PeerReply reply;
    reply.bytes = bytes + "\r\n" + body;
    return reply;
}

ScriptedPeer::ScriptedPeer(std::unique_ptr<QTcpServer> server)
    : m_server(std::move(server))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &ScriptedPeer::onConnection);
}

bool ScriptedPeer::listen(quint16 port)
{
    return m_server->listen(QHostAddress::LocalHost, port);
}

QUrl ScriptedPeer::url(const QString& path) const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_server->serverPort());
    url.setPath(path);
    return url;
}

void ScriptedPeer::onConnection()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        ++m_connections;
        ++m_open;
        // Bounded, so that not reading is felt on the other side.
        socket->setReadBufferSize(64 * 1024);
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] { onBytes(socket, *buffer); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this](qint64 bytes) { m_bytesSent += bytes; });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_open;
            socket->deleteLater();
        });
        onBytes(socket, *buffer); // What came before anybody listened, as it does over TLS.
    }
}

void ScriptedPeer::onBytes(QTcpSocket* socket, QByteArray& buffer)
{
    if (!m_reading)
        return;
    const QByteArray bytes = socket->readAll();
    m_bytesReceived += bytes.size();
    buffer += bytes;
    while (auto request = takeRequest(buffer)) {
        m_requests.push_back(std::move(*request));
        m_busiest = std::max(m_busiest, ++m_waiting);
        if (m_onRequest)
            m_onRequest(SeenRequest(m_requests.back()));
        follow(socket);
    }
}

void ScriptedPeer::follow(QTcpSocket* socket)
{
    PeerReply reply = m_script.empty() ? PeerReply() : m_script.front();
    if (m_script.size() > 1)
        m_script.pop_front();
    QPointer<QTcpSocket> guarded(socket);
    QTimer::singleShot(reply.after, this, [this, guarded, reply] {
        --m_waiting;
        if (guarded != nullptr && guarded->state() == QAbstractSocket::ConnectedState)
            play(guarded, reply);
    });
}

void ScriptedPeer::play(QTcpSocket* socket, const PeerReply& reply)
{
    socket->write(reply.bytes);
    switch (reply.then) {
    case PeerReply::Then::KeepAlive:
        break;
    case PeerReply::Then::Close:
        socket->disconnectFromHost();
        break;
    case PeerReply::Then::Reset:
        socket->flush();
        breakOff(socket);
        break;
    case PeerReply::Then::Drip:
        drip(socket, reply);
        break;
    }
}

} // namespace sharelock::tests
