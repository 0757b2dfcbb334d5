// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/interrupt.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace sharelock::cli {

namespace {

// A signal handler may do little more than write to a pipe.
std::array<int, 2> signalPipe{-1, -1};

void writeSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Interrupt::onSignal);
    handle(SIGINT, writeSignal);
    handle(SIGTERM, writeSignal);
}

Interrupt::~Interrupt()
{
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    m_notifier.reset();
    ::close(signalPipe[0]);
    ::close(signalPipe[1]);
}

void Interrupt::onSignal()
{
    char byte = 0;
    [[maybe_unused]] const auto count = ::read(signalPipe[0], &byte, 1);
    m_source.request_stop();
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
}

} // namespace sharelock::cli
