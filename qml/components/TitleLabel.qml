// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The one large text of a page or dialog.
PlainLabel {
    font.pixelSize: Theme.sizeLarge
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
