// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_walk.h"

#include "base/large_pages.h"
#include "document/json_string.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>

namespace sharelock::document {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr int deepest = 512;
//! \brief Parsers for values up to this size are kept per thread: a session has thousands of small items.
constexpr std::size_t keptBytes = 256 * 1024;

class Scratch
{
public:
    //! \brief The text between brackets, so that a value of any kind is an element of an array, and padded.
    simdjson::padded_string_view copy(std::string_view json)
    {
        // simdjson refuses what is larger than its limit, so cutting there loses nothing.
        const std::size_t size = std::min<std::size_t>(json.size(), simdjson::SIMDJSON_MAXSIZE_BYTES);
        const std::size_t length = size + 2;
        const std::size_t needed = length + simdjson::SIMDJSON_PADDING;
        if (m_size < needed) {
            m_size = std::bit_ceil(needed);
            m_bytes = std::make_unique_for_overwrite<char[]>(m_size);
            preferLargePages(m_bytes.get(), m_size);
        }
        m_bytes[0] = '[';
        if (size > 0)
            std::memcpy(&m_bytes[1], json.data(), size);
        m_bytes[length - 1] = ']';
        std::memset(&m_bytes[length], 0, simdjson::SIMDJSON_PADDING);
        return simdjson::padded_string_view(m_bytes.get(), length, m_size);
    }

    ondemand::parser parser;
    bool busy = false;

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
};

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view trimmedEnd(std::string_view token)
{
    while (!token.empty() && isSpace(token.back()))
        token.remove_suffix(1);
    return token;
}

bool takeDigits(std::string_view& token)
{
    std::size_t count = 0;
    while (count < token.size() && isDigit(token[count]))
        ++count;
    token.remove_prefix(count);
    return count > 0;
}

// Checked by its grammar, not by its value: a number beyond 64 bits is valid JSON and passes through
// unchanged.
bool isNumber(std::string_view token)
{
    if (token.starts_with('-'))
        token.remove_prefix(1);
    const bool zero = token.starts_with('0');
    if (zero)
        token.remove_prefix(1);
    else if (!takeDigits(token))
        return false;
    if (token.starts_with('.')) {
        token.remove_prefix(1);
        if (!takeDigits(token))
            return false;
    }
    if (token.starts_with('e') || token.starts_with('E')) {
        token.remove_prefix(1);
        if (token.starts_with('+') || token.starts_with('-'))
            token.remove_prefix(1);
        if (!takeDigits(token))
            return false;
    }
    return token.empty();
}

class Walk
{
public:
    Walk(const char* base, JsonEvents& events, EscapeCheck check)
        : m_base(base)
        , m_events(events)
        , m_checksTexts(check == EscapeCheck::Walk)
    {
    }

    //! \returns false on the first mistake.
    bool run(ondemand::document& document)
    {
        ondemand::array outer;
        if (document.get_array().get(outer) != simdjson::SUCCESS)
            return false;
        std::size_t count = 0;
        for (auto element : outer) {
            ondemand::value value;
            if (element.get(value) != simdjson::SUCCESS || ++count > 1 || !walk(document, value, 0))
                return false;
        }
        return count == 1 && document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

private:
    bool walk(ondemand::document& document, ondemand::value& value, int depth)
    {
        std::string_view token = value.raw_json_token();
        if (token.empty())
            return false;
        const char first = token.front();
        if (first == '[' || first == '{') {
            if (depth == deepest)
                return false;
            m_events.enter(first == '{', offset(token.data()));
            const bool fine =
                first == '{' ? walkObject(document, value, depth) : walkArray(document, value, depth);
            const char* next = nullptr;
            if (!fine || document.current_location().get(next) != simdjson::SUCCESS)
                return false;
            m_events.leave(endBefore(next));
            return true;
        }
        token = trimmedEnd(token);
        const JsonSpan span{offset(token.data()), offset(token.data() + token.size())};
        if (first == '"') {
            if (token.size() < 2 || token.back() != '"' ||
                (m_checksTexts && !hasValidEscapes(token.substr(1, token.size() - 2))))
                return false;
            m_events.text(span);
            return true;
        }
        if (token != "null" && token != "true" && token != "false" && !isNumber(token))
            return false;
        m_events.scalar(span);
        return true;
    }

    bool walkArray(ondemand::document& document, ondemand::value& value, int depth)
    {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS)
            return false;
        for (auto element : array) {
            ondemand::value child;
            if (element.get(child) != simdjson::SUCCESS || !walk(document, child, depth + 1))
                return false;
        }
        return true;
    }

    bool walkObject(ondemand::document& document, ondemand::value& value, int depth)
    {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS)
            return false;
        for (auto entry : object) {
            ondemand::field field;
            if (std::move(entry).get(field) != simdjson::SUCCESS)
                return false;
            const char* const body = field.key().raw();
            bool hasEscapes = false;
            const char* const quote = closingQuote(body, hasEscapes);
            if (hasEscapes && !hasValidEscapes({body, static_cast<std::size_t>(quote - body)}))
                return false;
            m_events.name({offset(body - 1), offset(quote + 1)});
            if (!walk(document, field.value(), depth + 1))
                return false;
        }
        return true;
    }

    // The parser has seen that the literal is closed before the padding.
    static const char* closingQuote(const char* at, bool& hasEscapes)
    {
        for (; *at != '"'; ++at) {
            if (*at == '\\') {
                hasEscapes = true;
                ++at;
            }
        }
        return at;
    }

    // Between the end of an array or object and the next token is nothing but white space.
    std::size_t endBefore(const char* next) const
    {
        while (isSpace(next[-1]))
            --next;
        return offset(next);
    }

    [[nodiscard]] std::size_t offset(const char* at) const
    {
        return static_cast<std::size_t>(at - m_base) - 1;
    }

    const char* m_base;
    JsonEvents& m_events;
    bool m_checksTexts;
};

bool walkWith(Scratch& scratch, std::string_view json, JsonEvents& events, EscapeCheck check)
{
    const simdjson::padded_string_view padded = scratch.copy(json);
    // Grown in powers of two: a run of items, each a little larger, must not allocate each time.
    if (scratch.parser.capacity() < padded.size() &&
        scratch.parser.allocate(std::bit_ceil(padded.size()), deepest + 8) != simdjson::SUCCESS)
        return false;
    ondemand::document document;
    if (scratch.parser.iterate(padded).get(document) != simdjson::SUCCESS)
        return false;
    return Walk(padded.data(), events, check).run(document);
}

} // namespace

Expected<void> walkJson(std::string_view json, JsonEvents& events, EscapeCheck check)
{
    bool fine = false;
    static thread_local Scratch kept;
    // What receives the tokens may walk another value meanwhile.
    if (json.size() > keptBytes || kept.busy) {
        Scratch own;
        fine = walkWith(own, json, events, check);
    } else {
        kept.busy = true;
        const std::unique_ptr<bool, void (*)(bool*)> release(&kept.busy, [](bool* busy) { *busy = false; });
        fine = walkWith(kept, json, events, check);
    }
    if (!fine)
        return fail(ErrorCode::InvalidJson);
    return {};
}

} // namespace sharelock::document
