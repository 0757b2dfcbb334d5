// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/app_world.h"
#include "app/findings_model.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>

namespace sharelock::test {

// Made of pieces, so that nothing here looks like one.
inline const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
inline const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";
inline const auto sessionId = QStringLiteral("ses_a");

//! \brief A conversation and what was found in it, as the window connects them.
struct View
{
    explicit View(const AppWorld& world, const QString& id = sessionId)
        : transcript(core)
        , findings(core)
        , tester(&findings, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&transcript, &app::TranscriptModel::offerChanged, &findings,
                         [this] { findings.setOffer(transcript.sessionId(), transcript.offer()); });
        QObject::connect(&findings, &app::FindingsModel::decided, &transcript, &app::TranscriptModel::reload);
        core.run(world.setup());
        transcript.setSessionId(id);
    }

    [[nodiscard]] app::FindingsModel::Choice choice(int row) const
    {
        return findings.index(row).data(app::FindingsModel::ChoiceRole).value<app::FindingsModel::Choice>();
    }
    [[nodiscard]] QString text(int row, app::FindingsModel::Role role) const
    {
        return findings.index(row).data(role).toString();
    }
    //! The row that has this value.
    [[nodiscard]] int rowOf(const QByteArray& value) const
    {
        for (int row = 0; row < findings.count(); ++row) {
            if (findings.revealed(row).toUtf8() == value)
                return row;
        }
        return -1;
    }
    [[nodiscard]] bool publishes(const QByteArray& text) const
    {
        const auto offer = transcript.offer();
        return offer && offer->snapshot.document().toJson().find(text.toStdString()) != std::string::npos;
    }

    app::CoreThread core;
    app::TranscriptModel transcript;
    app::FindingsModel findings;
    QAbstractItemModelTester tester;
};

inline void addFindings(AppWorld& world)
{
    world.addSession("ses_a", "With findings");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_z", "msg_a10000a", "ses_a",
                         textPart("STRIPE_KEY=" + token + " and ROTATION_KEY=" + doubtful));
    });
}

} // namespace sharelock::test
