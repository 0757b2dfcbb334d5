// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"
#include "cli/since.h"

namespace sharelock::cli {

namespace {

using sharing::Receipt;

const auto containsOption = QStringLiteral("contains");
const auto csvOption = QStringLiteral("csv");
const auto limitOption = QStringLiteral("limit");
const auto sinceOption = QStringLiteral("since");
const auto verifyOption = QStringLiteral("verify");

int usageError(Output& out, const QString& what)
{
    out.note(QStringLiteral("sharelock: %1.").arg(what));
    return Usage;
}

void addOptions(QCommandLineParser& parser)
{
    parser.addOption(
        {verifyOption, QStringLiteral("Look whether all receipts are there and as they were written.")});
    parser.addOption({containsOption,
                      QStringLiteral("With --verify: is the head that was noted earlier still in the chain?"),
                      QStringLiteral("HASH")});
    parser.addOption({csvOption, QStringLiteral("CSV (RFC 4180) on standard output.")});
    parser.addOption({limitOption, QStringLiteral("The newest so many."), QStringLiteral("N")});
    parser.addOption({sinceOption,
                      QStringLiteral("Of the last so many days (30d), hours (12h) or weeks (2w)."),
                      QStringLiteral("AGE")});
}

//! Nothing when it is no hash.
std::optional<QByteArray> hashOption(const Invocation& invocation)
{
    const QByteArray word = invocation.options.value(containsOption).toLatin1().toLower();
    const QByteArray hash = QByteArray::fromHex(word);
    const bool whole = hash.size() == 32 && hash.toHex() == word;
    return whole ? std::optional(hash) : std::nullopt;
}

int verify(const Invocation& invocation)
{
    Output& out = invocation.out;
    const auto noted = hashOption(invocation);
    const bool asked = invocation.options.isSet(containsOption);
    if (!invocation.names.isEmpty())
        return usageError(out, QStringLiteral("--verify looks at all receipts, so it takes no LINK"));
    if (asked && !noted)
        return usageError(out, QStringLiteral("--contains takes a hash of 64 hexadecimal digits"));
    const auto verdict = invocation.manager.verifyReceipts();
    const auto found = asked ? invocation.manager.receiptWithHash(*noted) : std::optional<qint64>();
    if (!verdict || !found) {
        const Error error = verdict ? found.error() : verdict.error();
        out.error(error);
        return statusFor(error);
    }
    // Beyond a flaw nothing is proved.
    const bool contains = *found && **found <= verdict->count;
    const QString head = QString::fromLatin1(verdict->head.toHex());
    if (out.json()) {
        QJsonObject json{{QStringLiteral("intact"), verdict->isIntact()},
                         {QStringLiteral("count"), verdict->count},
                         {QStringLiteral("head"), head},
                         {QStringLiteral("broken"), verdict->isIntact() ? QJsonValue(QJsonValue::Null)
                                                                        : QJsonValue(verdict->brokenNumber)},
                         {QStringLiteral("flaw"), verdict->isIntact() ? QJsonValue(QJsonValue::Null)
                                                                      : sharing::flawName(verdict->flaw)}};
        if (asked)
            json[QStringLiteral("contains")] = contains;
        out.document(json);
    } else {
        out.line(verdict->isIntact() ? QStringLiteral("Intact: %1 receipts.").arg(verdict->count)
                                     : QStringLiteral("Broken at receipt %1: %2")
                                           .arg(verdict->brokenNumber)
                                           .arg(sharing::flawCaption(verdict->flaw)));
        out.line(QStringLiteral("Head: %1").arg(head));
        if (asked)
            out.line(contains
                         ? QStringLiteral("Contains the noted head, as receipt %1.").arg(**found)
                         : QStringLiteral("Does not contain the noted head: its past was written anew."));
        else
            out.note(QStringLiteral("Whoever can write the ledger can make another chain. Note the head "
                                    "elsewhere; --contains HEAD proves later that it is still in it."));
    }
    return verdict->isIntact() && (!asked || contains) ? Done : NotDone;
}

Expected<sharing::ReceiptFilter> filterOf(const Invocation& invocation)
{
    sharing::ReceiptFilter filter;
    if (invocation.options.isSet(limitOption)) {
        bool isNumber = false;
        filter.limit = invocation.options.value(limitOption).toInt(&isNumber);
        if (!isNumber || filter.limit < 0)
            return fail(ErrorCode::NotConfirmed, QStringLiteral("--limit takes a number"));
    }
    if (invocation.options.isSet(sinceOption)) {
        filter.since = since(invocation.options.value(sinceOption), now());
        if (!filter.since)
            return fail(ErrorCode::NotConfirmed, QStringLiteral("--since takes an age like 30d, 12h or 2w"));
    }
    if (!invocation.names.isEmpty()) {
        const auto link = invocation.manager.findLink(invocation.names.front());
        if (!link)
            return tl::unexpected(link.error());
        filter.link = link->id;
    }
    return filter;
}

void print(const std::vector<Receipt>& receipts, Output& out)
{
    if (receipts.empty()) {
        out.note(QStringLiteral("No receipts."));
        return;
    }
    std::vector<QStringList> rows;
    for (const Receipt& receipt : receipts)
        rows.push_back({QString::number(receipt.number), isoString(receipt.at), receipt.act, receipt.outcome,
                        visible(receipt.link.shareId), visible(receipt.answered), visible(receipt.detail),
                        visible(receipt.title)});
    out.table({QStringLiteral("NUMBER"), QStringLiteral("AT"), QStringLiteral("ACT"),
               QStringLiteral("OUTCOME"), QStringLiteral("LINK"), QStringLiteral("ANSWER"),
               QStringLiteral("DETAIL"), QStringLiteral("TITLE")},
              rows);
}

QCoro::Task<int> run(const Invocation& invocation)
{
    if (invocation.options.isSet(verifyOption) || invocation.options.isSet(containsOption))
        co_return verify(invocation);
    const bool csv = invocation.options.isSet(csvOption);
    if (csv && invocation.out.json())
        co_return usageError(invocation.out, QStringLiteral("--json and --csv exclude each other"));
    const auto filter = filterOf(invocation);
    if (!filter && filter.error().code == ErrorCode::NotConfirmed)
        co_return usageError(invocation.out, filter.error().subject);
    if (!filter) {
        invocation.out.error(filter.error());
        co_return statusFor(filter.error());
    }
    const auto receipts = invocation.manager.receipts(*filter);
    if (!receipts) {
        invocation.out.error(receipts.error());
        co_return statusFor(receipts.error());
    }
    if (csv || invocation.out.json())
        invocation.out.text(
            sharing::receiptsText(*receipts, csv ? sharing::ExportFormat::Csv : sharing::ExportFormat::Json));
    else
        print(*receipts, invocation.out);
    co_return Done;
}

} // namespace

Command receiptsCommand()
{
    return {"receipts", "[LINK]", "List what was done and what servers answered, and prove it unchanged.",
            addOptions, run};
}

} // namespace sharelock::cli
