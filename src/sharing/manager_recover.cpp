// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/size_text.h"
#include "opencode/lost_key_search.h"
#include "sharing/probe.h"
#include "sharing/share_manager_p.h"

#include <QCoroFuture>
#include <QtConcurrentRun>

#include <algorithm>

namespace sharelock::sharing {

namespace {

const auto recoverAct = QStringLiteral("recover");

//! \brief Where this link's key may have been written: any folder that is known, since a session may have
//! been moved from one to another.
QStringList filesFor(const Link& link, const QString& database, QStringList folders)
{
    if (!link.dataFolder.isEmpty())
        folders.append(link.dataFolder);
    QStringList files = opencode::filesWithLostKeys(database);
    for (const QString& folder : folders)
        files += opencode::filesWithLostKeys(folder % u"/opencode.db");
    files.removeDuplicates();
    return files;
}

QString whatWasDone(const KeyRecovery& recovery)
{
    QString text = ShareManager::tr("files searched: %1 (%2), candidates: %3, tried: %4")
                       .arg(recovery.files.size())
                       .arg(sizeText(recovery.bytes))
                       .arg(recovery.candidates)
                       .arg(recovery.tried);
    if (!recovery.unreadable.isEmpty())
        text += ShareManager::tr(", not readable: %1").arg(recovery.unreadable.size());
    return text;
}

} // namespace

//! \brief What one search shares between its steps. News of the files may still be under way to the manager's
//! thread when the search is over, so they hold it too.
struct ShareManager::Private::Recovery
{
    KeyRecovery result;
    RecoveryProgress progress;
    RecoveryObserver observe;
    std::stop_token stop;

    void tell() const
    {
        if (observe)
            observe(progress);
    }
};

QCoro::Task<Expected<KeyRecovery>> ShareManager::recoverKey(LinkId id, RecoveryObserver observe,
                                                            std::stop_token stop)
{
    // What can't be sealed must not be found: it would be lost again.
    const auto vault = co_await d->readyVault();
    if (!vault)
        co_return tl::unexpected(vault.error());
    (void)d->takeInRows();
    const auto link = co_await check(id, stop);
    if (!link)
        co_return tl::unexpected(link.error());
    const auto recovery = std::make_shared<Private::Recovery>();
    KeyRecovery& result = recovery->result;
    result.link = *link;
    result.found = link->hasKey;
    recovery->observe = std::move(observe);
    recovery->stop = stop;
    if (link->hasKey || link->state == LinkState::Removed)
        co_return result;
    if (link->state == LinkState::Unreachable)
        co_return fail(ErrorCode::ServerUnreachable, id.origin.host());

    const auto asked = co_await d->askAndKeep(recovery);
    if (!asked)
        co_return tl::unexpected(asked.error());
    if (result.found) {
        const auto checked = co_await check(id);
        if (checked)
            result.link = *checked;
        co_return result;
    }
    const auto found = co_await d->searchAndTry(recovery);
    Receipt receipt = receiptFor(result.link, recoverAct, now());
    receipt.detail = whatWasDone(result);
    if (result.tried > 0) {
        receipt.asked = QLatin1String(callNames(result.link).sync) + QLatin1String(", without items");
        receipt.answered = found ? QStringLiteral("2xx") : answerName(tl::unexpected(found.error()));
        if (found && !result.found)
            receipt.answered = QStringLiteral("refused");
    }
    if (!found)
        receipt.outcome = codeName(found.error().code);
    else if (!result.found)
        receipt.outcome = codeName(ErrorCode::KeyMissing);
    d->append(receipt);
    if (!found)
        co_return tl::unexpected(found.error());
    if (result.found) {
        // Without the stop: the key is ours, and what it is worth should be shown.
        const auto checked = co_await check(id);
        if (checked)
            result.link = *checked;
    }
    co_return result;
}

// The first generation gives a share's key to whoever knows its session's whole ID. Somebody else's link is
// left alone.
QCoro::Task<Expected<void>> ShareManager::Private::askAndKeep(std::shared_ptr<Recovery> recovery)
{
    KeyRecovery& result = recovery->result;
    const Link link = result.link;
    const bool isOurs = link.source != LinkSource::Imported && link.state != LinkState::Foreign;
    if (!isFirstGeneration(link) || !isOurs)
        co_return Expected<void>{};
    const ShareServer server(link, http());
    const auto key = co_await askForKey(server, link.id.shareId, recovery->stop);
    Receipt receipt = receiptFor(link, recoverAct, now());
    receipt.asked = QLatin1String(callNames(link).create);
    receipt.detail = ShareManager::tr("the server was asked for the key");
    Expected<void> kept;
    if (!key) {
        kept = tl::unexpected(key.error());
        receipt.answered = answerName(kept);
    } else if (*key) {
        receipt.answered = QStringLiteral("2xx");
        result.fromServer = true;
        kept = keepFoundKey(result, **key);
    } else {
        receipt.answered = QStringLiteral("refused");
    }
    if (!kept)
        receipt.outcome = codeName(kept.error().code);
    else if (!result.found)
        receipt.outcome = codeName(ErrorCode::KeyMissing);
    append(receipt);
    co_return kept;
}

QCoro::Task<Expected<void>> ShareManager::Private::searchAndTry(std::shared_ptr<Recovery> recovery)
{
    KeyRecovery& result = recovery->result;
    const LinkId id = result.link.id;
    const opencode::LostShare lost{id.origin, id.shareId, result.link.sessionId};
    const QStringList files = filesFor(result.link, options.environment.opencodeDatabase(),
                                       q->dataFolders().value_or(QStringList()));
    // On a thread of its own: it reads gigabytes, and others wait for this one. Its news come back here.
    const std::function<void(qint64, qint64)> news = [this, recovery,
                                                      told = qint64(0)](qint64 bytes, qint64 total) mutable {
        constexpr qint64 step = 16'000'000;
        if (bytes < total && bytes - told < step)
            return;
        told = bytes;
        QMetaObject::invokeMethod(q, [recovery, bytes, total] {
            recovery->progress.bytes = bytes;
            recovery->progress.totalBytes = total;
            recovery->tell();
        });
    };
    const QFuture<Expected<opencode::LostKeySearch>> searching =
        QtConcurrent::run([files, lost, stop = recovery->stop, news] {
            return opencode::searchLostKey(files, lost, stop, news);
        });
    const auto searched = co_await searching;
    if (!searched)
        co_return tl::unexpected(searched.error());
    result.files = searched->files;
    result.unreadable = searched->unreadable;
    result.bytes = searched->bytes;
    std::vector<Secret> candidates = searched->candidates;
    // What is another link's key now, is not this one's.
    for (const opencode::ShareRow& row : rows())
        std::erase_if(candidates, [&](const Secret& key) { return rowId(row) != id && key == row.key; });
    result.candidates = static_cast<int>(candidates.size());
    recovery->progress.candidates = result.candidates;

    const auto onTried = [recovery](int tried) {
        recovery->result.tried = tried;
        recovery->progress.tried = tried;
        recovery->tell();
    };
    ShareServer server(result.link, http());
    if (isFirstGeneration(result.link) && server.sessionId().isEmpty()) {
        const auto answer = co_await server.data(id.shareId, true, recovery->stop);
        if (answer)
            server.learnSession(answer->document());
    }
    const auto index = co_await findKey(server, id.shareId, candidates, onTried, recovery->stop);
    if (!index)
        co_return tl::unexpected(index.error());
    if (!*index)
        co_return Expected<void>{};
    co_return keepFoundKey(result, candidates[**index]);
}

Expected<void> ShareManager::Private::keepFoundKey(KeyRecovery& result, const Secret& key)
{
    const LinkId id = result.link.id;
    const auto sealed = m_keeper->vault().seal(id, key);
    if (!sealed)
        return tl::unexpected(sealed.error());
    const auto saved = m_ledger->together([&]() -> Expected<void> {
        // As it is now: a probe or a takedown may have come in between.
        auto link = knownLink(id);
        if (!link)
            return tl::unexpected(link.error());
        link->hasKey = true;
        if (link->state == LinkState::OrphanLost)
            link->state = LinkState::Orphan;
        result.link = *link;
        return m_ledger->saveWithKey(*link, *sealed);
    });
    if (saved)
        result.found = true;
    return saved;
}

} // namespace sharelock::sharing
