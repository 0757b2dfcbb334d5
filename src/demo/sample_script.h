// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace sharelock::demo {

//! \brief One line of a conversation's script: `%% kind argument`, and the lines up to the next one.
struct SampleStep
{
    QString kind;     //!< `text`, `reasoning`, `bash`, `read`, `attach`, …
    QString argument; //!< Command, path, pattern.
    QString body;     //!< Text or output.
};

//! \brief One message: what a person wrote, or one step of the model.
struct SampleMessage
{
    bool isUser = false;
    QList<SampleStep> steps;
};

//! \brief A sample conversation, as it is written in `resources/sample/sessions`.
struct SampleScript
{
    QHash<QString, QString>
        header; //!< `title`, `project`, `minutes-ago`, `model`, `parent`, `shared`, `archived`.
    QList<SampleMessage> messages;
};

//! \brief Reads a script. `%% repeat a b c` … `%% end` stands for its lines with each of the words for
//! `{{item}}`.
[[nodiscard]] SampleScript parseSampleScript(const QString& text);

} // namespace sharelock::demo
