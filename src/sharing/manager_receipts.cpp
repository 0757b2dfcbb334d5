// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/share_manager_p.h"

#include <QFileInfo>
#include <QSaveFile>

namespace sharelock::sharing {

Expected<std::vector<Receipt>> ShareManager::receipts(int limit)
{
    ReceiptFilter filter;
    filter.limit = limit;
    return receipts(filter);
}

Expected<std::vector<Receipt>> ShareManager::receipts(const ReceiptFilter& filter)
{
    assertOffGuiThread("ShareManager::receipts");
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->receipts(filter);
}

Expected<ChainVerdict> ShareManager::verifyReceipts()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->verifyReceipts();
}

Expected<std::optional<qint64>> ShareManager::receiptWithHash(const QByteArray& hash)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->receiptWithHash(hash);
}

Expected<std::optional<qint64>> ShareManager::exportReceipts(const QString& path, ExportFormat format,
                                                             Existing existing)
{
    const auto all = receipts(ReceiptFilter());
    if (!all)
        return tl::unexpected(all.error());
    if (existing == Existing::Keep && QFileInfo::exists(path))
        return std::nullopt;
    QSaveFile file(path);
    // Addresses and titles are for who exports them to hand on, not for everybody on this machine.
    const bool open = file.open(QIODevice::WriteOnly) &&
                      file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArray text = receiptsText(*all, format);
    if (!open || file.write(text) != text.size() || !file.commit())
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return std::optional(qint64(all->size()));
}

} // namespace sharelock::sharing
