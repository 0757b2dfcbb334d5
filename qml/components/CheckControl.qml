// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sharelock

//! A bare check box for tables; \c text names it for screen readers and is not shown. Tells of a press, keeps no state.
//! Not an AbstractButton: that reads as a push button whatever its Accessible.role says.
T.CheckBox {
    id: control

    property bool marked: false
    property bool partly: false

    implicitWidth: 32
    implicitHeight: 32
    checkState: marked ? Qt.Checked : partly ? Qt.PartiallyChecked : Qt.Unchecked
    nextCheckState: () => checkState
    Accessible.name: text
    Accessible.onToggleAction: control.clicked()
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        CheckMark {
            anchors.centerIn: parent
            checked: control.marked
            partly: control.partly
            hovered: control.hovered
        }
    }
    background: FocusRing {
        shown: control.visualFocus
        ringRadius: 6
    }
}
