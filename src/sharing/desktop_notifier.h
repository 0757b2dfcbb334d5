// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QObject>
#include <QStringList>

#include <QCoroTask>

namespace sharelock::sharing {

//! \brief One notification, all of it plain text.
struct DesktopNotice
{
    QString title;
    QString body;        //!< May be foreign.
    QStringList actions; //!< Key and label, in turn.
    bool isUrgent = false;
    quint32 replaces = 0; //!< Number of an earlier one that this takes the place of.
};

//! \brief Shows notifications through the desktop's own service, org.freedesktop.Notifications on the session
//! bus. Needs no display. Lives on a thread with an event loop; asking whether the service is there may wait
//! for the bus, so not on the GUI's.
class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotifier(QObject* parent = nullptr);

    //! \brief Whether there is a service, which the bus may have to start.
    [[nodiscard]] QCoro::Task<bool> isThere();
    //! \returns the notification's number. Errors: Internal, with the bus's reason as detail.
    [[nodiscard]] QCoro::Task<Expected<quint32>> show(DesktopNotice notice);

Q_SIGNALS:
    //! \brief The person chose an action of a notification; also of other programs' ones.
    void chosen(quint32 number, const QString& action);

private Q_SLOTS:
    void onActionInvoked(uint number, const QString& action);

private:
    bool m_showsMarkup = false;
    bool m_hasActions = true;
    bool m_isAsked = false;
    bool m_isThere = false;
};

} // namespace sharelock::sharing
