// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/sample_ids.h"
#include "demo/sample_script.h"

#include <QHash>

#include <vector>

namespace sharelock::demo {

//! \brief Who the invented person is.
struct SamplePerson
{
    QString home;
    QString user;
    QString host;
};

struct SampleProject
{
    QString id;
    QString directory;
};

//! \brief One session: its script with every text filled in, and its place in time.
struct PlannedSession
{
    QString id;
    QString parentId;
    SampleScript script;
    SampleProject project;
    QString model; //!< `provider/model`.
    Timestamp created{};
    Timestamp updated{};
    std::vector<Timestamp> messageTimes; //!< One for each message.

    [[nodiscard]] QString header(const QString& name) const { return script.header.value(name); }
};

struct SamplePlan
{
    std::vector<SampleProject> projects;
    std::vector<PlannedSession> sessions;
    QHash<QString, QString> sessionIds; //!< By the name of the script.
};

//! \brief Everything that is going to be written, from the scripts in the program's resources.
[[nodiscard]] SamplePlan planSamples(const SamplePerson& person, Timestamp newest, SampleIds& ids);

} // namespace sharelock::demo
