// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_index.h"

#include <hs.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>
#include <utility>

namespace sharelock::redaction {

namespace {

struct Free
{
    void operator()(hs_database_t* database) const { hs_free_database(database); }
    void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
    void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
};

class HyperscanScratch final : public LiteralIndex::Scratch
{
public:
    explicit HyperscanScratch(hs_scratch_t* scratch)
        : m_scratch(scratch)
    {
    }

    [[nodiscard]] hs_scratch_t* get() const { return m_scratch.get(); }

    //! \brief The text, or a copy of it where the memory behind it may belong to nobody: version 5.4 reads on
    //! there, by a vector register, whatever it then makes of it.
    [[nodiscard]] std::string_view readable(std::string_view text)
    {
        constexpr std::size_t leastPage = 4096;
        constexpr std::size_t readOn = 128;
        const std::size_t used = reinterpret_cast<std::uintptr_t>(text.data() + text.size()) % leastPage;
        if (used != 0 && leastPage - used >= readOn)
            return text;
        m_copy.assign(text);
        m_copy.append(readOn, '\0');
        return {m_copy.data(), text.size()};
    }

private:
    std::unique_ptr<hs_scratch_t, Free> m_scratch;
    std::string m_copy;
};

int addHit(unsigned int id, unsigned long long, unsigned long long to, unsigned int, void* context)
{
    static_cast<std::vector<LiteralHit>*>(context)->push_back({static_cast<std::size_t>(to), id});
    return 0;
}

using Database = std::unique_ptr<hs_database_t, Free>;

//! \brief Databases that are searched one after the other: the library is quick for few literals, and for
//! many that are long, but less so for many of which some are short.
class HyperscanIndex final : public LiteralIndex
{
public:
    HyperscanIndex(std::vector<Database> databases, hs_scratch_t* prototype)
        : m_databases(std::move(databases))
        , m_prototype(prototype)
    {
    }

    [[nodiscard]] std::unique_ptr<Scratch> makeScratch() const override
    {
        hs_scratch_t* scratch = nullptr;
        if (hs_clone_scratch(m_prototype.get(), &scratch) != HS_SUCCESS)
            throw std::bad_alloc();
        return std::make_unique<HyperscanScratch>(scratch);
    }

    void find(std::string_view text, Scratch* scratch, std::vector<LiteralHit>& hits) const override
    {
        const auto earlier = [](const LiteralHit& a, const LiteralHit& b) {
            return a.end != b.end ? a.end < b.end : a.literal < b.literal;
        };
        auto* const own = static_cast<HyperscanScratch*>(scratch);
        text = own->readable(text);
        const auto before = static_cast<std::ptrdiff_t>(hits.size());
        for (const Database& database : m_databases) {
            const auto middle = static_cast<std::ptrdiff_t>(hits.size());
            // The library counts in 32 bits. No caller gives more than pieces of a text.
            hs_scan(database.get(), text.data(), static_cast<unsigned int>(text.size()), 0, own->get(),
                    addHit, &hits);
            // Nearly always sorted, but the library does not promise it.
            if (!std::is_sorted(hits.begin() + middle, hits.end(), earlier))
                std::sort(hits.begin() + middle, hits.end(), earlier);
            if (middle > before)
                std::inplace_merge(hits.begin() + before, hits.begin() + middle, hits.end(), earlier);
        }
    }

private:
    std::vector<Database> m_databases;
    std::unique_ptr<hs_scratch_t, Free> m_prototype;
};

//! \brief Null without literals, and where the library does not take them.
Database compiled(const std::vector<Literal>& literals, const std::vector<unsigned int>& ids)
{
    std::vector<const char*> expressions;
    std::vector<std::size_t> lengths;
    std::vector<unsigned int> flags;
    for (const unsigned int id : ids) {
        expressions.push_back(literals[id].bytes.data());
        lengths.push_back(literals[id].bytes.size());
        flags.push_back(literals[id].ignoreCase ? HS_FLAG_CASELESS : 0);
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                             static_cast<unsigned int>(ids.size()), HS_MODE_BLOCK, nullptr, &database,
                             &error) == HS_SUCCESS)
        return Database(database);
    const std::unique_ptr<hs_compile_error_t, Free> owned(error);
    return nullptr;
}

//! \brief The shortest ones apart, and of the others what the library then is quickest with, measured with
//! the literals of our rules: of the 2,100 that are searched everywhere the shorter ones, of the 800 of
//! tokens those of either case. In one they take a sixth longer, and two to three times as long to compile.
std::vector<std::vector<unsigned int>> groupsOf(const std::vector<Literal>& literals)
{
    constexpr std::size_t few = 64;
    constexpr std::size_t many = 1500;
    constexpr std::size_t shortest = 3;
    constexpr std::size_t shorter = 6;
    std::vector<std::vector<unsigned int>> groups(3);
    for (unsigned int id = 0; id < literals.size(); ++id) {
        const Literal& literal = literals[id];
        const bool isShort = literals.size() <= few || literal.bytes.size() <= shortest;
        const bool isApart = literals.size() < many ? literal.ignoreCase : literal.bytes.size() <= shorter;
        groups[isShort ? 0 : isApart ? 1 : 2].push_back(id);
    }
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    return groups;
}

} // namespace

std::unique_ptr<const LiteralIndex> makeHyperscanIndex(const std::vector<Literal>& literals)
{
    if (literals.empty() || hs_valid_platform() != HS_SUCCESS)
        return nullptr;
    std::vector<Database> databases;
    hs_scratch_t* scratch = nullptr;
    for (const auto& group : groupsOf(literals)) {
        databases.push_back(compiled(literals, group));
        // One serves all databases that it was enlarged for.
        if (databases.back() == nullptr || hs_alloc_scratch(databases.back().get(), &scratch) != HS_SUCCESS) {
            hs_free_scratch(scratch);
            return nullptr;
        }
    }
    return std::make_unique<HyperscanIndex>(std::move(databases), scratch);
}

} // namespace sharelock::redaction
