// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "document/share_document.h"

#include <memory>
#include <optional>

namespace sharelock::sharing {

//! \brief What `/data` says at one moment.
struct DataAnswer
{
    enum class Kind
    {
        Gone,    //!< 404, `[]`.
        Blank,   //!< Items, but nothing in them.
        Content, //!< Something can be read.
    };
    Kind kind = Kind::Content;
    int status = 0;
    qint64 bytes = 0;
    bool unchanged = false; //!< Content, and the very one that the validator was of.
    QByteArray validator;   //!< To ask with next time; empty where the server gives none.

    //! \brief Empty for Gone, and when it is unchanged. Copies of the answer share it.
    [[nodiscard]] const document::ShareDocument& document() const;
    void setDocument(document::ShareDocument document);
    //! \brief Copied only if another answer shares it; then this one has none.
    [[nodiscard]] document::ShareDocument takeDocument();

    //! \brief document::digest of the document, made when first asked for: 20 MB take 30 ms.
    [[nodiscard]] QByteArray digest() const;

private:
    std::shared_ptr<document::ShareDocument> m_document;
    mutable QByteArray m_digest;
};

//! \brief An answer as it came and what it was read as: the same bytes mean the same.
struct ReadAnswer
{
    int status = 0;
    QByteArray body;
    std::optional<DataAnswer> read;
};

//! \brief Reads a 2xx or a 404. Not on the GUI thread. \param once may be null; else what was read before,
//! and then this. Errors: ServerBadAnswer, ServerRefused for a 404 that is no share server's; the subject is
//! the origin.
[[nodiscard]] Expected<DataAnswer> readDataAnswer(const HttpAnswer& answer, const QUrl& origin,
                                                  const QString& shareId, bool isFirst, ReadAnswer* once);

} // namespace sharelock::sharing
