// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A button that shows the choice made and opens the menu of choices. Its words may be foreign text.
AbstractButton {
    id: control

    property string allText
    property list<string> keys
    property string current
    property int widest: 200
    readonly property string shownText: current === "" ? allText : captionOf(current)
    signal chosen(string key)

    //! What a key is called; a menu whose keys are not words of the person says so here.
    function captionOf(key: string): string {
        return key;
    }

    implicitWidth: Math.min(widest, label.implicitWidth + 44)
    implicitHeight: Theme.controlHeight
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: shownText
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()
    onClicked: popup.opened ? popup.close() : popup.open()

    PlainLabel {
        id: label
        anchors.verticalCenter: parent.verticalCenter
        x: 12
        width: parent.width - 40
        text: control.shownText
        color: control.current === "" ? Theme.text : Theme.accent
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    Icon {
        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        name: "chevron-down"
        side: 14
        tint: label.color
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.hovered ? Theme.hover : Theme.surface
        border.color: Theme.line

        FocusRing {
            anchors.fill: parent
            anchors.margins: -3
            ringRadius: Theme.radius + 3
            shown: control.visualFocus
        }
    }

    ChoicePopup {
        id: popup
        allText: control.allText
        keys: control.keys
        current: control.current
        baseName: control.objectName + "Choice"
        onChosen: key => control.chosen(key)

        function captionOf(key: string): string {
            return control.captionOf(key);
        }
    }
}
