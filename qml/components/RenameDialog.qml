// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Asks what stands in the place of a value. Stays until the name was taken.
ModalDialog {
    id: dialog

    required property FindingsModel findings
    property int row: -1
    property string masked
    property string before
    property bool waiting: false
    property bool failed: false

    objectName: "renameDialog"
    wanted: 440
    heading: qsTr("Rename the pseudonym")
    firstFocus: name

    function ask(place: int, value: string, pseudonym: string) {
        row = place;
        masked = value;
        before = pseudonym;
        failed = false;
        waiting = false;
        name.text = pseudonym;
        open();
        name.selectAll();
    }
    function accept(text: string) {
        if (text === before) {
            close();
            return;
        }
        waiting = true;
        findings.rename(row, text);
    }

    Connections {
        target: dialog.findings
        enabled: dialog.waiting
        function onTaken(ok: bool) {
            dialog.waiting = false;
            dialog.failed = !ok;
            if (ok)
                dialog.close();
        }
    }
    BodyLabel {
        width: parent.width
        text: qsTr("What readers see in the place of this value, in this session.")
        color: Theme.muted
    }
    CodeLabel {
        width: parent.width
        text: dialog.masked
        elide: Text.ElideRight
    }
    AppTextField {
        id: name
        objectName: "pseudonymField"
        width: parent.width
        label: qsTr("Pseudonym")
        maximumLength: 40
        onTextEdited: dialog.failed = false
        onAccepted: dialog.accept(text)
    }
    SmallLabel {
        objectName: "pseudonymError"
        width: parent.width
        visible: dialog.failed && text !== ""
        text: dialog.findings.errorText
        color: Theme.danger
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    footer: [
        SecondaryButton {
            objectName: "renameReset"
            text: qsTr("Use the usual one")
            onClicked: dialog.accept("")
        },
        SecondaryButton {
            objectName: "renameCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PrimaryButton {
            objectName: "renameConfirm"
            enabled: name.text.trim() !== "" && !dialog.waiting
            text: qsTr("Rename")
            onClicked: dialog.accept(name.text)
        }
    ]
}
