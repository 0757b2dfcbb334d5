// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! The head of a column: sorts by it, a second press turns the order round.
AbstractButton {
    id: control

    required property string column
    property bool rightAligned: false
    property bool startsDescending: false
    readonly property bool isCurrent: App.links.sortColumn === column

    objectName: "sort-" + column
    visible: width > 0
    implicitHeight: 40
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: text
    Accessible.description: !isCurrent ? "" : App.links.sortDescending ? qsTr("Sorted, highest first") : qsTr("Sorted, lowest first")
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()
    onClicked: {
        if (isCurrent) {
            App.links.sortDescending = !App.links.sortDescending;
        } else {
            App.links.sortColumn = column;
            App.links.sortDescending = startsDescending;
        }
    }

    Item {
        anchors.fill: parent

        PlainLabel {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            x: control.rightAligned ? parent.width - width - 20 : 0
            width: Math.min(implicitWidth, parent.width - 16)
            text: control.text
            color: control.isCurrent || control.hovered ? Theme.text : Theme.muted
            font.pixelSize: Theme.sizeSmall
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            x: control.rightAligned ? label.x - 16 : label.width + 4
            visible: control.isCurrent
            name: !control.isCurrent ? "" : App.links.sortDescending ? "chevron-down" : "chevron-up"
            side: 12
            tint: label.color
        }
    }
    background: FocusRing {
        shown: control.visualFocus
        ringRadius: 6
    }
}
