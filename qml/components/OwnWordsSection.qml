// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Words and patterns that are hidden in every session: the list, and a line to add one or to change one.
SettingsSection {
    id: section

    required property OwnWordsModel words
    property int edited: 0
    property bool isPattern: false

    function edit(number: int, word: string, pattern: bool) {
        edited = number;
        isPattern = pattern;
        field.text = word;
        field.forceActiveFocus(Qt.TabFocusReason);
        field.selectAll();
    }
    function done() {
        edited = 0;
        field.text = "";
        words.dropError();
    }
    function save() {
        if (field.text !== "")
            words.save(edited, field.text, isPattern);
    }

    heading: qsTr("Always redact")
    explanation: qsTr("Hidden in every session, wherever they stand: words in any case, and patterns in RE2's syntax. Kept on this computer as plain text. For a password, select it in a conversation instead: then only a digest is kept.")

    Connections {
        target: section.words
        function onSaved() {
            section.done();
        }
    }
    Column {
        width: parent.width
        visible: section.words.count > 0

        Repeater {
            model: section.words

            Item {
                id: line

                required property string word
                required property bool isPattern
                required property int number

                width: parent?.width ?? 0
                height: 40
                Accessible.role: Accessible.ListItem
                Accessible.name: line.isPattern ? qsTr("Pattern %1").arg(line.word) : qsTr("Word %1").arg(line.word)

                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
                CodeLabel {
                    anchors.left: parent.left
                    anchors.right: kind.left
                    anchors.rightMargin: 12
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.word
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                SmallLabel {
                    id: kind
                    anchors.right: change.left
                    anchors.rightMargin: 12
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.isPattern ? qsTr("Pattern") : qsTr("Word")
                    Accessible.ignored: true
                }
                LinkButton {
                    id: change
                    objectName: "ownWordEdit"
                    anchors.right: remove.left
                    anchors.rightMargin: 4
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Edit")
                    Accessible.name: qsTr("Edit %1").arg(line.word)
                    onClicked: section.edit(line.number, line.word, line.isPattern)
                }
                IconButton {
                    id: remove
                    objectName: "ownWordRemove"
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: "trash"
                    side: 16
                    text: qsTr("Remove %1").arg(line.word)
                    onClicked: {
                        if (section.edited === line.number)
                            section.done();
                        section.words.remove(line.number);
                    }
                }
            }
        }
    }
    Item {
        width: parent.width
        height: Theme.controlHeight

        AppTextField {
            id: field
            objectName: "ownWordField"
            anchors.left: parent.left
            anchors.right: sort.left
            anchors.rightMargin: 12
            label: section.isPattern ? qsTr("Pattern to always redact") : qsTr("Word to always redact")
            placeholderText: section.isPattern ? qsTr("ACME-[0-9]{4}") : qsTr("A customer, a project, a place")
            font.family: section.isPattern ? Theme.code.family : Theme.family
            onAccepted: section.save()
            onTextEdited: section.words.dropError()
            Keys.onEscapePressed: event => {
                event.accepted = section.edited !== 0;
                if (event.accepted)
                    section.done();
            }
        }
        SegmentedControl {
            id: sort
            objectName: "ownWordSort"
            anchors.right: add.left
            anchors.rightMargin: 12
            groupName: qsTr("Word or pattern")
            options: [qsTr("Word"), qsTr("Pattern")]
            names: ["ownWordIsWord", "ownWordIsPattern"]
            current: section.isPattern ? 1 : 0
            onChosen: index => section.isPattern = index === 1
        }
        SecondaryButton {
            id: add
            objectName: "ownWordAdd"
            anchors.right: cancel.left
            anchors.rightMargin: cancel.visible ? 8 : 0
            enabled: field.text !== ""
            text: section.edited !== 0 ? qsTr("Save") : qsTr("Add")
            Accessible.name: section.edited !== 0 ? qsTr("Save what is always redacted") : qsTr("Add to what is always redacted")
            onClicked: section.save()
        }
        IconButton {
            id: cancel
            objectName: "ownWordCancel"
            anchors.right: parent.right
            visible: section.edited !== 0
            width: visible ? implicitWidth : 0
            iconName: "cross"
            text: qsTr("Leave it as it was")
            onClicked: section.done()
        }
    }
    SmallLabel {
        objectName: "ownWordError"
        width: parent.width
        visible: text !== ""
        text: section.words.errorText
        color: Theme.danger
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
}
