// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One of the module's icons in one colour. Decoration: the word beside it is what a screen reader says.
Image {
    id: icon

    property string name
    property color tint: Theme.text
    property int side: Theme.iconSize

    width: side
    height: side
    sourceSize.width: side * Screen.devicePixelRatio
    sourceSize.height: side * Screen.devicePixelRatio
    source: name === "" ? "" : "image://icon/" + name + "/" + String(tint).substring(1)
    Accessible.ignored: true
}
