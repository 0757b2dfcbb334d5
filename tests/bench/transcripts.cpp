// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "transcripts.h"

#include "document/json_text.h"

namespace sharelock {

namespace {

constexpr const char* words[] = {
    "request",  "handler",  "session", "value",   "index",   "result",  "buffer",   "config",  "parser",
    "retry",    "client",   "server",  "message", "queue",   "status",  "cache",    "stream",  "worker",
    "widget",   "layout",   "window",  "order",   "basket",  "price",   "user",     "path",    "folder",
    "commit",   "branch",   "merge",   "review",  "deploy",  "test",    "suite",    "fixture", "error",
    "warning",  "line",     "column",  "module",  "package", "version", "update",   "render",  "measure",
    "element",  "matrix",   "vector",  "signal",  "thread",  "timeout", "callback", "promise", "context",
    "provider", "resource", "listing", "archive", "backup",  "network"};

//! \brief Names that a scanner has to look at, as seldom as they are in programs.
constexpr const char* rareWords[] = {"token", "key", "secret", "password", "email", "github", "credential"};

constexpr const char* statements[] = {
    "    const %a = await %b.%c(%d);\n",
    "    if (!%a || %a.%b === undefined) {\n        throw new Error('missing %c');\n    }\n",
    "def %a_%b(self, %c: str, %d: int = 0) -> bool:\n    return self._%a.get(%c, %d) is not None\n",
    "    std::vector<%a> %b = %c(%d, \"%a/%b\");\n",
    "    // The %a of a %b is read once, see %c.%d.\n",
    "import { %a, %b } from '../%c/%d.js';\n",
    "    logger.info(\"%a %b: {}\", %c.%d());\n",
    "    assert_eq!(%a.%b(), Some(\"%c\"));\n"};

constexpr const char* rareStatements[] = {
    "    password: options.%a ?? process.env.DB_PASSWORD,\n",
    "    tokens: { input: 1200, output: 340, cache: { read: 0, write: 0 } },\n",
    "    headers: { Authorization: `Bearer ${%a.%b}` },\n", "    # ask support@shop.test about %a\n",
    "    url = 'https://api.shop.test/%a/%b?page=2'\n"};

constexpr const char* levels[] = {"INFO", "DEBUG", "WARN", "ERROR"};

} // namespace

Transcripts::Transcripts(unsigned seed)
    : m_random(seed)
{
}

std::string Transcripts::word()
{
    constexpr unsigned seldom = 100;
    return m_random() % seldom == 0 ? pick(rareWords) : pick(words);
}

std::string Transcripts::name()
{
    std::string second = word();
    second[0] = static_cast<char>(second[0] - 'a' + 'A');
    return m_random() % 3 == 0 ? word() + second : word();
}

std::string Transcripts::hex(std::size_t digits)
{
    std::string text;
    for (std::size_t i = 0; i < digits; ++i)
        text.push_back("0123456789abcdef"[m_random() % 16]);
    return text;
}

std::string Transcripts::code(int lines)
{
    std::string text;
    for (int i = 0; i < lines; ++i) {
        constexpr unsigned seldom = 40;
        const std::string statement = m_random() % seldom == 0 ? pick(rareStatements) : pick(statements);
        for (std::size_t at = 0; at < statement.size(); ++at) {
            if (statement[at] == '%' && at + 1 < statement.size() && statement[at + 1] >= 'a' &&
                statement[at + 1] <= 'd') {
                text += name();
                ++at;
            } else {
                text.push_back(statement[at]);
            }
        }
    }
    return text;
}

std::string Transcripts::log(int lines)
{
    std::string text;
    for (int i = 0; i < lines; ++i) {
        text += "2026-11-" + std::to_string(10 + m_random() % 20) + "T0" + std::to_string(m_random() % 10) +
                ":12:" + std::to_string(10 + m_random() % 50) + ".482Z " + pick(levels) + " [" + word() +
                "-" + std::to_string(m_random() % 16) + "] " + word() + " " + word() + " took " +
                std::to_string(m_random() % 900) + " ms";
        if (m_random() % 4 == 0)
            text += " request_id=" + hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
        text += m_random() % 3 == 0 ? " https://api.shop.test/v1/" + word() + "/" + hex(6) + "\n" : "\n";
    }
    return text;
}

std::string Transcripts::diff(int lines)
{
    std::string text = "diff --git a/src/" + word() + ".ts b/src/" + word() + ".ts\nindex " + hex(10) + ".." +
                       hex(10) + " 100644\n@@ -" + std::to_string(m_random() % 300) + ",7 +12,9 @@\n";
    for (int i = 0; i < lines; ++i)
        text += std::string(1, " +-"[m_random() % 3]) + code(1);
    return text;
}

std::string Transcripts::prose(int sentences)
{
    std::string text;
    for (int i = 0; i < sentences; ++i) {
        text += "The " + word() + " of the " + word();
        for (std::uint64_t more = m_random() % 12; more > 0; --more)
            text += " " + word();
        text += m_random() % 5 == 0 ? ", see `src/" + word() + "/" + name() + ".cpp`.\n\n" : ". ";
    }
    return text;
}

std::string Transcripts::listing(int lines)
{
    std::string text;
    for (int i = 0; i < lines; ++i)
        text += "/work/shop/src/" + word() + "/" + word() + "-" + name() +
                ".test.ts:" + std::to_string(m_random() % 900) + ":" + std::to_string(m_random() % 80) + "\n";
    return text;
}

std::string Transcripts::json(int members)
{
    std::string text = "{\n";
    for (int i = 0; i < members; ++i)
        text += "  \"" + name() +
                "\": " + (m_random() % 2 == 0 ? "\"" + word() + "\"" : std::to_string(m_random() % 99999)) +
                ",\n";
    return text + "  \"version\": \"1." + std::to_string(m_random() % 40) + ".0\"\n}\n";
}

std::string Transcripts::record(const std::string& text)
{
    const std::string id = hex(12) + "AbCdEfGhIjKlMn";
    const std::string quoted = document::quoted(text);
    ++m_serial;
    if (m_random() % 3 == 0)
        return R"({"id":"prt_)" + id + R"(","messageID":"msg_)" + id + R"(","sessionID":"ses_)" + id +
               R"(","type":"text","text":)" + quoted + R"(,"time":{"start":1795000000000}})" + "\n";
    return R"({"id":"prt_)" + id + R"(","messageID":"msg_)" + id + R"(","sessionID":"ses_)" + id +
           R"(","type":"tool","callID":"call_)" + id +
           R"(","tool":"bash","state":{"status":"completed","input":{"command":"npm test","description":"Run the tests"},"output":)" +
           quoted +
           R"(,"title":"npm test","metadata":{"exit":0,"truncated":false},"time":{"start":1,"end":2}}})" +
           "\n";
}

std::string Transcripts::clean(std::size_t bytes)
{
    std::string lines;
    lines.reserve(bytes + 100'000);
    while (lines.size() < bytes) {
        const int size = 5 + static_cast<int>(m_random() % 120);
        switch (m_random() % 8) {
        case 0:
            lines += record(prose(size / 4));
            break;
        case 1:
            lines += record(log(size));
            break;
        case 2:
            lines += record(diff(size));
            break;
        case 3:
            lines += record(listing(size));
            break;
        case 4:
            lines += record(json(size));
            break;
        default:
            lines += record(code(size));
        }
    }
    return lines;
}

std::string Transcripts::withSecrets(std::size_t bytes)
{
    static constexpr char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string lines;
    lines.reserve(bytes + 10'000);
    while (lines.size() < bytes) {
        std::string token;
        for (int i = 0; i < 36; ++i)
            token.push_back(digits[m_random() % 62]);
        lines += record(code(2) + "export GITHUB_TOKEN=ghp_" + token + "\n" + log(1));
    }
    return lines;
}

} // namespace sharelock
