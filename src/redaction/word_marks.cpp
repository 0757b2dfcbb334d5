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
// Built in beside the rest, and used where the processor has it.
#if defined(__x86_64__) && defined(__GNUC__)
#define SHARELOCK_AVX2
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace sharelock::redaction {

namespace {

constexpr std::size_t blockSize = 64;

//! \brief One bit a byte of a block.
struct Block
{
    std::uint64_t words = 0;
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
        block.signs |= maskOf(_mm_or_si128(equal(each, '@'), equal(each, '%'))) << (i * width);
    }
    return block;
}

#else

inline Block blockAt(const char* bytes)
{
    Block block;
    for (std::size_t i = 0; i < blockSize; ++i) {
        block.words |= std::uint64_t(isWordMark(bytes[i])) << i;
        block.signs |= std::uint64_t(bytes[i] == '@' || bytes[i] == '%') << i;
    }
    return block;
}

#endif

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

//! \brief Follows runs from block to block. Most blocks begin and end inside of a word that is too short, so
//! that nothing depends on that but numbers.
class Runs
{
public:
    Runs(std::string_view text, std::size_t from, std::vector<WordRun>& runs)
        : m_text(text)
        , m_runs(runs)
        , m_begin(from)
        // A run that began before belongs to there.
        , m_isOther(from > 0 && isWordMark(text[from - 1]))
    {
    }

    void add(std::size_t base, std::uint64_t words)
    {
        const auto head = static_cast<unsigned>(std::countr_one(words));
        if (head == blockSize)
            return;
        close(base + head);
        words &= words + 1; // without the head
        // Bit i: so many word characters from there.
        const std::uint64_t twos = words & (words >> 1);
        const std::uint64_t fours = twos & (twos >> 2);
        const std::uint64_t eights = fours & (fours >> 4);
        static_assert(shortestWordRun == 14);
        std::uint64_t begins = eights & (fours >> 8) & (twos >> 12);
        while (begins != 0) {
            const auto begin = static_cast<unsigned>(std::countr_zero(begins));
            const unsigned end = begin + static_cast<unsigned>(std::countr_one(words >> begin));
            if (end >= blockSize)
                break;
            m_begin = base + begin;
            close(base + end);
            begins &= bits(end, blockSize);
        }
        m_begin = base + blockSize - static_cast<unsigned>(std::countl_one(words));
    }

    //! \brief Takes the rest of a run that goes on behind the part.
    void finish(std::size_t to)
    {
        if (m_begin >= to || m_isOther)
            return;
        while (to < m_text.size() && isWordMark(m_text[to]))
            ++to;
        close(to);
    }

private:
    void close(std::size_t end)
    {
        if (m_isOther)
            m_isOther = false;
        else if (end - m_begin >= shortestWordRun)
            m_runs.push_back({{m_begin, end}, isRandom(m_text.substr(m_begin, end - m_begin))});
    }

    static bool isRandom(std::string_view run)
    {
        return std::any_of(run.begin(), run.end(), isDigit) || hasMixedCase(run);
    }

    std::string_view m_text;
    std::vector<WordRun>& m_runs;
    std::size_t m_begin; //!< Of the run that the last block ended in, or its end.
    bool m_isOther;
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

namespace {

//! \brief What is cut off from a block reads as if a run went on.
Block lastBlock(const char* bytes, std::size_t size)
{
    std::array<char, blockSize> padded{};
    std::memcpy(padded.data(), bytes, size);
    Block block = blockAt(padded.data());
    if ((block.words >> (size - 1)) != 0)
        block.words |= bits(static_cast<unsigned>(size), blockSize);
    return block;
}

void addSigns(std::string_view text, std::size_t base, std::uint64_t signs, WordMarks& marks)
{
    for (; signs != 0; signs &= signs - 1)
        addSign(text, base + static_cast<unsigned>(std::countr_zero(signs)), marks);
}

//! \brief Whole blocks from \p base on. \returns where they end.
std::size_t addBlocks(std::string_view text, std::size_t base, std::size_t to, Runs& runs, WordMarks& marks)
{
    for (; to - base >= blockSize; base += blockSize) {
        const Block block = blockAt(text.data() + base);
        runs.add(base, block.words);
        addSigns(text, base, block.signs, marks);
    }
    return base;
}

#ifdef SHARELOCK_AVX2

__attribute__((target("avx2"))) inline std::uint64_t bytesOf(__m256i kinds, char wanted)
{
    const __m256i some = _mm256_and_si256(kinds, _mm256_set1_epi8(wanted));
    const __m256i is = _mm256_cmpgt_epi8(some, _mm256_setzero_si256());
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(is));
}

//! \brief As blockAt(): the halves of a byte look up the kinds that it may be of.
__attribute__((target("avx2,bmi,bmi2,lzcnt"))) inline Block wideBlockAt(const char* bytes)
{
    constexpr char ao = 1, pz = 2, digit = 4, hyphen = 8, underscore = 16, at = 32, percent = 64;
    constexpr char any = ao | pz | digit;
    const __m256i low = _mm256_broadcastsi128_si256(_mm_setr_epi8(pz | digit | at, any, any, any, any,
                                                                  any | percent, any, any, any, any, ao | pz,
                                                                  ao, ao, ao | hyphen, ao, ao | underscore));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0, 0, hyphen | percent, digit, ao | at, pz | underscore, ao, pz, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i half = _mm256_set1_epi8(0x0F);
    Block block;
    for (int i = 0; i < 2; ++i) {
        const __m256i each = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + i * 32));
        const __m256i kinds =
            _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(each, half)),
                             _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(each, 4), half)));
        block.words |= bytesOf(kinds, any | hyphen | underscore) << (i * 32);
        block.signs |= bytesOf(kinds, at | percent) << (i * 32);
    }
    return block;
}

__attribute__((target("avx2,bmi,bmi2,lzcnt"))) std::size_t
addWideBlocks(std::string_view text, std::size_t base, std::size_t to, Runs& runs, WordMarks& marks)
{
    for (; to - base >= blockSize; base += blockSize) {
        const Block block = wideBlockAt(text.data() + base);
        runs.add(base, block.words);
        addSigns(text, base, block.signs, marks);
    }
    return base;
}

//! \brief Clang's __builtin_cpu_supports() does not know this one.
bool hasLzcnt()
{
    constexpr unsigned extendedFeatures = 0x80000001;
    constexpr unsigned lzcnt = 1U << 5U;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid(extendedFeatures, &a, &b, &c, &d) != 0 && (c & lzcnt) != 0;
}

bool hasWideBlocks()
{
    static const bool has =
        __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0 && hasLzcnt();
    return has;
}

#endif

} // namespace

void findWordMarks(std::string_view text, std::size_t from, std::size_t to, WordMarks& marks)
{
    Runs runs(text, from, marks.runs);
    std::size_t base = from;
#ifdef SHARELOCK_AVX2
    if (hasWideBlocks())
        base = addWideBlocks(text, base, to, runs, marks);
    else
#endif
        base = addBlocks(text, base, to, runs, marks);
    if (base < to) {
        const Block block = lastBlock(text.data() + base, to - base);
        runs.add(base, block.words);
        addSigns(text, base, block.signs, marks);
    }
    runs.finish(to);
}

} // namespace sharelock::redaction
