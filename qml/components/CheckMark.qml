// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The box of a check box; the control around it says its state.
Rectangle {
    id: box

    property bool checked: false
    property bool partly: false
    property bool hovered: false

    implicitWidth: 16
    implicitHeight: 16
    radius: 4
    color: checked || partly ? Theme.accent : Theme.surface
    border.width: checked || partly ? 0 : 1
    border.color: hovered ? Theme.accent : Theme.muted

    Icon {
        anchors.centerIn: parent
        visible: box.checked
        name: box.checked ? "check" : ""
        side: 14
        tint: Theme.accentInk
    }
    Rectangle {
        anchors.centerIn: parent
        visible: box.partly && !box.checked
        width: 8
        height: 2
        color: Theme.accentInk
    }
}
