// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/part_reducer.h"

#include "document/json_text.h"
#include "document/part_facts.h"
#include "document/stub.h"

#include <algorithm>
#include <array>

namespace sharelock::redaction {

namespace {

using document::isStub;
using document::JsonValue;
using document::quoted;
using document::StubKind;
using document::stubText;

//! \brief Parts that hold no content of a kind that can be left out.
constexpr std::array<std::string_view, 6> plainTypes{"text",        "agent",    "step-start",
                                                     "step-finish", "snapshot", "retry"};

//! \brief An object of what every part needs: its IDs and its type.
JsonObject withIds(JsonValue part)
{
    JsonObject object;
    object.keepTexts(part, {"id", "sessionID", "messageID", "type"});
    return object;
}

void keepTime(JsonObject& object, JsonValue owner)
{
    const JsonValue time = owner["time"];
    if (!time.isObject())
        return;
    JsonObject kept;
    kept.keepScalars(time, {"created", "start", "end", "completed"});
    object.add("time", kept.take());
}

//! \brief A stub for \p value; the one that stands there already, if it is one.
std::string stubFor(JsonValue value, StubKind kind, std::string_view name = {})
{
    const std::string text = value.isText() ? value.text() : std::string(value.raw());
    return isStub(text, kind, name) ? text : stubText(kind, name, document::lineCount(text));
}

//! \brief Whether a tool's answer repeats a change of a file as a patch.
bool holdsPatch(std::string_view text)
{
    return text.starts_with("@@ ") || text.find("\n@@ ") != std::string_view::npos ||
           text.find("diff --git ") != std::string_view::npos;
}

//! \brief The change itself, as far as it can be told: for the count of its lines.
std::string changeText(JsonValue state)
{
    const JsonValue metadata = state["metadata"];
    for (const JsonValue value : {metadata["diff"], metadata["filediff"]["patch"], state["input"]["content"],
                                  state["input"]["newString"], state["input"]["patchText"]}) {
        if (std::string text = value.text(); !text.empty())
            return text;
    }
    return {};
}

} // namespace

bool PartReducer::isAddedText(JsonValue part)
{
    return part["type"].text() == "text" && part["synthetic"].raw() == "true";
}

void PartReducer::part(JsonValue part)
{
    const std::string type = part["type"].text();
    if (type == "tool")
        tool(part);
    else if (type == "reasoning")
        reasoning(part);
    else if (type == "file")
        file(part);
    else if (type == "patch")
        patch(part);
    else if (std::find(plainTypes.begin(), plainTypes.end(), type) == plainTypes.end())
        unknownPart(part);
    else {
        providerMetadata(part);
        error(part);
    }
}

void PartReducer::tool(JsonValue part)
{
    if (leaves(ContentKind::Tools)) {
        toolAsStub(part);
        return;
    }
    providerMetadata(part);
    forMembers(part, "state", [&](JsonValue state) {
        if (leaves(ContentKind::Diffs) && document::changesFile(part["tool"].text(), state))
            fileChange(part, state);
        else if (leaves(ContentKind::Attachments))
            forMembers(state, "attachments", [&](JsonValue attachments) {
                for (const JsonValue attachment : attachments)
                    file(attachment);
            });
    });
}

void PartReducer::toolAsStub(JsonValue part)
{
    const JsonValue state = part["state"];
    const std::string name = part[part["tool"].isText() ? "tool" : "name"].text();
    const bool hasFailed = state["status"].text() == "error";
    const JsonValue answer = state[hasFailed ? "error" : "output"];
    JsonObject kept;
    kept.keepTexts(state, {"status"});
    kept.add("input", "{}");
    kept.addText(hasFailed ? "error" : "output", stubFor(answer, StubKind::ToolOutput, name));
    kept.addText("title", {});
    kept.add("metadata", "{}");
    keepTime(kept, state);
    JsonObject whole = withIds(part);
    whole.keepTexts(part, {part["tool"].isText() ? "tool" : "name", "callID"});
    whole.add("state", kept.take());
    keepTime(whole, part);
    m_edits.replace(part, whole.take());
}

void PartReducer::fileChange(JsonValue part, JsonValue state)
{
    const JsonValue before = state["input"]["content"];
    const std::string name = part["tool"].text();
    const bool isDone = before.isText() && isStub(before.text(), StubKind::FileDiff, {});
    JsonObject input;
    input.keepTexts(state["input"], {"filePath", "file_path", "path", "file"});
    input.addText("content", isDone
                                 ? before.text()
                                 : stubText(StubKind::FileDiff, {}, document::lineCount(changeText(state))));
    JsonObject kept;
    kept.keepTexts(state, {"status"});
    kept.add("input", input.take());
    for (const std::string_view member : {"output", "error"}) {
        const JsonValue answer = state[member];
        if (answer.isText())
            kept.addText(member, holdsPatch(answer.text()) ? stubFor(answer, StubKind::ToolOutput, name)
                                                           : answer.text());
    }
    kept.keepTexts(state, {"title"});
    kept.add("metadata", "{}");
    keepTime(kept, state);
    m_edits.replace(state, kept.take());
}

void PartReducer::file(JsonValue part)
{
    if (!leaves(ContentKind::Attachments))
        return;
    const std::string name = part["filename"].text();
    const std::string url = part["url"].text();
    const document::DataUrl data = document::dataUrl(url);
    const bool isDone = url.empty() && name.starts_with(document::attachmentStub({}, 0));
    JsonObject kept = withIds(part);
    kept.keepTexts(part, {"mime"});
    kept.addText("filename", isDone ? name : document::attachmentStub(name, data.bytes));
    kept.addText("url", {});
    m_edits.replace(part, kept.take());
}

void PartReducer::reasoning(JsonValue part)
{
    if (!leaves(ContentKind::Reasoning)) {
        providerMetadata(part);
        return;
    }
    JsonObject kept = withIds(part);
    kept.addText("text", stubFor(part["text"], StubKind::Reasoning));
    keepTime(kept, part);
    m_edits.replace(part, kept.take());
}

void PartReducer::patch(JsonValue part)
{
    if (!leaves(ContentKind::Diffs))
        return;
    std::size_t files = 0;
    for ([[maybe_unused]] const JsonValue file : part["files"])
        ++files;
    const std::string text = part["text"].text();
    JsonObject kept = withIds(part);
    kept.addText("hash", {});
    kept.add("files", "[]");
    kept.addText("text", files == 0 && isStub(text, StubKind::FileDiff, {})
                             ? text
                             : stubText(StubKind::FileDiff, {}, files, document::StubUnit::Files));
    m_edits.replace(part, kept.take());
}

void PartReducer::unknownPart(JsonValue part)
{
    // A task for another agent repeats the input of the tool that runs it, a compaction tells what tools and
    // thoughts came to; and what nobody knows may be anything of that sort.
    const std::string type = part["type"].text();
    const bool isSummary = type == "compaction" && leaves(ContentKind::Reasoning);
    if (!leaves(ContentKind::Tools) && !isSummary) {
        providerMetadata(part);
        return;
    }
    const bool hasContent = type != "compaction" || part["text"] || part["summary"] || part["recent"];
    JsonObject kept = withIds(part);
    kept.keepScalars(part, {"auto", "overflow"});
    if (type == "subtask") {
        kept.keepTexts(part, {"agent"});
        const bool isDone = isStub(part["description"].text(), StubKind::Content, type);
        kept.addText("description",
                     isDone ? part["description"].text() : stubFor(part["prompt"], StubKind::Content, type));
        kept.addText("prompt", {});
    } else if (hasContent) {
        const bool isDone = isStub(part["text"].text(), StubKind::Content, type);
        kept.addText("text", isDone ? part["text"].text() : stubText(StubKind::Content, type, 0));
    }
    keepTime(kept, part);
    m_edits.replace(part, kept.take());
}

void PartReducer::addedText(JsonValue part, bool besideFile)
{
    const bool isFile = besideFile && (leaves(ContentKind::Attachments) || leaves(ContentKind::Tools));
    if (!isFile && !leaves(ContentKind::SystemPrompts)) {
        providerMetadata(part);
        return;
    }
    const std::string text = part["text"].text();
    const bool isDone = isStub(text, StubKind::Attachment, {}) || isStub(text, StubKind::SystemPrompt, {});
    const StubKind kind = isFile ? StubKind::Attachment : StubKind::SystemPrompt;
    JsonObject kept = withIds(part);
    kept.keepScalars(part, {"synthetic", "ignored"});
    kept.addText("text", isDone ? text : stubText(kind, {}, document::lineCount(text)));
    keepTime(kept, part);
    m_edits.replace(part, kept.take());
}

void PartReducer::message(JsonValue info)
{
    diffs(info);
    modelName(info);
    error(info);
    if (leaves(ContentKind::SystemPrompts)) {
        forMembers(info, "system", [&](JsonValue system) {
            const std::string stub =
                stubFor(system.isArray() && system.firstChild() ? system.firstChild() : system,
                        StubKind::SystemPrompt);
            if (system.isArray() && system.firstChild())
                m_edits.replace(system, "[" + quoted(stub) + "]");
            else if (system.isText() && !system.text().empty())
                m_edits.replace(system, quoted(stub));
            else if (system.isObject())
                m_edits.replace(system, "{}");
        });
    }
    if (info["type"].isText())
        newerMessage(info);
}

void PartReducer::newerMessage(JsonValue message)
{
    const std::string type = message["type"].text();
    const auto empty = [&](ContentKind kind, StubKind stub, std::string_view member) {
        if (leaves(kind))
            forMembers(message, member,
                       [&](JsonValue value) { m_edits.replace(value, quoted(stubFor(value, stub))); });
    };
    if (type == "shell") {
        empty(ContentKind::Tools, StubKind::ToolOutput, "command");
        empty(ContentKind::Tools, StubKind::ToolOutput, "output");
    } else if (type == "system" || type == "synthetic") {
        empty(ContentKind::SystemPrompts, StubKind::SystemPrompt, "text");
    } else if (type == "compaction") {
        for (const std::string_view member : {"summary", "recent"})
            empty(leaves(ContentKind::Reasoning) ? ContentKind::Reasoning : ContentKind::Tools,
                  StubKind::Content, member);
    }
    forMembers(message, "files", [&](JsonValue files) {
        for (const JsonValue attached : files)
            file(attached);
    });
}

void PartReducer::session(JsonValue session)
{
    diffs(session);
    modelName(session);
    if (leaves(ContentKind::Diffs)) {
        forMembers(session, "revert", [&](JsonValue revert) {
            forMembers(revert, "diff", [&](JsonValue diff) { m_edits.replace(diff, R"("")"); });
        });
    }
}

void PartReducer::diffs(JsonValue owner)
{
    if (!leaves(ContentKind::Diffs))
        return;
    forMembers(owner, "summary", [&](JsonValue summary) {
        forMembers(summary, "diffs", [&](JsonValue diffs) { m_edits.replace(diffs, "[]"); });
    });
}

//! A reader needs to know which model answered, but not how it is reached.
void PartReducer::modelName(JsonValue owner)
{
    if (!leaves(ContentKind::Models))
        return;
    forMembers(owner, "model", [&](JsonValue model) {
        if (!model.isObject())
            return;
        JsonObject kept;
        for (const JsonValue member : model) {
            for (const std::string_view name : {"id", "providerID", "modelID", "variant", "name"}) {
                if (member.hasName(name) && member.isText())
                    kept.add(name, member.raw());
            }
        }
        m_edits.replace(model, kept.take());
    });
}

//! A provider's raw answer holds its URL and headers.
void PartReducer::error(JsonValue owner)
{
    if (!leaves(ContentKind::Models))
        return;
    forMembers(owner, "error", [&](JsonValue error) {
        if (!error.isObject())
            return;
        JsonObject data;
        data.keepTexts(error["data"], {"message"});
        data.keepScalars(error["data"], {"statusCode", "isRetryable"});
        JsonObject kept;
        kept.keepTexts(error, {"name", "type", "message"});
        kept.add("data", data.take());
        m_edits.replace(error, kept.take());
    });
}

void PartReducer::providerMetadata(JsonValue part)
{
    if (leaves(ContentKind::Models))
        forMembers(part, "metadata", [&](JsonValue metadata) { m_edits.replace(metadata, "{}"); });
}

} // namespace sharelock::redaction
