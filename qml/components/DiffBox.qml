// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A file, and the lines of it that change.
Rectangle {
    id: box

    property string file
    property list<var> lines

    implicitHeight: column.implicitHeight + 24
    radius: Theme.radius
    color: Theme.sunken
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Change of %1").arg(file)

    Column {
        id: column
        x: 14
        y: 12
        width: parent.width - 28
        spacing: 4

        Row {
            width: parent.width
            height: 20
            spacing: 8

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "file"
                side: 16
                tint: Theme.text
            }
            CodeLabel {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 24
                text: box.file
                color: Theme.muted
                elide: Text.ElideMiddle
            }
        }
        Repeater {
            model: box.lines

            CodeLabel {
                required property var modelData
                readonly property int kind: Format.integer(modelData, "kind", 0)

                width: column.width
                text: (kind < 0 ? "- " : kind > 0 ? "+ " : "  ") + Format.text(modelData, "text")
                color: kind < 0 ? Theme.danger : kind > 0 ? Theme.good : Theme.muted
            }
        }
    }
}
