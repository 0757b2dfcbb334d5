// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A small action inside text: no box until it is pointed at.
AppButton {
    id: control

    implicitHeight: 24
    inset: 6
    ink: Theme.accent
    fill: "transparent"
    edge: "transparent"
    background: Rectangle {
        radius: 6
        color: control.hovered || control.down ? Theme.accentSoft : "transparent"

        FocusRing {
            anchors.fill: parent
            ringRadius: 6
            shown: control.visualFocus
        }
    }
}
