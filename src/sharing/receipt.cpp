// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/receipt.h"

#include <QCoreApplication>

namespace sharelock::sharing {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sharelock::Receipt", text);
}

} // namespace

QString flawName(ChainFlaw flaw)
{
    switch (flaw) {
    case ChainFlaw::None:
        return QStringLiteral("none");
    case ChainFlaw::Changed:
        return QStringLiteral("changed");
    case ChainFlaw::Missing:
        return QStringLiteral("missing");
    case ChainFlaw::Inserted:
        return QStringLiteral("inserted");
    case ChainFlaw::WrongOrder:
        return QStringLiteral("wrong-order");
    }
    return {};
}

QString flawCaption(ChainFlaw flaw)
{
    switch (flaw) {
    case ChainFlaw::None:
        return tr("All receipts are as they were written.");
    case ChainFlaw::Changed:
        return tr("It was changed after it had been written.");
    case ChainFlaw::Missing:
        return tr("It is missing.");
    case ChainFlaw::Inserted:
        return tr("It was inserted by something else than Sharelock.");
    case ChainFlaw::WrongOrder:
        return tr("Another receipt stands in its place.");
    }
    return {};
}

QString answerName(const Expected<void>& ended)
{
    if (ended)
        return QStringLiteral("2xx");
    // ShareServer says "HTTP 500, POST …" where there was an answer.
    const QString prefix = QStringLiteral("HTTP ");
    const QString& detail = ended.error().detail;
    if (detail.startsWith(prefix))
        return detail.mid(prefix.size()).section(QLatin1Char(','), 0, 0).trimmed();
    return codeName(ended.error().code);
}

} // namespace sharelock::sharing
