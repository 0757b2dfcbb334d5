// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A soft shadow without an effects module: a few faint frames around its parent.
Item {
    id: shadow

    property int cornerRadius: Theme.radiusPanel

    anchors.fill: parent
    z: -1

    Repeater {
        model: 6

        Rectangle {
            required property int index

            anchors.fill: parent
            anchors.margins: -2 * (index + 1)
            anchors.topMargin: -2 * (index + 1) + 4
            anchors.bottomMargin: -2 * (index + 1) - 4
            radius: shadow.cornerRadius + 2 * (index + 1)
            color: Theme.dark ? "#14000000" : "#041A1E26"
        }
    }
}
