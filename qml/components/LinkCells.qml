// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What stands in a row of the table of links. Made after the row, a few rows in each frame.
Item {
    id: cells

    required property LinkRow row

    CheckControl {
        objectName: "select-" + cells.row.linkId
        x: 2
        y: 6
        focusPolicy: Qt.NoFocus
        marked: cells.row.selected
        text: qsTr("Select %1").arg(cells.row.shownTitle)
        onClicked: cells.row.toggled()
    }
    StateChip {
        x: cells.row.columns.check
        y: 11
        width: Math.min(implicitWidth, cells.row.columns.state - 6)
        stateKey: cells.row.busyText !== "" ? "busy" : cells.row.stateKey === "live" && cells.row.secrets > 0 ? "secrets" : cells.row.stateKey
        color: cells.row.selected && stateKey === "live" ? Theme.surface : groundOf(stateKey)
        iconName: cells.row.busyText === "" ? iconOf(stateKey) : "refresh"
        text: cells.row.busyText === "" ? cells.row.stateText : cells.row.busyText
    }
    PlainLabel {
        id: titleLabel
        x: cells.row.columns.check + cells.row.columns.state
        y: 14
        width: cells.row.columns.title - 16
        text: cells.row.shownTitle
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    SmallLabel {
        x: titleLabel.x
        y: 38
        width: parent.width - x - cells.row.columns.copy
        visible: cells.row.errorText !== ""
        text: cells.row.errorText
        color: Theme.danger
        Accessible.ignored: true
    }
    PlainLabel {
        id: projectLabel
        x: titleLabel.x + cells.row.columns.title
        y: 14
        width: cells.row.columns.project - 16
        visible: cells.row.columns.project > 0
        text: cells.row.project
        color: Theme.muted
        Accessible.ignored: true
    }
    PlainLabel {
        id: kindLabel
        x: projectLabel.x + cells.row.columns.project
        y: 14
        width: cells.row.columns.kind - 12
        visible: cells.row.columns.kind > 0
        text: cells.row.kindText
        color: Theme.muted
        Accessible.ignored: true
    }
    PlainLabel {
        id: serverLabel
        x: kindLabel.x + cells.row.columns.kind
        y: 14
        width: cells.row.columns.server - 16
        visible: cells.row.columns.server > 0
        text: cells.row.server
        color: Theme.muted
        Accessible.ignored: true
    }
    PlainLabel {
        id: sharedLabel
        x: serverLabel.x + cells.row.columns.server
        y: 14
        width: cells.row.columns.shared - 8
        visible: cells.row.columns.shared > 0
        text: Format.age(cells.row.sharedAt, App.minute)
        color: Theme.muted
        Accessible.ignored: true
    }
    PlainLabel {
        id: messagesLabel
        x: sharedLabel.x + cells.row.columns.shared
        y: 14
        width: cells.row.columns.messages - 20
        horizontalAlignment: Text.AlignRight
        text: cells.row.messages < 0 ? "?" : Format.number(cells.row.messages)
        Accessible.ignored: true
    }
    PlainLabel {
        x: messagesLabel.x + cells.row.columns.messages
        y: 14
        width: cells.row.columns.expires - 8
        visible: cells.row.columns.expires > 0
        text: cells.row.overdue ? qsTr("overdue") : Format.until(cells.row.expiresAt, App.minute)
        color: cells.row.overdue ? Theme.danger : Theme.muted
        font.weight: cells.row.overdue ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
    IconButton {
        objectName: "copy-" + cells.row.linkId
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 6
        focusPolicy: Qt.NoFocus
        iconName: "copy"
        side: 16
        text: qsTr("Copy link")
        onClicked: cells.row.copyWanted()
    }
    ProgressLine {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        visible: cells.row.busyText !== ""
        name: cells.row.busyText
    }
}
