// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "document/json_pointer.h"
#include "document/json_string.h"
#include "document/json_text.h"
#include "document/json_walk.h"

#include <vector>

namespace sharelock::document {

namespace {

//! \brief Counts texts, and puts a pointer together for those that are asked for only.
class PlaceEvents final : public JsonEvents
{
public:
    PlaceEvents(std::string_view json, std::span<const std::size_t> ordinals, const PlaceVisitor& visit)
        : m_json(json)
        , m_ordinals(ordinals)
        , m_visit(visit)
    {
    }

private:
    struct Frame
    {
        JsonSpan name;         //!< Of the current member.
        std::size_t index = 0; //!< Of the next element.
        bool isObject = false;
    };

    void enter(bool isObject, std::size_t) override
    {
        countElement();
        m_frames.push_back({{}, 0, isObject});
    }

    void leave(std::size_t) override { m_frames.pop_back(); }
    void scalar(JsonSpan) override { countElement(); }

    void name(JsonSpan literal) override
    {
        m_frames.back().name = literal;
        textAt(true);
    }

    void text(JsonSpan) override
    {
        countElement();
        textAt(false);
    }

    void countElement()
    {
        if (!m_frames.empty() && !m_frames.back().isObject)
            ++m_frames.back().index;
    }

    void textAt(bool isKey)
    {
        const std::size_t ordinal = m_ordinal++;
        if (m_next == m_ordinals.size() || m_ordinals[m_next] != ordinal)
            return;
        m_pointer.clear();
        for (const Frame& frame : m_frames) {
            if (frame.isObject)
                appendPointerToken(m_pointer, unescaped(bodyOf(frame.name), m_buffer));
            else
                appendPointerToken(m_pointer, frame.index - 1);
        }
        for (; m_next < m_ordinals.size() && m_ordinals[m_next] == ordinal; ++m_next)
            m_visit(m_next, {m_pointer, isKey});
    }

    [[nodiscard]] std::string_view bodyOf(JsonSpan literal) const
    {
        return m_json.substr(literal.begin + 1, literal.end - literal.begin - 2);
    }

    std::string_view m_json;
    std::span<const std::size_t> m_ordinals;
    const PlaceVisitor& m_visit;
    std::vector<Frame> m_frames;
    std::string m_pointer;
    std::string m_buffer;
    std::size_t m_ordinal = 0;
    std::size_t m_next = 0;
};

} // namespace

Expected<void> visitTextPlaces(std::string_view json, std::span<const std::size_t> ordinals,
                               const PlaceVisitor& visit)
{
    assertOffGuiThread("reading JSON");
    PlaceEvents events(json, ordinals, visit);
    return walkJson(json, events, EscapeCheck::Receiver);
}

} // namespace sharelock::document
