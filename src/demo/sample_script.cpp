// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_script.h"

#include <QStringList>

namespace sharelock::demo {

namespace {

const QString mark = QStringLiteral("%% ");

QString trimmedLines(const QStringList& lines)
{
    qsizetype first = 0;
    qsizetype last = lines.size();
    while (first < last && lines.at(first).isEmpty())
        ++first;
    while (last > first && lines.at(last - 1).isEmpty())
        --last;
    return lines.mid(first, last - first).join(u'\n');
}

QStringList repeated(const QStringList& block, const QStringList& items)
{
    QStringList all;
    for (const QString& item : items) {
        for (QString line : block)
            all += line.replace(QLatin1String("{{item}}"), item);
    }
    return all;
}

QStringList withoutRepeats(const QStringList& lines)
{
    QStringList flat;
    QStringList block;
    QStringList items;
    for (const QString& line : lines) {
        if (line.startsWith(QLatin1String("%% repeat "))) {
            items = line.section(u' ', 2).split(u' ', Qt::SkipEmptyParts);
        } else if (line == QLatin1String("%% end")) {
            flat += repeated(block, items);
            block.clear();
            items.clear();
        } else {
            (items.isEmpty() ? flat : block) += line;
        }
    }
    return flat;
}

bool isSpoken(const SampleStep& step)
{
    return step.kind == QLatin1String("text") || step.kind == QLatin1String("reasoning") ||
           step.kind == QLatin1String("compaction");
}

// As in opencode, an answer begins anew after each use of tools.
void append(QList<SampleMessage>& messages, const SampleStep& step)
{
    if (step.kind == QLatin1String("user")) {
        messages.append(SampleMessage{true, {step}});
        return;
    }
    if (step.kind == QLatin1String("attach")) {
        if (!messages.isEmpty())
            messages.last().steps.append(step);
        return;
    }
    const bool isNew =
        messages.isEmpty() || messages.last().isUser ||
        (isSpoken(step) && !messages.last().steps.isEmpty() && !isSpoken(messages.last().steps.last()));
    if (isNew || step.kind == QLatin1String("step"))
        messages.append(SampleMessage{false, {}});
    if (step.kind != QLatin1String("step"))
        messages.last().steps.append(step);
}

} // namespace

SampleScript parseSampleScript(const QString& text)
{
    SampleScript script;
    SampleStep step;
    QStringList body;
    const auto finish = [&] {
        if (!step.kind.isEmpty()) {
            step.body = trimmedLines(body);
            append(script.messages, step);
        }
        body.clear();
    };
    for (const QString& line : withoutRepeats(text.split(u'\n'))) {
        if (line.startsWith(mark)) {
            finish();
            step.kind = line.section(u' ', 1, 1);
            step.argument = line.section(u' ', 2);
        } else if (!step.kind.isEmpty()) {
            body += line;
        } else if (const qsizetype colon = line.indexOf(u':'); colon > 0) {
            script.header.insert(line.left(colon), line.mid(colon + 1).trimmed());
        }
    }
    finish();
    return script;
}

} // namespace sharelock::demo
