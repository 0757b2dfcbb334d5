// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One link in the table.
AbstractButton {
    id: row

    required property int index
    required property string linkId
    required property string url
    required property string stateKey
    required property string stateText
    required property string title
    required property string project
    required property string kindText
    required property string server
    required property date sharedAt
    required property int messages
    required property int secrets
    required property date expiresAt
    required property bool overdue
    required property bool sessionDeleted
    required property bool selected
    required property bool updatable
    required property bool replaceable
    required property string busyText
    required property string errorText

    required property LinkColumns columns
    property bool marked: false
    readonly property string shownTitle: (sessionDeleted ? qsTr("(deleted) %1") : "%1").arg(title === "" ? qsTr("Untitled session") : title)
    signal toggled
    signal copyWanted

    implicitHeight: errorText === "" ? 44 : 64
    objectName: "link-" + linkId
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([shownTitle, busyText === "" ? stateText : busyText, kindText, server, overdue ? qsTr("overdue") : "", errorText])
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.onPressAction: row.clicked()

    Item {
        anchors.fill: parent

        CheckControl {
            objectName: "select-" + row.linkId
            x: 2
            y: 6
            focusPolicy: Qt.NoFocus
            marked: row.selected
            text: qsTr("Select %1").arg(row.shownTitle)
            onClicked: row.toggled()
        }
        StateChip {
            x: row.columns.check
            y: 11
            width: Math.min(implicitWidth, row.columns.state - 6)
            stateKey: row.busyText !== "" ? "busy" : row.stateKey === "live" && row.secrets > 0 ? "secrets" : row.stateKey
            color: row.selected && stateKey === "live" ? Theme.surface : groundOf(stateKey)
            iconName: row.busyText === "" ? iconOf(stateKey) : "refresh"
            text: row.busyText === "" ? row.stateText : row.busyText
        }
        PlainLabel {
            id: titleLabel
            x: row.columns.check + row.columns.state
            y: 14
            width: row.columns.title - 16
            text: row.shownTitle
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        SmallLabel {
            x: titleLabel.x
            y: 38
            width: parent.width - x - row.columns.copy
            visible: row.errorText !== ""
            text: row.errorText
            color: Theme.danger
            Accessible.ignored: true
        }
        PlainLabel {
            id: projectLabel
            x: titleLabel.x + row.columns.title
            y: 14
            width: row.columns.project - 16
            visible: row.columns.project > 0
            text: row.project
            color: Theme.muted
            Accessible.ignored: true
        }
        PlainLabel {
            id: kindLabel
            x: projectLabel.x + row.columns.project
            y: 14
            width: row.columns.kind - 12
            visible: row.columns.kind > 0
            text: row.kindText
            color: Theme.muted
            Accessible.ignored: true
        }
        PlainLabel {
            id: serverLabel
            x: kindLabel.x + row.columns.kind
            y: 14
            width: row.columns.server - 16
            visible: row.columns.server > 0
            text: row.server
            color: Theme.muted
            Accessible.ignored: true
        }
        PlainLabel {
            id: sharedLabel
            x: serverLabel.x + row.columns.server
            y: 14
            width: row.columns.shared - 8
            visible: row.columns.shared > 0
            text: Format.age(row.sharedAt, App.minute)
            color: Theme.muted
            Accessible.ignored: true
        }
        PlainLabel {
            id: messagesLabel
            x: sharedLabel.x + row.columns.shared
            y: 14
            width: row.columns.messages - 20
            horizontalAlignment: Text.AlignRight
            text: row.messages < 0 ? "?" : Format.number(row.messages)
            Accessible.ignored: true
        }
        PlainLabel {
            x: messagesLabel.x + row.columns.messages
            y: 14
            width: row.columns.expires - 8
            visible: row.columns.expires > 0
            text: row.overdue ? qsTr("overdue") : Format.until(row.expiresAt, App.minute)
            color: row.overdue ? Theme.danger : Theme.muted
            font.weight: row.overdue ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
        }
        IconButton {
            objectName: "copy-" + row.linkId
            anchors.right: parent.right
            anchors.rightMargin: 8
            y: 6
            focusPolicy: Qt.NoFocus
            iconName: "copy"
            side: 16
            text: qsTr("Copy link")
            onClicked: row.copyWanted()
        }
    }
    background: Rectangle {
        color: row.selected ? Theme.accentSoft : row.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
        ProgressLine {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 2
            visible: row.busyText !== ""
            name: row.busyText
        }
        FocusRing {
            anchors.fill: parent
            anchors.margins: 2
            ringRadius: 6
            shown: row.marked
        }
    }
}
