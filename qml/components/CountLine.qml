// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A word and a number beside it, once it is known.
Item {
    id: line

    property string text
    property int value
    property bool known: true

    implicitHeight: 28
    Accessible.role: Accessible.StaticText
    Accessible.name: known ? text + " " + Format.number(value) : text

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
        visible: line.known
        text: Format.number(line.value)
        color: Theme.muted
        Accessible.ignored: true
    }
}
