// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One of several steps that are done one after the other: to come, under way, or done.
Item {
    id: line

    property string text
    property bool waits: false
    property bool isDone: false

    implicitHeight: 24
    Accessible.role: Accessible.StaticText
    Accessible.name: isDone ? qsTr("Done: %1").arg(text) : waits ? qsTr("To come: %1").arg(text) : qsTr("Under way: %1").arg(text)

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: line.isDone ? "check" : line.waits ? "clock" : "refresh"
        side: 16
        tint: line.isDone ? Theme.good : line.waits ? Theme.muted : Theme.accent
    }
    PlainLabel {
        x: 26
        width: parent.width - x
        anchors.verticalCenter: parent.verticalCenter
        text: line.text
        color: line.waits ? Theme.muted : Theme.text
        font.weight: line.isDone || line.waits ? Font.Normal : Font.DemiBold
        Accessible.ignored: true
    }
}
