// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_index.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sharelock::redaction {

namespace {

std::uint8_t folded(char c)
{
    return static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

//! \brief Aho-Corasick over folded bytes; a literal that minds its case is compared once more where it ends.
class PortableIndex final : public LiteralIndex
{
public:
    explicit PortableIndex(const std::vector<Literal>& literals)
        : m_literals(literals)
    {
        mapBytes();
        buildTrie();
        followFailures();
    }

    [[nodiscard]] std::unique_ptr<Scratch> makeScratch() const override { return nullptr; }

    void find(std::string_view text, Scratch*, std::vector<LiteralHit>& hits) const override
    {
        State state = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            state = m_next[state * m_classes + m_class[static_cast<std::uint8_t>(text[i])]];
            if (m_outputs[state].first != m_outputs[state].last)
                report(text, i + 1, m_outputs[state], hits);
        }
    }

private:
    using State = std::uint32_t;

    //! \brief The literals that end in a state, as a range of m_ending, in the order of the list.
    struct Outputs
    {
        std::uint32_t first = 0, last = 0;
    };

    void report(std::string_view text, std::size_t end, Outputs outputs, std::vector<LiteralHit>& hits) const
    {
        for (std::uint32_t at = outputs.first; at < outputs.last; ++at) {
            const std::uint32_t id = m_ending[at];
            const Literal& literal = m_literals[id];
            const std::size_t size = literal.bytes.size();
            if (literal.ignoreCase || std::memcmp(text.data() + end - size, literal.bytes.data(), size) == 0)
                hits.push_back({end, id});
        }
    }

    // Bytes that stand in no literal share one column, which keeps the table in the cache.
    void mapBytes()
    {
        m_class.fill(0);
        for (const Literal& literal : m_literals) {
            for (const char c : literal.bytes) {
                std::uint16_t& column = m_class[folded(c)];
                if (column == 0)
                    column = static_cast<std::uint16_t>(m_classes++);
            }
        }
        for (char c = 'A'; c <= 'Z'; ++c)
            m_class[static_cast<std::uint8_t>(c)] = m_class[folded(c)];
    }

    State addState()
    {
        m_next.resize(m_next.size() + m_classes, 0);
        m_own.emplace_back();
        return static_cast<State>(m_own.size() - 1);
    }

    void buildTrie()
    {
        addState();
        for (std::uint32_t id = 0; id < m_literals.size(); ++id) {
            State state = 0;
            for (const char c : m_literals[id].bytes) {
                const std::size_t cell = state * m_classes + m_class[folded(c)];
                if (m_next[cell] == 0) {
                    const State added = addState(); // moves the table
                    m_next[cell] = added;
                }
                state = m_next[cell];
            }
            m_own[state].push_back(id);
        }
    }

    void followFailures()
    {
        std::vector<State> order{0};
        std::vector<State> failure(m_own.size(), 0);
        std::vector<std::vector<std::uint32_t>> ending = m_own;
        m_outputs.resize(m_own.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            const State state = order[i];
            if (state != 0) {
                const auto& inherited = ending[failure[state]];
                ending[state].insert(ending[state].end(), inherited.begin(), inherited.end());
            }
            for (std::size_t column = 0; column < m_classes; ++column) {
                State& next = m_next[state * m_classes + column];
                const State fallback = state == 0 ? 0 : m_next[failure[state] * m_classes + column];
                if (next == 0) {
                    next = fallback;
                } else {
                    failure[next] = fallback;
                    order.push_back(next);
                }
            }
        }
        for (State state = 0; state < ending.size(); ++state) {
            auto& ids = ending[state];
            std::sort(ids.begin(), ids.end());
            m_outputs[state].first = static_cast<std::uint32_t>(m_ending.size());
            m_ending.insert(m_ending.end(), ids.begin(), ids.end());
            m_outputs[state].last = static_cast<std::uint32_t>(m_ending.size());
        }
        m_own.clear();
    }

    std::vector<Literal> m_literals;
    std::array<std::uint16_t, 256> m_class{};
    std::size_t m_classes = 1;
    std::vector<State> m_next; //!< A row of m_classes for each state.
    std::vector<std::vector<std::uint32_t>> m_own;
    std::vector<Outputs> m_outputs;
    std::vector<std::uint32_t> m_ending;
};

} // namespace

std::unique_ptr<const LiteralIndex> makePortableIndex(const std::vector<Literal>& literals)
{
    return std::make_unique<PortableIndex>(literals);
}

} // namespace sharelock::redaction
