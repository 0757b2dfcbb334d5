// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

AppButton {
    ink: Theme.text
    fill: Theme.surface
    edge: Theme.line
}
