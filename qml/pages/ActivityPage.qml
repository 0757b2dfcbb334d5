// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

AppPage {
    id: page

    objectName: "pageActivity"
    focus: true

    readonly property ActivityModel receipts: App.activity
    readonly property bool wholePage: receipts.total === 0 && receipts.state !== ActivityModel.Loading

    function focusSearch() {
        search.forceActiveFocus(Qt.ShortcutFocusReason);
        search.selectAll();
    }
    function reload() {
        receipts.refresh();
    }

    FocusScope {
        id: overview
        anchors.fill: parent
        anchors.leftMargin: 24
        anchors.rightMargin: 24
        visible: !page.wholePage
        focus: true

        TitleLabel {
            y: 17
            text: qsTr("Activity")
        }
        PlainLabel {
            y: 41
            width: parent.width
            color: Theme.muted
            text: qsTr("Every publishing, takedown and probe, with its result and proof.")
        }
        Row {
            y: 80
            spacing: 8

            SearchField {
                id: search
                objectName: "activitySearch"
                width: 300
                hint: qsTr("Search activity")
                text: page.receipts.search
                onTextEdited: page.receipts.search = text
                onAccepted: list.forceActiveFocus(Qt.TabFocusReason)
                onLeftDown: list.forceActiveFocus(Qt.TabFocusReason)
            }
            MenuButton {
                objectName: "actFilter"
                allText: qsTr("All acts")
                keys: page.receipts.acts
                current: page.receipts.filter
                onChosen: key => page.receipts.filter = key

                function captionOf(key: string): string {
                    return page.receipts.textOfAct(key);
                }
            }
        }
        SecondaryButton {
            id: exportButton
            objectName: "activityExport"
            anchors.right: parent.right
            y: 80
            text: qsTr("Export…")
            enabled: page.receipts.total > 0
            onClicked: exporting.ask()
        }
        PlainLabel {
            anchors.right: exportButton.left
            anchors.rightMargin: 16
            y: 80
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            color: Theme.muted
            text: qsTr("%1 of %2 shown").arg(page.receipts.shown).arg(page.receipts.total)
        }
        Banner {
            id: stale
            objectName: "activityError"
            y: 124
            width: parent.width
            height: visible ? implicitHeight : 0
            visible: page.receipts.state === ActivityModel.Failed
            iconName: "warning"
            strong: page.receipts.errorText
            detail: page.receipts.errorDetail
            actionText: qsTr("Try again")
            actionName: "activityRetryStale"
            onActed: page.receipts.refresh()
        }
        Rectangle {
            anchors.bottom: list.top
            width: parent.width
            height: 1
            color: Theme.line
        }
        ListView {
            id: list

            //! The keyboard's place is shown once the keyboard is used.
            property bool byKeys: false

            objectName: "activityList"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: stale.visible ? stale.y + stale.height + 12 : 128
            anchors.bottom: parent.bottom
            clip: true
            focus: true
            activeFocusOnTab: true
            reuseItems: true
            cacheBuffer: 300
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            bottomMargin: 16
            model: page.receipts
            Keys.onPressed: event => {
                byKeys = true;
                event.accepted = false;
            }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Activity")
            ScrollBar.vertical: ThinScrollBar {}
            delegate: ActivityRow {
                width: list.width
                marked: list.activeFocus && ListView.isCurrentItem && (list.byKeys || visualFocus)
                onPressed: list.byKeys = false
                ListView.onPooled: open = false
            }
        }
        EmptyState {
            anchors.fill: list
            visible: page.receipts.total > 0 && page.receipts.shown === 0
            objectName: "activityNoMatch"
            iconName: "search"
            title: qsTr("Nothing matches")
            text: qsTr("%Ln entry(s) hidden by search and filter.", "", page.receipts.total)
            actionText: qsTr("Clear filters")
            actionName: "clearActivityFilters"
            onActed: {
                page.receipts.search = "";
                page.receipts.filter = "";
            }
        }
    }
    Lazy {
        anchors.fill: parent
        active: page.wholePage
        sourceComponent: EmptyState {
            anchors.fill: parent
            objectName: "activityWhole"
            iconName: page.receipts.state === ActivityModel.Failed ? "warning" : "activity"
            ink: page.receipts.state === ActivityModel.Failed ? Theme.warning : Theme.accent
            title: page.receipts.state === ActivityModel.Failed ? page.receipts.errorText : qsTr("Nothing has happened yet")
            text: page.receipts.state === ActivityModel.Failed ? "" : qsTr("What you publish and take down is written here, each with the server's answer.")
            detail: page.receipts.state === ActivityModel.Failed ? page.receipts.errorDetail : ""
            actionText: page.receipts.state === ActivityModel.Failed ? qsTr("Try again") : ""
            actionName: "activityRetry"
            onActed: page.receipts.refresh()
        }
    }
    ExportDialog {
        id: exporting
    }
}
