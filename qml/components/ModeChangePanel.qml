// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What choosing another mode would write, before it is written; or why it can't be.
Column {
    id: panel

    required property ModeEditor editor

    spacing: 12

    Banner {
        objectName: "modeAutoQuestion"
        width: parent.width
        visible: panel.editor.autoText !== ""
        iconName: "globe"
        ink: Theme.danger
        ground: Theme.dangerSoft
        strong: panel.editor.autoText
    }
    Rectangle {
        width: parent.width
        height: note.implicitHeight + 24
        visible: panel.editor.note !== ""
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.line

        Icon {
            x: 14
            y: 13
            visible: panel.editor.locked
            name: panel.editor.locked ? "lock" : ""
            side: 16
            tint: Theme.muted
        }
        BodyLabel {
            id: note
            objectName: "modeNote"
            x: panel.editor.locked ? 40 : 14
            y: 12
            width: parent.width - x - 14
            text: panel.editor.note
            color: Theme.muted
        }
    }
    DiffBox {
        objectName: "modeDiff"
        width: parent.width
        visible: panel.editor.ready
        file: panel.editor.file
        lines: panel.editor.lines
    }
    Row {
        spacing: 8

        PrimaryButton {
            objectName: "modeSave"
            visible: panel.editor.ready && panel.editor.autoText === ""
            text: panel.editor.instead ? qsTr("Change that file") : qsTr("Save change")
            onClicked: panel.editor.save()
        }
        DangerButton {
            objectName: "modeSaveAuto"
            visible: panel.editor.ready && panel.editor.autoText !== ""
            text: qsTr("Make new sessions public")
            onClicked: panel.editor.save()
        }
        SecondaryButton {
            objectName: "modeDiscard"
            text: panel.editor.ready ? qsTr("Cancel") : qsTr("Leave it as it is")
            onClicked: panel.editor.discard()
        }
    }
}
