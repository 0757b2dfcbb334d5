// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sharelock

//! One of a few weighty choices, with what it means.
//! Not an AbstractButton: that reads as a push button whatever its Accessible.role says.
T.RadioButton {
    id: card

    property bool chosen: false
    property string caption
    property string explanation
    property color explanationInk: Theme.muted

    implicitHeight: column.implicitHeight + 26
    focusPolicy: Qt.StrongFocus
    autoExclusive: false
    checked: chosen
    Accessible.name: caption
    Accessible.description: explanation
    Accessible.onPressAction: card.clicked()
    Accessible.onToggleAction: card.clicked()
    // What is chosen says the owner, not the click.
    onClicked: checked = Qt.binding(() => card.chosen)
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    Item {
        anchors.fill: parent

        Rectangle {
            x: 14
            y: 14
            width: 16
            height: 16
            radius: 8
            color: card.chosen ? Theme.accent : "transparent"
            border.width: card.chosen ? 0 : 1
            border.color: Theme.muted

            Rectangle {
                anchors.centerIn: parent
                visible: card.chosen
                width: 6
                height: 6
                radius: 3
                color: Theme.accentInk
            }
        }
        Column {
            id: column
            x: 42
            y: 12
            width: parent.width - 56

            BodyLabel {
                width: parent.width
                text: card.caption
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            BodyLabel {
                width: parent.width
                text: card.explanation
                color: card.explanationInk
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusPanel
        color: card.hovered && !card.chosen ? Theme.hover : "transparent"
        border.width: card.chosen ? 2 : 1
        border.color: card.chosen ? Theme.accent : Theme.line

        FocusRing {
            anchors.fill: parent
            anchors.margins: -3
            ringRadius: Theme.radiusPanel + 3
            shown: card.visualFocus
        }
    }
}
