// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Sharelock

//! The frame of every dialog: our own heading, since the heading of Dialog reads markup.
Popup {
    id: dialog

    property string heading
    property int wanted: 600
    property string note
    default property alias content: body.data
    property alias footer: footer.data
    property Item firstFocus

    readonly property Item ground: T.Overlay.overlay

    anchors.centerIn: ground
    modal: true
    focus: true
    padding: 24
    width: Math.min(wanted, (ground?.width ?? wanted) - 48)
    contentHeight: Math.min(title.height + body.implicitHeight + Theme.controlHeight + 32, (ground?.height ?? 2000) - 32 - 2 * padding)
    closePolicy: Popup.CloseOnEscape
    onOpened: firstFocus?.forceActiveFocus(Qt.TabFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: 16
        color: Theme.surface
        border.width: Theme.dark ? 1 : 0
        border.color: Theme.line

        Shadow {
            cornerRadius: 16
        }
    }

    FocusScope {
        anchors.fill: parent
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.heading

        TitleLabel {
            id: title
            width: parent.width
            text: dialog.heading
            wrapMode: Text.Wrap
            maximumLineCount: 2
        }
        // Only in a very low window is there anything to scroll.
        Flickable {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: title.bottom
            anchors.bottom: footer.top
            anchors.margins: -4
            anchors.topMargin: 12
            anchors.bottomMargin: 12
            clip: contentHeight > height
            contentWidth: width
            contentHeight: body.implicitHeight + 8
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}

            Column {
                id: body
                x: 4
                y: 4
                width: parent.width - 8
                spacing: 16
            }
        }
        Row {
            id: footer
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: Theme.controlHeight
            spacing: 8
        }
        SmallLabel {
            anchors.left: parent.left
            anchors.right: footer.left
            anchors.verticalCenter: footer.verticalCenter
            text: dialog.note
        }
    }
}
