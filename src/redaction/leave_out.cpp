// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/leave_out.h"

#include "base/thread_guard.h"
#include "document/content_counter.h"
#include "document/message_view.h"
#include "redaction/data_urls.h"
#include "redaction/part_reducer.h"

#include <set>
#include <utility>
#include <vector>

namespace sharelock::redaction {

namespace {

using document::ItemType;
using document::JsonTree;
using document::JsonValue;
using document::ShareItem;

constexpr int indexedLevels = 8; //!< Down to the attachments of a part in a batch.

//! \brief One message of a batch: what it says of itself, and its parts.
void reduceMessage(PartReducer& reducer, JsonValue message)
{
    const document::MessageView view(message);
    reducer.message(view.info);
    bool hasFile = false;
    for (const JsonValue part : view.parts)
        hasFile = hasFile || part["type"].text() == "file";
    for (const std::string_view name : {"parts", "content"}) {
        forMembers(message, name, [&](JsonValue parts) {
            for (const JsonValue part : parts) {
                if (PartReducer::isAddedText(part))
                    reducer.addedText(part, hasFile);
                else
                    reducer.part(part);
            }
        });
    }
}

class Reduction
{
public:
    Reduction(document::ShareDocument document, const ContentSet& out)
        : m_out(out)
    {
        m_result.document = std::move(document);
    }

    Expected<Reduced> run()
    {
        const auto& items = m_result.document.items();
        for (std::size_t place = 0; place < items.size(); ++place) {
            const auto tree = JsonTree::parse(items[place].data, indexedLevels);
            if (!tree)
                return fail(ErrorCode::InvalidJson, QString::fromStdString(items[place].key));
            m_counter.item(items[place].type, tree->root());
            JsonEdits edits(items[place].data);
            reduce(items[place], place, tree->root(), edits);
            auto data = edits.take();
            if (m_out.has(ContentKind::Attachments)) {
                if (auto without = jsonWithoutDataPayloads(data ? *data : items[place].data))
                    data = std::move(without);
            }
            if (data)
                replace(place, *std::move(data));
        }
        // Only now is it known which messages have a file.
        for (const AddedText& added : m_addedTexts) {
            const std::string& before = items[added.place].data;
            const auto tree = JsonTree::parse(before, indexedLevels);
            if (!tree)
                return fail(ErrorCode::InvalidJson, QString::fromStdString(items[added.place].key));
            JsonEdits edits(before);
            PartReducer(m_out, edits).addedText(tree->root(), m_withFile.contains(added.message));
            if (auto data = edits.take())
                replace(added.place, *std::move(data));
        }
        m_result.before = m_counter.take();
        return std::move(m_result);
    }

private:
    struct AddedText
    {
        std::size_t place = 0;
        std::string message;
    };

    //! \brief Most items stay as they are, so that they are not copied.
    void replace(std::size_t place, std::string data)
    {
        const ShareItem& item = m_result.document.items()[place];
        m_result.document.addItem({item.type, item.typeName, item.key, std::move(data)});
        m_result.hasChanged = true;
    }

    void reduce(const ShareItem& item, std::size_t place, JsonValue data, JsonEdits& edits)
    {
        PartReducer reducer(m_out, edits);
        switch (item.type) {
        case ItemType::Session:
            reducer.session(data);
            break;
        case ItemType::Message:
            reducer.message(data);
            break;
        case ItemType::Part:
            if (data["type"].text() == "file")
                m_withFile.insert(data["messageID"].text());
            if (PartReducer::isAddedText(data))
                m_addedTexts.push_back({place, data["messageID"].text()});
            else
                reducer.part(data);
            break;
        case ItemType::SessionDiff:
            if (m_out.has(ContentKind::Diffs))
                edits.replace(data, "[]");
            break;
        case ItemType::Model:
            if (m_out.has(ContentKind::Models))
                edits.replace(data, "[]");
            break;
        case ItemType::Messages:
            for (const JsonValue message : document::batchMessages(data))
                reduceMessage(reducer, message);
            break;
        case ItemType::Unknown:
            if (m_out.has(ContentKind::Tools)) {
                JsonObject kept;
                kept.keepTexts(data, {"id", "sessionID", "messageID"});
                edits.replace(data, kept.take());
            }
            break;
        }
    }

    const ContentSet& m_out;
    Reduced m_result;
    document::ContentCounter m_counter;
    std::vector<AddedText> m_addedTexts;
    std::set<std::string, std::less<>> m_withFile; //!< Messages.
};

} // namespace

Expected<Reduced> leaveOut(document::ShareDocument document, const ContentSet& out)
{
    assertOffGuiThread("leaving content out");
    return Reduction(std::move(document), out).run();
}

} // namespace sharelock::redaction
