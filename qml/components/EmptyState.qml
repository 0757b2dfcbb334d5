// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What a list says instead of being blank: why, and what to do about it. \c detail may be foreign text.
Item {
    id: empty

    property string iconName: "info"
    property string title
    property string text
    property string detail
    property string actionText
    property string actionName
    property color ink: Theme.muted
    signal acted

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Column {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 48, 400)
        spacing: 8

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 48
            height: 48
            radius: 24
            color: Theme.sunken

            Icon {
                anchors.centerIn: parent
                name: empty.iconName
                side: 22
                tint: empty.ink
            }
        }
        Item {
            width: 1
            height: 4
        }
        PlainLabel {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: empty.title
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        BodyLabel {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
            text: empty.text
            color: Theme.muted
        }
        CodeLabel {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
            wrapMode: Text.Wrap
            maximumLineCount: 6
            text: empty.detail
            color: Theme.muted
        }
        Item {
            width: 1
            height: 4
            visible: empty.actionText !== ""
        }
        SecondaryButton {
            objectName: empty.actionName
            anchors.horizontalCenter: parent.horizontalCenter
            visible: empty.actionText !== ""
            text: empty.actionText
            onClicked: empty.acted()
        }
    }
}
