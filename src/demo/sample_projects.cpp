// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_projects.h"

#include "base/sqlite.h"
#include "base/thread_guard.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>

namespace sharelock::demo {

namespace {

struct SampleFile
{
    const char* path;
    const char* text;
};

constexpr std::array<SampleFile, 4> files{{
    {"checkout-service/opencode.json", "{\n"
                                       "  \"$schema\": \"https://opencode.ai/config.json\",\n"
                                       "  // Nothing of this leaves the company.\n"
                                       "  \"share\": \"disabled\"\n"
                                       "}\n"},
    {"checkout-service/.opencode/opencode.json", "{\n"
                                                 "  \"share\": \"auto\", // demo day\n"
                                                 "  \"permission\": { \"edit\": \"ask\" }\n"
                                                 "}\n"},
    {"handbook/opencode.json", "{\n  \"share\": \"disabled\"\n}\n"},
    {"playground/opencode.json", "{\n  \"theme\": \"system\"\n}\n"},
}};

Expected<void> write(const QString& path, const char* text)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) || file.write(text) < 0)
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return {};
}

sqlite::Result<void> insert(const QString& database, const QString& directory, Timestamp at)
{
    auto connection = sqlite::Connection::open(database, sqlite::Mode::ReadWrite);
    if (!connection)
        return tl::unexpected(connection.error());
    auto row =
        connection->prepare("INSERT INTO project (id, worktree, vcs, time_created, time_updated, sandboxes) "
                            "VALUES (?1, ?2, 'git', ?3, ?3, '[]')");
    if (!row)
        return tl::unexpected(row.error());
    const std::string id = QFileInfo(directory).fileName().toStdString();
    const std::string worktree = directory.toStdString();
    return row->bind(1, id).bind(2, worktree).bind(3, toMilliseconds(at)).run();
}

} // namespace

Expected<void> writeProjects(const QString& folder, const QString& database, Timestamp at)
{
    assertOffGuiThread("writeProjects");
    for (const SampleFile& file : files) {
        if (auto done = write(folder + u'/' + QLatin1String(file.path), file.text); !done)
            return done;
    }
    for (const char* name : {"checkout-service", "handbook", "playground"}) {
        const QString directory = folder + u'/' + QLatin1String(name);
        if (!QDir().mkpath(directory + u"/.git"))
            return fail(ErrorCode::FileFailed, directory);
        if (auto done = insert(database, directory, at); !done)
            return fail(ErrorCode::FileFailed, database, done.error().message);
    }
    return {};
}

} // namespace sharelock::demo
