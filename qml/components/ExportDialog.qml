// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Asks where to, and writes all receipts or all links. Never over another file without a second yes.
ModalDialog {
    id: dialog

    readonly property Exporter exporter: App.exporter
    property int what: Exporter.Receipts
    readonly property bool links: what === Exporter.Links
    property bool json: false
    property string done

    objectName: "exportDialog"
    wanted: 560
    heading: links ? qsTr("Export links") : qsTr("Export receipts")
    firstFocus: done === "" ? path : null

    function ask() {
        done = "";
        json = false;
        exporter.reset();
        path.text = exporter.suggestion(what, json);
        open();
    }
    function write() {
        if (path.text.trim() !== "" && !exporter.busy)
            exporter.write(what, path.text, json, exporter.exists);
    }

    onClosed: exporter.reset()

    Connections {
        target: dialog.exporter
        enabled: dialog.visible
        function onWritten(file: string, count: int) {
            dialog.done = (dialog.links ? qsTr("%Ln link(s) written to %1", "", count) : qsTr("%Ln receipt(s) written to %1", "", count)).arg(file);
            closeButton.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    BodyLabel {
        width: parent.width
        visible: dialog.done === ""
        text: dialog.links ? qsTr("All links ever seen, the newest first, with state, times and counts. No key is in them, but addresses and titles are.") : qsTr("All receipts, the newest first, with times, answers, digests and hashes. No key and no content is in them, but addresses and titles are.")
        color: Theme.muted
    }
    SegmentedControl {
        visible: dialog.done === ""
        groupName: qsTr("Format")
        options: ["CSV", "JSON"]
        names: ["exportCsv", "exportJson"]
        current: dialog.json ? 1 : 0
        onChosen: index => {
            dialog.json = index === 1;
            path.text = dialog.exporter.renamed(path.text, dialog.json);
            dialog.exporter.reset();
        }
    }
    AppTextField {
        id: path
        objectName: "exportPath"
        visible: dialog.done === ""
        width: parent.width
        label: qsTr("File")
        onTextEdited: dialog.exporter.reset()
        onAccepted: dialog.write()
    }
    BodyLabel {
        objectName: "exportMessage"
        width: parent.width
        visible: text !== ""
        text: dialog.done !== "" ? dialog.done : dialog.exporter.exists ? qsTr("There is a file of this name already.") : dialog.exporter.errorText
        color: dialog.done !== "" ? Theme.good : dialog.exporter.exists ? Theme.warning : Theme.danger
    }
    footer: [
        SecondaryButton {
            id: closeButton
            objectName: "exportClose"
            text: dialog.done === "" ? qsTr("Cancel") : qsTr("Close")
            onClicked: dialog.close()
        },
        PrimaryButton {
            objectName: "exportConfirm"
            visible: dialog.done === ""
            enabled: path.text.trim() !== "" && !dialog.exporter.busy
            text: dialog.exporter.exists ? qsTr("Replace") : qsTr("Export")
            onClicked: dialog.write()
        }
    ]
}
