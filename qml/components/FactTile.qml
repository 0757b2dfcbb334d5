// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Three lines of a figure: what it is, the figure, what it refers to.
Rectangle {
    id: tile

    property string caption
    property string figure
    property string note
    property color ink: Theme.text
    property string hint

    implicitHeight: 82
    radius: Theme.radiusPanel
    color: Theme.sunken
    Accessible.role: Accessible.StaticText
    Accessible.name: Format.spoken([caption, figure, note])
    Accessible.description: hint

    HoverHandler {
        id: hover
    }
    Hint {
        visible: hover.hovered && tile.hint !== ""
        hint: tile.hint
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: 12
        width: parent.width - 24
        spacing: 3

        PlainLabel {
            width: parent.width
            text: tile.caption
            color: Theme.muted
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 11
            Accessible.ignored: true
        }
        PlainLabel {
            width: parent.width
            text: tile.figure
            color: tile.ink
            font.pixelSize: 15
            font.weight: Font.DemiBold
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 11
            Accessible.ignored: true
        }
        PlainLabel {
            width: parent.width
            text: tile.note
            color: Theme.muted
            Accessible.ignored: true
        }
    }
}
