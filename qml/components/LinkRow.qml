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

    // Twenty rows at once, with all that stands in them, would take longer than a frame.
    Loader {
        anchors.fill: parent
        asynchronous: true
        Component.onCompleted: setSource("LinkCells.qml", {
            row: row
        })
    }
    background: Rectangle {
        color: row.selected ? Theme.accentSoft : row.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
        FocusRing {
            anchors.fill: parent
            anchors.margins: 2
            ringRadius: 6
            shown: row.marked
        }
    }
}
