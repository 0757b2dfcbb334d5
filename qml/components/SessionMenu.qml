// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What can be done with a session of the list, and with the newest of its links that may be public.
ActionMenu {
    id: menu

    property string linkId
    property string url
    property string sessionTitle
    property int messages: -1
    signal publishWanted
    signal updateWanted
    signal linkWanted(id: string)
    signal unshareWanted(id: string, title: string, messages: int)

    function ask(row: SessionRow, at: point) {
        const link = App.links.linkOfSession(row.sessionId);
        linkId = Format.text(link, "linkId");
        url = Format.text(link, "url");
        messages = Format.integer(link, "messages", -1);
        sessionTitle = row.shownTitle;
        title = sessionTitle;
        clear();
        add("menuPublish", qsTr("Publish…"), "Ctrl+P");
        if (App.sessions.selectedSnapshot !== "")
            add("menuUpdate", qsTr("Update snapshot…"), "");
        if (linkId !== "")
            offerLink(Format.text(link, "busyText") === "");
        popAt(row, at);
    }
    function offerLink(isIdle: bool) {
        add("menuCopy", qsTr("Copy link"), "");
        add("menuOpen", qsTr("Open in the browser"), "");
        add("menuShow", qsTr("Show what is public"), "");
        if (!isIdle)
            return;
        add("menuCheck", qsTr("Check now"), "");
        add("menuUnshare", qsTr("Unshare…"), "");
    }

    onPicked: name => {
        if (name === "menuPublish")
            publishWanted();
        else if (name === "menuUpdate")
            updateWanted();
        else if (name === "menuCopy")
            App.copy(url);
        else if (name === "menuOpen")
            App.open(url);
        else if (name === "menuShow")
            linkWanted(linkId);
        else if (name === "menuCheck")
            App.links.checkOne(linkId);
        else
            unshareWanted(linkId, sessionTitle, messages);
    }
}
