// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_rows.h"

#include "app/times.h"
#include "base/thread_guard.h"

#include <QHash>

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace sharelock::app {

namespace {

using document::ItemType;

//! \brief The middle of `part/<messageID>/<id>`, the rest of `message/<id>`.
std::string_view messageOf(std::string_view key)
{
    const auto begin = key.find('/');
    if (begin == std::string_view::npos)
        return {};
    const auto end = key.find('/', begin + 1);
    return key.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

//! \brief Names items by their place among those of their kind.
class ItemNames
{
public:
    explicit ItemNames(const document::ShareDocument& document)
    {
        std::size_t others = 0;
        for (const document::ShareItem& item : document.items()) {
            if (item.type == ItemType::Message) {
                m_names.emplace(item.key, "message/" + std::to_string(numberOf(messageOf(item.key))));
            } else if (item.type == ItemType::Part) {
                const std::size_t message = numberOf(messageOf(item.key));
                m_names.emplace(item.key,
                                "part/" + std::to_string(message) + '/' + std::to_string(m_parts[message]++));
            } else {
                m_names.emplace(item.key, item.typeName + '/' + std::to_string(others++));
            }
        }
    }

    [[nodiscard]] std::string name(const std::string& key) const
    {
        const auto found = m_names.find(key);
        return found == m_names.end() ? "other/" + key : found->second;
    }

private:
    std::size_t numberOf(std::string_view message)
    {
        return m_messages.try_emplace(std::string(message), m_messages.size()).first->second;
    }

    std::unordered_map<std::string, std::string> m_names;
    std::unordered_map<std::string, std::size_t> m_messages;
    std::unordered_map<std::size_t, std::size_t> m_parts;
};

TranscriptRow row(const document::Block& block)
{
    TranscriptRow result;
    result.title = QString::fromStdString(block.title);
    result.subtitle = QString::fromStdString(block.subtitle);
    result.body = QString::fromStdString(block.text);
    result.status = QString::fromStdString(block.status);
    result.time = dateTime(block.time);
    result.kind = block.kind;
    result.lines = static_cast<int>(std::min<std::size_t>(block.lines, std::numeric_limits<int>::max()));
    result.bytes = static_cast<double>(block.bytes);
    result.truncated = block.truncated;
    result.ownText = block.ownText;
    result.digest = qHashMulti(0, result.title, result.subtitle, result.body, result.status);
    return result;
}

} // namespace

TranscriptRowsPtr transcriptRows(std::shared_ptr<const document::ShareDocument> document)
{
    assertOffGuiThread("making the blocks of a conversation");
    auto result = std::make_shared<TranscriptRows>();
    result->blocks = document::transcript(*document);
    result->rows.reserve(result->blocks.size());
    const ItemNames names(*document);
    for (document::Block& block : result->blocks) {
        result->rows.push_back(row(block));
        std::string key = names.name(block.itemKey);
        if (block.ordinal > 0)
            key += '#' + std::to_string(block.ordinal);
        result->rows.back().key = QString::fromStdString(key);
        // The row has it now, and the whole text is made from the document.
        block.text = std::string();
    }
    result->document = std::move(document);
    return result;
}

document::ShareDocument firstMessages(const document::ShareDocument& document, std::size_t messages,
                                      std::size_t bytes)
{
    document::ShareDocument result;
    std::vector<std::string_view> wanted;
    std::size_t taken = 0;
    for (const document::ShareItem& item : document.items()) {
        const bool isMessage = item.type == ItemType::Message && wanted.size() < messages;
        const bool isPart = item.type == ItemType::Part &&
                            std::find(wanted.begin(), wanted.end(), messageOf(item.key)) != wanted.end();
        if (!isMessage && !isPart && item.type != ItemType::Session)
            continue;
        // The first part comes along whatever its size, lest nothing be seen.
        if (isPart && taken > bytes)
            break;
        if (isMessage)
            wanted.push_back(messageOf(item.key));
        taken += item.data.size();
        result.addKeyed(item.type, item.key, item.data);
    }
    return result;
}

} // namespace sharelock::app
