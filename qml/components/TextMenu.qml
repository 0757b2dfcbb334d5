// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! What can be done with text that is selected.
Popup {
    id: menu

    signal copyWanted
    signal redactWanted

    function popAt(item: Item, at: point) {
        const place = item.mapToItem(parent, at.x, at.y);
        x = Math.max(0, Math.min(place.x, parent.width - width));
        y = Math.max(0, Math.min(place.y, parent.height - height));
        open();
    }
    function pick(index: int) {
        close();
        if (index === 0)
            copyWanted();
        else
            redactWanted();
    }

    padding: 4
    width: 240
    height: 72
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    onOpened: {
        list.currentIndex = 0;
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

    ListView {
        id: list

        anchors.fill: parent
        focus: true
        interactive: false
        model: [qsTr("Copy"), qsTr("Redact everywhere")]
        Accessible.role: Accessible.PopupMenu
        Accessible.name: qsTr("Selected text")
        Keys.onReturnPressed: menu.pick(currentIndex)
        Keys.onEnterPressed: menu.pick(currentIndex)
        Keys.onSpacePressed: menu.pick(currentIndex)

        delegate: AbstractButton {
            id: entry

            required property int index
            required property string modelData

            objectName: index === 0 ? "textCopy" : "textRedact"
            width: ListView.view.width
            height: 32
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.MenuItem
            Accessible.name: modelData
            Accessible.onPressAction: menu.pick(index)
            onClicked: menu.pick(index)

            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                x: 8
                text: entry.modelData
                Accessible.ignored: true
            }
            SmallLabel {
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: 8
                text: entry.index === 0 ? "Ctrl+C" : "Ctrl+R"
                Accessible.ignored: true
            }
            background: Rectangle {
                radius: 6
                color: entry.hovered || entry.ListView.isCurrentItem ? Theme.sunken : "transparent"
            }
        }
    }
}
