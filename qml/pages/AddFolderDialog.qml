// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Asks for a folder that opencode does not know yet.
ModalDialog {
    id: dialog

    objectName: "addFolderDialog"
    wanted: 480
    heading: qsTr("Add a folder")
    firstFocus: field
    onOpened: field.text = ""

    function add() {
        if (field.text !== "")
            App.shareMode.addFolder(field.text);
    }

    BodyLabel {
        width: parent.width
        text: qsTr("For a project in which opencode has not been used yet. Nothing is written there until you choose a mode.")
        color: Theme.muted
    }
    AppTextField {
        id: field
        objectName: "addFolderField"
        width: parent.width
        label: qsTr("Folder, with its whole path")
        placeholderText: label
        onAccepted: dialog.add()
    }
    BodyLabel {
        objectName: "addFolderProblem"
        width: parent.width
        visible: text !== ""
        text: App.shareMode.folderProblem
        color: Theme.danger
    }
    footer: [
        SecondaryButton {
            objectName: "addFolderCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PrimaryButton {
            objectName: "addFolderConfirm"
            enabled: field.text !== ""
            text: qsTr("Add")
            onClicked: dialog.add()
        }
    ]
}
