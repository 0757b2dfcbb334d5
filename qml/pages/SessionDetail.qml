// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One session, as it would be published.
AppPage {
    id: detail

    readonly property bool docked: width >= 760
    readonly property bool hasSnapshot: App.sessions.selectedSnapshot !== ""
    readonly property bool tight: width < (hasSnapshot ? 760 : 600)
    readonly property string replacedText: {
        const secrets = App.transcript.hiddenSecrets;
        const details = App.transcript.hiddenDetails;
        if (secrets > 0 && details > 0)
            return qsTr("%1 and %2 are replaced.").arg(qsTr("%Ln secret(s)", "", secrets)).arg(qsTr("%Ln personal detail(s)", "", details));
        if (secrets > 0)
            return qsTr("%Ln secret(s) are replaced.", "", secrets);
        if (details > 0)
            return qsTr("%Ln personal detail(s) are replaced.", "", details);
        return qsTr("%Ln place(s) with paths and names are replaced.", "", App.transcript.replacedPlaces);
    }

    function focusContent() {
        view.forceActiveFocus(Qt.TabFocusReason);
    }

    function review() {
        if (docked.active) {
            (docked.item as PublicPanel).review();
            return;
        }
        panelPopup.open();
        (popupPanel.item as PublicPanel).review();
    }

    Shortcut {
        sequences: ["F8"]
        enabled: detail.visible
        onActivated: view.go(1)
    }
    Shortcut {
        sequences: ["Shift+F8"]
        enabled: detail.visible
        onActivated: view.go(-1)
    }
    Item {
        id: header
        width: parent.width
        height: detail.tight ? 116 : 72

        IconButton {
            id: back
            objectName: "sessionBack"
            x: 12
            y: 16
            visible: detail.canGoBack
            iconName: "back"
            text: qsTr("Back to the list")
            onClicked: detail.backWanted()
        }
        Column {
            id: names
            x: back.visible ? 52 : 24
            y: 16
            width: (detail.tight ? parent.width - 24 : actions.x - 16) - x
            spacing: 2

            TitleLabel {
                objectName: "sessionTitle"
                width: parent.width
                text: App.sessions.selectedTitle === "" ? qsTr("Untitled session") : App.sessions.selectedTitle
            }
            PlainLabel {
                //! Beside the actions of a narrow window, the size would cut what follows.
                readonly property bool hasRoom: detail.docked || detail.tight

                width: parent.width
                color: Theme.muted
                text: Format.parts([App.sessions.selectedProject, App.sessions.selectedMessages < 0 ? "" : qsTr("%Ln message(s)", "", App.sessions.selectedMessages), hasRoom && App.sessions.selectedBytes > 0 ? App.bytes(App.sessions.selectedBytes) : "", qsTr("updated %1").arg(Format.since(App.sessions.selectedUpdated, App.minute))])
            }
        }
        Item {
            id: actions
            anchors.right: parent.right
            anchors.rightMargin: 24
            y: detail.tight ? 72 : 22
            width: detail.tight ? parent.width - 48 : viewMode.width + 12 + publishButton.width + (detail.hasSnapshot ? updateButton.width + 8 : 0)
            height: Theme.controlHeight

            SegmentedControl {
                id: viewMode
                objectName: "viewMode"
                groupName: qsTr("What is shown")
                options: [qsTr("Original"), qsTr("As published")]
                names: ["viewOriginal", "viewAsPublished"]
                current: App.transcript.original ? 0 : 1
                onChosen: index => App.transcript.original = index === 0
            }
            SecondaryButton {
                id: updateButton
                objectName: "updateButton"
                anchors.right: publishButton.left
                anchors.rightMargin: 8
                visible: detail.hasSnapshot
                iconName: "upload"
                text: qsTr("Update snapshot")
                onClicked: detail.updateWanted()
            }
            PrimaryButton {
                id: publishButton
                objectName: "publishButton"
                anchors.right: parent.right
                iconName: "link"
                text: qsTr("Publish…")
                onClicked: detail.publishWanted()
            }
        }
    }

    Banner {
        id: banner
        objectName: "replacedBanner"
        // Of what could not be read there is nothing to say.
        visible: App.transcript.errorText === ""
        height: visible ? implicitHeight : 0
        anchors.top: header.bottom
        anchors.topMargin: 4
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.right: docked.left
        anchors.rightMargin: 24
        iconName: App.transcript.showsOriginal ? "eye" : "shield"
        ink: App.transcript.showsOriginal ? Theme.muted : Theme.warning
        ground: App.transcript.showsOriginal ? Theme.sunken : Theme.warningSoft
        strong: App.transcript.showsOriginal ? qsTr("This is the original. It stays on this computer.") : !App.transcript.counted ? qsTr("Looking for secrets, paths and names…") : detail.replacedText
        text: App.transcript.showsOriginal ? qsTr("A snapshot publishes what “As published” shows.") : Format.sentences([App.transcript.openValues > 0 ? qsTr("%Ln finding(s) wait for you.", "", App.transcript.openValues) : "", qsTr("Automatic search does not find everything.")])
        actionText: App.findings.count > 0 ? qsTr("Review") : detail.docked ? "" : qsTr("What is public")
        actionName: "reviewFindings"
        onActed: detail.review()
    }
    Item {
        id: newBar
        anchors.top: banner.bottom
        anchors.topMargin: visible ? 8 : 0
        anchors.left: banner.left
        anchors.right: banner.right
        height: visible ? Theme.controlHeight : 0
        visible: detail.hasSnapshot && !App.transcript.showsOriginal

        SegmentedControl {
            id: newMode
            objectName: "newMode"
            groupName: qsTr("How much is shown")
            options: [qsTr("All"), qsTr("New")]
            names: ["viewAll", "viewNew"]
            current: App.transcript.newOnly ? 1 : 0
            onChosen: index => App.transcript.newOnly = index === 1
        }
        SmallLabel {
            objectName: "newsText"
            anchors.left: newMode.right
            anchors.leftMargin: 12
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: !App.transcript.newOnly ? "" : App.transcript.newsText === "" && App.transcript.loading ? qsTr("Comparing with what is public…") : App.transcript.newsText
        }
    }
    TranscriptView {
        id: view
        anchors.top: newBar.bottom
        anchors.topMargin: 4
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.right: docked.left
        focus: true
        transcript: App.transcript
        walk: App.walk
        findings: App.findings
        emptyText: App.transcript.newOnly ? qsTr("The snapshot shows all of it already.") : qsTr("This session has no messages yet.")
    }

    Lazy {
        id: docked
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: active ? 304 : 0
        active: detail.docked
        sourceComponent: PublicPanel {
            anchors.fill: parent
            anchors.leftMargin: 1
            transcript: App.transcript
            findings: App.findings
            content: App.content
        }
    }
    Rectangle {
        anchors.left: docked.left
        anchors.top: docked.top
        anchors.bottom: docked.bottom
        width: 1
        visible: docked.active
        color: Theme.line
    }

    Popup {
        id: panelPopup
        x: parent.width - width - 16
        y: banner.y + 48
        width: 304
        height: Math.min(parent.height - y - 16, 520)
        padding: 0
        topPadding: 12
        focus: true
        background: Rectangle {
            radius: Theme.radiusPanel
            color: Theme.surface
            border.color: Theme.line

            Shadow {}
        }

        // Another page may come without a press outside: a screen reader's, a notification's.
        Connections {
            target: panelPopup.parent
            function onVisibleChanged() {
                if (!panelPopup.parent.visible)
                    panelPopup.close();
            }
        }
        Lazy {
            id: popupPanel
            anchors.fill: parent
            active: panelPopup.visible
            sourceComponent: PublicPanel {
                anchors.fill: parent
                transcript: App.transcript
                findings: App.findings
                content: App.content
            }
        }
    }
}
