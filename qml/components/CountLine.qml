// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A word and a number, the number in its own column.
Item {
    id: line

    property string text
    property int value

    implicitHeight: 28
    Accessible.role: Accessible.StaticText
    Accessible.name: text + " " + Format.number(value)

    PlainLabel {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - number.width - 8
        text: line.text
        Accessible.ignored: true
    }
    PlainLabel {
        id: number
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: Format.number(line.value)
        color: Theme.muted
        Accessible.ignored: true
    }
}
