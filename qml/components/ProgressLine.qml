// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Progress from 0 to 1, or below 0 for work of unknown length.
Item {
    id: line

    property real value: -1
    property string name

    implicitHeight: 4
    implicitWidth: 120
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: name

    Rectangle {
        anchors.fill: parent
        radius: 2
        color: Theme.line
    }
    Rectangle {
        height: parent.height
        radius: 2
        color: Theme.accent
        width: line.value < 0 ? parent.width * 0.3 : parent.width * Math.min(1, line.value)
        x: line.value < 0 ? runner.at * parent.width * 1.3 - width : 0
    }
    NumberAnimation {
        id: runner

        property real at: 0

        target: runner
        property: "at"
        from: 0
        to: 1
        duration: 1400
        loops: Animation.Infinite
        running: line.visible && line.value < 0
    }
}
