// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQml.Models
import Sharelock

//! What can be done with something, at the place where that was asked. Its own words only.
Popup {
    id: menu

    property string title
    //! By the name of the entry.
    signal picked(name: string)

    function clear() {
        entries.clear();
    }
    //! \a hint is the shortcut that does the same.
    function add(name: string, caption: string, hint: string) {
        entries.append({
            "name": name,
            "caption": caption,
            "hint": hint
        });
    }
    function popAt(item: Item, at: point) {
        const place = item.mapToItem(parent, at.x, at.y);
        x = Math.max(0, Math.min(place.x, parent.width - width));
        y = Math.max(0, Math.min(place.y, parent.height - height));
        open();
    }
    function pick(index: int) {
        // The entries are gone once it is closed.
        const name = list.itemAtIndex(index)?.objectName ?? "";
        close();
        if (name !== "")
            picked(name);
    }

    padding: 4
    width: 260
    height: entries.count * 32 + 8
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

    // Another page may come without a press outside: a screen reader's, a notification's.
    Connections {
        target: menu.parent
        function onVisibleChanged() {
            if (!menu.parent.visible)
                menu.close();
        }
    }
    ListView {
        id: list

        anchors.fill: parent
        focus: true
        interactive: false
        model: ListModel {
            id: entries
        }
        Accessible.role: Accessible.PopupMenu
        Accessible.name: menu.title
        Keys.onReturnPressed: menu.pick(currentIndex)
        Keys.onEnterPressed: menu.pick(currentIndex)
        Keys.onSpacePressed: menu.pick(currentIndex)

        delegate: AbstractButton {
            id: entry

            required property int index
            required property string name
            required property string caption
            required property string hint

            objectName: name
            width: ListView.view.width
            height: 32
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.MenuItem
            Accessible.name: caption
            Accessible.onPressAction: menu.pick(index)
            onClicked: menu.pick(index)

            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                x: 8
                width: parent.width - 24 - shortcut.implicitWidth
                text: entry.caption
                Accessible.ignored: true
            }
            SmallLabel {
                id: shortcut
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: 8
                text: entry.hint
                Accessible.ignored: true
            }
            background: Rectangle {
                radius: 6
                color: entry.hovered || entry.ListView.isCurrentItem ? Theme.sunken : "transparent"
            }
        }
    }
}
