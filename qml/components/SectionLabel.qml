// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

PlainLabel {
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
