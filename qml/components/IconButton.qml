// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A button of one icon; its \c text is its name and its tooltip.
AbstractButton {
    id: control

    property string iconName
    property color ink: Theme.muted
    property int side: Theme.iconSize

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight
    opacity: enabled ? 1 : 0.5
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.iconName
            side: control.side
            tint: control.hovered ? Theme.text : control.ink
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.line : control.hovered ? Theme.sunken : "transparent"

        FocusRing {
            anchors.fill: parent
            shown: control.visualFocus
        }
    }

    Lazy {
        active: control.hovered
        sourceComponent: Hint {
            parent: control
            visible: control.hovered
            hint: control.text
        }
    }
}
