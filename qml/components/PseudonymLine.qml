// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What is replaced, and by what.
Item {
    id: line

    property string name
    property string pseudonym

    implicitHeight: 28
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1 becomes %2").arg(name).arg(pseudonym)

    PlainLabel {
        anchors.verticalCenter: parent.verticalCenter
        text: line.name
        Accessible.ignored: true
    }
    Rectangle {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: code.implicitWidth + 12
        height: 20
        radius: 4
        color: Theme.warningSoft

        CodeLabel {
            id: code
            anchors.centerIn: parent
            text: line.pseudonym
            color: Theme.warning
            Accessible.ignored: true
        }
    }
}
