// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/block_builder.h"

#include "document/diff_text.h"
#include "document/part_facts.h"
#include "document/stub.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace sharelock::document {

namespace {

constexpr std::array<std::string_view, 5> stepTypes{"snapshot", "retry", "compaction", "agent", "subtask"};

std::optional<Timestamp> timeOf(JsonValue milliseconds)
{
    constexpr double latest = 1e15; // Beyond the year 30000 it is no time.
    const auto number = milliseconds.number();
    if (!number || !(std::abs(*number) < latest))
        return std::nullopt;
    return fromMilliseconds(static_cast<qint64>(*number));
}

std::string joined(std::initializer_list<std::string> texts)
{
    std::string out;
    for (const std::string& text : texts) {
        if (text.empty())
            continue;
        if (!out.empty())
            out += " · ";
        out += text;
    }
    return out;
}

} // namespace

void BlockBuilder::startItem(std::string_view key)
{
    m_itemKey = key;
    m_ordinal = 0;
}

Block& BlockBuilder::add(BlockKind kind, std::string_view title)
{
    Block block;
    block.kind = kind;
    block.itemKey = m_itemKey;
    block.ordinal = m_ordinal++;
    block.title = oneLine(title);
    return m_blocks.emplace_back(std::move(block));
}

void BlockBuilder::setBody(Block& block, std::string_view text)
{
    const std::size_t lines = block.kind == BlockKind::Tool ? m_limits.toolLines : m_limits.lines;
    VisibleText body = visibleText(text, {m_limits.bytes, lines, m_limits.tokenBytes});
    block.text = std::move(body.text);
    block.lines = body.lines;
    block.bytes = body.bytes;
    block.truncated = body.truncated;
    if (body.truncated && m_onCut)
        m_onCut(static_cast<std::size_t>(&block - m_blocks.data()), text, body.shownBytes);
}

void BlockBuilder::addStub(std::string_view text)
{
    add(BlockKind::LeftOut, {}).text = oneLine(text);
}

void BlockBuilder::addBlanked()
{
    // Also where no block is made: the ordinal is that of the item by itself.
    if (!m_blocks.empty() && m_blocks.back().kind == BlockKind::Blanked)
        ++m_ordinal;
    else
        add(BlockKind::Blanked, {});
    ++m_blocks.back().lines;
}

void BlockBuilder::addBlankedUnknown()
{
    addBlanked();
    ++m_blocks.back().unknownItems;
}

void BlockBuilder::addMessage(JsonValue info)
{
    const bool user = isFromUser(info);
    const JsonValue model = info["model"];
    const std::string modelId = model.isObject() ? model["modelID"].text() : info["modelID"].text();
    Block& line = add(user ? BlockKind::User : BlockKind::Assistant, modelId);
    line.subtitle = oneLine(joined({info["agent"].text(), info["path"]["cwd"].text()}));
    line.time = timeOf(info["time"]["created"]);
    if (const std::string system = info["system"].text(); looksLikeStub(system))
        addStub(system);
    else if (!system.empty())
        setBody(add(BlockKind::Step, "system"), system);
    const JsonValue summary = info["summary"];
    if (const std::string text = joined({summary["title"].text(), summary["body"].text()}); !text.empty())
        setBody(add(BlockKind::Step, "summary"), text);
    addDiffs(summary["diffs"]);
    if (const JsonValue error = info["error"]; error.isObject()) {
        Block& block = add(BlockKind::Step, "error");
        block.subtitle = oneLine(error["name"].text());
        const std::string message = error["data"]["message"].text();
        setBody(block, message.empty() ? std::string(error["data"].raw()) : message);
    }
}

void BlockBuilder::addPart(JsonValue part, bool fromUser)
{
    const std::string type = part["type"].text();
    if (type == "text" || type == "reasoning") {
        const std::string text = part["text"].text();
        if (text.empty())
            return;
        if ((type == "reasoning" || part["synthetic"].raw() == "true") && looksLikeStub(text)) {
            addStub(text);
            return;
        }
        Block& block = add(type == "text" ? BlockKind::Text : BlockKind::Reasoning, {});
        block.ownText = type == "text" && fromUser && part["synthetic"].raw() != "true";
        block.time = timeOf(part["time"]["start"]);
        setBody(block, text);
    } else if (type == "tool") {
        addTool(part);
    } else if (type == "file") {
        addFile(part);
    } else if (type != "step-start" && type != "step-finish" && looksLikeStub(part["text"].text())) {
        addStub(part["text"].text());
    } else if (type == "patch") {
        Block& block = add(BlockKind::Patch, type);
        block.subtitle = oneLine(part["hash"].text());
        std::string files;
        for (const JsonValue file : part["files"])
            files.append(files.empty() ? "" : "\n").append(file.text());
        setBody(block, files);
    } else if (std::find(stepTypes.begin(), stepTypes.end(), type) != stepTypes.end()) {
        addStep(part, type);
    } else if (type != "step-start" && type != "step-finish") {
        addUnknown(type, part.raw());
    } else if (const std::string text = part["text"].text(); !text.empty()) {
        setBody(add(BlockKind::Step, type), text);
    }
}

void BlockBuilder::addTool(JsonValue part)
{
    const JsonValue state = part["state"];
    for (const std::string_view name : {"output", "error"}) {
        if (state["input"].isObject() && !state["input"].firstChild() && looksLikeStub(state[name].text())) {
            addStub(state[name].text());
            return;
        }
    }
    const std::string tool = part["tool"].text();
    const ToolInput input = toolInput(tool, state);
    Block& block = add(BlockKind::Tool, tool);
    block.subtitle = oneLine(input.line);
    block.status = oneLine(state["status"].text());
    block.time = timeOf(state["time"]["start"]);
    std::string body = input.detail;
    for (const std::string_view name : {"output", "error"}) {
        const std::string text = state[name].text();
        if (!text.empty())
            body.append(body.empty() ? "" : "\n\n").append(text);
    }
    const std::string change = state["input"]["content"].text();
    setBody(block, body);
    if (looksLikeStub(change))
        addStub(change);
    for (const JsonValue attachment : state["attachments"])
        addFile(attachment);
}

void BlockBuilder::addFile(JsonValue part)
{
    const std::string url = part["url"].text();
    if (url.empty() && looksLikeStub(part["filename"].text())) {
        addStub(part["filename"].text());
        return;
    }
    const std::string mime = part["mime"].text();
    const DataUrl data = dataUrl(url);
    Block& block = add(BlockKind::File, part["filename"].text());
    block.subtitle = oneLine(joined({mime, data.isData ? std::string() : url}));
    std::string body = part["source"]["text"]["value"].text();
    if (body.empty() && data.isData && mime.starts_with("text/"))
        body = data.decoded();
    setBody(block, body);
    if (data.isData)
        block.bytes = data.bytes;
}

void BlockBuilder::addStep(JsonValue part, std::string_view type)
{
    Block& block = add(BlockKind::Step, type);
    block.time = timeOf(part["time"]["created"]);
    if (type == "agent") {
        block.subtitle = oneLine(part["name"].text());
    } else if (type == "subtask") {
        block.subtitle = oneLine(joined({part["agent"].text(), part["description"].text()}));
        setBody(block, part["prompt"].text());
    } else if (type == "retry") {
        block.subtitle = oneLine(part["attempt"].raw());
        const std::string message = part["error"]["data"]["message"].text();
        setBody(block, message.empty() ? std::string(part["error"].raw()) : message);
    } else if (type == "snapshot") {
        block.subtitle = oneLine(part["snapshot"].text());
    }
}

void BlockBuilder::addDiffs(JsonValue diffs)
{
    if (!diffs.isArray())
        return;
    for (const JsonValue diff : diffs) {
        Block& block = add(BlockKind::Diff, diff["file"].text());
        const std::string added(diff["additions"].raw());
        const std::string removed(diff["deletions"].raw());
        if (!added.empty() || !removed.empty())
            block.subtitle = oneLine(std::string("+").append(added).append(" -").append(removed));
        setBody(block, diffText(diff));
    }
}

void BlockBuilder::addModels(JsonValue models)
{
    if (!models.isArray()) {
        addUnknown("model", models.raw());
        return;
    }
    for (const JsonValue model : models) {
        const std::string name = model["name"].text();
        Block& block = add(BlockKind::Model, name.empty() ? model["id"].text() : name);
        block.subtitle = oneLine(model["providerID"].text());
        setBody(block, model.raw());
    }
}

void BlockBuilder::addUnknown(std::string_view name, std::string_view json)
{
    setBody(add(BlockKind::Unknown, name), json);
}

} // namespace sharelock::document
