// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/agreeing_stub.h"

#include <QTcpSocket>

namespace sharelock::sharing {

namespace {

constexpr qint64 longestRequest = 64 * 1024;

//! \brief Length of the whole request that starts in \p bytes; -1 while its head is not complete.
qint64 requestLength(const QByteArray& bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return -1;
    qint64 bodyLength = 0;
    const QList<QByteArray> lines = bytes.left(headEnd).split('\n');
    for (const QByteArray& line : lines) {
        if (line.toLower().startsWith("content-length:"))
            bodyLength = line.mid(line.indexOf(':') + 1).trimmed().toLongLong();
    }
    return headEnd + 4 + qMax<qint64>(bodyLength, 0);
}

} // namespace

AgreeingStub::AgreeingStub()
{
    connect(&m_server, &QTcpServer::newConnection, this, &AgreeingStub::accept);
}

bool AgreeingStub::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

QUrl AgreeingStub::origin() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_server.serverAddress().toString());
    url.setPort(m_server.serverPort());
    return url;
}

void AgreeingStub::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void AgreeingStub::read(QTcpSocket* socket)
{
    const QByteArray bytes = socket->peek(longestRequest);
    const qint64 length = requestLength(bytes);
    const bool endless = bytes.size() == longestRequest || length > longestRequest;
    if (!endless && (length < 0 || bytes.size() < length))
        return;
    const bool agreed = !endless && bytes.startsWith("DELETE ");
    socket->readAll();
    socket->write(agreed ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 404 Not Found\r\n");
    socket->write("Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    socket->disconnectFromHost();
}

} // namespace sharelock::sharing
