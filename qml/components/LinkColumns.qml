// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick

//! Where each column of the table of links is, for a given width; the less telling ones give way first.
QtObject {
    property int available: 1160

    readonly property bool roomy: available >= 1040
    readonly property bool served: available >= 980
    readonly property bool full: available >= 820
    readonly property bool some: available >= 720
    readonly property bool dated: available >= 560
    readonly property int check: 46
    readonly property int state: roomy ? 174 : 148
    readonly property int project: some ? (roomy ? 114 : 92) : 0
    readonly property int kind: full ? (roomy ? 91 : 74) : 0
    readonly property int server: served ? (roomy ? 140 : 110) : 0
    readonly property int shared: dated ? (roomy ? 106 : 90) : 0
    readonly property int messages: roomy ? 84 : 80
    readonly property int expires: full ? (roomy ? 90 : 80) : 0
    readonly property int copy: roomy ? 56 : 44
    readonly property int title: Math.max(100, available - check - state - project - kind - server - shared - messages - expires - copy)
}
