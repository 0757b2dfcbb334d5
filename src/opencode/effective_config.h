// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace sharelock::opencode {

enum class ShareMode
{
    Manual,
    Auto,
    Disabled
};

//! \brief opencode's word for it: `manual`, `auto`, `disabled`.
[[nodiscard]] QString modeName(ShareMode mode);
//! \brief Nothing for any other word.
[[nodiscard]] std::optional<ShareMode> shareModeOf(QStringView word);

//! \brief The part of opencode's resolved configuration that decides about sharing, for one directory.
struct EffectiveConfig
{
    ShareMode mode = ShareMode::Manual;
    QString modeFile;                                     //!< Which file said so; empty for the default.
    QUrl shareServer{QStringLiteral("https://opncd.ai")}; //!< `enterprise.url`.
    QString serverFile;                                   //!< Which file said so; empty for the default.
};

//! \brief Resolves global, OPENCODE_CONFIG, project, .opencode, inline and managed files in opencode's order.
//! Files are read anew on each call. Not on the GUI thread. Errors: ConfigBroken (subject: path; detail: line
//! and column). \param directory absolute, of the session. \param worktree its project's root; `/` or empty:
//! no project.
[[nodiscard]] Expected<EffectiveConfig> effectiveConfig(const Environment& environment,
                                                        const QString& directory, const QString& worktree);

} // namespace sharelock::opencode
