// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! What all buttons share: our own words only, an icon at most, Return as well as Space.
AbstractButton {
    id: control

    property string iconName
    property color ink: Theme.text
    property color fill: Theme.surface
    property color edge: Theme.line
    property bool bold: true
    property int inset: 14

    implicitHeight: Theme.controlHeight
    implicitWidth: Math.ceil(row.implicitWidth) + 2 * inset
    opacity: enabled ? 1 : 0.5
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: {
        if (control.enabled)
            control.clicked();
    }
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    Item {
        anchors.fill: parent

        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.iconName !== ""
                name: control.iconName
                side: 16
                tint: control.ink
            }
            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: control.text
                color: control.ink
                font.weight: control.bold ? Font.DemiBold : Font.Normal
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Qt.darker(control.fill, 1.12) : control.hovered ? Qt.darker(control.fill, 1.05) : control.fill
        border.width: control.edge.a === 0 ? 0 : 1
        border.color: control.edge

        FocusRing {
            anchors.fill: parent
            anchors.margins: -3
            ringRadius: Theme.radius + 3
            shown: control.visualFocus
        }
    }
}
