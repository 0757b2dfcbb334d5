// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/receipt.h"

#include <QJsonObject>

#include <vector>

namespace sharelock::sharing {

enum class ExportFormat
{
    Csv, //!< RFC 4180, UTF-8, CR LF, with a header; see csvRecord().
    Json //!< An array of objects, indented.
};

//! \brief The public shape of a receipt: fields may be added, never renamed. Times are ISO 8601 in UTC,
//! digests and hashes hexadecimal; null where not known.
[[nodiscard]] QJsonObject receiptJson(const Receipt& receipt);

//! \brief Receipts in the order given.
[[nodiscard]] QByteArray receiptsText(const std::vector<Receipt>& receipts, ExportFormat format);

//! \brief The public shape of a link, as receiptJson(). Null where not known.
[[nodiscard]] QJsonObject linkJson(const Link& link);

//! \brief Links with a header and the fields that their JSON has, by the same names; empty where not known.
[[nodiscard]] QByteArray linksCsv(const std::vector<Link>& links);

//! \brief Links in the order given.
[[nodiscard]] QByteArray linksText(const std::vector<Link>& links, ExportFormat format);

} // namespace sharelock::sharing
