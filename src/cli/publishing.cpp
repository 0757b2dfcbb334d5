// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/publishing.h"

#include "base/size_text.h"
#include "cli/content_options.h"

#include <algorithm>

namespace sharelock::cli {

namespace {

using sharing::PublishProgress;
using sharing::PublishStage;

QString stageText(const PublishProgress& progress)
{
    switch (progress.stage) {
    case PublishStage::Reserving:
    case PublishStage::Creating:
        return QStringLiteral("Creating the link…");
    case PublishStage::Sealing:
        return QStringLiteral("Keeping its key…");
    case PublishStage::Comparing:
        return QStringLiteral("Comparing with what is public…");
    case PublishStage::Uploading:
        return QStringLiteral("Uploading %1 of %2")
            .arg(sizeText(progress.sentBytes), sizeText(progress.totalBytes));
    case PublishStage::Verifying:
        return QStringLiteral("Reading it back…");
    }
    return {};
}

} // namespace

sharing::PublishObserver progressOn(Output& out)
{
    return [&out](const PublishProgress& progress) { out.progress(stageText(progress)); };
}

bool confirmed(const Invocation& invocation, const QString& question)
{
    if (invocation.options.isSet(QStringLiteral("yes")))
        return true;
    if (invocation.out.confirm(question))
        return true;
    invocation.out.error(Error{ErrorCode::NotConfirmed, QStringLiteral("publish"), {}});
    return false;
}

bool isDecided(const Invocation& invocation, const std::vector<redaction::FoundValue>& found, bool hidesAll)
{
    if (hidesAll)
        return true;
    qsizetype count = 0;
    for (const redaction::FoundValue& one : found) {
        if (!one.isSureSecret() || one.byPerson)
            continue;
        ++count;
        invocation.out.note(QStringLiteral("%1: %2").arg(
            QString::fromStdString(one.rule->title),
            visible(QString::fromStdString(redaction::masked(one.value.reveal())))));
    }
    if (count > 0)
        invocation.out.error(Error{ErrorCode::SecretsUndecided, QString::number(count), {}});
    return count == 0;
}

void noteFindings(const Invocation& invocation, const std::vector<redaction::FoundValue>& found)
{
    const auto hidden = std::count_if(found.begin(), found.end(), [](const auto& one) {
        return one.decision == redaction::Decision::Redact;
    });
    invocation.out.note(QStringLiteral("%1 secrets and personal details found, %2 of them hidden. Automatic "
                                       "search does not find everything.")
                            .arg(found.size())
                            .arg(hidden));
}

std::optional<int> review(const Invocation& invocation, sharing::PublishOffer& offer)
{
    if (!offer.disabled && !isDecided(invocation, offer.found, offer.snapshot.hidesAll))
        return NotDone;
    if (!offer.disabled && !takeReason(invocation, offer, offer.snapshot))
        return NotDone;
    noteFindings(invocation, offer.found);
    if (const QString leftOut = leftOutText(offer); !leftOut.isEmpty())
        invocation.out.note(leftOut);
    const sharing::PreparedSnapshot& snapshot = offer.snapshot;
    invocation.out.note(
        QStringLiteral("%1 messages, %2 to %3. %4 places replaced; 0 of %5 hidden values found in the bytes. "
                       "Anyone who has the link can read it and keep a copy.")
            .arg(snapshot.document().messageCount())
            .arg(sizeText(static_cast<qint64>(snapshot.document().byteCount())), offer.server.host())
            .arg(snapshot.places)
            .arg(snapshot.searched.verdict().hiddenValues));
    return std::nullopt;
}

void addPublishingOptions(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("redact-all"),
                      QStringLiteral("Hide everything that was found, doubtful findings too.")});
    parser.addOption(
        {QStringLiteral("keep-reason"),
         QStringLiteral("Why secrets that were kept in the window may be public; for the receipt."),
         QStringLiteral("TEXT")});
    parser.addOption({QStringLiteral("yes"), QStringLiteral("Publish without asking.")});
}

} // namespace sharelock::cli
