// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! Colours, sizes and fonts of the whole window; nothing else names a colour.
QtObject {
    readonly property bool dark: App.dark

    readonly property color window: dark ? "#15171C" : "#F5F6F8"
    readonly property color surface: dark ? "#1C1F26" : "#FFFFFF"
    readonly property color sunken: dark ? "#242830" : "#EEF0F4"
    readonly property color line: dark ? "#2F3440" : "#E2E5EB"
    readonly property color text: dark ? "#E7EAF0" : "#1A1E26"
    readonly property color muted: dark ? "#9BA5B7" : "#586174"
    readonly property color accent: dark ? "#8FA8FF" : "#3457D5"
    readonly property color accentSoft: dark ? "#26304F" : "#E8EDFF"
    readonly property color accentInk: dark ? "#10131A" : "#FFFFFF"
    readonly property color danger: dark ? "#FF8A80" : "#B3261E"
    readonly property color dangerSoft: dark ? "#3A2124" : "#FDECEA"
    readonly property color warning: dark ? "#F2BC63" : "#8A5300"
    readonly property color warningSoft: dark ? "#372C1A" : "#FFF3DC"
    readonly property color good: dark ? "#7FD6A0" : "#1B6E3C"
    readonly property color goodSoft: dark ? "#1B3326" : "#E4F5EA"
    readonly property color orphan: dark ? "#C3A3F5" : "#6B3FA0"
    readonly property color orphanSoft: dark ? "#2D2440" : "#F1E9FB"
    readonly property color neutral: dark ? "#9BA5B7" : "#586174"
    readonly property color neutralSoft: dark ? "#262A33" : "#ECEEF2"
    //! Under the pointer, on the window's own ground.
    readonly property color hover: dark ? "#1D2028" : "#ECEEF3"
    //! Over what a dialog makes unreachable.
    readonly property color scrim: dark ? "#99000000" : "#6614181F"

    readonly property int grid: 8
    readonly property int sizeSmall: 12
    readonly property int sizeNormal: 13
    readonly property int sizeLarge: 18
    //! Figures on the cards of the links.
    readonly property int sizeFigure: 24
    readonly property int radius: 8
    readonly property int radiusPanel: 12
    readonly property int controlHeight: 32
    readonly property int iconSize: 18

    readonly property string family: Fonts.family
    readonly property font body: Qt.font({
        "family": family,
        "pixelSize": sizeNormal
    })
    readonly property font small: Qt.font({
        "family": family,
        "pixelSize": sizeSmall
    })
    readonly property font code: Fonts.code(sizeSmall)
}
