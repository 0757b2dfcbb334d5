// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A filter that is on or off, or (with \c opensMenu) opens a choice. \c caption may be foreign text.
AbstractButton {
    id: control

    property string caption
    property bool active: false
    property bool opensMenu: false
    property int widest: 180

    implicitHeight: 24
    implicitWidth: Math.min(widest, row.implicitWidth + 20)
    focusPolicy: Qt.StrongFocus
    Accessible.name: caption
    Accessible.role: opensMenu ? Accessible.ButtonMenu : Accessible.CheckBox
    Accessible.checkable: !opensMenu
    Accessible.checked: active
    Accessible.onPressAction: control.clicked()
    Accessible.onToggleAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    Item {
        anchors.fill: parent

        Row {
            id: row
            x: 10
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4

            PlainLabel {
                id: label
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, control.widest - 36)
                text: control.caption
                color: control.active ? Theme.accent : Theme.muted
                font.pixelSize: Theme.sizeSmall
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.opensMenu
                name: control.opensMenu ? "chevron-down" : ""
                side: 12
                tint: label.color
            }
        }
    }
    background: Rectangle {
        radius: 12
        color: control.active ? Theme.accentSoft : control.hovered ? Theme.line : Theme.sunken

        FocusRing {
            anchors.fill: parent
            anchors.margins: -2
            ringRadius: 14
            shown: control.visualFocus
        }
    }
}
