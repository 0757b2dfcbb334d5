// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

AppButton {
    ink: Theme.dark ? Theme.accentInk : "#FFFFFF"
    fill: Theme.danger
    edge: "transparent"
}
