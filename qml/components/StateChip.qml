// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The state of a link: icon, word and colour together.
Chip {
    id: chip

    property string stateKey

    function iconOf(key: string): string {
        switch (key) {
        case "live":
            return "globe";
        case "removed":
            return "check";
        case "secrets":
        case "still-served":
            return "warning";
        case "cached":
            return "clock";
        case "orphan":
        case "orphan-lost":
            return "ghost";
        case "foreign":
            return "external";
        case "unreachable":
            return "cross";
        }
        return "unknown";
    }
    function inkOf(key: string): color {
        switch (key) {
        case "live":
            return Theme.accent;
        case "secrets":
            return Theme.danger;
        case "removed":
            return Theme.good;
        case "still-served":
        case "cached":
            return Theme.warning;
        case "orphan":
        case "orphan-lost":
            return Theme.orphan;
        }
        return Theme.neutral;
    }
    function groundOf(key: string): color {
        switch (key) {
        case "live":
            return Theme.accentSoft;
        case "secrets":
            return Theme.dangerSoft;
        case "removed":
            return Theme.goodSoft;
        case "still-served":
        case "cached":
            return Theme.warningSoft;
        case "orphan":
        case "orphan-lost":
            return Theme.orphanSoft;
        }
        return Theme.neutralSoft;
    }

    iconName: iconOf(stateKey)
    ink: inkOf(stateKey)
    color: groundOf(stateKey)
}
