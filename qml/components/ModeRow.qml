// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! This computer, or a project, in the list of share modes.
AbstractButton {
    id: row

    required property int index
    required property string directory
    required property string name
    required property string path
    required property string modeKey
    required property string why
    required property int links
    required property int violating
    required property bool locked
    required property bool missing
    required property bool machine
    required property bool selected
    required property string result

    property bool isShown: false
    property bool marked: false
    property bool pooled: false
    property bool selecting: false
    readonly property string shownName: name === "" ? path : name
    readonly property string countText: violating > 0 ? qsTr("%Ln violating", "", violating) : links > 0 ? qsTr("%Ln link(s)", "", links) : ""
    signal toggled

    implicitHeight: result === "" ? 65 : 85
    objectName: machine ? "modeMachine" : "mode-" + directory
    ListView.onPooled: pooled = true
    ListView.onReused: pooled = false
    Accessible.ignored: pooled
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([shownName, missing ? "" : chip.text, why, countText, selected ? qsTr("selected") : "", result])
    Accessible.selectable: true
    Accessible.selected: isShown
    Accessible.onPressAction: row.clicked()
    Keys.onSpacePressed: row.toggled()

    Item {
        anchors.fill: parent

        CheckControl {
            id: check
            objectName: row.machine ? "" : "modeCheck-" + row.directory
            x: 4
            y: 4
            visible: !row.machine && !row.missing && (row.hovered || row.marked || row.selected || row.selecting)
            marked: row.selected
            focusPolicy: Qt.NoFocus
            text: qsTr("Select %1").arg(row.shownName)
            onClicked: row.toggled()
        }
        PlainLabel {
            x: 40
            y: 12
            width: chip.x - x - 12
            text: row.shownName
            font.weight: Font.DemiBold
            color: row.missing ? Theme.muted : Theme.text
            Accessible.ignored: true
        }
        ModeChip {
            id: chip
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 10
            // Where there is no folder, no mode holds.
            visible: !row.missing
            modeKey: row.modeKey
            locked: row.locked
            Accessible.ignored: true
        }
        SmallLabel {
            x: 40
            y: 38
            width: counts.x - x - 12
            text: row.why
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }
        SmallLabel {
            id: counts
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 38
            text: row.countText
            color: row.violating > 0 ? Theme.danger : Theme.muted
            Accessible.ignored: true
        }
        SmallLabel {
            x: 40
            y: 59
            width: parent.width - x - 16
            visible: text !== ""
            text: row.result
            color: Theme.danger
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        color: row.isShown ? Theme.accentSoft : row.hovered ? Theme.hover : "transparent"

        FocusRing {
            anchors.fill: parent
            anchors.margins: 2
            ringRadius: 6
            shown: row.marked
        }
    }
}
