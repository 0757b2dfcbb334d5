// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

ScrollBar {
    id: bar

    padding: 2
    minimumSize: 0.05
    contentItem: Rectangle {
        implicitWidth: bar.hovered || bar.pressed ? 6 : 4
        implicitHeight: 6
        radius: 3
        color: Theme.muted
        opacity: bar.pressed ? 0.8 : bar.hovered ? 0.6 : bar.active ? 0.4 : 0.2
        visible: bar.size < 1
    }
    background: Item {}
}
