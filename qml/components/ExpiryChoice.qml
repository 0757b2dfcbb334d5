// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! After how many days a link goes, or never. Days that are none of the choices show as none.
Item {
    id: choice

    property string caption
    property int days: 0
    property string baseName
    readonly property list<int> choices: [0, 1, 7, 30]

    function placeOf(days: int): int {
        for (let place = 0; place < choices.length; ++place) {
            if (choices[place] === days)
                return place;
        }
        return -1;
    }
    signal chosen(int days)

    implicitHeight: Theme.controlHeight

    PlainLabel {
        anchors.left: parent.left
        anchors.right: control.left
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        text: choice.caption
    }
    SegmentedControl {
        id: control
        objectName: choice.baseName
        anchors.right: parent.right
        groupName: choice.caption
        options: [qsTr("Never"), qsTr("1 day"), qsTr("7 days"), qsTr("30 days")]
        names: [choice.baseName + "Never", choice.baseName + "1", choice.baseName + "7", choice.baseName + "30"]
        current: choice.placeOf(choice.days)
        onChosen: index => choice.chosen(choice.choices[index])
    }
}
