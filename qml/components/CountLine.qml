// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A word and a number beside it.
Item {
    id: line

    property string text
    property int value

    implicitHeight: 28
    Accessible.role: Accessible.StaticText
    Accessible.name: text + " " + Format.number(value)

    PlainLabel {
        id: name
        anchors.verticalCenter: parent.verticalCenter
        text: line.text
        Accessible.ignored: true
    }
    PlainLabel {
        anchors.left: name.right
        anchors.leftMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        text: Format.number(line.value)
        color: Theme.muted
        Accessible.ignored: true
    }
}
