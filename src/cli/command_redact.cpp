// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/content_options.h"

#include <QSaveFile>

namespace sharelock::cli {

namespace {

QCoro::Task<int> run(const Invocation& invocation)
{
    const QString path = invocation.options.value(QStringLiteral("out"));
    if (path.isEmpty()) {
        invocation.out.note(QStringLiteral("sharelock: redact needs --out FILE."));
        co_return Usage;
    }
    const auto choice = contentChoice(invocation);
    if (!choice)
        co_return Usage;
    const auto session = invocation.manager.findSession(invocation.names.first());
    if (!session) {
        invocation.out.error(session.error());
        co_return statusFor(session.error());
    }
    const auto offer = invocation.manager.offer(session->id, redaction::Hiding::Usual, *choice);
    if (!offer) {
        invocation.out.error(offer.error());
        co_return statusFor(offer.error());
    }
    const std::string json = offer->snapshot.document().toJson();
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) &&
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
        file.write(json.data(), static_cast<qint64>(json.size())) == static_cast<qint64>(json.size()) &&
        file.commit();
    if (!written) {
        invocation.out.error(Error{ErrorCode::FileFailed, path, file.errorString()});
        co_return NotDone;
    }
    invocation.out.note(QStringLiteral("%1 places replaced; 0 of %2 hidden values found in what was written.")
                            .arg(offer->snapshot.places)
                            .arg(offer->snapshot.searched.verdict().hiddenValues));
    if (const QString leftOut = leftOutText(*offer); !leftOut.isEmpty())
        invocation.out.note(leftOut);
    co_return Done;
}

} // namespace

Command redactCommand()
{
    return {"redact", "SESSION", "Write a session as it would be sent into a file.",
            [](QCommandLineParser& parser) {
                parser.addOption({QStringLiteral("out"),
                                  QStringLiteral("The file to write, for you alone to read."),
                                  QStringLiteral("FILE")});
                addContentOptions(parser);
            },
            run};
}

} // namespace sharelock::cli
