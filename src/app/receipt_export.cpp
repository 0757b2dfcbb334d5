// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/receipt_export.h"

#include "app/when_done.h"

#include <QDate>
#include <QDir>
#include <QStandardPaths>

namespace sharelock::app {

namespace {

QString ending(bool json)
{
    return json ? QStringLiteral(".json") : QStringLiteral(".csv");
}

QString absolute(const QString& path)
{
    QString whole = path.trimmed();
    if (whole.startsWith(QLatin1String("~/")))
        whole.remove(0, 2);
    return QDir::cleanPath(QDir::home().absoluteFilePath(whole));
}

} // namespace

ReceiptExport::ReceiptExport(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

QString ReceiptExport::suggestion(bool json) const
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty())
        folder = QDir::homePath();
    return folder + QStringLiteral("/sharelock-receipts-%1").arg(QDate::currentDate().toString(Qt::ISODate)) +
           ending(json);
}

QString ReceiptExport::renamed(const QString& path, bool json) const
{
    const QString other = ending(!json);
    return path.endsWith(other) ? path.chopped(other.size()) + ending(json) : path;
}

void ReceiptExport::write(const QString& path, bool json, bool replace)
{
    reset();
    m_busy = true;
    Q_EMIT changed();
    const QString whole = absolute(path);
    whenDone(m_core.call([whole, json, replace](sharing::ShareManager& manager) {
        const auto format = json ? sharing::ExportFormat::Json : sharing::ExportFormat::Csv;
        const auto existing = replace ? sharing::Existing::Replace : sharing::Existing::Keep;
        return manager.exportReceipts(whole, format, existing);
    }),
             this, [this, whole, request = m_request](const Expected<std::optional<qint64>>& count) {
                 if (request != m_request)
                     return;
                 m_busy = false;
                 m_exists = count && !*count;
                 if (!count) {
                     m_errorText = caption(count.error());
                     m_errorDetail = count.error().detail;
                 }
                 Q_EMIT changed();
                 if (count && *count)
                     Q_EMIT written(whole, static_cast<int>(**count));
             });
}

void ReceiptExport::reset()
{
    ++m_request;
    m_busy = false;
    m_exists = false;
    m_errorText.clear();
    m_errorDetail.clear();
    Q_EMIT changed();
}

} // namespace sharelock::app
