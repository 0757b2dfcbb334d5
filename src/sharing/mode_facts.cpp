// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/config_file.h"
#include "opencode/jsonc_edit.h"
#include "opencode/mode_read_back.h"
#include "sharing/share_manager_p.h"

#include <QDateTime>
#include <QFileInfo>
#include <QTemporaryDir>

namespace sharelock::sharing {

namespace {

const QString shareMember = QStringLiteral("share");

//! The strongest file of the place itself.
QString ownFile(const opencode::ModeReport& report)
{
    for (auto layer = report.layers.rbegin(); layer != report.layers.rend(); ++layer) {
        if (opencode::isOwnLayer(layer->kind, report.place))
            return layer->name;
    }
    return {};
}

//! When the last of the files that say something was written.
std::optional<Timestamp> lastWritten(const opencode::ModeReport& report)
{
    std::optional<Timestamp> last;
    for (const opencode::ModeLayer& layer : report.layers) {
        if (layer.line == 0)
            continue;
        const QDateTime at = QFileInfo(layer.name).lastModified();
        const Timestamp written = fromMilliseconds(at.toMSecsSinceEpoch());
        if (at.isValid() && (!last || written > *last))
            last = written;
    }
    return last;
}

//! A line as it may be shown.
QString withoutSecrets(const redaction::SecretScanner& scanner, const QString& line)
{
    std::string text = line.toStdString();
    const auto findings = scanner.scanText(text);
    std::size_t done = text.size(); // Others' rules may find what overlaps.
    for (auto finding = findings.rbegin(); finding != findings.rend(); ++finding) {
        const std::size_t end = finding->offset + finding->length;
        if (finding->rule->kind != redaction::FindingKind::Secret || end > done)
            continue;
        done = finding->offset;
        text.replace(done, finding->length, redaction::masked(text.substr(done, finding->length)));
    }
    return QString::fromStdString(text);
}

bool isInside(const QString& directory, const QString& root)
{
    return root.isEmpty() || directory == root || directory.startsWith(root + QLatin1Char('/'));
}

} // namespace

std::vector<opencode::LineChange> ShareModes::lines(const opencode::ModeChange& change) const
{
    auto lines = opencode::lineChanges(change.before.value_or(QByteArray()), change.after);
    const redaction::Scanning scanning = m_manager.scanning();
    for (opencode::LineChange& line : lines)
        line.text = withoutSecrets(*scanning.scanner, line.text);
    return lines;
}

opencode::ModeChange ShareModes::undoable(opencode::ModeChange change)
{
    const auto present = opencode::readConfigFile(change.file);
    if (!present || !*present || **present == change.after)
        return change;
    const auto without =
        opencode::withMember(**present, change.file, QStringLiteral("$schema"), std::nullopt);
    const auto before =
        opencode::withMember(change.after, change.file, QStringLiteral("$schema"), std::nullopt);
    if (without && before && *without == *before)
        change.after = **present;
    return change;
}

QCoro::Task<Expected<opencode::ShareMode>> ShareModes::askOpencode(opencode::ModePlace place,
                                                                   std::stop_token stop) const
{
    // What holds for this machine alone shows where there is no project.
    const QTemporaryDir nowhere;
    const QString directory = place.directory.isEmpty() ? nowhere.path() : place.directory;
    auto mode = co_await opencode::modeOfOpencode(m_manager.environment(), directory, std::move(stop));
    co_return mode;
}

QCoro::Task<ModeFacts> ShareModes::facts(QString directory, std::stop_token stop) const
{
    ModeFacts facts;
    const opencode::ModeReport report = this->report(directory);
    facts.file = ownFile(report);
    const auto server = m_manager.d->configuredServer();
    facts.hasServer = server && server->has_value();
    if (const auto written = lastWritten(report)) {
        facts.stale = opencode::runningOpencode();
        const QString root = directory.isEmpty()                           ? QString()
                             : report.place.worktree == QLatin1String("/") ? report.place.directory
                                                                           : report.place.worktree;
        std::erase_if(facts.stale, [&](const opencode::OpencodeProcess& process) {
            return process.startedAt >= *written || !isInside(process.directory, root);
        });
    }
    if (directory.isEmpty() || facts.file.isEmpty())
        co_return facts;
    const auto git = co_await opencode::gitState(m_manager.environment(), facts.file, std::move(stop));
    if (git) {
        facts.git = *git;
        const QString mode = report.mode ? opencode::modeName(*report.mode) : QString();
        facts.gitCommand = opencode::gitCommitCommand(
            facts.file, QStringLiteral("Set opencode's share mode to ") + mode, facts.git);
    }
    co_return facts;
}

QCoro::Task<Expected<opencode::ShareMode>> ShareModes::reload(QString directory, std::stop_token stop) const
{
    const auto address = m_manager.d->configuredServer();
    if (!address)
        co_return tl::unexpected(address.error());
    if (!*address)
        co_return fail(ErrorCode::OpencodeMissing);
    const QString where = directory.isEmpty() ? m_manager.environment().home : directory;
    opencode::OpencodeServer server(**address, m_manager.d->http());
    const auto reloaded = co_await server.reload(where, stop);
    if (!reloaded)
        co_return tl::unexpected(reloaded.error());
    auto mode = co_await server.shareMode(where, stop);
    co_return mode;
}

} // namespace sharelock::sharing
