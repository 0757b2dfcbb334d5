// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/environment.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace sharelock {

namespace {

struct Account
{
    QString name;
    QString home;
};

Account ownAccount()
{
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(16 * 1024);
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
        return {};
    return {QFile::decodeName(found->pw_name), QFile::decodeName(found->pw_dir)};
}

QString ownHostName()
{
    std::array<char, 256> name{};
    // The last byte stays zero, since a name that is cut need not be terminated.
    if (gethostname(name.data(), name.size() - 1) != 0)
        return {};
    return QString::fromLocal8Bit(name.data());
}

// The XDG specification: an empty or a relative value counts as unset.
QString baseFolder(const Environment& environment, const QString& variable, const QString& fallback)
{
    const QString value = environment.variables.value(variable);
    if (QDir::isAbsolutePath(value))
        return QDir::cleanPath(value);
    return QDir::cleanPath(environment.home + u'/' + fallback);
}

QString dataBase(const Environment& environment)
{
    return baseFolder(environment, QStringLiteral("XDG_DATA_HOME"), QStringLiteral(".local/share"));
}

QString configBase(const Environment& environment)
{
    return baseFolder(environment, QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral(".config"));
}

} // namespace

Environment Environment::system()
{
    Environment environment;
    environment.variables = QProcessEnvironment::systemEnvironment();
    const Account account = ownAccount();

    environment.home = environment.variables.value(QStringLiteral("HOME"));
    if (!QDir::isAbsolutePath(environment.home))
        environment.home = account.home;
    if (!QDir::isAbsolutePath(environment.home))
        environment.home = QDir::rootPath();
    environment.home = QDir::cleanPath(environment.home);

    // In a container the user ID often has no account; the shell's name is then the best guess.
    environment.userName = account.name;
    if (environment.userName.isEmpty())
        environment.userName = environment.variables.value(QStringLiteral("USER"));
    environment.hostName = ownHostName();
    return environment;
}

QString Environment::opencodeDataFolder() const
{
    return dataBase(*this) + QStringLiteral("/opencode");
}

QString Environment::opencodeDatabase() const
{
    QString value = variables.value(QStringLiteral("OPENCODE_DB"));
    if (value.isEmpty())
        value = QStringLiteral("opencode.db");
    return QDir::cleanPath(QDir(opencodeDataFolder()).absoluteFilePath(value));
}

QString Environment::opencodeConfigFolder() const
{
    return configBase(*this) + QStringLiteral("/opencode");
}

QString Environment::dataFolder() const
{
    const QString value = variables.value(QStringLiteral("SHARELOCK_DATA"));
    if (!value.isEmpty())
        return QDir::cleanPath(QFileInfo(value).absoluteFilePath());
    return dataBase(*this) + QStringLiteral("/sharelock");
}

QString Environment::configFolder() const
{
    return configBase(*this) + QStringLiteral("/sharelock");
}

QString Environment::cacheFolder() const
{
    return baseFolder(*this, QStringLiteral("XDG_CACHE_HOME"), QStringLiteral(".cache")) +
           QStringLiteral("/sharelock");
}

} // namespace sharelock
