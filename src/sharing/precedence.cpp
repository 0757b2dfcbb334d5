// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/precedence.h"

namespace sharelock::sharing {

std::shared_ptr<void> Precedence::take(const std::shared_ptr<Precedence>& precedence)
{
    {
        const std::lock_guard lock(precedence->m_mutex);
        ++precedence->m_holders;
        precedence->m_stop.request_stop();
    }
    return {precedence.get(), [precedence](void*) { precedence->release(); }};
}

bool Precedence::isTaken() const
{
    const std::lock_guard lock(m_mutex);
    return m_holders > 0;
}

std::stop_token Precedence::token() const
{
    const std::lock_guard lock(m_mutex);
    return m_stop.get_token();
}

void Precedence::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_stop.request_stop();
}

void Precedence::release()
{
    const std::lock_guard lock(m_mutex);
    if (--m_holders == 0 && !m_isClosed)
        m_stop = std::stop_source();
}

} // namespace sharelock::sharing
