// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QTcpSocket;

namespace sharelock::tests {

//! \brief A request as it came over the wire.
struct SeenRequest
{
    QByteArray verb;
    QByteArray target;                     //!< Path and query.
    QHash<QByteArray, QByteArray> headers; //!< Names in lower case.
    QByteArray body;
};

//! \brief What the peer does with one request.
struct PeerReply
{
    enum class Then
    {
        KeepAlive, //!< Waits for the next request.
        Close,     //!< Ends the connection in order.
        Reset,     //!< Breaks it off.
        Drip,      //!< Sends `chunk` again and again, every `every`, until the other side goes.
    };
    QByteArray bytes; //!< Sent as they are.
    Then then = Then::KeepAlive;
    std::chrono::milliseconds after{0}; //!< Waits this long first.
    QByteArray chunk{};
    std::chrono::milliseconds every{0};
};

//! \brief A whole answer with a right Content-Length.
[[nodiscard]] PeerReply httpReply(int status, const QByteArray& body = QByteArrayLiteral("{}"),
                                  const std::vector<std::pair<QByteArray, QByteArray>>& headers = {});

//! \brief An HTTP server on loopback that follows a script, misbehaviour included.
class ScriptedPeer : public QObject
{
    Q_OBJECT
public:
    //! \param server another one that HTTP is spoken over, with TLS for instance.
    explicit ScriptedPeer(std::unique_ptr<QTcpServer> server = std::make_unique<QTcpServer>());

    //! \brief Listens; \p port 0 takes a free one.
    bool listen(quint16 port = 0);
    [[nodiscard]] QUrl url(const QString& path = QStringLiteral("/")) const;

    //! \brief Requests are answered in the order of these; the last one stays for all that follow.
    void say(PeerReply reply) { m_script.push_back(std::move(reply)); }

    //! \brief Called with each request before it is answered.
    void onRequest(std::function<void(const SeenRequest&)> act) { m_onRequest = std::move(act); }

    [[nodiscard]] const std::vector<SeenRequest>& requests() const { return m_requests; }
    //! \brief Most requests that stood unanswered at once.
    [[nodiscard]] int busiest() const { return m_busiest; }
    [[nodiscard]] int connections() const { return m_connections; }
    //! \brief Connections that are still there.
    [[nodiscard]] int open() const { return m_open; }
    //! \brief Body bytes received so far, of unfinished requests too.
    [[nodiscard]] qint64 bytesReceived() const { return m_bytesReceived; }
    //! \brief Bytes handed to the network so far.
    [[nodiscard]] qint64 bytesSent() const { return m_bytesSent; }
    //! \brief From now on nothing is read, so that a sender gets stuck.
    void stopReading() { m_reading = false; }

private:
    void onConnection();
    void onBytes(QTcpSocket* socket, QByteArray& buffer);
    void follow(QTcpSocket* socket);
    void play(QTcpSocket* socket, const PeerReply& reply);

    std::unique_ptr<QTcpServer> m_server;
    std::deque<PeerReply> m_script;
    std::vector<SeenRequest> m_requests;
    std::function<void(const SeenRequest&)> m_onRequest;
    int m_waiting = 0;
    int m_busiest = 0;
    int m_connections = 0;
    int m_open = 0;
    qint64 m_bytesReceived = 0;
    qint64 m_bytesSent = 0;
    bool m_reading = true;
};

} // namespace sharelock::tests
