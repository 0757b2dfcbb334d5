// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/command.h"

namespace sharelock::cli {

//! \brief `--leave-out` and `--include`, each with kinds of content.
void addContentOptions(QCommandLineParser& parser);

//! \brief What they say. Says what is wrong with them itself; then the command ends with Usage.
[[nodiscard]] std::optional<sharing::ContentChoice> contentChoice(const Invocation& invocation);

//! \brief "Left out: attachments, models.", for what there is in the session; empty for nothing.
[[nodiscard]] QString leftOutText(const sharing::PublishOffer& offer);

} // namespace sharelock::cli
