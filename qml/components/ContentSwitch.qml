// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One kind of content, how much there is of it, and whether a snapshot carries it. Tells of a press, keeps no state.
//! No button: Qt 6.4 tells screen readers of each as a push button, whatever its role.
Item {
    id: control

    required property int index
    required property string key
    required property string title
    required property int amount
    required property double bytes
    required property bool included
    required property string hint

    signal clicked

    objectName: "content-" + key
    implicitHeight: 28
    opacity: enabled ? 1 : 0.6
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: included
    Accessible.focusable: true
    Accessible.focused: activeFocus
    Accessible.name: title + " " + Format.number(amount)
    Accessible.description: hint
    Accessible.onToggleAction: control.clicked()
    Accessible.onPressAction: control.clicked()
    activeFocusOnTab: true
    Keys.onSpacePressed: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: control.clicked()
    }
    Item {
        anchors.fill: parent

        PlainLabel {
            id: name
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, track.x - count.width - 14)
            text: control.title
            Accessible.ignored: true
        }
        PlainLabel {
            id: count
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: name.right
            anchors.leftMargin: 4
            // Nothing of a kind is a result; before there is one, it would be a guess.
            visible: control.enabled || control.amount > 0
            text: Format.number(control.amount)
            color: Theme.muted
            Accessible.ignored: true
        }
        Rectangle {
            id: track
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            width: 30
            height: 18
            radius: 9
            color: control.included ? Theme.accent : Theme.sunken
            border.width: control.included ? 0 : 1
            border.color: hover.hovered ? Theme.accent : Theme.muted

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                x: control.included ? parent.width - width - 3 : 4
                width: control.included ? 12 : 10
                height: width
                radius: width / 2
                color: control.included ? Theme.accentInk : Theme.muted
            }
        }
    }
    // Only the keyboard brings the focus here.
    FocusRing {
        anchors.fill: parent
        anchors.leftMargin: -6
        anchors.rightMargin: -6
        ringRadius: 6
        shown: control.activeFocus
    }

    Hint {
        visible: hover.hovered && control.amount > 0
        hint: Format.parts([App.bytes(control.bytes), control.hint])
    }
}
