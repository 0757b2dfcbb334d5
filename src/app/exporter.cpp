// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/exporter.h"

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

Exporter::Exporter(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

QString Exporter::suggestion(What what, bool json) const
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty())
        folder = QDir::homePath();
    const QString name =
        what == What::Links ? QStringLiteral("/sharelock-links-") : QStringLiteral("/sharelock-receipts-");
    return folder + name + QDate::currentDate().toString(Qt::ISODate) + ending(json);
}

QString Exporter::renamed(const QString& path, bool json) const
{
    const QString other = ending(!json);
    return path.endsWith(other) ? path.chopped(other.size()) + ending(json) : path;
}

void Exporter::write(What what, const QString& path, bool json, bool replace)
{
    reset();
    m_busy = true;
    Q_EMIT changed();
    const QString whole = absolute(path);
    whenDone(m_core.call([what, whole, json, replace](sharing::ShareManager& manager) {
        const auto format = json ? sharing::ExportFormat::Json : sharing::ExportFormat::Csv;
        const auto existing = replace ? sharing::Existing::Replace : sharing::Existing::Keep;
        return what == What::Links ? manager.exportLinks(whole, format, existing)
                                   : manager.exportReceipts(whole, format, existing);
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

void Exporter::reset()
{
    ++m_request;
    m_busy = false;
    m_exists = false;
    m_errorText.clear();
    m_errorDetail.clear();
    Q_EMIT changed();
}

} // namespace sharelock::app
