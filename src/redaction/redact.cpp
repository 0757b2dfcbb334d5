// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/redact.h"

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "redaction/hidden_patterns.h"
#include "redaction/plain_escapes.h"
#include "redaction/value_patterns.h"

#include <QByteArray>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sharelock::redaction {

namespace {

constexpr std::string_view base64Mark = ";base64,";
constexpr int deepestPayload = 3; //!< A `data:` URL of text may hold another one.
constexpr int mostPasses = 8;
//! \brief Below it a thread costs more than it saves.
constexpr std::size_t smallDocument = 500'000;
constexpr std::size_t mostThreads = 4;
constexpr int deepestEscapes = 3; //!< Escapes may be spelled in escapes; each layer may double the text.

bool isBase64(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '-' || c == '_';
}

//! \brief End of the base64 text at \p at, which may have its slashes escaped.
std::size_t payloadEnd(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        std::size_t next = at;
        while (next < text.size() && text[next] == '\\')
            ++next;
        const bool escapedSlash = next > at && next < text.size() && text[next] == '/';
        if (!escapedSlash && (next > at || !isBase64(text[at])))
            break;
        at = next + 1;
    }
    while (at < text.size() && text[at] == '=')
        ++at;
    return at;
}

//! \brief The payload as text; nothing if it is none. A sequence that is cut at the end does not count
//! against it.
std::optional<std::string> textOfPayload(std::string_view payload)
{
    QByteArray base64(payload.data(), static_cast<qsizetype>(payload.size()));
    base64.replace('\\', QByteArray()).replace('-', '+').replace('_', '/');
    const QByteArray bytes = QByteArray::fromBase64(base64);
    if (bytes.isEmpty())
        return std::nullopt;
    constexpr qsizetype longestTail = 3;
    for (qsizetype cut = 0; cut <= longestTail && cut < bytes.size(); ++cut) {
        if (bytes.first(bytes.size() - cut).isValidUtf8())
            return bytes.toStdString();
    }
    return std::nullopt;
}

class Redactor
{
public:
    Redactor(const RedactionPlan& plan, const HiddenPatterns& names, const ValuePatterns& values)
        : m_plan(plan)
        , m_names(names)
        , m_hiddenValues(values)
    {
    }

    //! \brief Errors: InvalidJson.
    Expected<document::ShareItem> redactedItem(const document::ShareItem& item)
    {
        auto data = document::mapTexts(
            item.data, [this](const document::TextPlace&, std::string_view text) { return redacted(text); });
        if (!data)
            return tl::unexpected(data.error());
        document::ShareItem copy{item.type, item.typeName, item.key, std::move(*data)};
        // A foreign type's name and key are sent too.
        copy.typeName = redacted(item.typeName).value_or(item.typeName);
        copy.key = redacted(item.key).value_or(item.key);
        return copy;
    }

    std::optional<std::string> redacted(std::string_view text, int depth = 0)
    {
        std::optional<std::string> result = onePass(text, depth);
        if (!result)
            return result;
        // A replacement can change how its surroundings read: a name that touched a home folder now ends
        // there.
        for (int pass = 1; pass < mostPasses; ++pass) {
            auto again = onePass(*result, depth);
            if (!again)
                break;
            result = std::move(again);
        }
        return result;
    }

    [[nodiscard]] std::size_t places() const { return m_places; }
    [[nodiscard]] const std::set<std::size_t>& values() const { return m_values; }

private:
    std::optional<std::string> onePass(std::string_view text, int depth)
    {
        std::optional<std::string> result;
        if (depth < deepestPayload && text.find(base64Mark) != std::string_view::npos)
            result = withPayloadsRedacted(text, depth);
        if (auto replaced = withValuesReplaced(result ? std::string_view(*result) : text))
            return replaced;
        if (result)
            return result;
        auto plain = withPlainEscapes(text);
        for (int layer = 0; plain && layer < deepestEscapes; ++layer) {
            if (auto replaced = withValuesReplaced(*plain))
                return replaced;
            plain = withPlainEscapes(*plain);
        }
        return std::nullopt;
    }

    std::optional<std::string> withValuesReplaced(std::string_view text)
    {
        std::optional<HiddenPlace> name = m_names.find(text, 0);
        std::optional<HiddenPlace> value = m_hiddenValues.find(text, 0);
        if (!name && !value)
            return std::nullopt;
        std::string out;
        out.reserve(text.size());
        std::size_t copied = 0;
        while (name || value) {
            const HiddenPlace place = firstOf(name, value);
            out.append(text, copied, place.begin - copied);
            out.append(m_plan.hidden[place.value].pseudonym);
            copied = place.end;
            m_values.insert(place.value);
            ++m_places;
            // What begins inside of what was replaced is gone; what lies behind it is still there.
            if (name && name->begin < copied)
                name = m_names.find(text, copied);
            if (value && value->begin < copied)
                value = m_hiddenValues.find(text, copied);
        }
        out.append(text, copied);
        return out;
    }

    //! \brief The one that begins first. Where they overlap it reaches to the end of both.
    static HiddenPlace firstOf(const std::optional<HiddenPlace>& name,
                               const std::optional<HiddenPlace>& value)
    {
        if (!name || !value)
            return name ? *name : *value;
        HiddenPlace first = value->begin <= name->begin ? *value : *name;
        const HiddenPlace& second = value->begin <= name->begin ? *name : *value;
        if (second.begin < first.end)
            first.end = std::max(first.end, second.end);
        return first;
    }

    std::optional<std::string> withPayloadsRedacted(std::string_view text, int depth)
    {
        std::optional<std::string> out;
        std::size_t copied = 0;
        std::size_t mark = text.find(base64Mark);
        while (mark != std::string_view::npos) {
            const std::size_t begin = mark + base64Mark.size();
            const std::size_t end = payloadEnd(text, begin);
            const auto inner = textOfPayload(text.substr(begin, end - begin));
            if (const auto changed = inner ? redacted(*inner, depth + 1) : std::nullopt) {
                if (!out)
                    out.emplace();
                out->append(text, copied, begin - copied);
                out->append(QByteArray(changed->data(), static_cast<qsizetype>(changed->size()))
                                .toBase64()
                                .toStdString());
                copied = end;
            }
            mark = text.find(base64Mark, end);
        }
        if (out)
            out->append(text, copied);
        return out;
    }

    const RedactionPlan& m_plan;
    const HiddenPatterns& m_names;
    const ValuePatterns& m_hiddenValues;
    std::set<std::size_t> m_values;
    std::size_t m_places = 0;
};

} // namespace

Expected<Redacted> redact(const document::ShareDocument& document, const RedactionPlan& plan)
{
    assertOffGuiThread("redacting");
    const HiddenPatterns names(plan);
    const ValuePatterns values(plan);
    const std::vector<document::ShareItem>& items = document.items();
    std::vector<Expected<document::ShareItem>> redactedItems(items.size());
    Redacted result;
    std::set<std::size_t> found;
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        Redactor redactor(plan, names, values);
        for (std::size_t i = next++; i < items.size(); i = next++)
            redactedItems[i] = redactor.redactedItem(items[i]);
        const std::lock_guard lock(mutex);
        result.places += redactor.places();
        found.insert(redactor.values().begin(), redactor.values().end());
    };
    {
        std::vector<std::jthread> others;
        const std::size_t threads =
            document.byteCount() < smallDocument ? 1 : std::thread::hardware_concurrency();
        for (std::size_t i = 1; i < std::min({threads, items.size(), mostThreads}); ++i)
            others.emplace_back(work);
        work();
    }
    for (auto& item : redactedItems) {
        if (!item)
            return tl::unexpected(item.error());
        result.document.addItem(*std::move(item));
    }
    result.values = found.size();
    return result;
}

} // namespace sharelock::redaction
