// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace sharelock::sharing {

//! \brief A share server that agrees to every DELETE and knows nothing else. On loopback, in the thread's own
//! event loop. Looks at no body: those hold keys.
class AgreeingStub : public QObject
{
    Q_OBJECT
public:
    AgreeingStub();

    //! \returns false when the system gives no port.
    [[nodiscard]] bool listen();
    [[nodiscard]] QUrl origin() const;

private:
    void accept();
    static void read(QTcpSocket* socket);

    QTcpServer m_server;
};

} // namespace sharelock::sharing
