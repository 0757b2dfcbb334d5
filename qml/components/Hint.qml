// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A tooltip that may hold foreign text.
ToolTip {
    id: tip

    property string hint

    delay: 600
    padding: 8
    width: Math.min(implicitContentWidth + 2 * padding, 320)
    x: parent ? (parent.width - width) / 2 : 0
    contentItem: PlainLabel {
        text: tip.hint
        font.pixelSize: Theme.sizeSmall
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    background: Rectangle {
        radius: 6
        color: Theme.surface
        border.color: Theme.line
    }
}
