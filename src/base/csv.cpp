// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/csv.h"

#include <algorithm>

namespace sharelock {

namespace {

QString cellText(QString cell)
{
    static const QString formulaBegins = QStringLiteral("=+-@\t\r");
    if (!cell.isEmpty() && formulaBegins.contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    const auto needsQuotes = [](QChar c) {
        return c == QLatin1Char('"') || c == QLatin1Char(',') || c == QLatin1Char('\r') ||
               c == QLatin1Char('\n');
    };
    if (std::any_of(cell.cbegin(), cell.cend(), needsQuotes)) {
        cell.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        cell = QLatin1Char('"') + cell + QLatin1Char('"');
    }
    return cell;
}

} // namespace

QByteArray csvRecord(const QStringList& cells)
{
    QString line;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            line += QLatin1Char(',');
        line += cellText(cells.at(i));
    }
    return (line + QStringLiteral("\r\n")).toUtf8();
}

} // namespace sharelock
