// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sharelock

//! One of a few, all in sight. Left and Right move, as in a group of radio buttons.
FocusScope {
    id: control

    property list<string> options
    property list<string> names
    property int current: 0
    property string groupName
    signal chosen(int index)

    implicitWidth: row.implicitWidth + 4
    implicitHeight: Theme.controlHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: groupName
    Keys.onLeftPressed: choose(current - 1)
    Keys.onRightPressed: choose(current + 1)

    function choose(index: int) {
        if (index >= 0 && index < options.length) {
            chosen(index);
            (repeater.itemAt(index) as Item)?.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sunken
    }
    Row {
        id: row
        x: 2
        y: 2

        Repeater {
            id: repeater
            model: control.options

            // Not an AbstractButton: that reads as a push button whatever its Accessible.role says.
            T.RadioButton {
                id: segment

                required property string modelData
                required property int index
                readonly property bool isCurrent: index === control.current

                objectName: control.names[index] ?? ""
                width: label.implicitWidth + 24
                height: Theme.controlHeight - 4
                focus: isCurrent
                focusPolicy: isCurrent ? Qt.StrongFocus : Qt.ClickFocus
                text: modelData
                Accessible.name: modelData
                autoExclusive: false
                checked: isCurrent
                Accessible.onPressAction: segment.clicked()
                Accessible.onToggleAction: segment.clicked()
                onClicked: {
                    // What is chosen says the owner, not the click.
                    checked = Qt.binding(() => segment.isCurrent);
                    control.chosen(index);
                }
                Keys.onReturnPressed: segment.clicked()
                Keys.onEnterPressed: segment.clicked()

                Item {
                    anchors.fill: parent

                    PlainLabel {
                        id: label
                        anchors.centerIn: parent
                        text: segment.modelData
                        color: segment.isCurrent ? Theme.text : segment.hovered ? Theme.text : Theme.muted
                        font.weight: segment.isCurrent ? Font.DemiBold : Font.Normal
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: 6
                    color: segment.isCurrent ? (Theme.dark ? Theme.window : Theme.surface) : "transparent"
                    border.width: segment.isCurrent ? 1 : 0
                    border.color: Theme.line

                    FocusRing {
                        anchors.fill: parent
                        ringRadius: 6
                        shown: segment.visualFocus
                    }
                }
            }
        }
    }
}
