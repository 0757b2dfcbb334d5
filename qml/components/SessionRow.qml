// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One session in the list.
AbstractButton {
    id: row

    required property int index
    required property string sessionId
    required property string title
    required property string project
    required property date updated
    required property int messages
    required property string linkChip
    required property int depth

    property bool isSelected: false
    property bool marked: false
    readonly property int indent: 16 + Math.min(depth, 4) * 16
    readonly property string shownTitle: title === "" ? qsTr("Untitled session") : title

    function chipText(key: string): string {
        switch (key) {
        case "live":
            return qsTr("Live link");
        case "snapshot":
            return qsTr("Snapshot");
        case "orphan":
            return qsTr("Orphan");
        }
        return "";
    }

    implicitHeight: linkChip === "" ? 64 : 91
    objectName: "session-" + sessionId
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([shownTitle, project, chipText(linkChip)])
    Accessible.selectable: true
    Accessible.selected: isSelected
    Accessible.onPressAction: row.clicked()

    Item {
        anchors.fill: parent

        Icon {
            x: row.indent - 16
            y: 17
            visible: row.depth > 0
            name: row.depth > 0 ? "chevron-right" : ""
            side: 12
            tint: Theme.muted
        }
        PlainLabel {
            x: row.indent
            y: 12
            width: when.x - x - 12
            text: row.shownTitle
            font.weight: row.depth > 0 ? Font.Normal : Font.DemiBold
            Accessible.ignored: true
        }
        SmallLabel {
            id: when
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 13
            text: Format.age(row.updated, App.minute)
            Accessible.ignored: true
        }
        SmallLabel {
            x: row.indent
            y: 36
            width: parent.width - x - 16
            text: row.project === "" ? qsTr("%Ln message(s)", "", row.messages) : row.project + " · " + qsTr("%Ln message(s)", "", row.messages)
            Accessible.ignored: true
        }
        Lazy {
            x: row.indent
            y: 59
            active: row.linkChip !== ""
            sourceComponent: StateChip {
                stateKey: row.linkChip === "snapshot" ? "live" : row.linkChip
                iconName: row.linkChip === "snapshot" ? "link" : iconOf(stateKey)
                color: row.isSelected && stateKey === "live" ? Theme.surface : groundOf(stateKey)
                text: row.chipText(row.linkChip)
            }
        }
    }
    background: Rectangle {
        color: row.isSelected ? Theme.accentSoft : row.hovered ? Theme.hover : "transparent"

        FocusRing {
            anchors.fill: parent
            anchors.margins: 2
            ringRadius: 6
            shown: row.marked
        }
    }
}
