// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/older_shares.h"

#include "base/thread_guard.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <simdjson.h>
#include <sodium.h>

#include <array>
#include <optional>
#include <string_view>

namespace sharelock::opencode {

namespace {

//! \brief None of these files is longer; a huge one is something else.
constexpr qint64 mostBytes = 1024 * 1024;

constexpr std::array folders{"storage/session_share", "storage/share"};

std::optional<QByteArray> contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
        return std::nullopt;
    return file.read(mostBytes);
}

QString textOf(simdjson::dom::object object, const char* name)
{
    std::string_view text;
    if (object[name].get(text) != simdjson::SUCCESS)
        return {};
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<ShareRow> readShare(const QString& path)
{
    std::optional<QByteArray> content = contentOf(path);
    if (!content)
        return std::nullopt;
    simdjson::padded_string padded(content->constData(), static_cast<std::size_t>(content->size()));
    sodium_memzero(content->data(), static_cast<std::size_t>(content->size()));
    std::optional<ShareRow> row;
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(padded).get(object) == simdjson::SUCCESS) {
        row.emplace();
        row->sessionId = QFileInfo(path).completeBaseName();
        row->url = QUrl(textOf(object, "url"));
        row->shareId = textOf(object, "id");
        // The oldest files name no ID; it is the last part of the link.
        if (row->shareId.isEmpty())
            row->shareId = row->url.path().section(QLatin1Char('/'), -1);
        std::string_view key;
        if (object["secret"].get(key) == simdjson::SUCCESS) {
            row->key = Secret(key);
            // The view looks into the parser's own, writable buffer.
            sodium_memzero(const_cast<char*>(key.data()), key.size());
        }
        row->created = fromMilliseconds(QFileInfo(path).lastModified().toMSecsSinceEpoch());
    }
    sodium_memzero(padded.data(), padded.size());
    return row;
}

//! \brief `storage/session/<project>/<id>.json`, by session ID: looked for only where there are shares.
QString sessionFile(const QString& dataFolder, const QString& sessionId)
{
    const QDir sessions(dataFolder % u"/storage/session");
    const QStringList projects = sessions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& project : projects) {
        const QString path = sessions.filePath(project % u'/' % sessionId % u".json");
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

void describe(OlderShare& older, const QString& dataFolder)
{
    const QString path = sessionFile(dataFolder, older.share.sessionId);
    older.sessionThere = !path.isEmpty();
    const std::optional<QByteArray> content = older.sessionThere ? contentOf(path) : std::nullopt;
    if (!content)
        return;
    const simdjson::padded_string padded(content->constData(), static_cast<std::size_t>(content->size()));
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(padded).get(object) != simdjson::SUCCESS)
        return;
    older.title = textOf(object, "title");
    older.directory = textOf(object, "directory");
}

} // namespace

std::vector<OlderShare> olderShares(const QString& dataFolder, QStringList* skipped)
{
    assertOffGuiThread("reading older shares");
    std::vector<OlderShare> shares;
    for (const char* folder : folders) {
        QDirIterator files(dataFolder % u'/' % QLatin1String(folder), {QStringLiteral("*.json")},
                           QDir::Files);
        while (files.hasNext()) {
            const QString path = files.next();
            auto row = readShare(path);
            if (row) {
                OlderShare older;
                older.share = *std::move(row);
                describe(older, dataFolder);
                shares.push_back(std::move(older));
            } else if (skipped != nullptr) {
                skipped->append(path);
            }
        }
    }
    return shares;
}

QByteArray olderSharesStamp(const QString& dataFolder)
{
    QByteArray stamp;
    for (const char* folder : folders) {
        const QFileInfo info(dataFolder % u'/' % QLatin1String(folder));
        if (info.isDir())
            stamp += QByteArray::number(info.lastModified().toMSecsSinceEpoch()) + '\n';
    }
    return stamp;
}

} // namespace sharelock::opencode
