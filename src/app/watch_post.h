// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <atomic>
#include <memory>

namespace sharelock::app {

//! \brief Between the watcher, on the core thread, and the window.
class WatchRelay : public QObject
{
    Q_OBJECT
public:
    //! \brief Shared with the work, which may outlive the listener; let go in the thread that made it.
    [[nodiscard]] static std::shared_ptr<WatchRelay> make();

    std::atomic<bool> isAttended = false;

Q_SIGNALS:
    void opened();

private:
    WatchRelay() = default;
};

//! \brief Runs a Watcher for as long as a world is shown, and notifies the person who does not look at the
//! window.
class WatchPost : public QObject
{
    Q_OBJECT
public:
    explicit WatchPost(CoreThread& core, QObject* parent = nullptr);

    //! \brief Once for each world; ends with it. \param notifies false for the sample world.
    void begin(bool notifies);
    //! \brief Whether the person looks at the window.
    void setAttended(bool on);

Q_SIGNALS:
    //! \brief A notification was clicked on: the person wants to see the window.
    void openRequested();

private:
    CoreThread& m_core;
    std::shared_ptr<WatchRelay> m_relay;
};

} // namespace sharelock::app
