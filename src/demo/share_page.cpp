// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/share_page.h"

#include <QDateTime>

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace sharelock::demo {

const char* const sharePagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

namespace {

using simdjson::dom::array;
using simdjson::dom::element;

constexpr const char* style = R"css(
:root { color-scheme: light dark; --window: #F5F6F8; --surface: #FFFFFF; --sunken: #EEF0F4; --line: #E2E5EB;
  --text: #1A1E26; --muted: #586174; --accent: #3457D5; --soft: #E8EDFF; --danger: #B3261E; }
@media (prefers-color-scheme: dark) { :root { --window: #15171C; --surface: #1C1F26; --sunken: #242830;
  --line: #2F3440; --text: #E7EAF0; --muted: #9BA5B7; --accent: #8FA8FF; --soft: #26304F; --danger: #FF8A80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--window); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 820px; margin: 0 auto; padding: 40px 24px 80px; }
header { margin-bottom: 32px; padding-bottom: 24px; border-bottom: 1px solid var(--line); }
h1 { font-size: 26px; line-height: 1.25; font-weight: 650; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 40px 0 12px; }
.muted { color: var(--muted); font-size: 13px; }
article { margin: 24px 0; }
article > .role { font-size: 13px; color: var(--muted); margin-bottom: 6px; }
article > .role b { color: var(--text); font-weight: 600; margin-right: 8px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0; }
.user .text { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
details { background: var(--sunken); border-radius: 8px; margin: 8px 0; padding: 8px 12px; }
summary { cursor: pointer; font: 13px/1.6 ui-monospace, monospace; color: var(--muted); overflow-wrap: anywhere; }
summary b { color: var(--accent); font-weight: 600; margin-right: 6px; }
summary .error { color: var(--danger); margin-left: 6px; }
pre { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0 4px;
  max-height: 420px; overflow: auto; }
.note { color: var(--muted); font-size: 13px; margin: 4px 0; overflow-wrap: anywhere; }
img { max-width: 100%; border-radius: 8px; border: 1px solid var(--line); }
)css";

std::string escaped(std::string_view text)
{
    std::string html;
    html.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto at = [&](std::size_t offset) {
            return i + offset < text.size() ? static_cast<unsigned char>(text[i + offset]) : 0U;
        };
        const bool isBidi = c == 0xE2 && ((at(1) == 0x80 && at(2) >= 0xAA && at(2) <= 0xAE) ||
                                          (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9));
        if (isBidi) { // Would turn around what follows it.
            html += "\xEF\xBF\xBD";
            i += 2;
        } else if (c == '&') {
            html += "&amp;";
        } else if (c == '<') {
            html += "&lt;";
        } else if (c == '>') {
            html += "&gt;";
        } else if (c == '"') {
            html += "&quot;";
        } else if (c == '\'') {
            html += "&#39;";
        } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            if (c != '\r')
                html += "\xEF\xBF\xBD";
        } else {
            html += text[i];
        }
    }
    return html;
}

std::string_view textAt(const element& value, std::string_view pointer)
{
    std::string_view text;
    return value.at_pointer(pointer).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::int64_t numberAt(const element& value, std::string_view pointer)
{
    std::int64_t number = 0;
    return value.at_pointer(pointer).get(number) == simdjson::SUCCESS ? number : 0;
}

std::string timeText(std::int64_t milliseconds)
{
    if (milliseconds <= 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm")).toStdString() + " UTC";
}

std::string folded(const std::string& summary, std::string_view body)
{
    return "<details><summary>" + summary + "</summary><pre>" + escaped(body) + "</pre></details>\n";
}

std::string note(std::string_view text)
{
    return "<p class=\"note\">" + escaped(text) + "</p>\n";
}

// The input's most telling member, for the line that is always visible.
std::string_view toolSubject(const element& part)
{
    for (const char* name : {"command", "filePath", "pattern", "description", "url", "path"}) {
        const std::string_view text = textAt(part, std::string("/state/input/") + name);
        if (!text.empty())
            return text.substr(0, text.find('\n'));
    }
    return textAt(part, "/state/title");
}

std::string toolHtml(const element& part)
{
    const bool hasFailed = textAt(part, "/state/status") == "error";
    std::string summary = "<b>" + escaped(textAt(part, "/tool")) + "</b>" + escaped(toolSubject(part));
    if (hasFailed)
        summary += "<span class=\"error\">error</span>";
    element input;
    std::string body;
    if (part.at_pointer("/state/input").get(input) == simdjson::SUCCESS)
        body = simdjson::minify(input) + "\n\n";
    body += textAt(part, hasFailed ? "/state/error" : "/state/output");
    return folded(summary, body);
}

std::string fileHtml(const element& part)
{
    const std::string_view url = textAt(part, "/url");
    std::string html = note("Attachment: " + std::string(textAt(part, "/filename")) + " (" +
                            std::string(textAt(part, "/mime")) + ")");
    for (const char* kind : {"png", "jpeg", "gif", "webp"}) {
        if (url.starts_with("data:image/" + std::string(kind) + ";base64,"))
            html += "<img alt=\"\" src=\"" + escaped(url) + "\">\n";
    }
    return html;
}

std::string partHtml(const element& part)
{
    const std::string_view type = textAt(part, "/type");
    if (type == "text") {
        const std::string_view text = textAt(part, "/text");
        return text.empty() ? std::string()
                            : "<div class=\"text\" dir=\"auto\">" + escaped(text) + "</div>\n";
    }
    if (type == "reasoning")
        return folded("Reasoning", textAt(part, "/text"));
    if (type == "tool")
        return toolHtml(part);
    if (type == "file")
        return fileHtml(part);
    if (type == "step-start" || type == "step-finish" || type == "snapshot")
        return {};
    std::string summary = escaped(type.empty() ? "part" : type);
    return folded(summary, simdjson::minify(part));
}

struct Message
{
    std::string id;
    std::int64_t time = 0;
    std::string head;
    std::map<std::string, std::string> parts; // HTML by ID.
    bool isUser = false;
};

Message messageOf(const element& info)
{
    Message message;
    message.id = textAt(info, "/id");
    message.time = numberAt(info, "/time/created");
    message.isUser = textAt(info, "/role") == "user";
    const std::string who = message.isUser                         ? "You"
                            : textAt(info, "/role") == "assistant" ? "Assistant"
                                                                   : "Message";
    const std::string model = message.isUser ? std::string() : escaped(textAt(info, "/modelID"));
    message.head = "<div class=\"role\"><b>" + who + "</b>" + model + (model.empty() ? "" : " · ") +
                   timeText(message.time) + "</div>\n";
    return message;
}

struct Conversation
{
    bool hasSession = false;
    std::string title;
    std::int64_t created = 0;
    std::map<std::string, Message> messages; // By ID, which sorts by time.
    std::string diffs;
};

std::string diffsHtml(const element& data)
{
    array files;
    std::string html;
    if (data.get(files) != simdjson::SUCCESS)
        return html;
    for (const element file : files) {
        const std::string counts = " +" + std::to_string(numberAt(file, "/additions")) + " −" +
                                   std::to_string(numberAt(file, "/deletions"));
        std::string_view body = textAt(file, "/patch");
        if (body.empty())
            body = textAt(file, "/after");
        html += folded("<b>" + escaped(textAt(file, "/file")) + "</b>" + counts, body);
    }
    return html.empty() ? html : "<h2>Changed files</h2>\n" + html;
}

void addBatch(Conversation& conversation, const element& data)
{
    array messages;
    if (data["messages"].get(messages) != simdjson::SUCCESS)
        return;
    for (const element entry : messages) {
        element info = entry;
        if (entry["info"].get(info) != simdjson::SUCCESS)
            info = entry;
        Message message = messageOf(info);
        array parts;
        if (entry["parts"].get(parts) == simdjson::SUCCESS) {
            for (const element part : parts)
                message.parts[std::string(textAt(part, "/id"))] = partHtml(part);
        }
        std::string id = message.id;
        conversation.messages[std::move(id)] = std::move(message);
    }
}

Conversation conversationOf(const std::vector<ShareStore::Item>& items)
{
    Conversation conversation;
    simdjson::dom::parser parser;
    for (const ShareStore::Item& item : items) { // Messages come before their parts.
        element data;
        if (parser.parse(item.data).get(data) != simdjson::SUCCESS)
            continue;
        if (item.type == "session") {
            conversation.hasSession = !textAt(data, "/id").empty();
            conversation.title = escaped(textAt(data, "/title"));
            conversation.created = numberAt(data, "/time/created");
        } else if (item.type == "message") {
            Message message = messageOf(data);
            std::string id = message.id;
            conversation.messages[std::move(id)] = std::move(message);
        } else if (item.type == "part") {
            const auto found = conversation.messages.find(std::string(textAt(data, "/messageID")));
            if (found != conversation.messages.end())
                found->second.parts[std::string(textAt(data, "/id"))] = partHtml(data);
        } else if (item.type == "session_diff") {
            conversation.diffs = diffsHtml(data);
        } else if (item.type == "messages") {
            addBatch(conversation, data);
        }
    }
    return conversation;
}

std::string wrapped(const std::string& title, const std::string& body)
{
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
           title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n" + body +
           "</main>\n</body>\n</html>\n";
}

} // namespace

std::string sharePage(const std::vector<ShareStore::Item>& items)
{
    const Conversation conversation = conversationOf(items);
    if (!conversation.hasSession) {
        return wrapped("Not Found", "<header><h1>Not Found</h1>\n<p class=\"muted\">"
                                    "There is no shared conversation at this address.</p></header>\n");
    }
    const std::string title = conversation.title.empty() ? "Untitled" : conversation.title;
    const std::size_t count = conversation.messages.size();
    std::string body = "<header><h1 dir=\"auto\">" + title +
                       "</h1>\n<p class=\"muted\">Shared conversation · " + std::to_string(count) +
                       (count == 1 ? " message" : " messages");
    const std::string time = timeText(conversation.created);
    if (!time.empty())
        body += " · " + time;
    body += "</p></header>\n";

    for (const auto& [id, message] : conversation.messages) {
        body += message.isUser ? "<article class=\"user\">\n" : "<article>\n";
        body += message.head;
        for (const auto& [partId, html] : message.parts)
            body += html;
        body += "</article>\n";
    }
    return wrapped(title, body + conversation.diffs);
}

} // namespace sharelock::demo
