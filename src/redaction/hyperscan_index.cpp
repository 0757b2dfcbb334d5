// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_index.h"

#include <hs.h>

#include <algorithm>
#include <new>

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

private:
    std::unique_ptr<hs_scratch_t, Free> m_scratch;
};

int addHit(unsigned int id, unsigned long long, unsigned long long to, unsigned int, void* context)
{
    static_cast<std::vector<LiteralHit>*>(context)->push_back({static_cast<std::size_t>(to), id});
    return 0;
}

class HyperscanIndex final : public LiteralIndex
{
public:
    HyperscanIndex(hs_database_t* database, hs_scratch_t* prototype)
        : m_database(database)
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
        // The library counts in 32 bits. No caller gives more than pieces of a text.
        const std::size_t before = hits.size();
        hs_scan(m_database.get(), text.data(), static_cast<unsigned int>(text.size()), 0,
                static_cast<HyperscanScratch*>(scratch)->get(), addHit, &hits);
        const auto begin = hits.begin() + static_cast<std::ptrdiff_t>(before);
        const auto earlier = [](const LiteralHit& a, const LiteralHit& b) {
            return a.end != b.end ? a.end < b.end : a.literal < b.literal;
        };
        // Nearly always sorted, but the library does not promise it.
        if (!std::is_sorted(begin, hits.end(), earlier))
            std::sort(begin, hits.end(), earlier);
    }

private:
    std::unique_ptr<hs_database_t, Free> m_database;
    std::unique_ptr<hs_scratch_t, Free> m_prototype;
};

} // namespace

std::unique_ptr<const LiteralIndex> makeHyperscanIndex(const std::vector<Literal>& literals)
{
    if (literals.empty() || hs_valid_platform() != HS_SUCCESS)
        return nullptr;
    std::vector<const char*> expressions;
    std::vector<std::size_t> lengths;
    std::vector<unsigned int> flags;
    std::vector<unsigned int> ids;
    for (const Literal& literal : literals) {
        ids.push_back(static_cast<unsigned int>(ids.size()));
        expressions.push_back(literal.bytes.data());
        lengths.push_back(literal.bytes.size());
        flags.push_back(literal.ignoreCase ? HS_FLAG_CASELESS : 0);
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_scratch_t* scratch = nullptr;
    if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                             static_cast<unsigned int>(literals.size()), HS_MODE_BLOCK, nullptr, &database,
                             &error) != HS_SUCCESS) {
        const std::unique_ptr<hs_compile_error_t, Free> owned(error);
        return nullptr;
    }
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
        hs_free_database(database);
        return nullptr;
    }
    return std::make_unique<HyperscanIndex>(database, scratch);
}

} // namespace sharelock::redaction
