// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/secret.h"

#include <QCoroTask>

#include <chrono>
#include <functional>

namespace sharelock::sharing {

//! \brief What came of asking the keyring; the Secret is empty where there is nothing to hand back.
using KeychainAnswer = Expected<Secret>;
using KeychainWork = std::function<QCoro::Task<KeychainAnswer>()>;

//! \brief Runs \p work on the one thread that talks to the keyring, one after another, and waits for its
//! answer at most \p patience: then KeyringLocked. Work that was given up before its turn is not begun any
//! more. Call it from any thread with an event loop.
//!
//! The thread is there for three reasons. QtKeychain runs all its jobs through one object that lives in the
//! thread of the first job, and stops for good when that thread ends. A job can't be stopped: its library
//! calls back into it even after it was deleted. And finding the session bus may block.
[[nodiscard]] QCoro::Task<KeychainAnswer> onKeychainThread(KeychainWork work,
                                                           std::chrono::milliseconds patience);

} // namespace sharelock::sharing
