// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One place that says something about the share mode: what it is, what it says, where, and whether it counts.
Item {
    id: line

    required property var modelData
    readonly property string kindText: Format.text(modelData, "kindText")
    readonly property string value: Format.text(modelData, "value")
    readonly property string place: Format.text(modelData, "place")
    readonly property string problem: Format.text(modelData, "problem")
    readonly property bool wins: Format.flag(modelData, "wins")
    readonly property bool locked: Format.flag(modelData, "locked")
    property int kindWidth: 190
    property int valueWidth: 92

    implicitHeight: 40
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([kindText, problem === "" ? value : qsTr("broken: %1").arg(problem), place, locked ? qsTr("locked") : "", wins ? qsTr("wins") : ""])

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
    PlainLabel {
        id: kind
        anchors.verticalCenter: parent.verticalCenter
        width: line.kindWidth - 12
        text: line.kindText
        Accessible.ignored: true
    }
    CodeLabel {
        x: line.kindWidth
        anchors.verticalCenter: parent.verticalCenter
        width: line.valueWidth - 12
        text: line.problem === "" ? line.value : qsTr("broken")
        color: line.problem !== "" ? Theme.danger : line.wins ? Theme.text : Theme.muted
        font.strikeout: !line.wins && line.problem === ""
        Accessible.ignored: true
    }
    Icon {
        id: lock
        x: line.kindWidth + line.valueWidth
        anchors.verticalCenter: parent.verticalCenter
        visible: line.locked
        name: line.locked ? "lock" : ""
        side: 14
        tint: Theme.muted
    }
    CodeLabel {
        x: line.kindWidth + line.valueWidth + (line.locked ? 22 : 0)
        anchors.verticalCenter: parent.verticalCenter
        width: (wins.visible ? wins.x - 12 : parent.width) - x
        text: line.problem === "" ? line.place : line.place + " · " + line.problem
        color: line.problem !== "" ? Theme.danger : Theme.muted
        elide: line.problem === "" ? Text.ElideMiddle : Text.ElideRight
        Accessible.ignored: true
    }
    Chip {
        id: wins
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: line.wins
        text: qsTr("Wins")
        ink: Theme.accent
        color: Theme.accentSoft
        Accessible.ignored: true
    }
}
