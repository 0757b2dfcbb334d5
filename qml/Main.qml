// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

ApplicationWindow {
    id: window

    property int page: 0
    property bool quitting: false
    readonly property AppPage current: page === 0 ? sessions : (loaders.itemAt(page - 1) as Loader)?.item as AppPage

    objectName: "mainWindow"
    // Ends in the program's name, which Qt would add to it elsewhere.
    title: App.demo ? qsTr("Sample data — Sharelock") : qsTr("Sharelock")
    width: App.windowGeometry.width > 0 ? App.windowGeometry.width : Math.min(1280, Screen.desktopAvailableWidth)
    height: App.windowGeometry.height > 0 ? App.windowGeometry.height : Math.min(800, Screen.desktopAvailableHeight)
    minimumWidth: 560
    minimumHeight: 420
    visibility: App.windowMaximized ? Window.Maximized : Window.Windowed
    visible: true
    color: Theme.window
    font.family: Theme.family
    font.pixelSize: Theme.sizeNormal
    onClosing: close => {
        App.saveWindow(Qt.rect(x, y, width, height), visibility === Window.Maximized);
        if (!App.staysInTray || quitting)
            return;
        close.accepted = false;
        hide();
    }

    function go(index: int, reason: int) {
        if (page === index)
            current?.goHome();
        page = index;
        current?.forceActiveFocus(reason);
    }
    //! Also where closing the window leaves Sharelock in the tray.
    function quit() {
        quitting = true;
        close();
        Qt.quit();
    }
    function askPublish() {
        if (App.sessions.selectedId === "")
            return;
        publishing.active = true;
        App.publish.prepare(App.sessions.selectedId);
        (publishing.item as Popup).open();
    }

    function askUpdate(sessionId: string, linkName: string) {
        if (linkName === "")
            return;
        publishing.active = true;
        App.publish.prepareUpdate(sessionId, linkName);
        (publishing.item as Popup).open();
    }

    function askReplace(sessionId: string, linkName: string) {
        publishing.active = true;
        App.publish.prepareReplace(sessionId, linkName);
        (publishing.item as Popup).open();
    }
    //! Where what is undecided is decided.
    function review(sessionId: string) {
        go(0, Qt.OtherFocusReason);
        sessions.clearFilters();
        sessions.show(sessionId, true);
        sessions.review();
    }

    NavigationRail {
        id: rail
        height: parent.height
        current: window.page
        attention: App.links.attentionCount
        autoCount: App.shareMode.onAuto
        onChosen: (index, reason) => window.go(index, reason)
    }

    Item {
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        Keys.onEscapePressed: event => event.accepted = window.current?.goBack() ?? false

        SessionsPage {
            id: sessions
            objectName: "pageSessions"
            anchors.fill: parent
            visible: window.page === 0
            focus: visible
            onPublishWanted: window.askPublish()
            onLinkWanted: id => {
                window.go(1, Qt.OtherFocusReason);
                App.links.detailId = id;
            }
            onUpdateWanted: window.askUpdate(App.sessions.selectedId, App.sessions.selectedSnapshot)
        }
        // The other pages are built when they are first visited: the list of sessions must not wait for them.
        Repeater {
            id: loaders
            model: ["pages/LinksPage.qml", "pages/ShareModePage.qml", "pages/ActivityPage.qml", "pages/SettingsPage.qml"]

            Loader {
                id: loader

                required property string modelData
                required property int index

                anchors.fill: parent
                active: false
                visible: window.page === index + 1
                focus: visible
                source: modelData
                onVisibleChanged: if (visible)
                    active = true

                Connections {
                    target: loader.item as AppPage
                    function onUpdateWanted() {
                        window.askUpdate(App.links.detailSession, App.links.detailId);
                    }
                    function onReplaceWanted() {
                        window.askReplace(App.links.detailSession, App.links.detailId);
                    }
                }
            }
        }
    }
    Loader {
        id: publishing
        active: false
        source: "pages/PublishDialog.qml"
    }
    Connections {
        target: App.publish
        function onReviewWanted(sessionId: string) {
            window.review(sessionId);
        }
    }

    Connections {
        target: App
        function onOpenRequested() {
            window.show();
            window.raise();
            window.requestActivate();
        }
        function onQuitRequested() {
            window.quit();
        }
        //! Without a tray nobody could bring it back.
        function onStaysInTrayChanged() {
            if (!App.staysInTray && !window.visible)
                window.show();
        }
    }

    Shortcut {
        sequences: ["Ctrl+F"]
        onActivated: window.current?.focusSearch()
    }
    Shortcut {
        sequences: ["F5"]
        onActivated: window.current?.reload()
    }
    Shortcut {
        sequences: ["Ctrl+P"]
        onActivated: if (window.page === 0)
            sessions.publish()
    }
    Shortcut {
        sequences: ["Ctrl+,"]
        onActivated: window.go(4, Qt.ShortcutFocusReason)
    }
    Shortcut {
        sequences: ["Ctrl+1"]
        onActivated: window.go(0, Qt.ShortcutFocusReason)
    }
    Shortcut {
        sequences: ["Ctrl+2"]
        onActivated: window.go(1, Qt.ShortcutFocusReason)
    }
    Shortcut {
        sequences: ["Ctrl+3"]
        onActivated: window.go(2, Qt.ShortcutFocusReason)
    }
    Shortcut {
        sequences: ["Ctrl+4"]
        onActivated: window.go(3, Qt.ShortcutFocusReason)
    }
    Shortcut {
        sequences: ["Ctrl+Q"]
        onActivated: window.quit()
    }
}
