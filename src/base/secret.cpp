// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/secret.h"

#include <sodium.h>

#include <cstring>
#include <mutex>
#include <new>
#include <vector>

namespace sharelock {

namespace {

//! \brief Places for short secrets in locked memory, wiped when they are given back. Memory of its own for
//! each would take a page, two guard pages and half a dozen system calls, which make every thread of the
//! process wait, and soon all that a user may lock. Thread-safe.
class ShortPlaces
{
public:
    static constexpr std::size_t size = 128; //!< Of one, in bytes.

    static ShortPlaces& shared()
    {
        // Never destroyed: a secret may live as long as anything static.
        static auto* places = new ShortPlaces;
        return *places;
    }

    [[nodiscard]] char* take()
    {
        const std::scoped_lock lock(m_mutex);
        if (m_free.empty())
            addBlock();
        char* place = m_free.back();
        m_free.pop_back();
        return place;
    }

    void giveBack(char* place)
    {
        sodium_memzero(place, size);
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(place);
    }

private:
    static constexpr std::size_t perBlock = 64;

    void addBlock()
    {
        m_free.reserve(m_blocks.size() * perBlock + perBlock); // Giving back must not fail.
        m_blocks.reserve(m_blocks.size() + 1);
        auto* block = static_cast<char*>(sodium_malloc(size * perBlock));
        if (block == nullptr)
            throw std::bad_alloc();
        m_blocks.push_back(block);
        for (std::size_t index = 0; index < perBlock; ++index)
            m_free.push_back(block + index * size);
    }

    std::mutex m_mutex;
    std::vector<char*> m_free;
    std::vector<char*> m_blocks;
};

} // namespace

struct Secret::Buffer
{
    explicit Buffer(std::string_view bytes)
        : size(bytes.size())
    {
        if (sodium_init() < 0)
            throw std::bad_alloc();
        // sodium_malloc: guard pages, mlock, and MADV_DONTDUMP, so no core file holds it.
        data = isShort() ? ShortPlaces::shared().take() : static_cast<char*>(sodium_malloc(size));
        if (data == nullptr)
            throw std::bad_alloc();
        std::memcpy(data, bytes.data(), size);
        if (!isShort())
            sodium_mprotect_readonly(data);
    }
    ~Buffer()
    {
        if (isShort())
            ShortPlaces::shared().giveBack(data);
        else
            sodium_free(data);
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    [[nodiscard]] bool isShort() const { return size <= ShortPlaces::size; }

    char* data = nullptr;
    std::size_t size = 0;
};

Secret::Secret(std::string_view bytes)
{
    if (!bytes.empty())
        m_buffer = std::make_shared<const Buffer>(bytes);
}

bool Secret::isEmpty() const
{
    return m_buffer == nullptr;
}

std::size_t Secret::size() const
{
    return m_buffer ? m_buffer->size : 0;
}

std::string_view Secret::reveal() const
{
    return m_buffer ? std::string_view(m_buffer->data, m_buffer->size) : std::string_view();
}

bool operator==(const Secret& a, const Secret& b)
{
    if (a.size() != b.size())
        return false;
    return a.isEmpty() || sodium_memcmp(a.m_buffer->data, b.m_buffer->data, a.size()) == 0;
}

QDebug operator<<(QDebug debug, const Secret&)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "***";
}

} // namespace sharelock
