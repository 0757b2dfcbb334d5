// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/gitleaks_file.h"
#include "redaction/secret_scanner.h"

#include <QFile>
#include <QTemporaryDir>

namespace sharelock::redaction {

//! \brief A folder for files of others' rules.
class RuleFolder
{
public:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    //! \returns the path.
    QString write(const QString& name, const QByteArray& content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("can't write");
        return file.fileName();
    }
    [[nodiscard]] ForeignRules read(const QByteArray& toml) const
    {
        return readGitleaksFile(write(QStringLiteral("r.toml"), toml), {});
    }
    [[nodiscard]] std::shared_ptr<const SecretScanner> scannerOf(const QByteArray& toml) const
    {
        ForeignRules rules = read(toml);
        if (!rules.problems.empty())
            qFatal("%s %s", qPrintable(rules.problems[0].subject), qPrintable(rules.problems[0].detail));
        return std::make_shared<const SecretScanner>(*RuleSet::compile(std::move(rules.rules)));
    }

private:
    QTemporaryDir m_folder;
};

inline std::string values(const std::vector<TextFinding>& findings)
{
    std::string text;
    for (const TextFinding& finding : findings)
        text += finding.value.reveal() + ' ';
    return text;
}

} // namespace sharelock::redaction
