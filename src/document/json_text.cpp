// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"

#include "base/thread_guard.h"
#include "document/json_pointer.h"
#include "document/json_string.h"
#include "document/json_walk.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sharelock::document {

namespace {

//! \brief Keeps the JSON pointer while walking, and decodes. What is done with a text is up to the subclass.
class TextEvents : public JsonEvents
{
public:
    explicit TextEvents(std::string_view json)
        : m_json(json)
    {
    }

protected:
    virtual void onText(const TextPlace& place, JsonSpan literal, std::string_view text) = 0;
    //! \brief Where the object around the current name begins.
    [[nodiscard]] std::size_t objectBegin() const { return m_frames.back().begin; }

private:
    struct Frame
    {
        std::size_t begin = 0;
        std::size_t pointerSize = 0;
        std::size_t index = 0;
        bool isObject = false;
    };

    void enter(bool isObject, std::size_t begin) override
    {
        pointAtElement();
        m_frames.push_back({begin, m_pointer.size(), 0, isObject});
    }

    void leave(std::size_t) override
    {
        m_frames.pop_back();
        m_pointer.resize(m_frames.empty() ? 0 : m_frames.back().pointerSize);
    }

    void name(JsonSpan literal) override
    {
        const std::string_view text = decoded(literal);
        m_pointer.resize(m_frames.back().pointerSize);
        appendPointerToken(m_pointer, text);
        onText({m_pointer, true}, literal, text);
    }

    void text(JsonSpan literal) override
    {
        pointAtElement();
        onText({m_pointer, false}, literal, decoded(literal));
    }

    void scalar(JsonSpan) override { pointAtElement(); }

    void pointAtElement()
    {
        if (m_frames.empty() || m_frames.back().isObject)
            return;
        Frame& frame = m_frames.back();
        m_pointer.resize(frame.pointerSize);
        appendPointerToken(m_pointer, frame.index++);
    }

    std::string_view decoded(JsonSpan literal)
    {
        return unescaped(m_json.substr(literal.begin + 1, literal.end - literal.begin - 2), m_buffer);
    }

    std::string_view m_json;
    std::string m_pointer;
    std::string m_buffer;
    std::vector<Frame> m_frames;
};

class Visit final : public TextEvents
{
public:
    Visit(std::string_view json, const TextVisitor& visit)
        : TextEvents(json)
        , m_visit(visit)
    {
    }

private:
    void onText(const TextPlace& place, JsonSpan, std::string_view text) override { m_visit(place, text); }

    const TextVisitor& m_visit;
};

struct Edit
{
    JsonSpan literal;
    std::string text;
    std::size_t object = 0; //!< Where the object begins whose member's name this is.
    bool isName = false;
};

class Collect final : public TextEvents
{
public:
    Collect(std::string_view json, const TextMapper& map)
        : TextEvents(json)
        , m_map(map)
    {
    }

    std::vector<Edit> edits;

private:
    void onText(const TextPlace& place, JsonSpan literal, std::string_view text) override
    {
        std::optional<std::string> mapped = m_map(place, text);
        if (mapped && *mapped != text)
            edits.push_back({literal, std::move(*mapped), place.isKey ? objectBegin() : 0, place.isKey});
    }

    const TextMapper& m_map;
};

//! \brief The names that stay as they are, in each object that gets a new one.
class KeptNames final : public TextEvents
{
public:
    using Names = std::unordered_set<std::string>;

    KeptNames(std::string_view json, const std::vector<Edit>& edits)
        : TextEvents(json)
    {
        for (const Edit& edit : edits) {
            if (!edit.isName)
                continue;
            m_changed.insert(edit.literal.begin);
            objects.try_emplace(edit.object);
        }
    }

    std::unordered_map<std::size_t, Names> objects;

private:
    void onText(const TextPlace& place, JsonSpan literal, std::string_view text) override
    {
        if (!place.isKey || m_changed.contains(literal.begin))
            return;
        if (const auto found = objects.find(objectBegin()); found != objects.end())
            found->second.emplace(text);
    }

    std::unordered_set<std::size_t> m_changed;
};

// Two names that were different must not become one: the reader would lose a member.
Expected<void> makeNamesDistinct(std::string_view json, std::vector<Edit>& edits)
{
    KeptNames kept(json, edits);
    if (kept.objects.empty())
        return {};
    if (const auto walked = walkJson(json, kept); !walked)
        return tl::unexpected(walked.error());
    std::unordered_map<std::size_t, std::unordered_map<std::string, std::size_t>> used;
    for (Edit& edit : edits) {
        if (!edit.isName)
            continue;
        KeptNames::Names& names = kept.objects[edit.object];
        if (names.insert(edit.text).second)
            continue;
        std::size_t& count = used[edit.object].try_emplace(edit.text, 1).first->second;
        std::string distinct;
        do {
            distinct = edit.text + '-' + std::to_string(++count);
        } while (!names.insert(distinct).second);
        edit.text = std::move(distinct);
    }
    return {};
}

std::string spliced(std::string_view json, const std::vector<Edit>& edits)
{
    std::string out;
    out.reserve(json.size() + json.size() / 16);
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
        out.append(json, copied, edit.literal.begin - copied);
        out.append(document::quoted(edit.text));
        copied = edit.literal.end;
    }
    out.append(json, copied);
    return out;
}

} // namespace

Expected<void> forEachText(std::string_view json, const TextVisitor& visit)
{
    assertOffGuiThread("reading JSON");
    Visit events(json, visit);
    return walkJson(json, events);
}

Expected<std::string> mapTexts(std::string_view json, const TextMapper& map)
{
    assertOffGuiThread("rewriting JSON");
    Collect events(json, map);
    if (const auto walked = walkJson(json, events); !walked)
        return tl::unexpected(walked.error());
    if (events.edits.empty())
        return std::string(json);
    if (const auto distinct = makeNamesDistinct(json, events.edits); !distinct)
        return tl::unexpected(distinct.error());
    return spliced(json, events.edits);
}

} // namespace sharelock::document
