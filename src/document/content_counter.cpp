// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/content_counter.h"

#include "base/thread_guard.h"
#include "document/message_view.h"
#include "document/part_facts.h"

#include <algorithm>
#include <string>

namespace sharelock::document {

namespace {

void count(ContentAmount& amount, JsonValue value)
{
    ++amount.count;
    amount.bytes += value.raw().size();
}

void countElements(ContentAmount& amount, JsonValue array)
{
    if (!array.isArray())
        return;
    for (const JsonValue element : array)
        count(amount, element);
}

} // namespace

void ContentCounter::message(JsonValue info)
{
    ++m_counts.messages;
    countElements(m_counts.diffs, info["summary"]["diffs"]);
    if (const JsonValue system = info["system"]; system.isText() ? !system.text().empty() : bool(system))
        count(m_counts.systemPrompts, system);
}

void ContentCounter::part(JsonValue part)
{
    const std::string type = part["type"].text();
    const JsonValue state = part["state"];
    if (type == "tool") {
        count(m_counts.tools, part);
        if (changesFile(part["tool"].text(), state))
            count(m_changes, state);
    } else if (type == "reasoning") {
        count(m_counts.reasoning, part);
    } else if (type == "file") {
        count(m_counts.attachments, part);
    } else if (type == "patch") {
        count(m_patches, part);
    } else if (type == "text" && part["synthetic"].raw() == "true") {
        count(m_counts.systemPrompts, part);
    }
    countElements(m_counts.attachments, state["attachments"]);
}

void ContentCounter::item(ItemType type, JsonValue data)
{
    switch (type) {
    case ItemType::Part:
        part(data);
        break;
    case ItemType::Messages:
        for (const JsonValue one : batchMessages(data)) {
            const MessageView view(one);
            message(view.info);
            for (const JsonValue inner : view.parts)
                part(inner);
        }
        break;
    case ItemType::Message:
        message(data);
        for (const JsonValue inner : data["parts"])
            part(inner);
        break;
    case ItemType::Session:
        countElements(m_counts.diffs, data["summary"]["diffs"]);
        break;
    case ItemType::SessionDiff:
        countElements(m_counts.diffs, data);
        break;
    case ItemType::Model:
        countElements(m_counts.models, data);
        break;
    case ItemType::Unknown:
        break;
    }
}

ContentCounts ContentCounter::take()
{
    // A change leaves traces in a tool and in a patch, and mostly in no list of diffs.
    ContentAmount& diffs = m_counts.diffs;
    diffs.count = std::max({diffs.count, m_changes.count, m_patches.count});
    diffs.bytes += m_changes.bytes + m_patches.bytes;
    return m_counts;
}

ContentCounts contentCounts(const ShareDocument& document)
{
    assertOffGuiThread("counting the contents of a conversation");
    ContentCounter counter;
    for (const ShareItem& item : document.items()) {
        if (const auto tree = JsonTree::parse(item.data, ContentCounter::levels))
            counter.item(item.type, tree->root());
    }
    ContentCounts counts = counter.take();
    // Also of messages that can't be read.
    counts.messages = document.messageCount();
    return counts;
}

} // namespace sharelock::document
