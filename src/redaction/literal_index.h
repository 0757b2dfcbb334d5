// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

struct Literal
{
    std::string bytes;
    bool ignoreCase = false; //!< Of ASCII letters only.
};

//! \brief One literal stands in the text, ending before \p end.
struct LiteralHit
{
    std::size_t end = 0;
    std::uint32_t literal = 0; //!< Place in the list that the index was built from.

    bool operator==(const LiteralHit&) const = default;
};

//! \brief Finds every occurrence of many literals in one pass. Immutable and thread-safe; what a search needs
//! to write stands in a Scratch, one a thread.
class LiteralIndex
{
public:
    class Scratch
    {
    public:
        virtual ~Scratch() = default;

    protected:
        Scratch() = default;
        Scratch(const Scratch&) = default;
        Scratch& operator=(const Scratch&) = default;
    };

    virtual ~LiteralIndex() = default;

    //! \brief Null where the kind of index needs none.
    [[nodiscard]] virtual std::unique_ptr<Scratch> makeScratch() const = 0;
    //! \brief Appends the hits in \p text to \p hits, ordered by end and literal. Linear time.
    virtual void find(std::string_view text, Scratch* scratch, std::vector<LiteralHit>& hits) const = 0;

protected:
    LiteralIndex() = default;
    LiteralIndex(const LiteralIndex&) = default;
    LiteralIndex& operator=(const LiteralIndex&) = default;
};

enum class IndexKind
{
    Fastest, //!< Hyperscan where this machine and this build have it.
    Portable
};

//! \brief Precondition: no literal is empty.
[[nodiscard]] std::unique_ptr<const LiteralIndex> makeLiteralIndex(const std::vector<Literal>& literals,
                                                                   IndexKind kind);
//! \brief Aho-Corasick. Works everywhere.
[[nodiscard]] std::unique_ptr<const LiteralIndex> makePortableIndex(const std::vector<Literal>& literals);
//! \brief Hyperscan or Vectorscan. Null where there is none, or where the processor lacks what it needs.
[[nodiscard]] std::unique_ptr<const LiteralIndex> makeHyperscanIndex(const std::vector<Literal>& literals);

} // namespace sharelock::redaction
