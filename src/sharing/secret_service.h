// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMap>
#include <QString>

#include <QCoroTask>

namespace sharelock::sharing {

//! \brief What the desktop's secret service (D-Bus name `org.freedesktop.secrets`) says of itself.
enum class KeyringHealth
{
    Absent,    //!< No session bus, or nobody has that name.
    Locked,    //!< The default keyring is locked.
    NoDefault, //!< It runs, and has no default keyring to write to.
    Usable,
    Unanswering, //!< It has the name, and says nothing.
};

//! \brief Asks the service. libsecret, and with it QtKeychain, answers "not found" for an item in a locked
//! keyring, and "done" to deleting one; these questions tell the truth. They never open a prompt.
[[nodiscard]] QCoro::Task<KeyringHealth> keyringHealth();

//! \brief Where an item with given attributes was found.
enum class KeyringItem
{
    None, //!< Also when no secret service runs.
    Readable,
    InLockedKeyring,
    NotTold, //!< The service did not answer.
};
[[nodiscard]] QCoro::Task<KeyringItem> findKeyringItem(QMap<QString, QString> attributes);

} // namespace sharelock::sharing
