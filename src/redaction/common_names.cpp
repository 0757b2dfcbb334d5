// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/common_names.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace sharelock::redaction {

namespace {

// Lower case and sorted. Names of accounts and machines that say nothing about a person, words that opencode
// and the share page read (member names, kinds, states, tools, providers), and short words of everyday
// English.
constexpr std::u16string_view commonNames[] = {
    // clang-format off
    u"abort", u"aborted", u"acp", u"action", u"actions", u"add", u"added", u"addition",
    u"additionalproperties", u"additions", u"admin", u"administrator", u"after", u"agent", u"agents",
    u"all", u"allow", u"alpine", u"always", u"and", u"anonymous", u"ansi", u"anthropic", u"any",
    u"api", u"app", u"application", u"apply", u"apply_patch", u"applypatch", u"arch", u"archived",
    u"are", u"array", u"ask", u"assistant", u"attachment", u"attachments", u"attempt", u"author",
    u"auto", u"automatic", u"azure", u"backup", u"base64", u"bash", u"batch", u"bedrock", u"before",
    u"begin", u"binary", u"bitnami", u"block", u"body", u"bool", u"boolean", u"branch", u"build",
    u"builder", u"buildkitd", u"bun", u"but", u"cache", u"call", u"callid", u"can", u"cancelled",
    u"catalog", u"centos", u"cerebras", u"charset", u"chat", u"child", u"children", u"chunk", u"ci",
    u"circleci", u"class", u"cli", u"cloud", u"code", u"coder", u"codesearch", u"codespace",
    u"codespaces", u"column", u"com", u"command", u"commands", u"commit", u"commits", u"compacted",
    u"compacting", u"compaction", u"complete", u"completed", u"computer", u"config", u"console",
    u"const", u"container", u"content", u"contents", u"context", u"copilot", u"copy", u"cost",
    u"count", u"cpp", u"cpu", u"create", u"created", u"css", u"cwd", u"daemon", u"data", u"database",
    u"date", u"debian", u"debug", u"deepseek", u"default", u"delete", u"deleted", u"deletions",
    u"demo", u"deny", u"deploy", u"deployer", u"depth", u"desc", u"description", u"desktop", u"dev",
    u"devcontainer", u"developer", u"diagnostics", u"did", u"diff", u"diffs", u"dir", u"directory",
    u"disabled", u"display", u"doc", u"docker", u"docs", u"document", u"does", u"done", u"duration",
    u"ec2-user", u"edit", u"edited", u"edits", u"effort", u"email", u"empty", u"enabled", u"encoding",
    u"end", u"entry", u"env", u"error", u"errors", u"event", u"events", u"example", u"exec", u"exit",
    u"expected", u"explore", u"export", u"external", u"extra", u"fail", u"failed", u"false", u"feature", u"fedora",
    u"fetch", u"field", u"fields", u"file", u"filediff", u"filename", u"filepath", u"files", u"filter",
    u"final", u"finish", u"finished", u"first", u"flag", u"float", u"folder", u"font", u"for",
    u"format", u"found", u"free", u"from", u"ftp", u"function", u"games", u"gemini", u"general",
    u"get", u"gif", u"git", u"github", u"gitlab", u"gitpod", u"glob", u"global", u"go", u"google",
    u"grep", u"grok", u"groq", u"guest", u"had", u"has", u"hash", u"have", u"header", u"headers",
    u"her", u"hidden", u"high", u"him", u"his", u"history", u"home", u"host", u"hostname", u"how",
    u"href", u"html", u"http", u"https", u"icon", u"id", u"ids", u"ignore", u"ignored", u"image",
    u"images", u"import", u"index", u"info", u"init", u"initial", u"input", u"inputs", u"insert",
    u"install", u"int", u"integer", u"interleaved", u"invalid", u"item", u"items", u"its", u"java",
    u"javascript", u"jenkins", u"jpeg", u"jpg", u"js", u"json", u"jsx", u"kali", u"key", u"keys",
    u"kind", u"label", u"lang", u"language", u"laptop", u"large", u"last", u"length", u"let", u"level",
    u"lib", u"library", u"light", u"limit", u"limits", u"line", u"lines", u"link", u"linux", u"list",
    u"live", u"load", u"loaded", u"local", u"localdomain", u"localhost", u"localhost.localdomain",
    u"location", u"lock", u"log", u"logs", u"low", u"lsp", u"mac", u"macbook", u"mail", u"main",
    u"manual", u"map", u"mark", u"markdown", u"match", u"matches", u"max", u"may", u"md", u"me",
    u"media", u"medium", u"memory", u"message", u"messageid", u"messages", u"meta", u"metadata",
    u"method", u"mime", u"min", u"minimal", u"mint", u"missing", u"mistral", u"mode", u"model",
    u"modelid", u"models", u"module", u"move", u"moved", u"multi", u"mysql", u"name", u"names",
    u"native", u"net", u"new", u"newstring", u"next", u"nobody", u"node", u"none", u"normal", u"not",
    u"note", u"notes", u"npm", u"null", u"number", u"object", u"octet-stream", u"off", u"old",
    u"oldest", u"oldstring", u"ollama", u"on", u"one", u"only", u"open", u"openai", u"opencode",
    u"openrouter", u"ops", u"option", u"options", u"order", u"org", u"origin", u"original", u"other",
    u"our", u"out", u"output", u"outputs", u"outside", u"overflow", u"override", u"owner", u"package",
    u"page", u"parent", u"parentid", u"part", u"partial", u"parts", u"patch", u"path", u"paths",
    u"pattern", u"pc", u"pdf", u"pending", u"percent", u"permission", u"permissions", u"pi", u"plain",
    u"plan", u"plugin", u"png", u"point", u"port", u"position", u"post", u"postgres", u"prefix",
    u"preview", u"previous", u"priority", u"private", u"process", u"project", u"projectid",
    u"projects", u"prompt", u"prompts", u"props", u"provider", u"providerid", u"providers", u"prune",
    u"public", u"push", u"put", u"python", u"question", u"questions", u"queue", u"range",
    u"raspberrypi", u"raw", u"read", u"ready", u"reason", u"reasoning", u"record", u"redacted",
    u"redis", u"ref", u"refs", u"regex", u"register", u"reject", u"rejected", u"release", u"remote",
    u"remove", u"removed", u"rename", u"reply", u"request", u"required", u"reset", u"resource",
    u"response", u"rest", u"result", u"results", u"retry", u"return", u"revert", u"right", u"rocky",
    u"role", u"root", u"row", u"rows", u"rule", u"rules", u"run", u"runner", u"runneradmin",
    u"running", u"runtime", u"rust", u"save", u"scope", u"script", u"search", u"secret", u"section",
    u"select", u"send", u"server", u"service", u"session", u"session_diff", u"sessionid", u"sessions",
    u"set", u"settings", u"share", u"shared", u"shares", u"she", u"shell", u"short", u"show", u"side",
    u"signature", u"simple", u"size", u"skill", u"skills", u"slug", u"small", u"snapshot",
    u"snapshots", u"someone", u"sort", u"source", u"space", u"src", u"ssh", u"stack", u"staff",
    u"start", u"state", u"status", u"stderr", u"stdin", u"stdout", u"step", u"step-finish",
    u"step-start", u"steps", u"stop", u"store", u"stream", u"string", u"style", u"sub", u"subagent",
    u"subtask", u"subtasks", u"success", u"sudo", u"suffix", u"summarize", u"summary", u"support",
    u"svc", u"svg", u"symbol", u"sync", u"synthetic", u"sys", u"system", u"table", u"tag", u"tags",
    u"target", u"task", u"tasks", u"temp", u"temperature", u"template", u"term", u"terminal", u"test",
    u"tester", u"testuser", u"text", u"the", u"they", u"thinking", u"this", u"throw", u"time",
    u"timeout", u"timestamp", u"title", u"tmp", u"todo", u"todoread", u"todos", u"todowrite", u"token",
    u"tokens", u"toml", u"too", u"tool", u"toolcall", u"tools", u"top", u"total", u"trace", u"travis",
    u"tree", u"true", u"truncated", u"try", u"ts", u"tsx", u"two", u"type", u"types", u"ubuntu",
    u"undefined", u"undo", u"unified", u"union", u"unit", u"unknown", u"unshare", u"update",
    u"updated", u"upload", u"uri", u"url", u"usage", u"use", u"user", u"username", u"users", u"utf",
    u"utf-8", u"vagrant", u"value", u"values", u"variant", u"vcs", u"version", u"vertex", u"view",
    u"vision", u"vm", u"void", u"vscode", u"wait", u"warning", u"was", u"way", u"web", u"webfetch",
    u"webp", u"websearch", u"who", u"why", u"width", u"wildcard", u"will", u"window", u"windows",
    u"with", u"word", u"words", u"work", u"worker", u"workspace", u"workspaceid", u"workstation",
    u"worktree", u"write", u"wsl", u"www", u"www-data", u"xai", u"xml", u"yaml", u"yes", u"you",
    u"your-name", u"yourname", u"zero",
    // clang-format on
};

static_assert(std::is_sorted(std::begin(commonNames), std::end(commonNames)));

} // namespace

bool isCommonName(const QString& name)
{
    const std::u16string lower = name.toLower().toStdU16String();
    return std::binary_search(std::begin(commonNames), std::end(commonNames), std::u16string_view(lower));
}

bool isInCommonName(const QString& text)
{
    const std::u16string lower = text.toLower().toStdU16String();
    return std::any_of(std::begin(commonNames), std::end(commonNames), [&lower](std::u16string_view name) {
        return name.find(lower) != std::u16string_view::npos;
    });
}

} // namespace sharelock::redaction
