// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sharelock::opencode {

//! \brief The file's bytes; nothing when there is no such file, as with a symbolic link to nowhere. Not on
//! the GUI thread. Errors: FileFailed (can't be read, or is no file), ConfigBroken (more than 16 MB).
[[nodiscard]] Expected<std::optional<QByteArray>> readConfigFile(const QString& path);

//! \brief Makes a config file of \p before one of \p after; nothing stands for no file, so a file is made or,
//! to undo that, removed. Not on the GUI thread.
//!
//! All or nothing: the new bytes are on disk before they take the name, and a failure leaves nothing behind.
//! Folders above a new file are made. The file keeps its mode, owner and group; a symbolic link stays, and
//! what it points to is replaced. A file with several names (hard links) keeps them: it is written in place,
//! which a crash may cut short. Extended attributes do not survive.
//! Errors: ConfigChanged (the file is not \p before any more; seen just before it is replaced),
//! ConfigDangling, FileFailed (read-only, or no regular file), DiskFull.
[[nodiscard]] Expected<void> writeConfigFile(const QString& path, const std::optional<QByteArray>& before,
                                             const std::optional<QByteArray>& after);

} // namespace sharelock::opencode
