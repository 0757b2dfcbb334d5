// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/leak_needles.h"

#include <QByteArray>
#include <QChar>
#include <QList>
#include <QString>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <thread>

namespace sharelock::redaction {

namespace {

//! \brief Reads one character and moves \p at behind it. What is no UTF-8 reads as U+FFFD.
char32_t readCharacter(std::string_view text, std::size_t& at)
{
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80)
        return lead;
    const std::size_t extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (extra == 0 || at + extra > text.size())
        return 0xFFFD;
    char32_t value = lead & (0x3FU >> extra);
    for (std::size_t i = 0; i < extra; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0xFFFD;
        value = value * 64 + (byte(at + i) & 0x3F);
    }
    at += extra;
    return value;
}

constexpr std::size_t valueStart = 4;

std::uint32_t wordAt(const char* fourBytes)
{
    std::uint32_t number = 0;
    std::memcpy(&number, fourBytes, sizeof number);
    return number;
}

std::size_t startHash(const char* fourBytes)
{
    return (wordAt(fourBytes) * 2246822519U) >> 14;
}

std::size_t nameHash(const char* fourBytes)
{
    return ((wordAt(fourBytes) | 0x20202020U) * 2246822519U) >> 16;
}

bool hasNonAscii(const char* fourBytes)
{
    return (wordAt(fourBytes) & 0x80808080U) != 0;
}

std::size_t pairAt(const char* twoBytes)
{
    std::uint16_t number = 0;
    std::memcpy(&number, twoBytes, sizeof number);
    return number;
}

//! \brief Letters that are written in one byte, or in one that is not ASCII.
bool isPlain(char32_t c)
{
    return c > ' ' && c < 0x7F && c != '/' && c != '\\';
}

char32_t caseFolded(char32_t c)
{
    if (c >= 0x80)
        return QChar::toCaseFolded(c);
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

bool belongsToWord(char32_t c)
{
    return c == '_' || QChar::isLetterOrNumber(c);
}

bool wordEndsBefore(std::string_view text, std::size_t at)
{
    return at == text.size() || !belongsToWord(readCharacter(text, at));
}

bool wordStartsAt(std::string_view text, std::size_t at)
{
    if (at == 0)
        return true;
    std::size_t previous = at - 1;
    while (previous > 0 && at - previous < 4 && (static_cast<unsigned char>(text[previous]) & 0xC0) == 0x80)
        --previous;
    std::size_t end = previous;
    const char32_t c = readCharacter(text, end);
    return end != at || !belongsToWord(c);
}

bool isSlash(char32_t c)
{
    return c == '/' || c == '\\';
}

std::vector<char32_t> lettersOf(const QString& text)
{
    std::vector<char32_t> letters;
    for (const uint c : text.toUcs4())
        letters.push_back(QChar::toCaseFolded(char32_t(c)));
    return letters;
}

//! \brief As JSON writes it.
QByteArray withEscapes(const QByteArray& text)
{
    QByteArray out;
    for (const char c : text) {
        switch (c) {
        case '"':
        case '\\':
            out.append('\\').append(c);
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            out.append(c);
        }
    }
    return out;
}

//! \brief The character in each case, as UTF-8.
std::vector<std::string> cases(char32_t c)
{
    std::vector<std::string> out;
    for (const char32_t variant : {c, QChar::toUpper(c), QChar::toTitleCase(c), QChar::toLower(c)})
        out.push_back(QString::fromUcs4(&variant, 1).toStdString());
    return out;
}

} // namespace

LeakNeedles::LeakNeedles(const RedactionPlan& plan)
{
    for (const HiddenValue& hidden : plan.hidden) {
        if (hidden.shape == HiddenShape::Value) {
            addValue(hidden);
            continue;
        }
        const QString value =
            QString::fromUtf8(hidden.value.data(), static_cast<qsizetype>(hidden.value.size()));
        for (const auto form : {QString::NormalizationForm_C, QString::NormalizationForm_D}) {
            const std::vector<char32_t> letters = lettersOf(value.normalized(form));
            if (hidden.shape == HiddenShape::Name)
                m_needles.push_back({letters, hidden.kind, Shape::Name, true});
            else
                addFolder(letters, hidden.kind);
        }
    }
    std::erase_if(m_needles, [](const Needle& needle) { return needle.letters.empty(); });
    for (std::size_t i = 0; i < m_needles.size(); ++i)
        allowStart(static_cast<std::uint32_t>(i));
    addSamples();
}

void LeakNeedles::addValue(const HiddenValue& hidden)
{
    const QByteArray value(hidden.value.data(), static_cast<qsizetype>(hidden.value.size()));
    const auto add = [&](const QByteArray& bytes) {
        Needle needle{{}, hidden.kind, Shape::Value, false};
        for (const char byte : bytes)
            needle.letters.push_back(static_cast<unsigned char>(byte));
        m_needles.push_back(std::move(needle));
    };
    // A value with quotes in it is torn apart where escapes are taken off between quotes.
    QByteArray escaped = value;
    constexpr int layers = 4;
    for (int layer = 0; layer < layers; ++layer) {
        add(escaped);
        const QByteArray once = withEscapes(escaped);
        if (once == escaped)
            break;
        escaped = once;
    }
    if (value.contains(' '))
        add(QByteArray(value).replace(' ', '+'));
    // In base64 of something longer it stands in one of three ways; its first and last digits also hold bits
    // of what is around it.
    for (const char* const before : {"", "?", "??"}) {
        const QByteArray whole = before + value;
        QByteArray digits = whole.left(whole.size() / 3 * 3).toBase64();
        digits.remove(0, *before == '\0' ? 0 : 4);
        constexpr qsizetype shortest = 8;
        if (digits.size() < shortest)
            continue;
        add(digits);
        if (digits.contains('+') || digits.contains('/'))
            add(digits.replace('+', '-').replace('/', '_'));
    }
}

void LeakNeedles::addFolder(std::vector<char32_t> letters, HiddenKind kind)
{
    std::replace(letters.begin(), letters.end(), U'\\', U'/');
    letters.erase(std::unique(letters.begin(), letters.end(),
                              [](char32_t a, char32_t b) { return a == '/' && b == '/'; }),
                  letters.end());
    if (!letters.empty() && letters.back() == '/')
        letters.pop_back();
    const auto depth = std::count(letters.begin(), letters.end(), U'/');
    m_needles.push_back({letters, kind, Shape::Folder, depth < 2});
    if (depth < 2)
        return;
    const bool drive = letters.size() > 3 && letters[1] == ':';
    if (drive)
        m_needles.push_back({letters, kind, Shape::Folder, false});
    Needle hyphens{letters, kind, Shape::HyphenFolder, false};
    for (char32_t& c : hyphens.letters)
        c = QChar::isLetterOrNumber(c) ? c : U'-';
    m_needles.push_back(hyphens);
    if (drive) {
        // `C:/Users` is `/c/Users` in a Unix-like shell.
        letters[1] = letters[0];
        letters[0] = '/';
        m_needles.push_back({letters, kind, Shape::Folder, false});
    }
}

//! \brief Whether its first four letters are plain, so that they tell where it can begin.
bool LeakNeedles::isTold(const Needle& needle)
{
    return needle.shape != Shape::Value && needle.letters.size() >= valueStart &&
           std::all_of(needle.letters.begin(), needle.letters.begin() + std::ptrdiff_t(valueStart), isPlain);
}

bool LeakNeedles::isLongValue(const Needle& needle)
{
    return needle.shape == Shape::Value && needle.letters.size() >= valueStart;
}

void LeakNeedles::allowPair(char first, char second, std::uint32_t number)
{
    const std::array bytes{first, second};
    const std::size_t pair = pairAt(bytes.data());
    const Needle& needle = m_needles[number];
    m_starts.resize(m_isOtherStart.size());
    if (!isLongValue(needle)) {
        m_isOtherStart[pair] = true;
        if (!isTold(needle))
            m_isShortStart.set(pair);
    }
    auto& needles = m_starts[pair];
    if (needles.empty() || needles.back() != number)
        needles.push_back(number);
}

//! \brief For a search that looks at few bytes, and nearly always finds that no value can stand there.
void LeakNeedles::addSamples()
{
    constexpr std::size_t farthest = 5;
    for (const Needle& needle : m_needles) {
        if (!isLongValue(needle))
            continue;
        const std::size_t every = needle.letters.size() - valueStart + 1;
        m_everyBytes = std::min({every, m_everyBytes == 0 ? every : m_everyBytes, farthest});
    }
    for (const Needle& needle : m_needles) {
        if (!isLongValue(needle))
            continue;
        const std::string bytes(needle.letters.begin(), needle.letters.end());
        for (std::size_t i = 0; i < m_everyBytes; ++i)
            m_isSample.set(startHash(bytes.data() + i));
    }
}

void LeakNeedles::allowStart(std::uint32_t number)
{
    const Needle& needle = m_needles[number];
    if (needle.shape == Shape::Value) {
        if (isLongValue(needle)) {
            std::array<char, valueStart> bytes{};
            for (std::size_t i = 0; i < valueStart; ++i)
                bytes[i] = static_cast<char>(needle.letters[i]);
            m_isValueStart.set(startHash(bytes.data()));
        }
        if (needle.letters.size() > 1)
            allowPair(static_cast<char>(needle.letters[0]), static_cast<char>(needle.letters[1]), number);
        return;
    }
    if (isTold(needle)) {
        std::array<char, valueStart> bytes{};
        for (std::size_t i = 0; i < valueStart; ++i)
            bytes[i] = static_cast<char>(needle.letters[i]);
        m_isNameBegin.set(nameHash(bytes.data()));
    }
    const bool folder = needle.shape == Shape::Folder;
    const auto spellings = [folder](char32_t c) {
        return folder && c == '/' ? std::vector<std::string>{"/", "\\"}
               : c == ' '         ? std::vector<std::string>{" ", "+"}
                                  : cases(c);
    };
    const auto allow = [this, number](char first, char second) { allowPair(first, second, number); };
    for (const std::string& first : spellings(needle.letters[0])) {
        if (first.size() > 1) {
            allow(first[0], first[1]);
            continue;
        }
        if (needle.letters.size() < 2)
            continue;
        for (const std::string& second : spellings(needle.letters[1]))
            allow(first[0], second[0]);
    }
}

std::optional<LeakNeedles::Hit> LeakNeedles::firstIn(std::string_view text) const
{
    // Two threads for what is worth it; each looks behind the end of its half where a needle starts before.
    constexpr std::size_t worthTwo = 1'000'000;
    const std::size_t half = text.size() < worthTwo ? text.size() : text.size() / 2;
    std::optional<Hit> later;
    std::jthread other;
    if (half < text.size())
        other = std::jthread([&] { later = firstIn(text, half, text.size()); });
    const auto first = firstIn(text, 0, half);
    if (other.joinable())
        other.join();
    return first ? first : later;
}

std::optional<LeakNeedles::Hit> LeakNeedles::firstIn(std::string_view text, std::size_t from,
                                                     std::size_t to) const
{
    const auto value = firstLongValueIn(text, from, to);
    const auto other = firstOtherIn(text, from, value ? value->offset : to);
    return other ? other : value;
}

std::optional<LeakNeedles::Hit> LeakNeedles::firstLongValueIn(std::string_view text, std::size_t from,
                                                              std::size_t to) const
{
    if (m_everyBytes == 0)
        return std::nullopt;
    for (std::size_t first = from; first < to; first += m_everyBytes) {
        // All values that begin from the first place to there have these four bytes. What is left of a text
        // that ends before is too short for any.
        const std::size_t sample = first + m_everyBytes - 1;
        if (sample + valueStart > text.size())
            return std::nullopt;
        if (!m_isSample[startHash(text.data() + sample)])
            continue;
        for (std::size_t at = first; at <= std::min(sample, to - 1); ++at) {
            if (!m_isValueStart[startHash(text.data() + at)])
                continue;
            if (const auto hit = hitAt(text, at))
                return hit;
        }
    }
    return std::nullopt;
}

std::optional<LeakNeedles::Hit> LeakNeedles::firstOtherIn(std::string_view text, std::size_t from,
                                                          std::size_t to) const
{
    for (std::size_t i = from; i < to && i + 1 < text.size(); ++i) {
        const std::size_t pair = pairAt(text.data() + i);
        if (!m_isOtherStart[pair] || !mayBeName(text, i, pair))
            continue;
        if (const auto hit = hitAt(text, i))
            return hit;
    }
    return std::nullopt;
}

std::optional<LeakNeedles::Hit> LeakNeedles::hitAt(std::string_view text, std::size_t offset) const
{
    for (const std::uint32_t number : m_starts[pairAt(text.data() + offset)]) {
        if (isAt(m_needles[number], text, offset))
            return Hit{offset, m_needles[number].kind};
    }
    return std::nullopt;
}

bool LeakNeedles::mayBeName(std::string_view text, std::size_t offset, std::size_t pair) const
{
    const char* const begin = text.data() + offset;
    return m_isShortStart[pair] || text.size() - offset < valueStart || m_isNameBegin[nameHash(begin)] ||
           hasNonAscii(begin);
}

bool LeakNeedles::valueIsAt(const Needle& needle, std::string_view text, std::size_t offset)
{
    return text.size() - offset >= needle.letters.size() &&
           std::equal(needle.letters.begin(), needle.letters.end(),
                      text.begin() + static_cast<std::ptrdiff_t>(offset),
                      [](char32_t letter, char byte) { return letter == static_cast<unsigned char>(byte); });
}

bool LeakNeedles::isAt(const Needle& needle, std::string_view text, std::size_t offset) const
{
    if (needle.shape == Shape::Value)
        return valueIsAt(needle, text, offset);
    std::size_t at = offset;
    for (const char32_t letter : needle.letters) {
        if (at == text.size())
            return false;
        const char32_t c = readCharacter(text, at);
        if (needle.shape == Shape::Folder && letter == '/') {
            if (!isSlash(c))
                return false;
            // Further slashes, as in `C:\\Users`; but not in front of the first folder.
            while (at - 1 > offset && at < text.size() && isSlash(static_cast<unsigned char>(text[at])))
                ++at;
        } else if (caseFolded(c) != letter && !(letter == ' ' && c == '+')) {
            return false;
        }
    }
    if (needle.afterWordOnly && !wordStartsAt(text, offset))
        return false;
    while (needle.shape == Shape::Folder && at < text.size() && (text[at] == '.' || text[at] == '-'))
        ++at;
    return wordEndsBefore(text, at);
}

} // namespace sharelock::redaction
