// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! The whole text of one block, line by line: one text item with a megabyte would hold the window for seconds.
ModalDialog {
    id: dialog

    property TranscriptModel transcript
    property int row: -1
    property string fullText
    property list<string> textLines
    //! Where text that is selected can be hidden everywhere; null: nowhere.
    property FindingsModel findings: null
    property TextEdit chosen: null

    wanted: 900
    firstFocus: list
    note: textLines.length > 0 ? qsTr("%Ln line(s)", "", textLines.length) : ""

    function show(model: TranscriptModel, index: int, title: string) {
        transcript = model;
        row = index;
        heading = title === "" ? qsTr("Message") : title;
        fullText = "";
        chosen = null;
        textLines = [];
        open();
        model.fullText(index);
    }

    function copySelection(): bool {
        const text = chosen?.selectedText ?? "";
        if (text !== "")
            App.copy(text);
        return text !== "";
    }
    function redactSelection(): bool {
        const text = chosen?.selectedText ?? "";
        if (text === "" || !findings)
            return false;
        findings.redactText(text);
        chosen.deselect();
        return true;
    }
    function openMenu(at: point) {
        if ((chosen?.selectedText ?? "") === "")
            return;
        menu.active = true;
        (menu.item as TextMenu).popAt(chosen, at);
    }

    Connections {
        target: dialog.transcript
        function onFullTextReady(row: int, text: string) {
            if (row === dialog.row && dialog.visible) {
                dialog.fullText = text;
                dialog.textLines = dialog.transcript.fullTextLines();
            }
        }
    }

    Rectangle {
        width: parent.width
        height: Math.max(160, (dialog.ground?.height ?? 600) - 220)
        radius: Theme.radius
        color: Theme.sunken

        ListView {
            id: list
            anchors.fill: parent
            anchors.margins: 12
            clip: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: false
            reuseItems: true
            boundsBehavior: Flickable.StopAtBounds
            model: dialog.textLines
            Accessible.role: Accessible.List
            Accessible.name: dialog.heading
            Keys.onPressed: event => {
                const ctrl = event.modifiers & Qt.ControlModifier;
                if (event.key === Qt.Key_C && ctrl)
                    event.accepted = dialog.copySelection();
                else if (event.key === Qt.Key_R && ctrl)
                    event.accepted = dialog.redactSelection();
                else if ((event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier) || event.key === Qt.Key_Menu)
                    dialog.openMenu(Qt.point(dialog.chosen?.cursorRectangle.x ?? 0, 20));
            }
            Keys.onUpPressed: contentY = Math.max(originY, contentY - 36)
            Keys.onDownPressed: contentY = Math.max(originY, Math.min(originY + contentHeight - height, contentY + 36))
            ScrollBar.vertical: ThinScrollBar {}

            delegate: TextEdit {
                id: line

                required property int index

                width: list.width - 12
                height: Math.max(18, contentHeight + 2)
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                readOnly: true
                selectByMouse: true
                persistentSelection: true
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentInk
                font: Theme.code
                onSelectedTextChanged: {
                    if (selectedText === "" || dialog.chosen === line)
                        return;
                    dialog.chosen?.deselect();
                    dialog.chosen = line;
                }
                ListView.onPooled: deselect()
                ListView.onReused: marker.fillLine(dialog.transcript, index)
                Component.onCompleted: marker.fillLine(dialog.transcript, index)

                MarkedText {
                    id: marker
                    document: line.textDocument
                    secretInk: Theme.danger
                    secretGround: Theme.dangerSoft
                    detailInk: Theme.warning
                    detailGround: Theme.warningSoft
                }

                TapHandler {
                    acceptedButtons: Qt.RightButton
                    onTapped: eventPoint => dialog.openMenu(eventPoint.position)
                }
            }
        }
        ProgressLine {
            anchors.centerIn: parent
            visible: dialog.textLines.length === 0
            name: qsTr("Reading the text")
        }
    }
    Lazy {
        id: menu
        anchors.fill: parent
        active: false
        sourceComponent: TextMenu {
            onCopyWanted: dialog.copySelection()
            onRedactWanted: dialog.redactSelection()
        }
    }
    footer: [
        SecondaryButton {
            objectName: "fullTextCopy"
            text: qsTr("Copy")
            enabled: dialog.fullText !== ""
            onClicked: App.copy(dialog.fullText)
        },
        PrimaryButton {
            objectName: "fullTextClose"
            text: qsTr("Close")
            onClicked: dialog.close()
        }
    ]
}
