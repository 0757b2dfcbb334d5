// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The pages, at the window's left edge.
Rectangle {
    id: rail

    property int current: 0
    property int attention: 0
    //! Places where every new session is public at once.
    property int autoCount: 0
    signal chosen(int index, int reason)

    color: Theme.window
    implicitWidth: 72
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.line
    }
    Column {
        anchors.top: parent.top
        anchors.topMargin: 12
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 4

        RailEntry {
            objectName: "navSessions"
            iconName: "chat"
            text: qsTr("Sessions")
            isCurrent: rail.current === 0
            onClicked: rail.chosen(0, reason)
        }
        RailEntry {
            objectName: "navLinks"
            iconName: "link"
            text: qsTr("Links")
            isCurrent: rail.current === 1
            badge: rail.attention
            onClicked: rail.chosen(1, reason)
        }
        RailEntry {
            objectName: "navShareMode"
            iconName: "sliders"
            text: qsTr("Share mode")
            isCurrent: rail.current === 2
            badge: rail.autoCount
            badgeText: qsTr("%Ln on auto", "", rail.autoCount)
            onClicked: rail.chosen(2, reason)
        }
        RailEntry {
            objectName: "navActivity"
            iconName: "activity"
            text: qsTr("Activity")
            isCurrent: rail.current === 3
            onClicked: rail.chosen(3, reason)
        }
    }
    RailEntry {
        objectName: "navSettings"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "gear"
        text: qsTr("Settings")
        isCurrent: rail.current === 4
        onClicked: rail.chosen(4, reason)
    }
}
