// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A number that is a filter too.
AbstractButton {
    id: card

    property int figure: 0
    property string caption
    property color ink: Theme.text
    property bool active: false

    implicitHeight: 86
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: figure + " " + caption
    Accessible.checkable: true
    Accessible.checked: active
    Accessible.onPressAction: card.clicked()
    Accessible.onToggleAction: card.clicked()
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    contentItem: Item {
        PlainLabel {
            x: 16
            y: 10
            text: Format.number(card.figure)
            color: card.figure === 0 ? Theme.muted : card.ink
            font.pixelSize: Theme.sizeFigure
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        PlainLabel {
            x: 16
            y: 43
            width: parent.width - 28
            text: card.caption
            color: Theme.muted
            wrapMode: Text.Wrap
            maximumLineCount: 2
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusPanel
        color: Theme.surface
        border.width: card.active ? 2 : 1
        border.color: card.active ? Theme.accent : card.hovered ? Theme.muted : Theme.line

        FocusRing {
            anchors.fill: parent
            anchors.margins: -3
            ringRadius: Theme.radiusPanel + 3
            shown: card.visualFocus
        }
    }
}
