// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A name and what it stands for, one under the other when long.
Item {
    id: fact

    property string name
    property string value
    property bool code: false
    property color ink: Theme.text

    implicitHeight: code ? label.height + text.implicitHeight + 10 : Math.max(28, text.implicitHeight + 8)
    visible: value !== ""
    Accessible.role: Accessible.StaticText
    Accessible.name: name + ": " + value

    PlainLabel {
        id: label
        y: 6
        width: fact.code ? parent.width : Math.min(implicitWidth, parent.width * 0.5)
        text: fact.name
        color: Theme.muted
        Accessible.ignored: true
    }
    PlainLabel {
        id: text
        x: fact.code ? 0 : label.width + 12
        y: fact.code ? label.height + 8 : 6
        width: parent.width - x
        horizontalAlignment: fact.code ? Text.AlignLeft : Text.AlignRight
        text: fact.value
        color: fact.ink
        font: fact.code ? Theme.code : Theme.body
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.ignored: true
    }
}
