// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/content_options.h"
#include "document/transcript.h"

#include <QDateTime>
#include <QLocale>

namespace sharelock::cli {

namespace {

using document::Block;
using document::BlockKind;

QString qstring(const std::string& text)
{
    return QString::fromStdString(text);
}

QString heading(const Block& block)
{
    const QString title = visible(qstring(block.title));
    const QString subtitle = visible(qstring(block.subtitle));
    switch (block.kind) {
    case BlockKind::User:
    case BlockKind::Assistant: {
        const QString role =
            block.kind == BlockKind::User ? QStringLiteral("You") : QStringLiteral("Assistant");
        return QStringLiteral("\n== %1 %2").arg(role, title);
    }
    case BlockKind::Text:
        return {};
    case BlockKind::LeftOut:
        return QStringLiteral("-- %1").arg(visible(qstring(block.text)));
    case BlockKind::Reasoning:
        return QStringLiteral("-- reasoning");
    default:
        return QStringLiteral("-- %1 %2").arg(title, subtitle).trimmed();
    }
}

void print(const Block& block, Output& out)
{
    const QString head = heading(block);
    if (!head.isEmpty())
        out.line(head);
    const QStringList lines = qstring(block.text).split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        if (!block.text.empty() && block.kind != BlockKind::LeftOut)
            out.line(visible(line));
    }
    if (block.truncated)
        out.line(QStringLiteral("   … %1 lines in all").arg(block.lines));
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto choice = contentChoice(invocation);
    if (!choice)
        co_return Usage;
    const auto session = invocation.manager.findSession(invocation.names.first());
    if (!session) {
        invocation.out.error(session.error());
        co_return statusFor(session.error());
    }
    document::ShareDocument shown;
    if (invocation.options.isSet(QStringLiteral("original"))) {
        auto original = invocation.manager.original(session->id);
        if (!original) {
            invocation.out.error(original.error());
            co_return statusFor(original.error());
        }
        shown = std::move(*original);
    } else {
        auto offer = invocation.manager.offer(session->id, redaction::Hiding::Usual, *choice);
        if (!offer) {
            invocation.out.error(offer.error());
            co_return statusFor(offer.error());
        }
        invocation.out.note(QStringLiteral("As it would be published: %1 places replaced. "
                                           "Automatic search does not find everything.")
                                .arg(offer->snapshot.places));
        if (const QString leftOut = leftOutText(*offer); !leftOut.isEmpty())
            invocation.out.note(leftOut);
        shown = offer->snapshot.document();
    }
    if (invocation.out.json()) {
        invocation.out.raw(shown.toJson());
        co_return Done;
    }
    for (const Block& block : document::transcript(shown))
        print(block, invocation.out);
    co_return Done;
}

} // namespace

Command showCommand()
{
    return {"show", "SESSION", "Show a session as it would be published.",
            [](QCommandLineParser& parser) {
                parser.addOption(
                    {QStringLiteral("original"), QStringLiteral("Without redaction, with its own IDs.")});
                addContentOptions(parser);
            },
            run};
}

} // namespace sharelock::cli
