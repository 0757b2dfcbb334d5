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
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::string_view base64Mark = ";base64,";
constexpr int deepestPayload = 3; //!< A `data:` URL of text may hold another one.
constexpr int mostPasses = 8;
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
    explicit Redactor(const RedactionPlan& plan)
        : m_plan(plan)
        , m_names(plan)
        , m_hiddenValues(plan)
    {
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
    [[nodiscard]] std::size_t values() const { return m_values.size(); }

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
    HiddenPatterns m_names;
    ValuePatterns m_hiddenValues;
    std::set<std::size_t> m_values;
    std::size_t m_places = 0;
};

} // namespace

Expected<Redacted> redact(const document::ShareDocument& document, const RedactionPlan& plan)
{
    assertOffGuiThread("redacting");
    Redactor redactor(plan);
    Redacted result;
    const auto map = [&redactor](const document::TextPlace&, std::string_view text) {
        return redactor.redacted(text);
    };
    for (const document::ShareItem& item : document.items()) {
        auto data = document::mapTexts(item.data, map);
        if (!data)
            return tl::unexpected(data.error());
        document::ShareItem copy{item.type, item.typeName, item.key, std::move(*data)};
        // A foreign type's name and key are sent too.
        copy.typeName = redactor.redacted(item.typeName).value_or(item.typeName);
        copy.key = redactor.redacted(item.key).value_or(item.key);
        result.document.addItem(std::move(copy));
    }
    result.places = redactor.places();
    result.values = redactor.values();
    return result;
}

} // namespace sharelock::redaction
