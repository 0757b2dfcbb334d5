// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The heads of the table of links: select all, and sort.
Row {
    id: heads

    required property LinkColumns columns
    required property LinksState links

    Item {
        width: heads.columns.check
        height: parent.height

        CheckControl {
            objectName: "selectAll"
            x: 2
            anchors.verticalCenter: parent.verticalCenter
            marked: heads.links.selectedCount > 0 && heads.links.selectedCount >= heads.links.shown
            partly: heads.links.selectedCount > 0
            text: qsTr("Select all shown")
            onClicked: heads.links.selectedCount > 0 ? heads.links.clearSelection() : heads.links.selectAll()
        }
    }
    SortHeader {
        width: heads.columns.state
        column: "stateKey"
        text: qsTr("State")
    }
    SortHeader {
        width: heads.columns.title
        column: "title"
        text: qsTr("Title")
    }
    SortHeader {
        width: heads.columns.project
        column: "project"
        text: qsTr("Project")
    }
    SortHeader {
        width: heads.columns.kind
        column: "kind"
        text: qsTr("Kind")
    }
    SortHeader {
        width: heads.columns.server
        column: "server"
        text: qsTr("Server")
    }
    SortHeader {
        width: heads.columns.shared
        column: "sharedAt"
        startsDescending: true
        text: qsTr("Shared")
    }
    SortHeader {
        width: heads.columns.messages
        column: "messages"
        startsDescending: true
        rightAligned: true
        text: qsTr("Messages")
    }
    SortHeader {
        width: heads.columns.expires
        column: "expiresAt"
        text: qsTr("Expires")
    }
}
