// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/export.h"

#include "base/csv.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sharelock::sharing {

namespace {

QJsonValue hexOrNull(const QByteArray& bytes)
{
    return bytes.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QString::fromLatin1(bytes.toHex()));
}

QString yesOrNo(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

QString numberOrEmpty(qint64 number)
{
    return number < 0 ? QString() : QString::number(number);
}

QByteArray receiptsCsv(const std::vector<Receipt>& receipts)
{
    QByteArray csv = csvRecord(
        {QStringLiteral("number"), QStringLiteral("at"), QStringLiteral("act"), QStringLiteral("outcome"),
         QStringLiteral("server"), QStringLiteral("link"), QStringLiteral("title"), QStringLiteral("detail"),
         QStringLiteral("proof"), QStringLiteral("asked"), QStringLiteral("answered"),
         QStringLiteral("publicBefore"), QStringLiteral("publicAfter"), QStringLiteral("hash")});
    for (const Receipt& receipt : receipts)
        csv += csvRecord({QString::number(receipt.number), isoString(receipt.at), receipt.act,
                          receipt.outcome, receipt.link.origin.toString(), receipt.link.shareId,
                          receipt.title, receipt.detail, yesOrNo(receipt.isProof), receipt.asked,
                          receipt.answered, QString::fromLatin1(receipt.publicBefore.toHex()),
                          QString::fromLatin1(receipt.publicAfter.toHex()),
                          QString::fromLatin1(receipt.hash.toHex())});
    return csv;
}

QJsonValue timeJson(std::optional<Timestamp> at)
{
    return at ? QJsonValue(isoString(at)) : QJsonValue(QJsonValue::Null);
}

//! Null where nobody has looked.
QJsonValue countJson(qint64 count)
{
    return count < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(count);
}

} // namespace

QJsonObject receiptJson(const Receipt& receipt)
{
    return {
        {QStringLiteral("number"), receipt.number},
        {QStringLiteral("at"), isoString(receipt.at)},
        {QStringLiteral("act"), receipt.act},
        {QStringLiteral("outcome"), receipt.outcome},
        {QStringLiteral("server"), receipt.link.origin.toString()},
        {QStringLiteral("link"), receipt.link.shareId},
        {QStringLiteral("title"), receipt.title},
        {QStringLiteral("detail"), receipt.detail},
        {QStringLiteral("proof"), receipt.isProof},
        {QStringLiteral("asked"), receipt.asked},
        {QStringLiteral("answered"), receipt.answered},
        {QStringLiteral("publicBefore"), hexOrNull(receipt.publicBefore)},
        {QStringLiteral("publicAfter"), hexOrNull(receipt.publicAfter)},
        {QStringLiteral("hash"), hexOrNull(receipt.hash)},
    };
}

QByteArray receiptsText(const std::vector<Receipt>& receipts, ExportFormat format)
{
    if (format == ExportFormat::Csv)
        return receiptsCsv(receipts);
    QJsonArray array;
    for (const Receipt& receipt : receipts)
        array.append(receiptJson(receipt));
    return QJsonDocument(array).toJson(QJsonDocument::Indented);
}

QJsonObject linkJson(const Link& link)
{
    return {
        {QStringLiteral("id"), link.id.shareId},
        {QStringLiteral("url"), link.url.toString()},
        {QStringLiteral("kind"), kindName(link.kind)},
        {QStringLiteral("state"), stateName(link.state)},
        {QStringLiteral("sessionId"), link.sessionId},
        {QStringLiteral("sourceSessionId"), link.sourceSessionId},
        {QStringLiteral("title"), link.title},
        {QStringLiteral("project"), link.project},
        {QStringLiteral("server"), link.id.origin.toString()},
        {QStringLiteral("sharedAt"), timeJson(link.sharedAt)},
        {QStringLiteral("checkedAt"), timeJson(link.checkedAt)},
        {QStringLiteral("removedAt"), timeJson(link.removedAt)},
        {QStringLiteral("syncedAt"), timeJson(link.syncedAt)},
        {QStringLiteral("partlyUpdated"), link.partlyUpdated},
        {QStringLiteral("hasKey"), link.hasKey},
        {QStringLiteral("source"), sourceName(link.source)},
        {QStringLiteral("unsharedAt"), timeJson(link.unsharedAt)},
        {QStringLiteral("expiresAt"), timeJson(link.expiresAt)},
        {QStringLiteral("publicMessages"), countJson(link.publicMessages)},
        {QStringLiteral("publicBytes"), countJson(link.publicBytes)},
        {QStringLiteral("secrets"), countJson(link.publicSecrets)},
        {QStringLiteral("personal"), countJson(link.publicPersonal)},
    };
}

QByteArray linksText(const std::vector<Link>& links, ExportFormat format)
{
    if (format == ExportFormat::Csv)
        return linksCsv(links);
    QJsonArray array;
    for (const Link& link : links)
        array.append(linkJson(link));
    return QJsonDocument(array).toJson(QJsonDocument::Indented);
}

QByteArray linksCsv(const std::vector<Link>& links)
{
    QByteArray csv = csvRecord({QStringLiteral("id"),
                                QStringLiteral("url"),
                                QStringLiteral("kind"),
                                QStringLiteral("state"),
                                QStringLiteral("sessionId"),
                                QStringLiteral("sourceSessionId"),
                                QStringLiteral("title"),
                                QStringLiteral("project"),
                                QStringLiteral("server"),
                                QStringLiteral("sharedAt"),
                                QStringLiteral("checkedAt"),
                                QStringLiteral("removedAt"),
                                QStringLiteral("syncedAt"),
                                QStringLiteral("partlyUpdated"),
                                QStringLiteral("hasKey"),
                                QStringLiteral("source"),
                                QStringLiteral("unsharedAt"),
                                QStringLiteral("expiresAt"),
                                QStringLiteral("publicMessages"),
                                QStringLiteral("publicBytes"),
                                QStringLiteral("secrets"),
                                QStringLiteral("personal")});
    for (const Link& link : links)
        csv += csvRecord({link.id.shareId,
                          link.url.toString(),
                          kindName(link.kind),
                          stateName(link.state),
                          link.sessionId,
                          link.sourceSessionId,
                          link.title,
                          link.project,
                          link.id.origin.toString(),
                          isoString(link.sharedAt),
                          isoString(link.checkedAt),
                          isoString(link.removedAt),
                          isoString(link.syncedAt),
                          yesOrNo(link.partlyUpdated),
                          yesOrNo(link.hasKey),
                          sourceName(link.source),
                          isoString(link.unsharedAt),
                          isoString(link.expiresAt),
                          numberOrEmpty(link.publicMessages),
                          numberOrEmpty(link.publicBytes),
                          numberOrEmpty(link.publicSecrets),
                          numberOrEmpty(link.publicPersonal)});
    return csv;
}

} // namespace sharelock::sharing
