// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link.h"

#include <QByteArray>

namespace sharelock::sharing {

//! \brief One line of Activity: an act or a probe, and what came of it. No key, no content.
struct Receipt
{
    qint64 number = 0; //!< Ascending.
    Timestamp at{};
    QString act;             //!< `publish`, `intake`, `blank`, `delete`, `probe`, `reseal`, …
    QString outcome;         //!< `ok`, or an ErrorCode's name.
    LinkId link;             //!< May be empty.
    QString title;           //!< Last known. Foreign text.
    QString detail;          //!< For people: "404 at the origin and past caches".
    bool isProof = false;    //!< A probe that showed the link to be gone.
    QString asked;           //!< Of the server: `DELETE /api/share/:id`. Empty when nothing was.
    QString answered;        //!< `2xx`, `500`, `content`, an ErrorCode's name; never a body.
    QByteArray publicBefore; //!< document::digest() of what was public; empty when not known.
    QByteArray publicAfter;  //!< As above.
    QByteArray hash;         //!< Its place in the chain; set by the ledger.

    bool operator==(const Receipt&) const = default;
};

//! \brief Which receipts are wanted.
struct ReceiptFilter
{
    std::optional<LinkId> link;
    std::optional<Timestamp> since;
    int limit = -1; //!< The newest so many; -1: all.
};

//! \brief What is wrong with the chain of receipts.
enum class ChainFlaw
{
    None,
    Changed,    //!< It says something else than when it was written.
    Missing,    //!< It was there once.
    Inserted,   //!< It was not written by Sharelock.
    WrongOrder, //!< It stands in another one's place.
};

//! \brief What a look at all receipts found. Whoever can write the ledger's file can make another chain that
//! is whole: only a head that was noted elsewhere tells.
struct ChainVerdict
{
    qint64 count = 0; //!< Receipts found whole, from the first one on.
    QByteArray head;  //!< Hash of the last of them, 32 bytes.
    ChainFlaw flaw = ChainFlaw::None;
    qint64 brokenNumber = 0; //!< The first receipt with a flaw.

    [[nodiscard]] bool isIntact() const { return flaw == ChainFlaw::None; }
};

[[nodiscard]] QString flawName(ChainFlaw flaw);    //!< Kebab case, for JSON.
[[nodiscard]] QString flawCaption(ChainFlaw flaw); //!< For people, translated.

//! \brief What a server answered, from how its call ended: `2xx`, a status, or an ErrorCode's name.
[[nodiscard]] QString answerName(const Expected<void>& ended);

} // namespace sharelock::sharing
