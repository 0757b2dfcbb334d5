// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "marked_document.h"

#include "document/json_text.h"

namespace sharelock::redaction {

using document::ItemType;

ContentSet everything()
{
    ContentSet all;
    for (const ContentKind kind : allContent)
        all.set(kind, true);
    return all;
}

std::string MarkedDocument::mark(ContentSet goesWith)
{
    // Letters only, so that no stub, count or ID holds one by chance.
    std::string text = "MARK";
    for (std::size_t number = marks.size() + 1; number > 0; number /= 20)
        text += static_cast<char>('a' + number % 20);
    text += "KRAM";
    marks.push_back({text, goesWith});
    switch (dice(5)) {
    case 0:
        return document::quoted(text + "\nand more\n");
    case 1:
        return document::quoted("before " + text);
    case 2:
        return document::quoted(R"({"nested":"\"\u00e9)" + text + "\"}");
    case 3:
        return document::quoted("Tool output left out · bash · " + text + " lines");
    default:
        return document::quoted(text);
    }
}

std::string MarkedDocument::url(ContentSet goesWith)
{
    goesWith = goesWith | ContentSet{Kind::Attachments};
    mark(goesWith);
    return document::quoted("data:image/png;base64,AAAA" + marks.back().text + "==");
}

std::string MarkedDocument::file(ContentSet more)
{
    const ContentSet gone = ContentSet{Kind::Attachments} | more;
    std::string json =
        R"({"id":")" + id("prt_f") + R"(","type":"file","mime":"image/png","filename":"a.png","url":)";
    json += dice(2) == 0 ? mark(gone) : url(more);
    if (dice(2) == 0)
        json += R"(,"source":{"type":"file","text":{"value":)" + mark(gone) + "}}";
    return json + "}";
}

std::string MarkedDocument::diffs()
{
    std::string json = "[";
    for (quint32 i = dice(3); i > 0; --i)
        json += R"({"file":)" + mark({Kind::Diffs}) + R"(,"before":)" + mark({Kind::Diffs}) + R"(,"after":)" +
                mark({Kind::Diffs}) + R"(,"additions":1},)";
    if (json.ends_with(','))
        json.pop_back();
    return json + "]";
}

std::string MarkedDocument::tool()
{
    const ContentSet tools{Kind::Tools};
    const bool failed = dice(3) == 0;
    std::string json = R"("type":"tool","tool":"bash","callID":"c","state":{"status":")";
    json += failed ? "error" : "completed";
    json += R"(","input":{"command":)" + mark(tools) + R"(,"list":[)" + mark(tools) + R"(]},"title":)" +
            mark(tools) + R"(,"metadata":{"output":)" + mark(tools) + R"(,"deep":{"url":)" + url(tools) +
            "}}";
    json += std::string(failed ? R"(,"error":)" : R"(,"output":)") + mark(tools);
    if (dice(3) == 0)
        json += R"(,"raw":)" + mark(tools);
    if (dice(2) == 0)
        json += R"(,"attachments":[)" + file(tools) + "," + file(tools) + "]";
    return json + R"(,"time":{"start":1,"end":2}})" + R"(,"metadata":{"p":)" +
           mark({Kind::Tools, Kind::Models}) + "}";
}

std::string MarkedDocument::editTool()
{
    const ContentSet both{Kind::Tools, Kind::Diffs};
    const char* const name = dice(2) == 0 ? "edit" : "mcp_edit_file";
    std::string json = std::string(R"("type":"tool","tool":")") + name +
                       R"(","callID":"c","state":{"status":"completed","input":{"filePath":)" +
                       mark({Kind::Tools}) + R"(,"oldString":)" + mark(both) + R"(,"newString":)" +
                       mark(both) + R"(},"output":)" + mark({Kind::Tools}) + R"(,"metadata":{"diff":)" +
                       mark(both) + R"(,"filediff":{"before":)" + mark(both) + "}}";
    return json + R"(,"time":{"start":1}})";
}

std::string MarkedDocument::part(const std::string& message, bool besideFile)
{
    const std::string head =
        R"({"id":")" + id("prt_") + R"(","sessionID":"ses_1","messageID":")" + message + R"(",)";
    switch (dice(11)) {
    case 0:
        return head + tool() + "}";
    case 1:
        return head + editTool() + "}";
    case 2:
        return head + R"("type":"reasoning","time":{"start":1},"text":)" + mark({Kind::Reasoning}) +
               R"(,"metadata":{"signature":)" + mark({Kind::Reasoning, Kind::Models}) + "}}";
    case 3:
        return head + R"("type":"patch","hash":)" + mark({Kind::Diffs}) + R"(,"files":[)" +
               mark({Kind::Diffs}) + "]}";
    case 4:
        return head + R"("type":"hologram","text":)" + mark({Kind::Tools}) + R"(,"deep":[{"x":)" +
               mark({Kind::Tools}) + "}," + url({Kind::Tools}) + "]}";
    case 5:
        return head + R"("type":"subtask","agent":"explore","description":)" + mark({Kind::Tools}) +
               R"(,"prompt":)" + mark({Kind::Tools}) + "}";
    case 6:
        return head + R"("type":"compaction","auto":true,"summary":)" + mark({Kind::Tools, Kind::Reasoning}) +
               "}";
    case 7:
        return head + R"("type":"retry","attempt":1,"error":{"name":"APIError","data":{"message":)" +
               mark({}) + R"(,"responseBody":)" + mark({Kind::Models}) + R"(,"responseHeaders":{"h":)" +
               mark({Kind::Models}) + "}}}}";
    case 8: {
        ContentSet gone{Kind::SystemPrompts};
        if (besideFile)
            gone = gone | ContentSet{Kind::Tools, Kind::Attachments};
        return head + R"("type":"text","synthetic":true,"text":)" + mark(gone) + "}";
    }
    case 9:
        return head + R"("type":"text","text":)" + url({}) + R"(,"metadata":{"itemId":)" +
               mark({Kind::Models}) + "}}";
    default:
        return head + R"("type":"text","text":)" + mark({}) + "}";
    }
}

std::string MarkedDocument::message(const std::string& message)
{
    std::string json = R"({"id":")" + message + R"(","sessionID":"ses_1","role":"user","modelID":)" +
                       mark({}) + R"(,"model":{"modelID":)" + mark({}) + R"(,"baseURL":)" +
                       mark({Kind::Models}) + "}";
    if (dice(2) == 0)
        json += R"(,"system":)" + mark({Kind::SystemPrompts});
    else if (dice(2) == 0)
        json += R"(,"system":[)" + mark({Kind::SystemPrompts}) + "," + mark({Kind::SystemPrompts}) + "]";
    if (dice(2) == 0)
        json += R"(,"summary":{"title":)" + mark({}) + R"(,"diffs":)" + diffs() + "}";
    if (dice(3) == 0)
        json += R"(,"error":{"name":"E","data":{"message":)" + mark({}) + R"(,"responseBody":)" +
                mark({Kind::Models}) + "}}";
    return json + "}";
}

MarkedDocument::MarkedDocument(quint32 seed)
    : m_random(seed)
{
    for (const ContentKind kind : allContent)
        m_kinds.set(kind, dice(2) == 0);
    document.addKeyed(ItemType::Session, "session",
                      R"({"id":"ses_1","title":)" + mark({}) + R"(,"summary":{"diffs":)" + diffs() +
                          R"(},"revert":{"diff":)" + mark({Kind::Diffs}) + "}}");
    for (quint32 i = 1 + dice(3); i > 0; --i) {
        const std::string name = id("msg_");
        const bool hasFile = dice(2) == 0;
        std::string batch;
        const bool inBatch = dice(4) == 0;
        const auto add = [&](const std::string& made) {
            if (inBatch)
                batch += (batch.empty() ? "" : ",") + made;
            else
                document.addKeyed(ItemType::Part, "part/" + name + "/" + id("k"), made);
        };
        const std::string info = message(name);
        if (!inBatch)
            document.addKeyed(ItemType::Message, "message/" + name, info);
        for (quint32 parts = dice(5); parts > 0; --parts)
            add(part(name, hasFile));
        if (hasFile) {
            std::string made = file();
            made.insert(1, R"("messageID":")" + name + R"(",)");
            add(made);
        }
        if (inBatch)
            document.addItem(
                {ItemType::Messages, "messages", id("messages/"),
                 R"({"sessionID":"ses_1","messages":[{"info":)" + info + R"(,"parts":[)" + batch + "]}]}"});
    }
    document.addKeyed(ItemType::SessionDiff, "session_diff", diffs());
    document.addKeyed(ItemType::Model, "model", R"([{"id":)" + mark({Kind::Models}) + "}]");
    if (dice(2) == 0)
        document.addItem(
            {ItemType::Unknown, "novelty", id("novelty/"), R"({"id":"n","x":)" + mark({Kind::Tools}) + "}"});
}

} // namespace sharelock::redaction
