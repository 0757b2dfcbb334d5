// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"

#include <QtGlobal>

#include <atomic>
#include <thread>

namespace sharelock {

namespace {
std::atomic<std::thread::id> guiThread{};
}

void markGuiThread()
{
    guiThread = std::this_thread::get_id();
}

void assertOffGuiThread(const char* what)
{
    if (guiThread.load() == std::this_thread::get_id())
        qFatal("%s runs on the thread that draws the window", what);
}

} // namespace sharelock
