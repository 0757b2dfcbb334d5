// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/git_state.h"

#include "base/child_process.h"
#include "base/thread_guard.h"
#include "opencode/config_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace sharelock::opencode {

namespace {

constexpr std::chrono::milliseconds timeout{10'000};
constexpr int notFound = 1;

QString gitProgram(const Environment& environment)
{
    QStringList folders = environment.variables.value(QStringLiteral("PATH")).split(QDir::listSeparator());
    // A relative entry would mean whatever folder we happen to be started in.
    folders.erase(std::remove_if(folders.begin(), folders.end(),
                                 [](const QString& folder) { return !QDir::isAbsolutePath(folder); }),
                  folders.end());
    return folders.isEmpty() ? QString() : QStandardPaths::findExecutable(QStringLiteral("git"), folders);
}

//! A file and the nearest folder above it that exists.
struct Place
{
    QString folder;
    QString name; //!< From there.
};

Place placeOf(const QString& file)
{
    const QFileInfo info(file);
    const QString path = info.exists() ? info.canonicalFilePath() : QDir::cleanPath(info.absoluteFilePath());
    QString folder = QFileInfo(path).path();
    while (!QFileInfo(folder).isDir() && folder != QFileInfo(folder).path()) {
        folder = QFileInfo(folder).path();
    }
    return {folder, QDir(folder).relativeFilePath(path)};
}

//! One git command in the folder of a file. A repository may name programs for many occasions; these are
//! commands and settings for which there is none.
ChildProgram command(const Environment& environment, const Place& place, const char* words)
{
    ChildProgram git;
    git.program = gitProgram(environment);
    // In front of the name, `./` takes away what a colon means there.
    git.arguments = QStringList{QStringLiteral("--no-pager"), QStringLiteral("-c"),
                                QStringLiteral("core.fsmonitor=false"), QStringLiteral("-c"),
                                QStringLiteral("core.hooksPath=/dev/null")} +
                    QString::fromLatin1(words).split(u' ') +
                    QStringList{QStringLiteral("--"), QString(u"./" + place.name)};
    // Variables of a git that we are started from would point to its repository.
    for (const QString& name : environment.variables.keys()) {
        if (!name.startsWith(u"GIT_")) {
            git.variables.insert(name, environment.variables.value(name));
        }
    }
    git.variables.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    git.variables.insert(QStringLiteral("GIT_OPTIONAL_LOCKS"), QStringLiteral("0"));
    git.variables.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    // An incomplete repository is not completed over the network.
    git.variables.insert(QStringLiteral("GIT_NO_LAZY_FETCH"), QStringLiteral("1"));
    git.variables.insert(QStringLiteral("GIT_ALLOW_PROTOCOL"), QStringLiteral("none"));
    git.directory = place.folder;
    git.timeout = timeout;
    return git;
}

tl::unexpected<Error> failureOf(const ChildEnd& end, const QString& file)
{
    const bool isStopped = end.how == ChildEnd::How::Stopped;
    return fail(isStopped ? ErrorCode::Cancelled : ErrorCode::GitFailed, file,
                end.how == ChildEnd::How::TimedOut ? QStringLiteral("It did not answer in time.")
                                                   : QStringLiteral("git ended with %1.").arg(end.status));
}

bool isOutside(const ChildEnd& end)
{
    return end.errors.contains("not a git repository") || end.errors.contains("must be run in a work tree");
}

//! The hash in a line of `ls-files -s` (`mode hash stage\tname`) or `ls-tree` (`mode blob hash\tname`);
//! empty when there is none, or several.
QByteArray hashIn(const QByteArray& output)
{
    static const QRegularExpression line(
        QStringLiteral("^\\d+ (?:blob )?([0-9a-f]{40,64})[ \t][^\\0]*\\0?$"));
    const auto match = line.match(QString::fromUtf8(output));
    return match.hasMatch() ? match.captured(1).toLatin1() : QByteArray();
}

//! Whether git's hash is that of these bytes, as they are or as they were with plain line ends.
bool isHashOf(const QByteArray& hash, const QByteArray& bytes)
{
    const auto method = hash.size() > 40 ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1;
    const auto blob = [method](const QByteArray& content) {
        const QByteArray head = "blob " + QByteArray::number(content.size()) + '\0';
        return QCryptographicHash::hash(QByteArray(head + content), method).toHex();
    };
    return blob(bytes) == hash || blob(QByteArray(bytes).replace("\r\n", "\n")) == hash;
}

//! As one word for a shell.
QString quoted(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./@%+=:,-]+$"));
    return plain.match(text).hasMatch()
               ? text
               : u'\'' + QString(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

bool hasControls(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    });
}

} // namespace

QCoro::Task<Expected<GitState>> gitState(Environment environment, QString file, std::stop_token stop)
{
    assertOffGuiThread("asking git about a file");
    const Place place = placeOf(file);
    ChildProgram asksIndex = command(environment, place, "--literal-pathspecs ls-files -s -z");
    if (asksIndex.program.isEmpty()) {
        co_return GitState::NoGit;
    }
    const ChildEnd index = co_await runChild(std::move(asksIndex), stop);
    if (isOutside(index)) {
        co_return GitState::NoWorkTree;
    }
    if (index.how != ChildEnd::How::Ended || index.status != 0) {
        co_return failureOf(index, file);
    }
    if (index.output.isEmpty()) {
        ChildProgram asksIgnored = command(environment, place, "check-ignore -q");
        const ChildEnd ignored = co_await runChild(std::move(asksIgnored), stop);
        if (isOutside(ignored)) {
            co_return GitState::NoWorkTree; // in the repository's own folder
        }
        if (ignored.how != ChildEnd::How::Ended || (ignored.status != 0 && ignored.status != notFound)) {
            co_return failureOf(ignored, file);
        }
        co_return ignored.status == 0 ? GitState::Ignored : GitState::Untracked;
    }
    const QByteArray staged = hashIn(index.output);
    const auto bytes = readConfigFile(file);
    const bool isAsStaged = !staged.isEmpty() && bytes && *bytes && isHashOf(staged, **bytes);
    if (!isAsStaged) {
        co_return GitState::Changed;
    }
    ChildProgram asksHead = command(environment, place, "--literal-pathspecs ls-tree -z HEAD");
    const ChildEnd head = co_await runChild(std::move(asksHead), stop);
    if (head.how != ChildEnd::How::Ended) {
        co_return failureOf(head, file);
    }
    // Without any commit there is no HEAD, and git says so with an error.
    co_return head.status == 0 && hashIn(head.output) == staged ? GitState::Committed : GitState::Changed;
}

QString gitCommitCommand(const QString& file, const QString& message, GitState state)
{
    const bool isToCommit =
        state == GitState::Untracked || state == GitState::Ignored || state == GitState::Changed;
    if (!isToCommit || hasControls(file) || hasControls(message)) {
        return {};
    }
    const Place place = placeOf(file);
    const QString git = u"git -C " + quoted(place.folder) + u' ';
    const QString name = quoted(place.name);
    const QString add = state == GitState::Ignored ? QStringLiteral("add -f -- ") : QStringLiteral("add -- ");
    return git + add + name + u" && " + git + u"commit -m " + quoted(message) + u" -- " + name;
}

} // namespace sharelock::opencode
