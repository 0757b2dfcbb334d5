// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/text_search.h"

#include "document/json_text.h"
#include "opencode/stored_json.h"

#include <algorithm>
#include <utility>

namespace sharelock::opencode {

namespace {

constexpr unsigned char foldedByte(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte + ('a' - 'A')) : byte;
}

constexpr auto foldTable = [] {
    std::array<unsigned char, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte)
        table[byte] = foldedByte(static_cast<unsigned char>(byte));
    return table;
}();

constexpr bool isAsciiByte(char byte)
{
    return static_cast<unsigned char>(byte) < 0x80;
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isAsciiByte);
}

std::string_view longestUnescaped(std::string_view text)
{
    std::string_view longest;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool ends = i == text.size() || text[i] == '"' || text[i] == '\\' || text[i] == '/';
        if (!ends)
            continue;
        if (i - begin > longest.size())
            longest = text.substr(begin, i - begin);
        begin = i + 1;
    }
    return longest;
}

//! \brief Whether something beyond control characters is written as `\uXXXX`, which any character may be.
bool hasTellingEscape(std::string_view json)
{
    for (auto at = json.find("\\u"); at != std::string_view::npos; at = json.find("\\u", at + 2)) {
        const std::string_view high = json.substr(at + 2, 3);
        if (high != "000" && high != "001")
            return true;
    }
    return false;
}

//! \brief What a person said, or reads in the conversation: not IDs, kinds, copies or opaque data.
bool isSaid(const document::TextPlace& place)
{
    constexpr std::array whole{std::string_view("/text"),        std::string_view("/state/output"),
                               std::string_view("/state/title"), std::string_view("/state/error"),
                               std::string_view("/filename"),    std::string_view("/prompt"),
                               std::string_view("/description"), std::string_view("/command")};
    constexpr std::array below{std::string_view("/state/input/"), std::string_view("/files/")};
    if (place.isKey)
        return false;
    return std::find(whole.begin(), whole.end(), place.pointer) != whole.end() ||
           std::any_of(below.begin(), below.end(),
                       [&place](std::string_view start) { return place.pointer.starts_with(start); });
}

//! \brief Which words were not found yet.
class Pending
{
public:
    explicit Pending(const TextWords& words)
        : m_words(words)
    {
        for (std::size_t word = 0; word < words.count(); ++word)
            m_left.push_back(word);
    }

    [[nodiscard]] bool isEmpty() const { return m_left.empty(); }

    //! \brief \p json as it stands in the column; what is no JSON holds nothing that anybody could read.
    void look(std::string_view json)
    {
        const bool mayHold = std::any_of(m_left.begin(), m_left.end(), [this, json](std::size_t word) {
            return m_words.mayBeIn(word, json);
        });
        if (!mayHold)
            return;
        const auto visit = [this](const document::TextPlace& place, std::string_view text) {
            if (isSaid(place))
                std::erase_if(m_left, [this, text](std::size_t word) { return m_words.isIn(word, text); });
        };
        if (!document::forEachText(json, visit))
            (void)document::forEachText(validUtf8(json), visit);
    }

private:
    const TextWords& m_words;
    std::vector<std::size_t> m_left;
};

} // namespace

FoldedNeedle::FoldedNeedle(std::string_view text)
    : m_folded(text)
{
    for (char& byte : m_folded)
        byte = static_cast<char>(foldTable[static_cast<unsigned char>(byte)]);
    const auto size = static_cast<std::uint32_t>(m_folded.size());
    m_skip.fill(size);
    for (std::uint32_t i = 0; i + 1 < size; ++i) {
        for (std::size_t byte = 0; byte < m_skip.size(); ++byte) {
            if (foldTable[byte] == static_cast<unsigned char>(m_folded[i]))
                m_skip[byte] = size - 1 - i;
        }
    }
}

bool FoldedNeedle::isIn(std::string_view bytes) const
{
    const std::size_t size = m_folded.size();
    if (size == 0)
        return true;
    const auto* const needle = reinterpret_cast<const unsigned char*>(m_folded.data());
    const auto* const data = reinterpret_cast<const unsigned char*>(bytes.data());
    const unsigned char last = needle[size - 1];
    for (std::size_t end = size - 1; end < bytes.size(); end += m_skip[data[end]]) {
        if (foldTable[data[end]] != last)
            continue;
        const unsigned char* const begin = data + (end - (size - 1));
        std::size_t i = 0;
        while (i + 1 < size && foldTable[begin[i]] == needle[i])
            ++i;
        if (i + 1 == size)
            return true;
    }
    return false;
}

TextWords::TextWords(const QStringList& words)
{
    for (const QString& word : words) {
        const std::string utf8 = word.toStdString();
        m_words.push_back({word, isAscii(utf8), FoldedNeedle(utf8), FoldedNeedle(longestUnescaped(utf8))});
    }
}

bool TextWords::isIn(std::size_t word, std::string_view text) const
{
    const Word& sought = m_words[word];
    if (sought.isAscii)
        return sought.whole.isIn(text);
    return !isAscii(text) && QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                                 .contains(sought.text, Qt::CaseInsensitive);
}

bool TextWords::mayBeIn(std::size_t word, std::string_view json) const
{
    const Word& sought = m_words[word];
    // A letter beyond ASCII has another case of other bytes, and may stand as an escape.
    const bool isThere = sought.isAscii ? sought.unescaped.isIn(json) : !isAscii(json);
    return isThere || hasTellingEscape(json);
}

sqlite::Result<std::optional<bool>> mentions(sqlite::Connection& connection, std::string_view sessionId,
                                             const TextWords& words, const std::stop_token& stop)
{
    // By message, as conversations are read: older databases know no session in a part's index.
    auto statement =
        connection.prepare("SELECT part.data FROM message JOIN part ON part.message_id = message.id "
                           "WHERE message.session_id = ?1");
    if (!statement)
        return tl::unexpected(statement.error());
    statement->bind(1, sessionId);
    Pending pending(words);
    while (!pending.isEmpty()) {
        if (stop.stop_requested())
            return std::nullopt;
        const auto row = statement->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return false;
        pending.look(statement->text(0));
    }
    return true;
}

} // namespace sharelock::opencode
