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

    wanted: 900
    firstFocus: list
    note: textLines.length > 0 ? qsTr("%Ln line(s)", "", textLines.length) : ""

    function show(model: TranscriptModel, index: int, title: string) {
        transcript = model;
        row = index;
        heading = title === "" ? qsTr("Message") : title;
        fullText = "";
        textLines = [];
        open();
        model.fullText(index);
    }

    Connections {
        target: dialog.transcript
        function onFullTextReady(row: int, text: string) {
            if (row === dialog.row && dialog.visible) {
                dialog.fullText = text;
                dialog.textLines = Format.lines(text);
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
            Keys.onUpPressed: contentY = Math.max(originY, contentY - 36)
            Keys.onDownPressed: contentY = Math.max(originY, Math.min(originY + contentHeight - height, contentY + 36))
            ScrollBar.vertical: ThinScrollBar {}

            delegate: CodeLabel {
                required property string modelData

                width: list.width - 12
                text: modelData
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                lineHeight: 18
                lineHeightMode: Text.FixedHeight
            }
        }
        ProgressLine {
            anchors.centerIn: parent
            visible: dialog.textLines.length === 0
            name: qsTr("Reading the text")
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
