// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The question before several projects' files are written.
ModalDialog {
    id: dialog

    readonly property ShareModeState modes: App.shareMode

    objectName: "disableDialog"
    wanted: 520
    heading: qsTr("Disable sharing in %Ln project(s)?", "", modes.bulkFiles.length)
    firstFocus: cancel

    BodyLabel {
        width: parent.width
        visible: dialog.modes.bulkFiles.length > 0
        text: qsTr("These files get “share”: “disabled”. Nothing else in them changes.")
    }
    BodyLabel {
        objectName: "disableNothing"
        width: parent.width
        visible: dialog.modes.bulkFiles.length === 0 && dialog.modes.bulkProblems.length === 0
        text: qsTr("All of them are disabled already.")
    }
    Rectangle {
        width: parent.width
        height: names.implicitHeight + 20
        visible: dialog.modes.bulkFiles.length > 0
        radius: Theme.radius
        color: Theme.sunken

        Column {
            id: names
            x: 14
            y: 10
            width: parent.width - 28
            spacing: 4

            Repeater {
                model: dialog.modes.bulkFiles

                CodeLabel {
                    required property string modelData

                    width: names.width
                    text: modelData
                    elide: Text.ElideMiddle
                }
            }
        }
    }
    Repeater {
        model: dialog.modes.bulkProblems

        BodyLabel {
            required property string modelData

            width: parent?.width ?? 0
            text: modelData
            color: Theme.danger
        }
    }
    footer: [
        SecondaryButton {
            id: cancel
            objectName: "disableCancel"
            text: dialog.modes.bulkFiles.length > 0 ? qsTr("Cancel") : qsTr("Close")
            onClicked: dialog.close()
        },
        PrimaryButton {
            objectName: "disableConfirm"
            visible: dialog.modes.bulkFiles.length > 0
            text: qsTr("Disable")
            onClicked: {
                dialog.close();
                dialog.modes.disableSelected();
            }
        }
    ]
}
