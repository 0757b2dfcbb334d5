// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What can be done with text that is selected.
ActionMenu {
    id: menu

    signal copyWanted
    signal redactWanted

    title: qsTr("Selected text")
    Component.onCompleted: {
        add("textCopy", qsTr("Copy"), "Ctrl+C");
        add("textRedact", qsTr("Redact everywhere"), "Ctrl+R");
    }
    onPicked: name => {
        if (name === "textCopy")
            copyWanted();
        else
            redactWanted();
    }
}
