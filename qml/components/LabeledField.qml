// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A field under its name.
Column {
    id: labeled

    property string label
    property alias text: field.text
    property alias placeholderText: field.placeholderText
    property alias echoMode: field.echoMode
    property alias hints: field.inputMethodHints

    spacing: 4

    SmallLabel {
        text: labeled.label
        Accessible.ignored: true
    }
    AppTextField {
        id: field
        objectName: labeled.objectName + "Field"
        width: parent.width
        label: labeled.label
    }
}
