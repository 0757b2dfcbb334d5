// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/turn.h"

#include <QCoroSignal>

namespace sharelock::sharing {

QCoro::Task<std::shared_ptr<void>> Turn::take()
{
    while (m_taken)
        co_await qCoro(this, &Turn::freed);
    m_taken = true;
    std::shared_ptr<void> held(this, [this](void*) {
        m_taken = false;
        Q_EMIT freed();
    });
    co_return held;
}

} // namespace sharelock::sharing
