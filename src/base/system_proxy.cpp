// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/system_proxy.h"

#include <QHostAddress>
#include <QNetworkProxy>

namespace sharelock {

namespace {

bool isThisMachine(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

// QUrl would write a host in its own way; a password may hold anything.
QByteArray addressOf(const QByteArray& scheme, const QNetworkProxy& proxy)
{
    QByteArray address = scheme;
    if (!proxy.user().isEmpty())
        address +=
            QUrl::toPercentEncoding(proxy.user()) + ':' + QUrl::toPercentEncoding(proxy.password()) + '@';
    const QByteArray host = proxy.hostName().toUtf8();
    address += host.contains(':') ? '[' + host + ']' : host;
    return address + ':' + QByteArray::number(proxy.port());
}

} // namespace

QByteArray systemProxyFor(const QUrl& url)
{
    if (isThisMachine(url.host()))
        return {};
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy& proxy : proxies) {
        switch (proxy.type()) {
        case QNetworkProxy::HttpProxy:
        case QNetworkProxy::HttpCachingProxy:
            return addressOf("http://", proxy);
        case QNetworkProxy::Socks5Proxy:
            return addressOf("socks5h://", proxy);
        case QNetworkProxy::NoProxy:
        case QNetworkProxy::DefaultProxy:
            return {};
        case QNetworkProxy::FtpCachingProxy:
            break;
        }
    }
    return {};
}

} // namespace sharelock
