// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick

//! Makes its content when it is wanted and lets go of it afterwards. As Loader, which in Qt 6.4 cannot make the
//! components of files whose components are bound.
FocusScope {
    id: lazy

    default property Component sourceComponent
    property bool active: true
    property QtObject item: null

    function update() {
        if (active && !item) {
            item = sourceComponent.createObject(lazy);
        } else if (!active && item) {
            // An item that is destroyed where nothing is visible leaves its parent and so becomes visible while it is
            // half gone; Qt 6.4 tells the accessibility tree, and crashes.
            const content = item as Item;
            if (content)
                content.visible = false;
            item.destroy();
            item = null;
        }
    }

    implicitWidth: (item as Item)?.implicitWidth ?? 0
    implicitHeight: (item as Item)?.implicitHeight ?? 0
    onActiveChanged: update()
    Component.onCompleted: update()
}
