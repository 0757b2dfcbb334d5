// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"

#include <QDateTime>
#include <QString>

#include <memory>
#include <vector>

namespace sharelock::app {

//! \brief One receipt as the list shows it, made on the core thread.
struct ActivityRow
{
    QString key; //!< The receipt's number.
    QString act;
    QString actText;
    QString outcome;
    QString outcomeText;
    QString title;
    QString url;
    QString detail;
    QString evidence; //!< What was asked and answered, and digests of what was public.
    QString linkName;
    QString searchKey;
    QDateTime at;
    bool ok = true;
    bool isProof = false;

    bool operator==(const ActivityRow&) const = default;
};
using ActivityRows = std::shared_ptr<const std::vector<ActivityRow>>;

//! \brief Newest first. Not on the GUI thread.
[[nodiscard]] ActivityRows activityRows(const std::vector<sharing::Receipt>& receipts);
//! \brief For people; an act that we do not know is named as it is.
[[nodiscard]] QString actText(const QString& act);

} // namespace sharelock::app
