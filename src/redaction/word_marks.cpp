// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/word_marks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sharelock::redaction {

namespace {

constexpr std::size_t blockSize = 64;

//! \brief One bit a byte of a block.
struct Block
{
    std::uint64_t words = 0;
    std::uint64_t digits = 0;
    std::uint64_t signs = 0; //!< `@` and `%`
};

#ifdef __SSE2__

inline std::uint64_t maskOf(__m128i bytes)
{
    return static_cast<std::uint16_t>(_mm_movemask_epi8(bytes));
}

//! \brief Bytes in [low, high], which are ASCII: others are negative.
inline __m128i between(__m128i bytes, char low, char high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
}

inline __m128i equal(__m128i bytes, char c)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

inline Block blockAt(const char* bytes)
{
    Block block;
    constexpr int width = 16;
    for (int i = 0; i < 4; ++i) {
        const __m128i each = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i * width));
        const __m128i letters = between(_mm_or_si128(each, _mm_set1_epi8(0x20)), 'a', 'z');
        const __m128i digits = between(each, '0', '9');
        const __m128i joints = _mm_or_si128(equal(each, '_'), equal(each, '-'));
        block.words |= maskOf(_mm_or_si128(_mm_or_si128(letters, digits), joints)) << (i * width);
        block.digits |= maskOf(digits) << (i * width);
        block.signs |= maskOf(_mm_or_si128(equal(each, '@'), equal(each, '%'))) << (i * width);
    }
    return block;
}

#else

Block blockAt(const char* bytes)
{
    Block block;
    for (std::size_t i = 0; i < blockSize; ++i) {
        block.words |= std::uint64_t(isWordMark(bytes[i])) << i;
        block.digits |= std::uint64_t(isDigit(bytes[i])) << i;
        block.signs |= std::uint64_t(bytes[i] == '@' || bytes[i] == '%') << i;
    }
    return block;
}

#endif

Block lastBlock(const char* bytes, std::size_t size)
{
    std::array<char, blockSize> padded{};
    std::memcpy(padded.data(), bytes, size);
    return blockAt(padded.data());
}

//! \brief Most are no addresses: decorators, scopes and versions of packages.
bool isAddress(std::string_view text, std::size_t at)
{
    if (at == 0 || at + 1 >= text.size())
        return false;
    const char before = text[at - 1];
    if (!isWordMark(before) && before != '.' && before != '+' && before != '%')
        return false;
    constexpr std::size_t longestLabel = 64;
    std::size_t end = at + 1;
    while (end < text.size() && end - at <= longestLabel && (isAlphanumeric(text[end]) || text[end] == '-'))
        ++end;
    return end > at + 1 && end + 1 < text.size() && text[end] == '.' && isAlphanumeric(text[end + 1]);
}

bool isSeparator(std::string_view text, std::size_t at)
{
    const std::string_view code = text.substr(at + 1, 2);
    for (const std::string_view known : {"3A", "3D", "22", "2F", "40", "3a", "3d", "2f"}) {
        if (code == known)
            return true;
    }
    return false;
}

//! \brief The bits [begin, end), of at most a block.
inline std::uint64_t bits(unsigned begin, unsigned end)
{
    const std::uint64_t below = end >= blockSize ? ~std::uint64_t(0) : (std::uint64_t(1) << end) - 1;
    return begin >= blockSize ? 0 : below & (~std::uint64_t(0) << begin);
}

//! \brief Capitals do not stand as words have them. The begin of a long run decides.
bool hasMixedCase(std::string_view run)
{
    constexpr std::size_t looked = 40;
    run = run.substr(0, looked);
    std::size_t capitals = 0;
    for (const char c : run)
        capitals += isUpper(c);
    return std::min(capitals, run.size() - capitals) * 5 > run.size();
}

//! \brief Follows runs from block to block.
class Runs
{
public:
    Runs(std::string_view text, std::size_t from, std::vector<WordRun>& runs)
        : m_text(text)
        , m_runs(runs)
    {
        // A run that began before belongs to there.
        m_isInside = from > 0 && isWordMark(text[from - 1]);
        m_isOther = m_isInside;
    }

    void add(std::size_t base, const Block& block)
    {
        const std::uint64_t words = block.words;
        unsigned at = 0;
        if (m_isInside) {
            at = static_cast<unsigned>(std::countr_one(words));
            count(block, 0, at);
            if (at == blockSize)
                return;
            close(base + at);
        }
        // Bit i: eight word characters from there. A run that is long enough has them, most blocks do not.
        const std::uint64_t pairs = words & (words >> 1);
        const std::uint64_t fours = pairs & (pairs >> 2);
        std::uint64_t eights = fours & (fours >> 4) & bits(at, blockSize);
        while (eights != 0) {
            const auto begin = static_cast<unsigned>(std::countr_zero(eights));
            const unsigned end = begin + static_cast<unsigned>(std::countr_one(words >> begin));
            open(base + begin);
            count(block, begin, end);
            if (end >= blockSize)
                return;
            close(base + end);
            eights &= bits(end, blockSize);
        }
        if (const auto last = static_cast<unsigned>(std::countl_one(words)); last > 0) {
            open(base + blockSize - last);
            count(block, static_cast<unsigned>(blockSize) - last, blockSize);
        }
    }

    //! \brief Takes the rest of a run that goes on behind the part.
    void finish(std::size_t to)
    {
        if (!m_isInside)
            return;
        for (; to < m_text.size() && isWordMark(m_text[to]); ++to)
            m_hasDigit = m_hasDigit || isDigit(m_text[to]);
        close(to);
    }

private:
    void open(std::size_t begin)
    {
        m_begin = begin;
        m_hasDigit = false;
        m_isInside = true;
    }

    void count(const Block& block, unsigned begin, unsigned end)
    {
        m_hasDigit = m_hasDigit || (block.digits & bits(begin, end)) != 0;
    }

    void close(std::size_t end)
    {
        if (!m_isOther && end - m_begin >= shortestWordRun)
            m_runs.push_back(
                {{m_begin, end}, m_hasDigit || hasMixedCase(m_text.substr(m_begin, end - m_begin))});
        m_isInside = false;
        m_isOther = false;
    }

    std::string_view m_text;
    std::vector<WordRun>& m_runs;
    std::size_t m_begin = 0;
    bool m_hasDigit = false;
    bool m_isInside = false;
    bool m_isOther = false;
};

void addSign(std::string_view text, std::size_t at, WordMarks& marks)
{
    if (text[at] == '@' && isAddress(text, at))
        marks.ats.push_back(at);
    else if (text[at] == '%' && isSeparator(text, at))
        marks.percents.push_back(at);
}

} // namespace

void WordMarks::clear()
{
    runs.clear();
    ats.clear();
    percents.clear();
}

void findWordMarks(std::string_view text, std::size_t from, std::size_t to, WordMarks& marks)
{
    Runs runs(text, from, marks.runs);
    for (std::size_t base = from; base < to; base += blockSize) {
        const std::size_t size = std::min(blockSize, to - base);
        Block block = size == blockSize ? blockAt(text.data() + base) : lastBlock(text.data() + base, size);
        // A run that reaches the end of the part goes on behind it.
        if (size < blockSize && (block.words >> (size - 1)) != 0)
            block.words |= bits(static_cast<unsigned>(size), blockSize);
        runs.add(base, block);
        for (std::uint64_t signs = block.signs; signs != 0; signs &= signs - 1)
            addSign(text, base + static_cast<unsigned>(std::countr_zero(signs)), marks);
    }
    runs.finish(to);
}

} // namespace sharelock::redaction
