// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A heading with its explanation, and what belongs to it, under a line.
Column {
    id: section

    property string heading
    property string explanation
    default property alias content: body.data

    spacing: 12
    Accessible.role: Accessible.Grouping
    Accessible.name: heading

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }
    Item {
        width: 1
        height: 4
    }
    SectionLabel {
        width: parent.width
        text: section.heading
    }
    BodyLabel {
        width: parent.width
        visible: text !== ""
        text: section.explanation
        color: Theme.muted
    }
    Column {
        id: body
        width: parent.width
        spacing: 12
    }
    Item {
        width: 1
        height: 12
    }
}
