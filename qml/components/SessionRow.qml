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
    required property bool scanned
    required property int secrets
    required property int personal
    required property bool inMessages

    property bool isSelected: false
    property bool marked: false
    //! Out of use, until the list needs a row again; no screen reader should come across it.
    property bool pooled: false
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

    readonly property string findingText: !scanned ? "" : secrets > 0 ? qsTr("%Ln finding(s)", "", secrets) : personal > 0 ? qsTr("%Ln personal", "", personal) : qsTr("Clean")

    implicitHeight: linkChip === "" && !scanned ? 64 : 91
    objectName: "session-" + sessionId
    ListView.onPooled: pooled = true
    ListView.onReused: pooled = false
    Accessible.ignored: pooled
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([shownTitle, project, inMessages ? qsTr("found in messages") : "", findingText, chipText(linkChip)])
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
            width: (found.active ? found.x - 12 : parent.width - 16) - x
            text: Format.parts([row.project, row.messages < 0 ? "" : qsTr("%Ln message(s)", "", row.messages)])
            Accessible.ignored: true
        }
        Lazy {
            id: found
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 36
            active: row.inMessages
            sourceComponent: SmallLabel {
                objectName: "inMessages"
                Accessible.ignored: true
                text: qsTr("in messages")
                color: Theme.accent
            }
        }
        Lazy {
            id: finding
            x: row.indent
            y: 59
            active: row.scanned
            sourceComponent: Chip {
                objectName: "findings"
                Accessible.ignored: true
                iconName: row.secrets > 0 || row.personal > 0 ? "warning" : "check"
                ink: row.secrets > 0 ? Theme.danger : row.personal > 0 ? Theme.warning : Theme.good
                color: row.secrets > 0 ? Theme.dangerSoft : row.personal > 0 ? Theme.warningSoft : Theme.goodSoft
                text: row.findingText
            }
        }
        Lazy {
            x: row.scanned ? row.indent + finding.width + 8 : row.indent
            y: 59
            active: row.linkChip !== ""
            sourceComponent: StateChip {
                Accessible.ignored: true
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
