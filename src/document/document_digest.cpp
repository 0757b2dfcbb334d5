// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/document_digest.h"

#include "base/thread_guard.h"

#include <simdjson.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace sharelock::document {

namespace {

class Hash
{
public:
    Hash() { crypto_generichash_init(&m_state, nullptr, 0, size); }

    //! With its length, so that no two lists of texts give the same bytes.
    void add(std::string_view text)
    {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i)
            length.at(i) = static_cast<unsigned char>(std::uint64_t{text.size()} >> (8 * i));
        crypto_generichash_update(&m_state, length.data(), length.size());
        crypto_generichash_update(&m_state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }

    [[nodiscard]] QByteArray result()
    {
        QByteArray bytes(size, '\0');
        crypto_generichash_final(&m_state, reinterpret_cast<unsigned char*>(bytes.data()), size);
        return bytes;
    }

private:
    static constexpr std::size_t size = crypto_generichash_BYTES;
    crypto_generichash_state m_state{};
};

} // namespace

QByteArray digest(const ShareDocument& document)
{
    assertOffGuiThread("the digest of a document");
    std::vector<const ShareItem*> items;
    items.reserve(document.items().size());
    for (const ShareItem& item : document.items())
        items.push_back(&item);
    std::sort(items.begin(), items.end(),
              [](const ShareItem* a, const ShareItem* b) { return a->key < b->key; });
    Hash hash;
    std::string small;
    for (const ShareItem* item : items) {
        small.resize(item->data.size());
        std::size_t size = 0;
        const bool minified =
            simdjson::minify(item->data.data(), item->data.size(), small.data(), size) == simdjson::SUCCESS;
        hash.add(item->typeName);
        hash.add(item->key);
        hash.add(minified ? std::string_view(small.data(), size) : std::string_view(item->data));
    }
    return hash.result();
}

} // namespace sharelock::document
