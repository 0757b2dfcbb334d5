// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "demo/loopback_share_server.h"

#include <QTemporaryDir>

#include <memory>

namespace sharelock::demo {

//! \brief Everything `--demo` needs, in a folder that ends with it: sample sessions, a share server on
//! loopback, a home of its own for ledger and key file. Touches nothing of the person's.
class DemoWorld
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<DemoWorld>> create();

    [[nodiscard]] const Environment& environment() const { return m_environment; }
    [[nodiscard]] LoopbackShareServer& server() { return *m_server; }

private:
    DemoWorld() = default;
    QTemporaryDir m_folder;
    Environment m_environment;
    std::unique_ptr<LoopbackShareServer> m_server;
};

} // namespace sharelock::demo
