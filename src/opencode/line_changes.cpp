// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/line_changes.h"

#include <QStringList>

#include <algorithm>

namespace sharelock::opencode {

namespace {

QStringList linesOf(const QByteArray& text)
{
    QString all = QString::fromUtf8(text);
    all.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    if (all.endsWith(u'\n')) {
        all.chop(1);
    }
    return all.isEmpty() ? QStringList() : all.split(u'\n');
}

} // namespace

std::vector<LineChange> lineChanges(const QByteArray& before, const QByteArray& after)
{
    using Kind = LineChange::Kind;
    const QStringList old = linesOf(before);
    const QStringList now = linesOf(after);
    if (old == now) {
        return {};
    }
    const auto fromStart = std::mismatch(old.begin(), old.end(), now.begin(), now.end());
    const qsizetype first = fromStart.first - old.begin();
    const auto untilFirst = [first](const QStringList& lines) { return lines.rend() - first; };
    const auto fromEnd = std::mismatch(old.rbegin(), untilFirst(old), now.rbegin(), untilFirst(now));
    const qsizetype same = fromEnd.first - old.rbegin();

    std::vector<LineChange> changes;
    if (first > 0) {
        changes.push_back({Kind::Context, old.at(first - 1)});
    }
    for (qsizetype i = first; i < old.size() - same; ++i) {
        changes.push_back({Kind::Removed, old.at(i)});
    }
    for (qsizetype i = first; i < now.size() - same; ++i) {
        changes.push_back({Kind::Added, now.at(i)});
    }
    if (same > 0) {
        changes.push_back({Kind::Context, old.at(old.size() - same)});
    }
    return changes;
}

} // namespace sharelock::opencode
