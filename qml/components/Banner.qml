// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A message across a column: a strong first sentence, the rest, and an action. All of it plain text.
Rectangle {
    id: banner

    property string iconName: "shield"
    property string strong
    property string text
    property string detail
    property string actionText
    property string actionName
    property string otherText
    property string otherName
    property color ink: Theme.warning
    property color ground: Theme.warningSoft
    signal acted
    signal otherActed

    implicitHeight: column.implicitHeight + 24
    radius: Theme.radiusPanel
    color: ground
    Accessible.role: Accessible.AlertMessage
    Accessible.name: strong + " " + text

    Icon {
        x: 16
        anchors.verticalCenter: parent.verticalCenter
        name: banner.iconName
        tint: banner.ink
    }
    Column {
        id: column
        x: 46
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - x - 16 - (beside.visible ? beside.width + 12 : 0)

        BodyLabel {
            width: parent.width
            visible: text !== ""
            text: banner.strong
            color: banner.ink
            font.weight: Font.DemiBold
        }
        BodyLabel {
            width: parent.width
            visible: text !== ""
            text: banner.text
            color: banner.ink
        }
        CodeLabel {
            width: parent.width
            topPadding: 4
            visible: text !== ""
            text: banner.detail
            color: banner.ink
            wrapMode: Text.Wrap
            maximumLineCount: 4
        }
        Row {
            visible: banner.otherText !== ""
            topPadding: 8
            bottomPadding: 4
            spacing: 8

            SecondaryButton {
                objectName: banner.otherText === "" ? "" : banner.actionName
                visible: banner.actionText !== ""
                text: banner.actionText
                ink: banner.ink
                implicitHeight: 28
                onClicked: banner.acted()
            }
            SecondaryButton {
                objectName: banner.otherName
                text: banner.otherText
                ink: banner.ink
                implicitHeight: 28
                onClicked: banner.otherActed()
            }
        }
    }
    SecondaryButton {
        id: beside
        objectName: banner.otherText === "" ? banner.actionName : ""
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        visible: banner.actionText !== "" && banner.otherText === ""
        text: banner.actionText
        ink: banner.ink
        implicitHeight: 28
        onClicked: banner.acted()
    }
}
