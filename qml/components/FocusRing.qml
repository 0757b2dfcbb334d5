// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Where the keyboard is. Fills its parent; its parent decides when.
Rectangle {
    property bool shown: false
    property int ringRadius: Theme.radius

    visible: shown
    radius: ringRadius
    color: "transparent"
    border.width: 2
    border.color: Theme.accent
}
