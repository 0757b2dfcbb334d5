// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! An icon and a word on a soft ground.
Rectangle {
    id: chip

    property string text
    property string iconName
    property color ink: Theme.neutral
    //! Where there is no room for the word. Who shows it so says the word to screen readers.
    property bool iconOnly: false
    readonly property bool isCut: label.truncated
    readonly property real wholeWidth: label.x + label.implicitWidth + 20

    implicitWidth: iconOnly ? 32 : wholeWidth
    implicitHeight: 22
    radius: 11
    color: Theme.neutralSoft
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        x: 10
        anchors.verticalCenter: parent.verticalCenter
        spacing: 6

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: chip.iconName !== ""
            name: chip.iconName
            side: 12
            tint: chip.ink
        }
        PlainLabel {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            width: chip.iconOnly ? 0 : Math.min(implicitWidth, chip.width - x - 20)
            text: chip.text
            color: chip.ink
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
    }
}
