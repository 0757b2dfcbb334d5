// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/personal_names.h"

#include "redaction/common_names.h"

#include <QDir>

#include <algorithm>

namespace sharelock::redaction {

namespace {

QString withoutDomain(const QString& hostName)
{
    // The dots of an address are no domain.
    const bool isAddress = std::all_of(hostName.begin(), hostName.end(),
                                       [](QChar c) { return c.isDigit() || c == u'.' || c == u':'; });
    return isAddress ? hostName : hostName.section(u'.', 0, 0);
}

QString withForwardSlashes(QString path)
{
    return path.replace(u'\\', u'/');
}

bool canBeHidden(const QString& name)
{
    constexpr qsizetype shortest = 3;
    const bool onlyDigits = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isDigit(); });
    return name.size() >= shortest && !onlyDigits && !isCommonName(name);
}

void addName(PersonalNames& names, HiddenKind kind, const QString& name, const char* pseudonym)
{
    if (name.isEmpty())
        return;
    if (!canBeHidden(name)) {
        if (!names.notHidden.contains(name, Qt::CaseInsensitive))
            names.notHidden.append(name);
        return;
    }
    const auto known =
        std::any_of(names.plan.hidden.begin(), names.plan.hidden.end(), [&name](const HiddenValue& hidden) {
            return hidden.shape == HiddenShape::Name &&
                   QString::fromStdString(hidden.value).compare(name, Qt::CaseInsensitive) == 0;
        });
    if (!known)
        names.plan.hidden.push_back({kind, name.toStdString(), pseudonym, HiddenShape::Name});
}

void addHome(PersonalNames& names, const QString& home)
{
    const QStringList folders = withForwardSlashes(home).split(u'/', Qt::SkipEmptyParts);
    constexpr qsizetype shortest = 4; // `/x` would match in too many places.
    const bool tooShort = folders.isEmpty() || (folders.size() == 1 && folders.first().size() < shortest);
    if (tooShort) {
        if (!folders.isEmpty())
            names.notHidden.append(home);
        return;
    }
    names.plan.hidden.push_back({HiddenKind::HomeFolder, home.toStdString(), "~", HiddenShape::Folder});
}

} // namespace

PersonalNames personalNames(const Environment& environment)
{
    PersonalNames names;
    QString home = environment.home;
    while (home.size() > 1 && (home.endsWith(u'/') || home.endsWith(u'\\')))
        home.chop(1);
    addHome(names, home);
    addName(names, HiddenKind::UserName, environment.userName, "<user>");
    // After `sudo` or in a container the shell's name is another one; either may stand in a conversation.
    for (const QString& variable : {QStringLiteral("USER"), QStringLiteral("LOGNAME")})
        addName(names, HiddenKind::UserName, environment.variables.value(variable), "<user>");
    addName(names, HiddenKind::UserName, withForwardSlashes(home).section(u'/', -1), "<user>");
    addName(names, HiddenKind::HostName, environment.hostName, "<host>");
    addName(names, HiddenKind::HostName, withoutDomain(environment.hostName), "<host>");
    return names;
}

} // namespace sharelock::redaction
