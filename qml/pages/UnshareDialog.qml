// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The one question before links are taken down.
ModalDialog {
    id: dialog

    property string linkId
    property int count: 0
    property int messages: 0
    property list<string> titles
    //! Links that stand where nothing may be shared.
    property bool violating: false

    objectName: "unshareDialog"
    wanted: 480
    heading: qsTr("Unshare %Ln link(s)?", "", count)
    firstFocus: cancel

    function askSelected() {
        linkId = "";
        count = App.links.selectedCount;
        messages = App.links.selectedMessages;
        titles = App.links.selectedTitles();
        open();
    }
    function askOne(id: string, title: string, publicMessages: int) {
        linkId = id;
        count = 1;
        messages = Math.max(0, publicMessages);
        titles = [title];
        open();
    }
    function askViolating(links: int) {
        violating = true;
        linkId = "";
        count = links;
        messages = 0;
        titles = [];
        open();
    }
    function act() {
        close();
        if (violating)
            App.shareMode.unshareViolating();
        else if (linkId === "")
            App.links.unshareSelected();
        else
            App.links.unshareOne(linkId);
    }

    Rectangle {
        width: parent.width
        height: names.implicitHeight + 20
        visible: dialog.titles.length > 0
        radius: Theme.radius
        color: Theme.sunken

        Column {
            id: names
            x: 14
            y: 10
            width: parent.width - 28
            spacing: 4

            Repeater {
                model: dialog.titles

                PlainLabel {
                    required property string modelData

                    width: names.width
                    text: modelData === "" ? qsTr("Untitled session") : modelData
                    font.weight: Font.DemiBold
                }
            }
            PlainLabel {
                visible: dialog.count > dialog.titles.length
                text: qsTr("and %Ln more", "", dialog.count - dialog.titles.length)
                color: Theme.muted
            }
        }
    }
    BodyLabel {
        width: parent.width
        visible: dialog.messages > 0
        text: qsTr("%Ln message(s) are public there now.", "", dialog.messages)
    }
    BodyLabel {
        width: parent.width
        text: qsTr("Sharelock blanks what is public, deletes the link, and asks the server until nothing is there. Copies that others made stay with them.")
        color: Theme.muted
    }
    footer: [
        SecondaryButton {
            id: cancel
            objectName: "unshareCancel"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        DangerButton {
            objectName: "unshareConfirm"
            text: dialog.count === 1 ? qsTr("Unshare") : qsTr("Unshare %Ln", "button", dialog.count)
            onClicked: dialog.act()
        }
    ]
}
