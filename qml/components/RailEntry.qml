// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One page in the rail; \c badge counts what needs a look.
AbstractButton {
    id: entry

    property string iconName
    property bool isCurrent: false
    property int badge: 0
    //! What the badge says to a screen reader.
    property string badgeText: qsTr("%Ln need a look", "", badge)
    //! With which the page gets the focus: as this got it.
    readonly property int reason: visualFocus ? Qt.TabFocusReason : Qt.MouseFocusReason

    implicitWidth: 60
    implicitHeight: 56
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: badge > 0 ? Format.spoken([text, badgeText]) : text
    Accessible.selectable: true
    Accessible.selected: isCurrent
    Accessible.onPressAction: entry.clicked()
    Keys.onReturnPressed: entry.clicked()
    Keys.onEnterPressed: entry.clicked()

    Item {
        anchors.fill: parent

        Icon {
            id: icon
            anchors.horizontalCenter: parent.horizontalCenter
            y: label.lineCount > 1 ? 6 : 11
            name: entry.iconName
            tint: entry.isCurrent ? Theme.accent : Theme.muted
        }
        PlainLabel {
            id: label
            anchors.horizontalCenter: parent.horizontalCenter
            y: lineCount > 1 ? 25 : 33
            width: parent.width - 2
            horizontalAlignment: Text.AlignHCenter
            text: entry.text
            color: entry.isCurrent ? Theme.accent : Theme.muted
            font.pixelSize: Theme.sizeSmall
            font.weight: entry.isCurrent ? Font.DemiBold : Font.Normal
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            lineHeight: 0.9
            // One long word gets smaller letters, two words go one below the other.
            fontSizeMode: entry.text.includes(" ") ? Text.FixedSize : Text.HorizontalFit
            minimumPixelSize: 9
            Accessible.ignored: true
        }
        Rectangle {
            visible: entry.badge > 0
            anchors.left: icon.right
            anchors.leftMargin: -7
            y: icon.y - 6
            width: Math.max(16, count.implicitWidth + 8)
            height: 16
            radius: 8
            color: Theme.danger

            PlainLabel {
                id: count
                anchors.centerIn: parent
                text: entry.badge > 99 ? "99+" : entry.badge
                color: Theme.dark ? Theme.accentInk : "#FFFFFF"
                font.pixelSize: 10
                font.weight: Font.Bold
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: entry.isCurrent ? Theme.accentSoft : entry.hovered ? Theme.sunken : "transparent"

        FocusRing {
            anchors.fill: parent
            shown: entry.visualFocus
        }
    }
}
