// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! What can be done about a link whose key is lost: search for it; else ask who runs the server.
Column {
    id: panel

    readonly property KeySearch search: App.keySearch
    readonly property bool searching: search.state === KeySearch.Searching
    readonly property bool found: search.state === KeySearch.Found
    readonly property bool notFound: search.state === KeySearch.NotFound
    readonly property bool failed: search.state === KeySearch.Failed
    signal unshareWanted

    spacing: 8

    function act() {
        if (searching)
            search.cancel();
        else if (found)
            unshareWanted();
        else if (notFound)
            App.copy(search.request);
        else
            search.start();
    }

    Banner {
        objectName: "lostKey"
        width: parent.width
        iconName: "key"
        ink: panel.found ? Theme.good : Theme.warning
        ground: panel.found ? Theme.goodSoft : Theme.warningSoft
        strong: panel.found ? qsTr("Key found.") : panel.searching ? qsTr("Searching for the lost key.") : panel.notFound ? qsTr("The key was not found.") : panel.failed ? panel.search.errorText : qsTr("The key to remove this link is lost.")
        text: panel.found ? qsTr("It is in the vault now, so the link can be taken down. %1").arg(panel.search.text) : panel.searching ? panel.search.text : panel.notFound ? qsTr("%1 Who runs the server can still remove it. Send them this:").arg(panel.search.text) : panel.failed ? "" : qsTr("opencode deleted it with the session, but may not have overwritten it yet.")
        detail: panel.failed ? panel.search.errorDetail : ""
        actionText: panel.found ? qsTr("Unshare") : panel.searching ? qsTr("Cancel") : panel.notFound ? qsTr("Copy request") : panel.failed ? qsTr("Try again") : qsTr("Search for the lost key")
        actionName: panel.found ? "lostKeyUnshare" : panel.searching ? "lostKeyCancel" : panel.notFound ? "lostKeyCopy" : "lostKeySearch"
        onActed: panel.act()
    }
    ProgressLine {
        width: parent.width
        visible: panel.searching
        value: panel.search.progress
        name: panel.search.text
    }
    Rectangle {
        width: parent.width
        height: Math.min(236, request.implicitHeight + 24)
        visible: panel.notFound
        radius: Theme.radius
        color: Theme.sunken

        Flickable {
            anchors.fill: parent
            anchors.margins: 12
            clip: true
            contentWidth: width
            contentHeight: request.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}

            CodeLabel {
                id: request
                objectName: "removalRequest"
                width: parent.width - 12
                text: panel.search.request.trim()
                wrapMode: Text.Wrap
            }
        }
    }
}
