// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A field that filters while one types. Escape empties it, Down leaves it for the list.
TextField {
    id: field

    property string hint
    property bool showShortcut: true
    signal leftDown

    implicitHeight: Theme.controlHeight
    leftPadding: 36
    rightPadding: shortcut.visible ? shortcut.width + 20 : clear.visible ? 36 : 12
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    placeholderText: hint
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    selectByMouse: true
    font.family: Theme.family
    font.pixelSize: Theme.sizeNormal
    maximumLength: 200
    Accessible.name: hint
    Accessible.searchEdit: true
    Keys.onDownPressed: leftDown()
    Keys.onEscapePressed: event => {
        event.accepted = text !== "";
        clear.empty();
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: field.activeFocus ? 2 : 1
        border.color: field.activeFocus ? Theme.accent : Theme.line
    }

    Icon {
        x: 12
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        side: 16
        tint: Theme.muted
    }
    CodeLabel {
        id: shortcut
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        visible: field.showShortcut && field.text === "" && !field.activeFocus
        text: qsTr("Ctrl F")
        color: Theme.muted
        Accessible.ignored: true
    }
    IconButton {
        id: clear

        function empty() {
            if (field.text !== "") {
                field.clear();
                field.textEdited();
            }
        }

        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        width: 24
        height: 24
        visible: field.text !== ""
        side: 12
        iconName: "cross"
        text: qsTr("Clear search")
        onClicked: empty()
    }
}
