// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/content_options.h"

namespace sharelock::cli {

namespace {

using redaction::ContentKind;
using redaction::ContentSet;

const QString leaveOutOption = QStringLiteral("leave-out");
const QString includeOption = QStringLiteral("include");

QString nameOf(ContentKind kind)
{
    const std::string_view name = redaction::contentName(kind);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString allNames()
{
    QStringList names;
    for (const ContentKind kind : redaction::allContent)
        names += nameOf(kind);
    return names.join(QStringLiteral(", "));
}

//! \brief Nothing for a word that is no kind, which \p wrong tells then.
std::optional<ContentSet> kindsOf(const Invocation& invocation, const QString& option, QString& wrong)
{
    ContentSet kinds;
    for (const QString& value : invocation.options.values(option)) {
        for (const QString& word : value.split(QLatin1Char(','))) {
            const auto kind = redaction::contentNamed(word.toStdString());
            if (!kind) {
                wrong = QStringLiteral("--%1: there is no kind of content “%2”; there are %3.")
                            .arg(option, visible(word), allNames());
                return std::nullopt;
            }
            kinds.set(*kind, true);
        }
    }
    return kinds;
}

} // namespace

void addContentOptions(QCommandLineParser& parser)
{
    parser.addOption({leaveOutOption, QStringLiteral("Leave out these kinds of content: %1.").arg(allNames()),
                      QStringLiteral("KIND[,KIND]")});
    parser.addOption({includeOption, QStringLiteral("Include these kinds, though they are left out else."),
                      QStringLiteral("KIND[,KIND]")});
}

std::optional<sharing::ContentChoice> contentChoice(const Invocation& invocation)
{
    QString wrong;
    const auto leaveOut = kindsOf(invocation, leaveOutOption, wrong);
    const auto include = kindsOf(invocation, includeOption, wrong);
    if (leaveOut && include && !(leaveOut->without(*include) == *leaveOut))
        wrong = QStringLiteral("--leave-out and --include name the same kind.");
    for (const char* whole : {"original", "live"}) {
        const QString option = QLatin1String(whole);
        const bool hasKinds =
            invocation.options.isSet(leaveOutOption) || invocation.options.isSet(includeOption);
        if (wrong.isEmpty() && hasKinds && invocation.options.optionNames().contains(option))
            wrong = QStringLiteral("with --%1 nothing can be left out.").arg(option);
    }
    if (wrong.isEmpty())
        return sharing::ContentChoice{*leaveOut, *include};
    invocation.out.note(QStringLiteral("sharelock: %1").arg(wrong));
    return std::nullopt;
}

QString leftOutText(const sharing::PublishOffer& offer)
{
    QStringList names;
    for (const ContentKind kind : redaction::allContent) {
        if (offer.leftOut.has(kind) && sharing::amountOf(offer.content, kind).count > 0)
            names += nameOf(kind);
    }
    return names.isEmpty() ? QString()
                           : QStringLiteral("Left out: %1.").arg(names.join(QStringLiteral(", ")));
}

} // namespace sharelock::cli
