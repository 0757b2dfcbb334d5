// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_plan.h"

#include "demo/fake_values.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <utility>

namespace sharelock::demo {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

SampleScript readScript(const QString& path)
{
    QFile file(path);
    return parseSampleScript(file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString());
}

FakeValues valuesOf(const SamplePerson& person, const PlannedSession& session)
{
    FakeValues values;
    values.set(QStringLiteral("home"), person.home);
    values.set(QStringLiteral("user"), person.user);
    values.set(QStringLiteral("host"), person.host);
    values.set(QStringLiteral("dir"), session.project.directory);
    values.set(QStringLiteral("email"), person.user + u"@sharelock-sample.dev");
    values.set(QStringLiteral("customer-email"), QStringLiteral("sam.whitfield@sharelock-sample.dev"));
    values.set(QStringLiteral("created"), isoString(session.created));
    values.set(QStringLiteral("esc"), QString(QChar(0x1B)));
    values.set(QStringLiteral("nul"), QString(QChar(0)));
    values.set(QStringLiteral("long-word"), QString(4000, u'w'));
    return values;
}

void fillIn(PlannedSession& session, const FakeValues& values)
{
    for (QString& value : session.script.header)
        value = values.expanded(value);
    for (SampleMessage& message : session.script.messages) {
        for (SampleStep& step : message.steps) {
            step.argument = values.expanded(step.argument);
            step.body = values.expanded(step.body);
        }
    }
}

// From the last message, which is when the session was updated, back to the first.
void planTimes(PlannedSession& session, Timestamp newest, SampleIds& ids)
{
    session.updated = newest - minutes(session.header(QStringLiteral("minutes-ago")).toInt());
    session.messageTimes.resize(static_cast<std::size_t>(session.script.messages.size()));
    Timestamp at = session.updated;
    for (std::size_t i = session.messageTimes.size(); i > 0; --i) {
        const bool isUser = session.script.messages.at(static_cast<qsizetype>(i - 1)).isUser;
        at -= isUser ? milliseconds(ids.number(2'000, 9'000)) : milliseconds(ids.number(5'000, 30'000));
        session.messageTimes[i - 1] = at;
        if (isUser) // The time that the person took to read and write.
            at -= milliseconds(ids.number(10'000, 60'000));
    }
    session.created = at - milliseconds(150);
}

} // namespace

SamplePlan planSamples(const SamplePerson& person, Timestamp newest, SampleIds& ids)
{
    SamplePlan plan;
    QHash<QString, SampleProject> projects;
    const std::array<std::pair<QString, QString>, 4> folders{{
        {QStringLiteral("web-shop"), QStringLiteral("/work/web-shop")},
        {QStringLiteral("toy-compiler"), QStringLiteral("/src/toy-compiler")},
        {QStringLiteral("infra"), QStringLiteral("/work/infra")},
        {QStringLiteral("notes"), QStringLiteral("/notes")},
    }};
    for (const auto& [name, folder] : folders) {
        plan.projects.push_back({ids.hash(), person.home + folder});
        projects.insert(name, plan.projects.back());
    }

    const QDir folder(QStringLiteral(":/sample/sessions"));
    for (const QFileInfo& file : folder.entryInfoList(QDir::Files, QDir::Name)) {
        PlannedSession session;
        session.script = readScript(file.filePath());
        session.project = projects.value(session.header(QStringLiteral("project")));
        session.model = session.header(QStringLiteral("model"));
        planTimes(session, newest, ids);
        session.id = ids.descending(QStringLiteral("ses_"), session.created);
        fillIn(session, valuesOf(person, session));
        plan.sessionIds.insert(file.completeBaseName(), session.id);
        plan.sessions.push_back(std::move(session));
    }
    for (PlannedSession& session : plan.sessions)
        session.parentId = plan.sessionIds.value(session.header(QStringLiteral("parent")));
    return plan;
}

} // namespace sharelock::demo
