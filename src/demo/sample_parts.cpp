// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_parts.h"

#include <QFile>
#include <QJsonDocument>
#include <QStringList>

namespace sharelock::demo {

namespace {

//! A tool call after it ended.
struct ToolUse
{
    QString tool;
    QString title;
    QJsonObject input;
    QString output;
    QJsonObject metadata;
    QString error; //!< Set when it failed.
};

QString absolute(const PartContext& context, const QString& path)
{
    return path.startsWith(u'/') ? path : QString(context.directory + u'/' + path);
}

QStringList linesOf(const QString& text)
{
    return text.isEmpty() ? QStringList() : text.split(u'\n');
}

struct Change
{
    QStringList removed;
    QStringList added;
    QString patch;
};

Change changeOf(const SampleStep& step)
{
    Change change;
    if (step.kind == QLatin1String("write")) {
        change.added = linesOf(step.body);
    } else {
        const QString body = step.body + u'\n';
        const qsizetype rule = body.indexOf(QLatin1String("\n----\n"));
        change.removed = linesOf(body.left(rule));
        change.added = linesOf(body.mid(rule + 6).chopped(body.endsWith(QLatin1String("\n----\n")) ? 0 : 1));
    }
    const QString& path = step.argument;
    change.patch =
        QStringLiteral("Index: %1\n===================================================================\n"
                       "--- %1\n+++ %1\n@@ -%2,%3 +%2,%4 @@\n")
            .arg(path, QString::number(change.removed.isEmpty() ? 0 : 12),
                 QString::number(change.removed.size()), QString::number(change.added.size()));
    for (const QString& line : change.removed)
        change.patch += u'-' + line + u'\n';
    for (const QString& line : change.added)
        change.patch += u'+' + line + u'\n';
    return change;
}

ToolUse bash(const SampleStep& step)
{
    const bool hasFailed = step.kind == QLatin1String("bash-error");
    const QString description = QStringLiteral("Runs ") + step.argument.section(u' ', 0, 1);
    return {QStringLiteral("bash"),
            description,
            {{QStringLiteral("command"), step.argument}, {QStringLiteral("description"), description}},
            step.body,
            {{QStringLiteral("output"), step.body},
             {QStringLiteral("exit"), hasFailed ? 1 : 0},
             {QStringLiteral("description"), description},
             {QStringLiteral("truncated"), false}},
            hasFailed ? step.body : QString()};
}

ToolUse read(const SampleStep& step, const PartContext& context)
{
    const QString path = absolute(context, step.argument);
    const QStringList lines = linesOf(step.body);
    QString content;
    for (qsizetype i = 0; i < lines.size(); ++i)
        content += QStringLiteral("%1: %2\n").arg(i + 1).arg(lines.at(i));
    const QString output =
        QStringLiteral("<path>%1</path>\n<type>file</type>\n<content>\n%2\n(End of file - total %3 lines)\n"
                       "</content>")
            .arg(path, content, QString::number(lines.size()));
    const QString preview = lines.mid(0, 20).join(u'\n');
    return {QStringLiteral("read"),
            step.argument,
            {{QStringLiteral("filePath"), path}},
            output,
            {{QStringLiteral("preview"), preview},
             {QStringLiteral("truncated"), false},
             {QStringLiteral("loaded"), QJsonArray()},
             {QStringLiteral("display"), QJsonObject{{QStringLiteral("text"), step.body}}}},
            {}};
}

ToolUse edit(const SampleStep& step, const PartContext& context)
{
    const QString path = absolute(context, step.argument);
    const Change change = changeOf(step);
    QJsonObject fileDiff = fileDiffOf(step);
    fileDiff.insert(QStringLiteral("file"), path);
    return {QStringLiteral("edit"),
            step.argument,
            {{QStringLiteral("filePath"), path},
             {QStringLiteral("oldString"), change.removed.join(u'\n')},
             {QStringLiteral("newString"), change.added.join(u'\n')}},
            QStringLiteral("Edit applied successfully."),
            {{QStringLiteral("diagnostics"), QJsonObject()},
             {QStringLiteral("diff"), change.patch},
             {QStringLiteral("filediff"), fileDiff},
             {QStringLiteral("truncated"), false}},
            {}};
}

ToolUse write(const SampleStep& step, const PartContext& context)
{
    const QString path = absolute(context, step.argument);
    return {QStringLiteral("write"),
            step.argument,
            {{QStringLiteral("filePath"), path}, {QStringLiteral("content"), QString(step.body + u'\n')}},
            QStringLiteral("Wrote file successfully."),
            {{QStringLiteral("diagnostics"), QJsonObject()},
             {QStringLiteral("filepath"), path},
             {QStringLiteral("exists"), false},
             {QStringLiteral("truncated"), false}},
            {}};
}

ToolUse grep(const SampleStep& step, const PartContext& context)
{
    const QString pattern = step.argument.section(u'"', 1, 1);
    const QString where = step.argument.section(u'"', 2).trimmed();
    return {QStringLiteral("grep"),
            pattern,
            {{QStringLiteral("pattern"), pattern}, {QStringLiteral("path"), absolute(context, where)}},
            step.body,
            {{QStringLiteral("matches"), linesOf(step.body).size()}, {QStringLiteral("truncated"), false}},
            {}};
}

ToolUse task(const SampleStep& step, const PartContext& context)
{
    const QString child = context.childSessions.value(step.argument.section(u' ', 0, 0));
    const QString title = step.argument.section(u' ', 1);
    const QString output =
        QStringLiteral(
            "task_id: %1 (for resuming to continue this task if needed)\n\n<task_result>\n%2\n</task_result>")
            .arg(child, step.body);
    return {QStringLiteral("task"),
            title,
            {{QStringLiteral("description"), title},
             {QStringLiteral("prompt"), QString(title + QStringLiteral(" in ") + context.directory)},
             {QStringLiteral("subagent_type"), QStringLiteral("explore")}},
            output,
            {{QStringLiteral("sessionId"), child}, {QStringLiteral("truncated"), false}},
            {}};
}

ToolUse todo(const SampleStep& step)
{
    const QJsonArray todos = todosOf(step);
    return {QStringLiteral("todowrite"),
            QStringLiteral("%1 todos").arg(todos.size()),
            {{QStringLiteral("todos"), todos}},
            QString::fromUtf8(QJsonDocument(todos).toJson()),
            {{QStringLiteral("todos"), todos}, {QStringLiteral("truncated"), false}},
            {}};
}

ToolUse toolUse(const SampleStep& step, const PartContext& context)
{
    if (step.kind == QLatin1String("read"))
        return read(step, context);
    if (step.kind == QLatin1String("edit"))
        return edit(step, context);
    if (step.kind == QLatin1String("write"))
        return write(step, context);
    if (step.kind == QLatin1String("grep"))
        return grep(step, context);
    if (step.kind == QLatin1String("task"))
        return task(step, context);
    if (step.kind == QLatin1String("todo"))
        return todo(step);
    return bash(step);
}

QJsonObject timeOf(const PartContext& context)
{
    return {{QStringLiteral("start"), toMilliseconds(context.start)},
            {QStringLiteral("end"), toMilliseconds(context.end)}};
}

QJsonObject toolPart(const ToolUse& use, const PartContext& context)
{
    QJsonObject state{{QStringLiteral("input"), use.input}, {QStringLiteral("time"), timeOf(context)}};
    if (use.error.isEmpty()) {
        state.insert(QStringLiteral("status"), QStringLiteral("completed"));
        state.insert(QStringLiteral("output"), use.output);
        state.insert(QStringLiteral("title"), use.title);
        state.insert(QStringLiteral("metadata"), use.metadata);
    } else {
        state.insert(QStringLiteral("status"), QStringLiteral("error"));
        state.insert(QStringLiteral("error"), use.error);
    }
    return {{QStringLiteral("type"), QStringLiteral("tool")},
            {QStringLiteral("tool"), use.tool},
            {QStringLiteral("callID"), QStringLiteral("call_%1").arg(context.call)},
            {QStringLiteral("state"), state}};
}

QJsonObject attachment(const QString& name)
{
    QFile file(QStringLiteral(":/sample/attachments/") + name);
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const QString mime =
        name.endsWith(QLatin1String(".png")) ? QStringLiteral("image/png") : QStringLiteral("text/plain");
    return {{QStringLiteral("type"), QStringLiteral("file")},
            {QStringLiteral("mime"), mime},
            {QStringLiteral("filename"), name},
            {QStringLiteral("url"), QString(QStringLiteral("data:") + mime + QStringLiteral(";base64,") +
                                            QString::fromLatin1(bytes.toBase64()))}};
}

} // namespace

QJsonObject partOf(const SampleStep& step, const PartContext& context)
{
    const QString type = QStringLiteral("type");
    const QString text = QStringLiteral("text");
    if (step.kind == QLatin1String("user") || step.kind == text)
        return {{type, text}, {text, step.body}};
    if (step.kind == QLatin1String("reasoning")) {
        // Providers sign their reasoning: long, random-looking, and no secret.
        const QJsonObject signature{
            {QStringLiteral("signature"), QString::fromLatin1(step.body.toUtf8().toBase64())}};
        return {{type, step.kind},
                {text, step.body},
                {QStringLiteral("time"), timeOf(context)},
                {QStringLiteral("metadata"), QJsonObject{{context.model.section(u'/', 0, 0), signature}}}};
    }
    if (step.kind == QLatin1String("attach"))
        return attachment(step.argument);
    if (step.kind == QLatin1String("compaction"))
        return {{type, step.kind}, {QStringLiteral("auto"), true}};
    if (step.kind == QLatin1String("unknown")) {
        QJsonObject part = QJsonDocument::fromJson(step.body.toUtf8()).object();
        part.insert(type, step.argument);
        return part;
    }
    return toolPart(toolUse(step, context), context);
}

QJsonObject fileDiffOf(const SampleStep& step)
{
    const bool isNew = step.kind == QLatin1String("write");
    if (!isNew && step.kind != QLatin1String("edit"))
        return {};
    const Change change = changeOf(step);
    return {{QStringLiteral("file"), step.argument},
            {QStringLiteral("patch"), change.patch},
            {QStringLiteral("additions"), change.added.size()},
            {QStringLiteral("deletions"), change.removed.size()},
            {QStringLiteral("status"), isNew ? QStringLiteral("added") : QStringLiteral("modified")}};
}

QJsonArray todosOf(const SampleStep& step)
{
    QJsonArray todos;
    if (step.kind != QLatin1String("todo"))
        return todos;
    for (const QString& line : linesOf(step.body)) {
        const QString when = line.section(u':', 0, 0);
        const QString status = when == QLatin1String("done")  ? QStringLiteral("completed")
                               : when == QLatin1String("now") ? QStringLiteral("in_progress")
                                                              : QStringLiteral("pending");
        todos.append(QJsonObject{{QStringLiteral("content"), line.section(u':', 1).trimmed()},
                                 {QStringLiteral("status"), status},
                                 {QStringLiteral("priority"), QStringLiteral("medium")}});
    }
    return todos;
}

} // namespace sharelock::demo
