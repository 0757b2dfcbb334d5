// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/share_manager_p.h"

#include <QFileInfo>
#include <QSaveFile>

namespace sharelock::sharing {

namespace {

//! \param text of all \p rows. \returns how many; nothing when there is such a file already, and it is kept.
template <typename Row, typename Text>
Expected<std::optional<qint64>> writeExport(const QString& path, Existing existing,
                                            const std::vector<Row>& rows, const Text& text)
{
    if (existing == Existing::Keep && QFileInfo::exists(path))
        return std::nullopt;
    QSaveFile file(path);
    // Addresses and titles are for who exports them to hand on, not for everybody on this machine.
    const bool open = file.open(QIODevice::WriteOnly) &&
                      file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArray bytes = text(rows);
    if (!open || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return std::optional(qint64(rows.size()));
}

} // namespace

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
    return writeExport(path, existing, *all,
                       [format](const auto& rows) { return receiptsText(rows, format); });
}

Expected<std::optional<qint64>> ShareManager::exportLinks(const QString& path, ExportFormat format,
                                                          Existing existing)
{
    const auto all = links();
    if (!all)
        return tl::unexpected(all.error());
    return writeExport(path, existing, *all, [format](const auto& rows) { return linksText(rows, format); });
}

} // namespace sharelock::sharing
