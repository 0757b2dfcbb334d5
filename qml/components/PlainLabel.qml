// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! The only way that text which is not ours reaches the screen: never read as markup.
Label {
    textFormat: Text.PlainText
    color: Theme.text
    elide: Text.ElideRight
    font.family: Theme.family
    font.pixelSize: Theme.sizeNormal
}
