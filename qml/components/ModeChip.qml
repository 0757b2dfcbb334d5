// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! A share mode: icon, word and colour together.
Chip {
    id: chip

    property string modeKey
    property bool locked: false

    function textOf(key: string): string {
        switch (key) {
        case "manual":
            return qsTr("Manual");
        case "auto":
            return qsTr("Auto");
        case "disabled":
            return qsTr("Disabled");
        }
        return qsTr("Broken");
    }

    text: textOf(modeKey)
    iconName: locked ? "lock" : modeKey === "manual" ? "check" : modeKey === "auto" ? "globe" : modeKey === "disabled" ? "shield" : "warning"
    ink: modeKey === "manual" ? Theme.good : modeKey === "auto" ? Theme.danger : modeKey === "disabled" ? Theme.neutral : Theme.warning
    color: modeKey === "manual" ? Theme.goodSoft : modeKey === "auto" ? Theme.dangerSoft : modeKey === "disabled" ? Theme.neutralSoft : Theme.warningSoft
}
