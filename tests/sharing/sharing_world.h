// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/loopback_share_server.h"
#include "sharing/link_ledger.h"
#include "sharing/publisher.h"

#include <QTemporaryDir>

#include <vector>

namespace sharelock::test {

//! \brief Ledger, vault and HTTP of a person called ada on a machine called engine, in a folder of their own.
class SharingWorld
{
public:
    explicit SharingWorld(HttpPolicy policy = fast());

    //! \brief Gives up within a second or so.
    [[nodiscard]] static HttpPolicy fast();

    //! \brief As any other process sees it: a connection of its own.
    [[nodiscard]] std::unique_ptr<sharing::LinkLedger> anotherLedger() const;
    [[nodiscard]] QString ledgerPath() const { return folder.filePath(QStringLiteral("ledger.db")); }
    //! \brief The keys that the ledger holds for \p id, in clear.
    [[nodiscard]] std::vector<QByteArray> keysOf(const sharing::LinkId& id) const;
    //! \brief All links of the ledger.
    [[nodiscard]] std::vector<sharing::Link> links() const;
    //! \brief All that the ledger says about a link, as one text.
    [[nodiscard]] QString receiptsText() const;
    //! \brief All bytes of the ledger's files.
    [[nodiscard]] QByteArray ledgerBytes() const;

    QTemporaryDir folder;
    std::unique_ptr<sharing::LinkLedger> ledger;
    sharing::KeyVault vault{sharing::KeyVault::freshMasterKey()};
    HttpClient http;
};

//! \brief Home folder, user and host name of that person.
[[nodiscard]] redaction::RedactionPlan planOfAda();

//! \brief Whether the person's name stands there as a word; random IDs and keys may well hold its letters.
[[nodiscard]] bool namesAda(const QByteArray& bytes);

//! \brief A conversation in which the person's name and home folder stand everywhere, of \p messages messages
//! with one text of about \p textBytes each.
[[nodiscard]] document::ShareDocument conversation(int messages, int textBytes = 200);

//! \brief As the person would publish it.
[[nodiscard]] sharing::PreparedSnapshot prepared(const document::ShareDocument& document);

//! \brief The items of \p json, as `/data` answers.
[[nodiscard]] document::ShareDocument parsed(const QByteArray& json);

//! \brief Requests of \p server whose "VERB path" contains \p match.
[[nodiscard]] std::vector<demo::SeenRequest> requestsFor(const demo::LoopbackShareServer& server,
                                                         const QByteArray& match);

} // namespace sharelock::test
