// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A path, an address or code.
Label {
    textFormat: Text.PlainText
    color: Theme.text
    elide: Text.ElideRight
    font: Theme.code
}
