// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A menu whose entries may be foreign text. The first entry stands for "all" and is chosen as an empty string.
Popup {
    id: popup

    property string allText
    property list<string> keys
    property string current
    property string baseName
    signal chosen(string key)

    function captionOf(key: string): string {
        return key;
    }
    function keyAt(index: int): string {
        return index === 0 ? "" : keys[index - 1];
    }
    function pick(index: int) {
        const key = keyAt(index);
        close();
        chosen(key);
    }
    function placeOf(key: string): int {
        for (let i = 0; i < keys.length; ++i) {
            if (keys[i] === key)
                return i + 1;
        }
        return 0;
    }

    y: parent ? parent.height + 4 : 0
    padding: 4
    width: 240
    height: Math.min(list.contentHeight + 8, 320)
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: {
        list.currentIndex = placeOf(current);
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.line

        Shadow {
            cornerRadius: Theme.radius
        }
    }

    // Another page may come without a press outside: a screen reader's, a notification's.
    Connections {
        target: popup.parent
        function onVisibleChanged() {
            if (!popup.parent.visible)
                popup.close();
        }
    }
    ListView {
        id: list

        anchors.fill: parent
        clip: true
        focus: true
        model: popup.visible ? popup.keys.length + 1 : 0
        Accessible.role: Accessible.PopupMenu
        Accessible.name: popup.allText
        Keys.onReturnPressed: popup.pick(currentIndex)
        Keys.onEnterPressed: popup.pick(currentIndex)
        Keys.onSpacePressed: popup.pick(currentIndex)
        ScrollBar.vertical: ThinScrollBar {}

        delegate: AbstractButton {
            id: entry

            required property int index
            readonly property string key: popup.keyAt(index)
            readonly property string caption: index === 0 ? popup.allText : popup.captionOf(key)
            readonly property bool isCurrent: key === popup.current

            objectName: popup.baseName + index
            width: list.width
            height: 32
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.MenuItem
            Accessible.name: caption
            Accessible.onPressAction: popup.pick(index)
            onClicked: popup.pick(index)

            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                x: 8
                width: parent.width - 40
                text: entry.caption
                color: entry.isCurrent ? Theme.accent : Theme.text
                font.weight: entry.isCurrent ? Font.DemiBold : Font.Normal
                Accessible.ignored: true
            }
            Icon {
                anchors.right: parent.right
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                visible: entry.isCurrent
                name: entry.isCurrent ? "check" : ""
                side: 14
                tint: Theme.accent
            }
            background: Rectangle {
                radius: 6
                color: entry.hovered || entry.ListView.isCurrentItem ? Theme.sunken : "transparent"
            }
        }
    }
}
