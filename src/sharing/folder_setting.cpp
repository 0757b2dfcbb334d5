// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/folder_setting.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sharelock::sharing {

Expected<QStringList> folderSetting(const LinkLedger& ledger, const QString& name)
{
    const auto text = ledger.setting(name);
    if (!text)
        return tl::unexpected(text.error());
    QStringList folders;
    const QJsonArray array = QJsonDocument::fromJson(text->toUtf8()).array();
    for (const auto& folder : array)
        folders.append(folder.toString());
    return folders;
}

Expected<void> setFolderSetting(LinkLedger& ledger, const QString& name, const QStringList& folders)
{
    const QByteArray text = QJsonDocument(QJsonArray::fromStringList(folders)).toJson(QJsonDocument::Compact);
    return ledger.setSetting(name, QString::fromUtf8(text));
}

} // namespace sharelock::sharing
