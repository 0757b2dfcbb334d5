// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Wrapped text of several lines.
PlainLabel {
    wrapMode: Text.Wrap
    elide: Text.ElideNone
    lineHeight: 20
    lineHeightMode: Text.FixedHeight
}
