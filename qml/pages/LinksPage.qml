// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

AppPage {
    id: page

    objectName: "pageLinks"
    focus: true

    readonly property LinksState links: App.links
    readonly property bool inDetail: links.detailId !== ""
    readonly property bool wholePage: links.total === 0 && links.state !== LinksState.Loading

    onVisibleChanged: if (visible)
        links.checkUnknown()
    Component.onCompleted: if (visible)
        links.checkUnknown()

    function focusSearch() {
        links.detailId = "";
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }
    function reload() {
        links.checkNow();
    }
    function goBack(): bool {
        if (inDetail) {
            links.detailId = "";
            table.forceActiveFocus(Qt.TabFocusReason);
            return true;
        }
        if (links.selectedCount > 0) {
            links.clearSelection();
            return true;
        }
        return false;
    }
    function goHome() {
        links.detailId = "";
    }
    function askSelected() {
        dialogs.active = true;
        (dialogs.item as UnshareDialog).askSelected();
    }
    function askOne(id: string, title: string, messages: int) {
        dialogs.active = true;
        (dialogs.item as UnshareDialog).askOne(id, title, messages);
    }

    //! On the selected links where the row is one of them, else on the row alone.
    function openMenu(row: LinkRow, at: point) {
        menu.active = true;
        (menu.item as LinkMenu).ask(row, at);
    }

    Lazy {
        id: menu
        anchors.fill: parent
        z: 1
        active: false
        sourceComponent: LinkMenu {
            links: page.links
            onUpdateWanted: page.updateWanted()
            onReplaceWanted: page.replaceWanted()
            onUnshareSelectedWanted: page.askSelected()
            onUnshareWanted: (id, title, messages) => page.askOne(id, title, messages)
            onClosed: table.forceActiveFocus(Qt.PopupFocusReason)
        }
    }
    Lazy {
        id: exporting
        active: false
        sourceComponent: ExportDialog {
            what: Exporter.Links
        }
    }
    Lazy {
        id: dialogs
        active: false
        sourceComponent: UnshareDialog {}
    }

    FocusScope {
        id: overview
        anchors.fill: parent
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        visible: !page.inDetail && !page.wholePage
        focus: !page.inDetail

        TitleLabel {
            y: 17
            text: qsTr("Links")
        }
        PlainLabel {
            y: 41
            width: check.x - 16
            color: Theme.muted
            text: isNaN(page.links.lastChecked.getTime()) ? qsTr("Everything this computer ever made public.") : qsTr("Everything this computer ever made public. Last checked %1.").arg(Format.since(page.links.lastChecked, App.minute))
        }
        SecondaryButton {
            id: check
            objectName: "checkNow"
            anchors.right: exportButton.left
            anchors.rightMargin: 12
            y: 22
            enabled: !page.links.busy
            text: qsTr("Check now")
            onClicked: page.links.checkNow()
        }

        SecondaryButton {
            id: exportButton
            objectName: "linksExport"
            anchors.right: parent.right
            y: 22
            text: qsTr("Export…")
            onClicked: {
                exporting.active = true;
                (exporting.item as ExportDialog).ask();
            }
        }

        LinkCounts {
            id: cards
            y: 72
            width: parent.width
            links: page.links
        }

        Row {
            id: tools
            y: 174
            spacing: 8

            SearchField {
                id: search
                objectName: "linkSearch"
                width: overview.width >= 860 ? 300 : 200
                hint: qsTr("Search links")
                text: page.links.search
                onTextEdited: page.links.search = text
                onAccepted: table.forceActiveFocus(Qt.TabFocusReason)
                onLeftDown: table.forceActiveFocus(Qt.TabFocusReason)
            }
            MenuButton {
                objectName: "stateFilter"
                allText: qsTr("All states")
                keys: ["live", "secrets", "orphan", "still-served", "overdue", "removed", "other"]
                current: page.links.stateFilter
                onChosen: key => page.links.stateFilter = key

                function captionOf(key: string): string {
                    switch (key) {
                    case "live":
                        return qsTr("Live");
                    case "secrets":
                        return qsTr("With secrets");
                    case "overdue":
                        return qsTr("Overdue");
                    case "orphan":
                        return qsTr("Orphaned");
                    case "still-served":
                        return qsTr("Still served");
                    case "removed":
                        return qsTr("Removed");
                    }
                    return qsTr("Not known");
                }
            }
            MenuButton {
                objectName: "linkProjectFilter"
                allText: qsTr("All projects")
                keys: page.links.projects
                current: page.links.projectFilter
                onChosen: key => page.links.projectFilter = key
            }
            MenuButton {
                objectName: "linkAgeFilter"
                visible: overview.width >= 720
                allText: qsTr("Any age")
                keys: ["1", "7", "30", "90"]
                current: page.links.ageFilter > 0 ? String(page.links.ageFilter) : ""
                onChosen: key => page.links.ageFilter = Number(key)

                function captionOf(key: string): string {
                    return key === "1" ? qsTr("Older than a day") : qsTr("Older than %1 days").arg(key);
                }
            }
        }
        PlainLabel {
            objectName: "linkCounts"
            anchors.right: parent.right
            y: 174
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            color: Theme.muted
            text: page.links.selectedCount > 0 ? qsTr("%1 of %2 shown, %3 selected").arg(page.links.shown).arg(page.links.total).arg(page.links.selectedCount) : qsTr("%1 of %2 shown").arg(page.links.shown).arg(page.links.total)
        }
        Banner {
            id: stale
            objectName: "linksError"
            y: 216
            width: parent.width
            height: visible ? implicitHeight : 0
            visible: page.links.state === LinksState.Failed
            iconName: "warning"
            strong: page.links.errorText
            detail: page.links.errorDetail
            actionText: qsTr("Try again")
            actionName: "linksRetryStale"
            onActed: page.links.refresh()
        }

        LinkColumns {
            id: tableColumns
            available: overview.width
        }
        LinkHeads {
            id: heads
            y: stale.visible ? stale.y + stale.height + 4 : 208
            width: parent.width
            height: 40
            columns: tableColumns
            links: page.links
        }
        Rectangle {
            anchors.bottom: heads.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }

        ListView {
            id: table

            property int anchorRow: -1
            //! The keyboard's place is shown once the keyboard is used.
            property bool byKeys: false

            objectName: "linkList"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: heads.bottom
            anchors.bottom: bulk.visible ? bulk.top : parent.bottom
            anchors.bottomMargin: bulk.visible ? 12 : 0
            clip: true
            focus: true
            activeFocusOnTab: true
            reuseItems: true
            cacheBuffer: 300
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            bottomMargin: 16
            model: page.links.model
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Links")
            ScrollBar.vertical: ThinScrollBar {}
            onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0)
                currentIndex = 0
            Keys.onPressed: event => handle(event)

            function current(): LinkRow {
                return currentItem as LinkRow;
            }
            function copyLink() {
                if (page.links.selectedCount > 0)
                    page.links.copySelected();
                else if (current())
                    App.copy(current().url);
            }
            function unshare() {
                if (page.links.selectedCount > 0)
                    page.askSelected();
                else if (current())
                    page.askOne(current().linkId, current().shownTitle, current().messages);
            }
            function handle(event: KeyEvent) {
                const control = (event.modifiers & Qt.ControlModifier) !== 0;
                byKeys = true;
                event.accepted = true;
                if (control && event.key === Qt.Key_A)
                    page.links.selectAll();
                else if (control && event.key === Qt.Key_C)
                    copyLink();
                else if (event.key === Qt.Key_Delete)
                    unshare();
                else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier)))
                    openMenu();
                else if ((event.modifiers & Qt.ShiftModifier) && (event.key === Qt.Key_Down || event.key === Qt.Key_Up))
                    extend(event.key === Qt.Key_Down ? 1 : -1);
                else
                    event.accepted = false;
            }
            function openMenu() {
                if (current())
                    page.openMenu(current(), Qt.point(tableColumns.check + tableColumns.state, 36));
            }
            function extend(step: int) {
                if (anchorRow < 0)
                    anchorRow = currentIndex;
                currentIndex = Math.max(0, Math.min(count - 1, currentIndex + step));
                page.links.selectRange(anchorRow, currentIndex);
            }
            function press(row: LinkRow, modifiers: int) {
                byKeys = false;
                if (modifiers & Qt.ShiftModifier) {
                    page.links.selectRange(anchorRow < 0 ? row.index : anchorRow, row.index);
                } else if (modifiers & Qt.ControlModifier) {
                    page.links.toggle(row.index);
                    anchorRow = row.index;
                } else {
                    anchorRow = row.index;
                    page.links.detailId = row.linkId;
                }
                currentIndex = row.index;
                forceActiveFocus(Qt.MouseFocusReason);
            }

            delegate: LinkRow {
                id: entry

                width: table.width
                columns: tableColumns
                marked: table.activeFocus && ListView.isCurrentItem && (table.byKeys || visualFocus)
                Keys.onReturnPressed: page.links.detailId = linkId
                Keys.onEnterPressed: page.links.detailId = linkId
                Keys.onSpacePressed: {
                    page.links.toggle(index);
                    table.anchorRow = index;
                }
                onToggled: {
                    page.links.toggle(index);
                    table.anchorRow = index;
                    table.currentIndex = index;
                }
                onCopyWanted: App.copy(url)
                Accessible.onPressAction: page.links.detailId = linkId

                TapHandler {
                    onTapped: table.press(entry, point.modifiers)
                }
                TapHandler {
                    acceptedButtons: Qt.RightButton
                    onTapped: eventPoint => {
                        table.byKeys = false;
                        table.currentIndex = entry.index;
                        page.openMenu(entry, eventPoint.position);
                    }
                }
            }
        }
        ProgressLine {
            anchors.top: heads.bottom
            width: parent.width
            height: 2
            visible: page.links.state === LinksState.Loading
            name: qsTr("Reading the links")
        }
        EmptyState {
            anchors.fill: table
            visible: page.links.total > 0 && page.links.shown === 0
            objectName: "linksNoMatch"
            iconName: "search"
            title: qsTr("No link matches")
            text: qsTr("%Ln link(s) hidden by search and filters.", "", page.links.total)
            actionText: qsTr("Clear filters")
            actionName: "clearLinkFilters"
            onActed: {
                page.links.search = "";
                page.links.stateFilter = "";
                page.links.projectFilter = "";
                page.links.ageFilter = 0;
            }
        }
        BulkBar {
            id: bulk
            objectName: "bulkBar"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 20
            visible: page.links.busy || page.links.selectedCount > 0 || page.links.failedCount > 0
            onUnshareWanted: page.askSelected()
        }
    }

    Lazy {
        anchors.fill: parent
        active: page.inDetail
        focus: page.inDetail
        sourceComponent: LinkDetail {
            anchors.fill: parent
            focus: true
            onBackWanted: page.goBack()
            onUpdateWanted: page.updateWanted()
            onReplaceWanted: page.replaceWanted()
            onUnshareWanted: page.askOne(linkId, shownTitle, messages)
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }

    Lazy {
        anchors.fill: parent
        active: page.wholePage && !page.inDetail
        sourceComponent: EmptyState {
            anchors.fill: parent
            objectName: "linksWhole"
            iconName: page.links.state === LinksState.Failed ? "warning" : "link"
            ink: page.links.state === LinksState.Failed ? Theme.warning : Theme.accent
            title: page.links.state === LinksState.Failed ? page.links.errorText : qsTr("Nothing is public")
            text: page.links.state === LinksState.Failed ? "" : qsTr("Every link that opencode or Sharelock makes on this computer is listed here and stays listed, also when its session is deleted.")
            detail: page.links.state === LinksState.Failed ? page.links.errorDetail : ""
            actionText: page.links.state === LinksState.Failed ? qsTr("Try again") : ""
            actionName: "linksRetry"
            onActed: page.links.refresh()
        }
    }
}
