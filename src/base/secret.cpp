// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/secret.h"

#include <sodium.h>

#include <cstring>
#include <new>

namespace sharelock {

struct Secret::Buffer
{
    explicit Buffer(std::string_view bytes)
        : size(bytes.size())
    {
        if (sodium_init() < 0)
            throw std::bad_alloc();
        // sodium_malloc: guard pages, mlock, and MADV_DONTDUMP, so no core file holds it.
        data = static_cast<char*>(sodium_malloc(size));
        if (data == nullptr)
            throw std::bad_alloc();
        std::memcpy(data, bytes.data(), size);
        sodium_mprotect_readonly(data);
    }
    ~Buffer() { sodium_free(data); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

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
