// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

AppPage {
    id: page

    readonly property ShareModeState modes: App.shareMode
    readonly property bool wide: width >= 828
    property bool detailOpen: false
    //! Sessions may have come since.
    onVisibleChanged: if (visible)
        modes.refresh()

    function focusSearch() {
        detailOpen = false;
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }
    function reload() {
        modes.refresh();
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
    function show(directory: string, enter: bool) {
        modes.directory = directory;
        if (enter) {
            detailOpen = true;
            detail.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    Item {
        id: pane

        visible: page.wide || !page.detailOpen
        width: page.wide ? Math.max(320, Math.min(440, page.width * 0.38)) : page.width
        height: parent.height

        TitleLabel {
            id: title
            x: 16
            y: 17
            text: qsTr("Share mode")
        }
        SmallLabel {
            x: 16
            y: 44
            width: parent.width - 32
            text: qsTr("What opencode does with new conversations, and why.")
        }
        SecondaryButton {
            objectName: "modeAddFolder"
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 12
            text: qsTr("Add folder…")
            onClicked: adding.open()
        }
        SearchField {
            id: search
            objectName: "modeSearch"
            x: 16
            y: 72
            width: parent.width - 32
            focus: true
            hint: qsTr("Search projects")
            text: page.modes.search
            onTextEdited: page.modes.search = text
            onAccepted: list.forceActiveFocus(Qt.TabFocusReason)
            onLeftDown: list.forceActiveFocus(Qt.TabFocusReason)
        }
        Flow {
            id: filters
            x: 16
            y: 112
            width: parent.width - 32
            spacing: 8

            Repeater {
                model: ["manual", "auto", "disabled", "broken"]

                FilterChip {
                    required property string modelData

                    objectName: "modeFilter-" + modelData
                    caption: modeNames.textOf(modelData)
                    active: page.modes.modeFilter === modelData
                    onClicked: page.modes.modeFilter = active ? "" : modelData
                }
            }
            ModeChip {
                id: modeNames
                visible: false
            }
        }
        Banner {
            id: failed
            objectName: "modesError"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: 16
            y: filters.y + filters.height + 8
            height: visible ? implicitHeight : 0
            visible: page.modes.state === ShareModeState.Failed
            iconName: "warning"
            strong: page.modes.errorText
            detail: page.modes.errorDetail
            actionText: qsTr("Try again")
            actionName: "modesRetry"
            onActed: page.modes.refresh()
        }
        ListView {
            id: list

            property bool byKeys: false

            objectName: "modeList"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.rightMargin: 1
            anchors.top: failed.visible ? failed.bottom : filters.bottom
            anchors.topMargin: 8
            anchors.bottom: bulk.visible ? bulk.top : parent.bottom
            clip: true
            activeFocusOnTab: true
            reuseItems: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            currentIndex: -1
            model: page.modes.model
            Keys.onPressed: event => {
                byKeys = true;
                event.accepted = false;
            }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Projects")
            ScrollBar.vertical: ThinScrollBar {}
            onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count > 0)
                currentIndex = 0
            Keys.onUpPressed: event => {
                if (currentIndex > 0)
                    decrementCurrentIndex();
                else
                    search.forceActiveFocus(Qt.BacktabFocusReason);
            }

            delegate: ModeRow {
                width: list.width
                isShown: directory === page.modes.directory
                marked: list.activeFocus && ListView.isCurrentItem && (list.byKeys || visualFocus)
                selecting: page.modes.selectedCount > 0
                focusPolicy: Qt.NoFocus
                Keys.onReturnPressed: page.show(directory, true)
                Keys.onEnterPressed: page.show(directory, true)
                ListView.onIsCurrentItemChanged: if (ListView.isCurrentItem && list.activeFocus && page.wide)
                    page.show(directory, false)
                onToggled: page.modes.toggle(index)
                onClicked: {
                    list.byKeys = false;
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    page.show(directory, !page.wide);
                }
            }
        }
        EmptyState {
            anchors.fill: list
            visible: page.modes.shown === 0 && page.modes.state === ShareModeState.Ready
            objectName: "modesNoMatch"
            iconName: "search"
            title: qsTr("No project matches")
            actionText: qsTr("Clear filters")
            actionName: "clearModeFilters"
            onActed: {
                page.modes.search = "";
                page.modes.modeFilter = "";
                search.clear();
            }
        }
        Rectangle {
            id: bulk
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: 12
            height: 52
            visible: page.modes.selectedCount > 0
            radius: Theme.radiusPanel
            color: Theme.surface
            border.color: Theme.line
            Accessible.role: Accessible.ToolBar
            Accessible.name: qsTr("Selected projects")

            PlainLabel {
                objectName: "modeBulkCount"
                x: 16
                anchors.verticalCenter: parent.verticalCenter
                width: bulkButtons.x - x - 8
                text: page.modes.bulkFailed > 0 ? qsTr("%Ln failed", "", page.modes.bulkFailed) : qsTr("%Ln selected", "", page.modes.selectedCount)
                color: page.modes.bulkFailed > 0 ? Theme.danger : Theme.text
                font.weight: Font.DemiBold
            }
            Row {
                id: bulkButtons
                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8

                SecondaryButton {
                    objectName: "modeBulkClear"
                    text: qsTr("Clear")
                    onClicked: page.modes.clearSelection()
                }
                PrimaryButton {
                    objectName: "modeBulkDisable"
                    enabled: !page.modes.bulkBusy
                    text: qsTr("Disable")
                    onClicked: page.modes.planDisabling()
                }
            }
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: Theme.line
        }
    }
    ModeDetail {
        id: detail
        x: page.wide ? pane.width : 0
        width: parent.width - x
        height: parent.height
        visible: page.modes.total > 0 && (page.wide || page.detailOpen)
        canGoBack: !page.wide
        onBackWanted: page.goBack()
        onUnshareWanted: unsharing.askViolating(violating)
    }
    UnshareDialog {
        id: unsharing
    }
    Connections {
        target: page.modes
        function onBulkPlanned() {
            disabling.open();
        }
        function onFolderAdded() {
            adding.close();
        }
    }
    DisableDialog {
        id: disabling
    }
    AddFolderDialog {
        id: adding
    }
}
