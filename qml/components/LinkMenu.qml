// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What can be done with a link of the list, or with all that are selected where it is one of them.
ActionMenu {
    id: menu

    required property LinksState links
    property string linkId
    property string url
    property string linkTitle
    property int messages: -1
    property bool ofSelection: false
    signal updateWanted
    signal replaceWanted
    signal unshareSelectedWanted
    signal unshareWanted(id: string, title: string, messages: int)

    function ask(row: LinkRow, at: point) {
        linkId = row.linkId;
        url = row.url;
        linkTitle = row.shownTitle;
        messages = row.messages;
        ofSelection = row.selected;
        clear();
        if (ofSelection && links.selectedCount > 1)
            offerSelected();
        else
            offer(row);
        popAt(row, at);
    }
    function offerSelected() {
        title = qsTr("%Ln selected link(s)", "", links.selectedCount);
        add("menuCopy", qsTr("Copy %Ln link(s)", "", links.selectedCount), "Ctrl+C");
        add("menuCheck", qsTr("Check %Ln link(s) now", "", links.selectedCount), "F5");
        add("menuUnshare", qsTr("Unshare %Ln link(s)…", "", links.selectedCount), qsTr("Delete"));
    }
    function offer(row: LinkRow) {
        title = linkTitle;
        add("menuShow", qsTr("Show what is public"), qsTr("Return"));
        add("menuCopy", qsTr("Copy link"), "Ctrl+C");
        add("menuOpen", qsTr("Open in the browser"), "");
        if (row.busyText !== "")
            return;
        add("menuCheck", qsTr("Check now"), ofSelection ? "F5" : "");
        if (row.updatable)
            add("menuUpdate", qsTr("Update snapshot…"), "");
        if (row.replaceable)
            add("menuReplace", qsTr("Replace by redacted snapshot…"), "");
        if (row.stateKey !== "removed")
            add("menuUnshare", qsTr("Unshare…"), qsTr("Delete"));
    }

    onPicked: name => {
        if (name === "menuShow") {
            links.detailId = linkId;
        } else if (name === "menuCopy") {
            if (ofSelection)
                links.copySelected();
            else
                App.copy(url);
        } else if (name === "menuOpen") {
            App.open(url);
        } else if (name === "menuCheck") {
            if (ofSelection)
                links.checkNow();
            else
                links.checkOne(linkId);
        } else if (name === "menuUpdate") {
            links.detailId = linkId;
            updateWanted();
        } else if (name === "menuReplace") {
            links.detailId = linkId;
            replaceWanted();
        } else if (ofSelection) {
            unshareSelectedWanted();
        } else {
            unshareWanted(linkId, linkTitle, messages);
        }
    }
}
