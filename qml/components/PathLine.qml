// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A place on disk, with its copy button.
Item {
    id: line

    property string name
    property string path

    implicitHeight: 40
    Accessible.role: Accessible.StaticText
    Accessible.name: name + ": " + path

    PlainLabel {
        id: label
        anchors.verticalCenter: parent.verticalCenter
        width: 180
        text: line.name
        color: Theme.muted
        Accessible.ignored: true
    }
    CodeLabel {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: label.right
        anchors.right: copy.left
        anchors.rightMargin: 8
        elide: Text.ElideMiddle
        text: line.path
        Accessible.ignored: true
    }
    IconButton {
        id: copy
        objectName: line.objectName + "Copy"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "copy"
        text: qsTr("Copy the path")
        onClicked: App.copy(line.path)
    }
}
