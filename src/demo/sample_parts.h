// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"
#include "demo/sample_script.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

namespace sharelock::demo {

//! \brief What a step needs to know of the conversation around it.
struct PartContext
{
    QString directory;                     //!< Of the session.
    QString model;                         //!< `provider/model`.
    QHash<QString, QString> childSessions; //!< IDs by the name of their script.
    Timestamp start{};
    Timestamp end{};
    int call = 0; //!< Number of the tool call in its session.
};

//! \brief The stored JSON of the part that \p step stands for, in the shape that opencode's tools leave
//! behind: output repeated in the metadata, diffs beside edits. The step's texts are already filled in.
[[nodiscard]] QJsonObject partOf(const SampleStep& step, const PartContext& context);

//! \brief What an `edit` or `write` step changes, as one entry of the session's diff; empty for other steps.
[[nodiscard]] QJsonObject fileDiffOf(const SampleStep& step);

//! \brief The to-do list of a `todo` step: `content`, `status`, `priority`.
[[nodiscard]] QJsonArray todosOf(const SampleStep& step);

} // namespace sharelock::demo
