// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/workspace.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sharelock::redaction {

//! \brief Bytes that grow without being cleared first.
class ByteBuffer
{
public:
    //! \brief The end of the bytes, with room for \p bytes more.
    [[nodiscard]] char* room(std::size_t bytes);
    void setEnd(const char* end) { m_size = static_cast<std::size_t>(end - m_bytes.get()); }
    void clear() { m_size = 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::string_view view() const { return {m_bytes.get(), m_size}; }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

//! \brief Scans the texts of share items. They are gathered in one buffer, so that many short ones cost one
//! search, and a long one that was met before costs none.
class ItemScan final : private Workspace::Sink
{
public:
    //! \brief \p first is the number of the first item of \p items in its document.
    ItemScan(Workspace& workspace, std::span<const document::ShareItem> items, std::size_t first,
             std::stop_token stop);

    //! \brief Findings by item, place in it, and offset. Errors: Cancelled, InvalidJson.
    [[nodiscard]] Expected<std::vector<Finding>> run();

private:
    class Walk;

    //! \brief A text of an item: the names and values of its JSON in order, from 0.
    struct Place
    {
        std::size_t item = 0;
        std::size_t ordinal = 0;

        auto operator<=>(const Place&) const = default;
    };
    struct Batched
    {
        Place name; //!< Of a member; of an element alone, the place of its text.
        bool hasName = false;
    };
    struct FoundText
    {
        Place place;
        TextFinding finding;
    };
    struct Repeat
    {
        Place place;
        Place original;
    };
    static constexpr std::size_t typeName = std::string::npos; //!< The ordinal of an item's type name.
    struct Known
    {
        std::string_view body;
        Place place;
    };

    //! \brief One text or member of an item. Views of JSON, still escaped.
    void add(Place place, std::string_view nameBody, bool hasName, std::string_view valueBody, bool hasValue);
    void addHuge(Place place, std::string_view body);
    void addMember(Place place, std::string_view name, std::string_view body);
    //! \brief A text by itself: as it is, or the inside of a JSON string literal.
    void addPlain(Place place, std::string_view text);
    void addEscaped(Place place, std::string_view body);
    void closeText(TextRun run, TextRun name, MemberValue value, const Batched& batched);
    [[nodiscard]] static std::uint64_t keyOf(std::string_view text);
    bool isRepeat(Place place, std::string_view body);
    void flush();
    void scan(std::string_view buffer, std::span<const BatchedText> texts, std::span<const Batched> places);

    void found(std::size_t text, std::vector<Candidate>& candidates) override;
    void addRepeats();
    [[nodiscard]] Expected<std::vector<Finding>> placed();

    Workspace& m_workspace;
    std::span<const document::ShareItem> m_items;
    std::size_t m_first;
    std::stop_token m_stop;
    bool m_isStopped = false;

    ByteBuffer m_buffer;
    std::vector<BatchedText> m_texts;
    std::vector<Batched> m_places;               //!< Of m_texts.
    std::span<const BatchedText> m_scannedTexts; //!< While found() is called.
    std::span<const Batched> m_scannedPlaces;
    std::string m_nameBuffer;
    ByteBuffer m_hugeText;
    bool m_isBroken = false;                               //!< An escape was wrong.
    std::unordered_multimap<std::uint64_t, Known> m_known; //!< Long texts, as they stand in the JSON.
    std::vector<Repeat> m_repeats;
    std::vector<FoundText> m_found;
};

} // namespace sharelock::redaction
