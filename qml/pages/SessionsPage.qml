// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

AppPage {
    id: page

    readonly property bool wide: width >= 828
    property bool detailOpen: false
    readonly property bool hasSelection: App.sessions.selectedId !== ""
    readonly property bool wholePage: App.sessions.total === 0 && App.sessions.state !== SessionsState.Ready && App.sessions.state !== SessionsState.Loading

    function focusSearch() {
        detailOpen = false;
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }
    function reload() {
        App.sessions.refresh();
    }
    function goBack(): bool {
        if (!detailOpen || wide)
            return false;
        detailOpen = false;
        list.forceActiveFocus(Qt.TabFocusReason);
        return true;
    }
    function goHome() {
        detailOpen = false;
    }
    function publish() {
        if (hasSelection)
            publishWanted();
    }
    function review() {
        (detail.item as AppPage)?.review();
    }
    function show(id: string, enter: bool) {
        App.sessions.selectedId = id;
        if (enter) {
            detailOpen = true;
            (detail.item as AppPage)?.focusContent();
        }
    }
    //! The row becomes the session that is shown: the menu is about it.
    function openMenu(row: SessionRow, at: point) {
        list.currentIndex = row.index;
        follow.stop();
        show(row.sessionId, false);
        menu.active = true;
        (menu.item as SessionMenu).ask(row, at);
    }
    function clearFilters() {
        search.clear();
        App.sessions.search = "";
        App.sessions.projectFilter = "";
        App.sessions.sharedOnly = false;
        App.sessions.withFindings = false;
    }

    Item {
        id: pane

        visible: !page.wholePage && (page.wide || !page.detailOpen)
        width: page.wide ? Math.max(280, Math.min(336, page.width * 0.28)) : page.width
        height: parent.height

        TitleLabel {
            x: 16
            y: 17
            text: qsTr("Sessions")
        }
        Lazy {
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 17
            active: App.demo
            sourceComponent: Chip {
                objectName: "demoChip"
                iconName: "info"
                text: qsTr("Sample data")
                ink: Theme.accent
                color: Theme.accentSoft
            }
        }
        SearchField {
            id: search
            objectName: "sessionSearch"
            x: 16
            y: 50
            width: parent.width - 32
            focus: true
            hint: qsTr("Search titles and messages")
            showShortcut: pane.width >= 320
            text: App.sessions.search
            onTextEdited: App.sessions.search = text
            onAccepted: list.forceActiveFocus(Qt.TabFocusReason)
            onLeftDown: list.forceActiveFocus(Qt.TabFocusReason)
        }
        Flow {
            id: filters
            x: 16
            y: 92
            width: parent.width - 32
            spacing: 8

            FilterChip {
                objectName: "projectFilter"
                opensMenu: true
                active: App.sessions.projectFilter !== "" || !(App.sessions.sharedOnly || App.sessions.withFindings)
                caption: App.sessions.projectFilter === "" ? qsTr("All projects") : App.sessions.projectFilter
                widest: pane.width - 180
                onClicked: projects.open()

                ChoicePopup {
                    id: projects
                    allText: qsTr("All projects")
                    keys: App.sessions.projects
                    current: App.sessions.projectFilter
                    baseName: "projectChoice"
                    onChosen: key => App.sessions.projectFilter = key
                }
            }
            FilterChip {
                objectName: "sharedOnly"
                caption: qsTr("Shared")
                active: App.sessions.sharedOnly
                onClicked: App.sessions.sharedOnly = !App.sessions.sharedOnly
            }
            FilterChip {
                objectName: "withFindings"
                visible: App.settings.lookThrough
                caption: qsTr("With findings")
                active: App.sessions.withFindings
                onClicked: App.sessions.withFindings = !App.sessions.withFindings
            }
            FilterChip {
                id: archivedFilter
                objectName: "showArchived"
                caption: qsTr("Archived")
                active: App.sessions.showArchived
                onClicked: App.sessions.showArchived = !App.sessions.showArchived
            }
        }
        SmallLabel {
            objectName: "scanProgress"

            readonly property string counts: qsTr("%1 of %2").arg(Format.number(App.sessions.scanned)).arg(Format.number(App.sessions.toScan))
            readonly property string sentence: qsTr("Looked through %1").arg(counts)

            anchors.right: filters.right
            anchors.bottom: filters.bottom
            height: 24
            verticalAlignment: Text.AlignVCenter
            visible: App.sessions.scanning
            // Beside the last filter, or as much of it as fits there.
            text: whole.advanceWidth <= filters.width - archivedFilter.x - archivedFilter.width - 8 ? sentence : counts
            Accessible.name: sentence

            TextMetrics {
                id: whole
                font: Theme.small
                text: qsTr("Looked through %1").arg(qsTr("%1 of %2").arg(Format.number(App.sessions.toScan)).arg(Format.number(App.sessions.toScan)))
            }
        }
        SmallLabel {
            id: searchStatus
            objectName: "searchStatus"
            anchors.left: filters.left
            anchors.right: filters.right
            anchors.top: filters.bottom
            anchors.topMargin: visible ? 6 : 0
            height: visible ? 20 : 0
            verticalAlignment: Text.AlignVCenter
            visible: App.sessions.search !== "" && text !== ""
            color: App.sessions.searchProblem === "" ? Theme.muted : Theme.danger
            text: App.sessions.searchProblem !== "" ? App.sessions.searchProblem : App.sessions.searching ? (App.sessions.sessionsToSearch === 0 ? qsTr("Searching messages…") : qsTr("Searching messages, %1 of %2").arg(Format.number(App.sessions.searchedSessions)).arg(Format.number(App.sessions.sessionsToSearch))) : App.sessions.foundInMessages > 0 ? qsTr("%Ln session(s) found by messages alone", "", App.sessions.foundInMessages) : App.sessions.sessionsToSearch > 0 ? qsTr("Nothing more in messages") : ""
        }
        Banner {
            id: stale
            objectName: "sessionsError"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: 16
            y: searchStatus.y + searchStatus.height + 8
            height: visible ? implicitHeight : 0
            visible: App.sessions.state === SessionsState.Failed && !page.wholePage
            iconName: "warning"
            strong: App.sessions.errorText
            actionText: qsTr("Try again")
            actionName: "sessionsRetryStale"
            onActed: App.sessions.refresh()
        }
        ProgressLine {
            y: filters.y + filters.height + 8
            width: parent.width
            height: 2
            visible: App.sessions.state === SessionsState.Loading
            name: qsTr("Reading the sessions")
        }
        ListView {
            id: list

            //! The keyboard's place is shown once the keyboard is used.
            property bool byKeys: false

            objectName: "sessionList"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.rightMargin: 1
            anchors.top: stale.visible ? stale.bottom : searchStatus.bottom
            anchors.topMargin: 8
            anchors.bottom: parent.bottom
            clip: true
            activeFocusOnTab: true
            reuseItems: true
            cacheBuffer: 300
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            currentIndex: -1
            model: App.sessions.model
            Keys.onPressed: event => {
                byKeys = true;
                event.accepted = event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier) !== 0);
                const row = currentItem as SessionRow;
                if (event.accepted && row)
                    page.openMenu(row, Qt.point(row.indent, 36));
            }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Sessions")
            ScrollBar.vertical: ThinScrollBar {}
            onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0)
                currentIndex = 0
            Keys.onUpPressed: event => {
                if (currentIndex > 0)
                    decrementCurrentIndex();
                else
                    search.forceActiveFocus(Qt.BacktabFocusReason);
            }

            delegate: SessionRow {
                id: entry

                width: list.width
                isSelected: sessionId === App.sessions.selectedId
                marked: list.activeFocus && ListView.isCurrentItem && (list.byKeys || visualFocus)
                focusPolicy: Qt.NoFocus
                Keys.onReturnPressed: page.show(sessionId, true)
                Keys.onEnterPressed: page.show(sessionId, true)
                ListView.onIsCurrentItemChanged: if (ListView.isCurrentItem && list.activeFocus)
                    follow.restart()
                onIsSelectedChanged: if (isSelected && list.currentIndex !== index)
                    list.currentIndex = index
                onClicked: {
                    list.byKeys = false;
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    follow.stop();
                    page.show(sessionId, !page.wide);
                }
                onHoveredChanged: rowHint.pointAt(hovered ? this : null)

                TapHandler {
                    acceptedButtons: Qt.RightButton
                    onTapped: eventPoint => {
                        list.byKeys = false;
                        rowHint.pointAt(null);
                        page.openMenu(entry, eventPoint.position);
                    }
                }
            }

            Timer {
                id: follow
                interval: 80
                onTriggered: if (list.currentItem && page.wide)
                    page.show((list.currentItem as SessionRow).sessionId, false)
            }
            Hint {
                id: rowHint

                function pointAt(row: SessionRow) {
                    if (row) {
                        hint = "%1\n%2".arg(row.shownTitle).arg(App.absoluteTime(row.updated));
                        parent = row;
                        open();
                    } else {
                        close();
                    }
                }

                delay: 900
                y: 40
                width: Math.min(implicitWidth, 320)
            }
        }
        EmptyState {
            anchors.fill: list
            visible: App.sessions.shown === 0 && (App.sessions.state === SessionsState.Ready || App.sessions.state === SessionsState.Failed)
            objectName: "sessionsNoMatch"
            iconName: "search"
            title: qsTr("No session matches")
            text: App.sessions.searching ? qsTr("Messages are still being searched.") : App.sessions.withFindings && App.sessions.scanning ? qsTr("Only sessions that were looked through are shown. More may come.") : qsTr("%Ln session(s) hidden by search and filters.", "", App.sessions.total)
            actionText: qsTr("Clear filters")
            actionName: "clearSessionFilters"
            onActed: page.clearFilters()
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: Theme.line
        }
    }

    Lazy {
        id: menu
        anchors.fill: parent
        z: 1
        active: false
        sourceComponent: SessionMenu {
            onPublishWanted: page.publish()
            onUpdateWanted: page.updateWanted()
            onLinkWanted: id => page.linkWanted(id)
            onUnshareWanted: (id, title, messages) => {
                dialogs.active = true;
                (dialogs.item as UnshareDialog).askOne(id, title, messages);
            }
            onClosed: list.forceActiveFocus(Qt.PopupFocusReason)
        }
    }
    Lazy {
        id: dialogs
        active: false
        sourceComponent: UnshareDialog {}
    }
    Loader {
        id: detail
        x: page.wide ? pane.width : 0
        width: parent.width - x
        height: parent.height
        visible: !page.wholePage && (page.wide || page.detailOpen)
        active: page.hasSelection
        source: "SessionDetail.qml"
    }
    Binding {
        target: detail.item
        property: "canGoBack"
        value: !page.wide
        when: detail.status === Loader.Ready
    }
    Connections {
        target: detail.item as AppPage
        function onBackWanted() {
            page.goBack();
        }
        function onPublishWanted() {
            page.publishWanted();
        }
        function onUpdateWanted() {
            page.updateWanted();
        }
    }
    EmptyState {
        x: detail.x
        width: detail.width
        height: parent.height
        visible: detail.visible && !page.hasSelection && App.sessions.state !== SessionsState.Loading && App.sessions.shown > 0
        iconName: "eye"
        title: qsTr("Choose a session")
        text: qsTr("It is shown here exactly as it would be published, with your paths and names replaced.")
    }

    Lazy {
        anchors.fill: parent
        active: page.wholePage
        sourceComponent: EmptyState {
            anchors.fill: parent
            objectName: "sessionsWhole"
            iconName: App.sessions.state === SessionsState.Failed ? "warning" : "chat"
            ink: App.sessions.state === SessionsState.Failed ? Theme.warning : Theme.accent
            title: App.sessions.state === SessionsState.Failed ? App.sessions.errorText : App.sessions.state === SessionsState.NoData ? qsTr("No opencode sessions on this computer") : qsTr("No sessions yet")
            text: App.sessions.state === SessionsState.Failed ? "" : App.sessions.state === SessionsState.NoData ? qsTr("Sharelock shows opencode's conversations, and what of them is public. Sample conversations and a share server on this computer let you try the whole way without publishing anything.") : qsTr("As soon as you talk to opencode, the conversation is listed here.")
            detail: App.sessions.state === SessionsState.Failed ? App.sessions.errorDetail : ""
            actionText: App.sessions.state === SessionsState.Failed ? qsTr("Try again") : App.demo ? "" : qsTr("Try it with sample sessions")
            actionName: App.sessions.state === SessionsState.Failed ? "sessionsRetry" : "startDemo"
            onActed: if (App.sessions.state === SessionsState.Failed)
                App.sessions.refresh();
            else
                App.startDemo()
        }
    }
}
