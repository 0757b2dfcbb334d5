// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"

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
    const auto offer = invocation.manager.offer(invocation.names.first());
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
            },
            run};
}

} // namespace sharelock::cli
