// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One link: what the public sees behind it, and all that was done with it.
FocusScope {
    id: detail

    readonly property LinksState links: App.links
    readonly property string linkId: links.detailId
    readonly property string url: Format.text(links.detailLink, "url")
    readonly property string title: Format.text(links.detailLink, "title")
    readonly property string stateKey: Format.text(links.detailLink, "stateKey")
    readonly property string stateText: Format.text(links.detailLink, "stateText")
    readonly property string project: Format.text(links.detailLink, "project")
    readonly property string kindText: Format.text(links.detailLink, "kindText")
    readonly property string server: Format.text(links.detailLink, "server")
    readonly property string busyText: Format.text(links.detailLink, "busyText")
    readonly property string errorText: Format.text(links.detailLink, "errorText")
    readonly property string proof: Format.text(links.detailLink, "proof")
    readonly property date sharedAt: Format.time(links.detailLink, "sharedAt")
    readonly property date checkedAt: Format.time(links.detailLink, "checkedAt")
    readonly property int messages: Format.integer(links.detailLink, "messages", -1)
    readonly property bool sessionDeleted: Format.flag(links.detailLink, "sessionDeleted")
    readonly property date syncedAt: Format.time(links.detailLink, "syncedAt")
    readonly property bool updatable: Format.flag(links.detailLink, "updatable")
    readonly property bool partlyUpdated: Format.flag(links.detailLink, "partlyUpdated")
    readonly property bool replaceable: Format.flag(links.detailLink, "replaceable")
    readonly property bool hasKey: Format.flag(links.detailLink, "hasKey")
    readonly property int secrets: Format.integer(links.detailLink, "secrets", -1)
    readonly property int personal: Format.integer(links.detailLink, "personal", -1)
    readonly property date expiresAt: Format.time(links.detailLink, "expiresAt")
    readonly property bool overdue: Format.flag(links.detailLink, "overdue")
    readonly property string shownTitle: title === "" ? qsTr("Untitled session") : title
    readonly property bool removed: stateKey === "removed"
    //! Something is public that a snapshot would hide.
    readonly property bool exposes: replaceable && secrets + personal > 0
    readonly property bool tight: width < (updatable || replaceable ? 900 : 700)
    signal backWanted
    signal updateWanted
    signal replaceWanted
    signal unshareWanted

    //! What stands in what is public, by the last look.
    function findingsText(): string {
        if (secrets < 0)
            return qsTr("not looked at yet");
        if (secrets + personal === 0)
            return qsTr("none");
        return Format.parts([secrets > 0 ? qsTr("%Ln secret(s)", "", secrets) : "", personal > 0 ? qsTr("%Ln personal detail(s)", "", personal) : ""]);
    }

    // A search goes on while one looks elsewhere; only another link ends it.
    onUrlChanged: if (url !== "")
        App.keySearch.show(url)
    Component.onCompleted: if (url !== "")
        App.keySearch.show(url)
    Keys.onDeletePressed: if (!removed && busyText === "")
        unshareWanted()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_C && (event.modifiers & Qt.ControlModifier)) {
            App.copy(url);
            event.accepted = true;
        }
    }

    Item {
        id: header
        width: parent.width
        height: detail.tight ? 116 : 72

        IconButton {
            id: back
            objectName: "linkBack"
            x: 16
            y: 20
            iconName: "back"
            text: qsTr("Back to the list")
            onClicked: detail.backWanted()
        }
        Column {
            x: 56
            y: 16
            width: (detail.tight ? parent.width - 24 : actions.x - 16) - x
            spacing: 2

            TitleLabel {
                objectName: "linkTitle"
                width: parent.width
                text: detail.shownTitle
            }
            PlainLabel {
                width: parent.width
                color: Theme.muted
                text: Format.parts([detail.project, detail.kindText, detail.server])
            }
        }
        Row {
            id: actions
            anchors.right: parent.right
            anchors.rightMargin: 24
            y: detail.tight ? 72 : 22
            spacing: 8

            AppButton {
                objectName: "linkReplace"
                visible: detail.replaceable
                enabled: detail.busyText === ""
                iconName: "shield"
                ink: detail.exposes ? Theme.accentInk : Theme.text
                fill: detail.exposes ? Theme.accent : Theme.surface
                edge: detail.exposes ? "transparent" : Theme.line
                text: qsTr("Replace by redacted snapshot…")
                onClicked: detail.replaceWanted()
            }
            SecondaryButton {
                objectName: "linkUpdate"
                visible: detail.updatable
                enabled: detail.busyText === ""
                iconName: "upload"
                text: qsTr("Update snapshot")
                onClicked: detail.updateWanted()
            }
            SecondaryButton {
                objectName: "linkCopy"
                iconName: "copy"
                text: qsTr("Copy link")
                onClicked: App.copy(detail.url)
            }
            SecondaryButton {
                objectName: "linkOpen"
                iconName: "external"
                text: qsTr("Open")
                onClicked: App.open(detail.url)
            }
            DangerButton {
                objectName: "linkUnshare"
                visible: !detail.removed
                enabled: detail.busyText === ""
                text: qsTr("Unshare")
                onClicked: detail.unshareWanted()
            }
        }
    }

    Banner {
        id: banner

        readonly property bool doubtful: detail.stateKey === "still-served" || detail.stateKey === "cached"

        objectName: "linkBanner"
        anchors.top: header.bottom
        anchors.topMargin: 4
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.right: side.left
        anchors.rightMargin: 24
        iconName: detail.removed ? "check" : detail.exposes ? "key" : "globe"
        ink: detail.removed ? Theme.good : detail.exposes ? Theme.danger : doubtful ? Theme.warning : Theme.accent
        ground: detail.removed ? Theme.goodSoft : detail.exposes ? Theme.dangerSoft : doubtful ? Theme.warningSoft : Theme.accentSoft
        strong: detail.removed ? qsTr("Removed, and proved.") : detail.exposes ? qsTr("This is what the public sees: %1.").arg(detail.findingsText()) : qsTr("This is what the public sees.")
        text: detail.removed ? detail.proof : detail.exposes ? qsTr("A redacted snapshot can take its place. It is published and read back before this link goes.") : qsTr("Fetched from %1, not from this computer.").arg(detail.server)
    }
    LostKeyPanel {
        id: lostKey
        anchors.top: banner.bottom
        anchors.topMargin: visible ? 8 : 0
        anchors.left: banner.left
        anchors.right: banner.right
        visible: !detail.removed && (detail.stateKey === "orphan-lost" || search.state !== KeySearch.Idle)
        height: visible ? implicitHeight : 0
        onUnshareWanted: detail.unshareWanted()
    }
    TranscriptView {
        id: view
        visible: !detail.removed
        anchors.top: lostKey.bottom
        anchors.topMargin: 4
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.right: side.left
        focus: true
        transcript: detail.links.detail
        emptyText: qsTr("Nothing is public behind this link.")
    }

    // What is left of a link that is gone are our own blanks at most; there is nothing to read in them.
    EmptyState {
        anchors.fill: view
        visible: detail.removed
        objectName: "linkNothing"
        iconName: "shield"
        ink: Theme.good
        title: qsTr("Nothing is public behind this link.")
        text: qsTr("The history tells how it was removed and what the server answered.")
    }

    Item {
        id: side
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: detail.tight ? 0 : 304
        visible: !detail.tight

        Rectangle {
            width: 1
            height: parent.height
            color: Theme.line
        }
        Flickable {
            id: history
            objectName: "linkHistory"
            anchors.fill: parent
            anchors.leftMargin: 17
            anchors.rightMargin: 16
            clip: true
            contentWidth: width
            contentHeight: facts.implicitHeight + 16
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ThinScrollBar {}

            Column {
                id: facts
                // Beside the scroll bar, not below it.
                width: history.width - 8

                Item {
                    width: parent.width
                    height: 34

                    StateChip {
                        objectName: "linkState"
                        y: 4
                        stateKey: detail.busyText !== "" ? "busy" : detail.stateKey === "live" && detail.secrets > 0 ? "secrets" : detail.stateKey
                        iconName: detail.busyText === "" ? iconOf(stateKey) : "refresh"
                        text: detail.busyText === "" ? detail.stateText : detail.busyText
                    }
                }
                ProgressLine {
                    width: parent.width
                    visible: detail.busyText !== ""
                    name: detail.busyText
                }
                BodyLabel {
                    objectName: "linkError"
                    width: parent.width
                    visible: text !== ""
                    text: detail.errorText
                    color: Theme.danger
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Shared")
                    value: Format.since(detail.sharedAt, App.minute)
                }
                FactLine {
                    objectName: "linkSynced"
                    width: parent.width
                    name: qsTr("Last synced")
                    value: Format.text(detail.links.detailLink, "kind") === "live" ? qsTr("by opencode") : isNaN(detail.syncedAt.getTime()) ? qsTr("never") : detail.partlyUpdated ? qsTr("%1, since then partly updated").arg(Format.since(detail.syncedAt, App.minute)) : Format.since(detail.syncedAt, App.minute)
                    ink: detail.partlyUpdated ? Theme.warning : Theme.text
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Last checked")
                    value: isNaN(detail.checkedAt.getTime()) ? qsTr("never") : Format.since(detail.checkedAt, App.minute)
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Messages public")
                    value: detail.messages < 0 ? qsTr("not known") : Format.number(detail.messages)
                }
                FactLine {
                    objectName: "linkFindings"
                    width: parent.width
                    visible: !detail.removed
                    name: qsTr("Findings")
                    value: detail.findingsText()
                    ink: detail.secrets > 0 ? Theme.danger : detail.personal > 0 ? Theme.warning : Theme.text
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Local session")
                    value: detail.sessionDeleted ? qsTr("deleted") : qsTr("still there")
                }
                FactLine {
                    objectName: "linkDifference"
                    width: parent.width
                    name: qsTr("Compared with it")
                    value: detail.links.detailDifference
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Known from")
                    value: Format.text(detail.links.detailLink, "sourceText")
                }
                Item {
                    width: parent.width
                    height: 40
                    visible: !detail.removed && detail.hasKey

                    PlainLabel {
                        y: 11
                        text: qsTr("Expires")
                        color: Theme.muted
                    }
                    MenuButton {
                        objectName: "linkExpiry"
                        anchors.right: parent.right
                        y: 4
                        allText: qsTr("Never")
                        keys: ["1", "7", "30"]
                        // What was set is a moment, not one of the choices.
                        current: isNaN(detail.expiresAt.getTime()) ? "" : "set"
                        onChosen: key => detail.links.setExpiry(detail.linkId, Number(key))

                        function captionOf(key: string): string {
                            if (key === "set")
                                return detail.overdue ? qsTr("Overdue") : Format.until(detail.expiresAt, App.minute);
                            return key === "1" ? qsTr("In a day") : qsTr("In %1 days").arg(key);
                        }
                    }
                }
                FactLine {
                    width: parent.width
                    name: qsTr("Key to remove it")
                    value: detail.hasKey ? qsTr("in the vault") : qsTr("lost")
                    ink: detail.hasKey ? Theme.text : Theme.danger
                }
                FactLine {
                    objectName: "linkUrl"
                    width: parent.width
                    name: qsTr("Address")
                    value: detail.url
                    code: true
                }
                Item {
                    width: 1
                    height: 16
                }
                Rectangle {
                    width: parent.width
                    height: 1
                    color: Theme.line
                }
                SectionLabel {
                    height: 44
                    verticalAlignment: Text.AlignVCenter
                    text: qsTr("History")
                }
                Repeater {
                    model: detail.links.detailHistory

                    ReceiptLine {
                        width: facts.width
                    }
                }
            }
        }
    }
}
