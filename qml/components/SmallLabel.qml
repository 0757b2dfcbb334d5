// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Second line, caption, count.
PlainLabel {
    color: Theme.muted
    font.pixelSize: Theme.sizeSmall
}
