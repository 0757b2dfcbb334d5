// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Data folders of opencode's besides the one in use: the list, and a line to add one.
SettingsSection {
    id: section

    required property SettingsState settings

    function add() {
        if (field.text !== "")
            settings.addFolder(field.text);
    }

    heading: qsTr("Other data folders of opencode")
    explanation: qsTr("Of another profile, another disk, a backup: their links are listed and watched too. Nothing is written there.")

    Connections {
        target: section.settings
        function onFolderAdded() {
            field.text = "";
        }
    }
    Column {
        width: parent.width
        visible: section.settings.folders.length > 0

        Repeater {
            model: section.settings.folders

            Item {
                id: line

                required property string modelData

                width: parent?.width ?? 0
                height: 40
                Accessible.role: Accessible.ListItem
                Accessible.name: line.modelData

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
                CodeLabel {
                    anchors.left: parent.left
                    anchors.right: remove.left
                    anchors.rightMargin: 12
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.modelData
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                IconButton {
                    id: remove
                    objectName: "folderRemove"
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: "trash"
                    side: 16
                    text: qsTr("Remove %1").arg(line.modelData)
                    onClicked: section.settings.removeFolder(line.modelData)
                }
            }
        }
    }
    Item {
        width: parent.width
        height: Theme.controlHeight

        AppTextField {
            id: field
            objectName: "folderField"
            anchors.left: parent.left
            anchors.right: addButton.left
            anchors.rightMargin: 8
            label: qsTr("Folder that holds opencode.db or storage")
            placeholderText: label
            onAccepted: section.add()
        }
        SecondaryButton {
            id: addButton
            objectName: "folderAdd"
            anchors.right: parent.right
            enabled: field.text !== ""
            text: qsTr("Add")
            onClicked: section.add()
        }
    }
    BodyLabel {
        objectName: "folderProblem"
        width: parent.width
        visible: text !== ""
        text: section.settings.folderProblem
        color: Theme.danger
    }
}
