// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/takedown_text.h"

#include <algorithm>

namespace sharelock::cli {

using sharing::LinkState;
using sharing::TakedownStage;

QString stageText(TakedownStage stage)
{
    switch (stage) {
    case TakedownStage::Waiting:
        return QStringLiteral("waiting for another Sharelock that takes it down");
    case TakedownStage::Reading:
        return QStringLiteral("reading what is public");
    case TakedownStage::Blanking:
        return QStringLiteral("blanking");
    case TakedownStage::Deleting:
        return QStringLiteral("deleting");
    case TakedownStage::Probing:
        return QStringLiteral("checking that it is gone");
    case TakedownStage::Recreating:
        return QStringLiteral("taking its ID back to blank it");
    }
    return {};
}

int combined(int status, int other)
{
    if (status == NotDone || other == NotDone)
        return NotDone;
    return std::max(status, other);
}

int statusOf(const Expected<sharing::Link>& result)
{
    if (!result)
        return statusFor(result.error());
    if (result->state == LinkState::Removed)
        return Done;
    return result->state == LinkState::Unreachable || result->state == LinkState::Unknown ? CannotTell
                                                                                          : NotDone;
}

QJsonObject resultJson(const sharing::Link& asked, const Expected<sharing::Link>& result)
{
    const sharing::LinkState state = result ? result->state : asked.state;
    const QString proof = result ? sharing::proofText(*result) : QString();
    QJsonObject json{
        {QStringLiteral("id"), asked.id.shareId},
        {QStringLiteral("url"), asked.url.toString()},
        {QStringLiteral("state"), sharing::stateName(state)},
        {QStringLiteral("proof"), proof.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(proof)}};
    if (!result)
        json[QStringLiteral("error")] = codeName(result.error().code);
    return json;
}

} // namespace sharelock::cli
