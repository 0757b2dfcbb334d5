// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sharelock::document {

//! \brief Kinds of share item, as the share protocol names them.
enum class ItemType
{
    Session,
    Message,
    Part,
    SessionDiff,
    Model,
    Messages,
    Unknown
};

//! \brief One `{"type","data"}` of a share. The data stay the JSON text they came as, so that nothing
//! is lost or changed by passing through.
struct ShareItem
{
    ItemType type = ItemType::Unknown;
    std::string typeName; //!< As in the protocol (`part`), also for unknown types.
    //! \brief Unique in a document: `session`, `message/<id>`, `part/<messageID>/<id>`, `session_diff`,
    //! `model`;
    //! `<type>/<number>` for what the protocol gives no key of its own (batches, unknown types, a key met
    //! twice).
    std::string key;
    std::string data; //!< A valid JSON value, UTF-8.

    bool operator==(const ShareItem&) const = default;
};

//! \brief What is previewed, scanned, redacted, checked and sent: one conversation as share items.
//! A value; built from opencode.db or from a server's answer, and the same type in both cases.
class ShareDocument
{
public:
    //! \brief Reads what `/data` returns: an array of items. Understands both shapes, parts and `messages`
    //! batches. Unknown item types are kept. Not on the GUI thread. Errors: InvalidJson, DocumentInvalid.
    [[nodiscard]] static Expected<ShareDocument> parse(std::string_view json);

    //! \brief Appends, or replaces the item with the same key. The key is computed from \p data.
    //! Errors: InvalidJson when \p data does not parse or lacks its IDs.
    [[nodiscard]] Expected<void> add(std::string_view typeName, std::string data);
    //! \brief As above, when the caller knows the key (built from columns, not parsed).
    void addKeyed(ItemType type, std::string key, std::string data);
    //! \brief As above, with the type's name: for a changed copy of another document's item.
    void addItem(ShareItem item);

    [[nodiscard]] const std::vector<ShareItem>& items() const { return m_items; }
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    //! \brief Bytes of all data.
    [[nodiscard]] std::size_t byteCount() const;

    //! \brief `id` of the session item; empty without one.
    [[nodiscard]] std::string sessionId() const;
    [[nodiscard]] std::string title() const;
    //! \brief Number of messages, those inside `messages` batches too.
    [[nodiscard]] std::size_t messageCount() const;

    //! \brief `[{"type":…,"data":…},…]`.
    [[nodiscard]] std::string toJson() const;

    bool operator==(const ShareDocument& other) const { return m_items == other.m_items; }

private:
    [[nodiscard]] std::string freeKey(std::string_view name) const;
    [[nodiscard]] std::string sessionText(std::string_view member) const;

    std::vector<ShareItem> m_items;
    std::unordered_map<std::string, std::size_t> m_places; //!< By key.
};

[[nodiscard]] std::string_view typeName(ItemType type);
[[nodiscard]] ItemType itemType(std::string_view name);

//! \brief One item as it is sent: `{"type":…,"data":…}`.
[[nodiscard]] std::string toJson(const ShareItem& item);

} // namespace sharelock::document
