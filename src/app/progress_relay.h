// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/key_recovery.h"
#include "sharing/message_search.h"
#include "sharing/publisher.h"
#include "sharing/takedown.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>

namespace sharelock::app {

//! \brief Carries progress from the core thread to the GUI's: told from any one thread, heard in the object's
//! own.
class ProgressRelay : public QObject
{
    Q_OBJECT
public:
    //! \brief Shared with the work, which may outlive the listener; let go in the thread that made it.
    [[nodiscard]] static std::shared_ptr<ProgressRelay> make();

    //! \brief At most about 30 times a second reach the listener, and every change of stage does.
    void tell(const sharing::PublishProgress& progress);
    void tell(const sharing::LinkId& link, sharing::TakedownStage stage);
    //! \brief As often as it is told.
    void tell(const sharing::RecoveryProgress& progress);
    void tell(const sharing::MessageSearchProgress& progress);
    void tellEnded(const sharing::LinkId& link, const Expected<sharing::Link>& result);

Q_SIGNALS:
    void published(int stage, qint64 sentBytes, qint64 totalBytes);
    void recovering(const sharelock::sharing::RecoveryProgress& progress);
    void searching(const sharelock::sharing::MessageSearchProgress& progress);
    void takedown(const sharelock::sharing::LinkId& link, int stage);
    void ended(const sharelock::sharing::LinkId& link,
               const sharelock::Expected<sharelock::sharing::Link>& result);

private:
    ProgressRelay() = default;
    QElapsedTimer m_last;
    std::optional<sharing::PublishStage> m_stage;
};

} // namespace sharelock::app
