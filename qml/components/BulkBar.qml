// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! What can be done with the selected links, or how far it has come.
Rectangle {
    id: bar

    readonly property LinksState links: App.links
    signal unshareWanted

    function publicText(): string {
        const text = qsTr("%Ln message(s) are public", "", bar.links.selectedMessages);
        return bar.links.selectedSecrets > 0 ? text + qsTr(", %Ln secret(s) among them", "", bar.links.selectedSecrets) : text;
    }

    implicitHeight: 52
    radius: Theme.radiusPanel
    color: Theme.surface
    border.color: Theme.line
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Selected links")

    Shadow {}

    PlainLabel {
        id: count
        objectName: "bulkCount"
        x: 16
        anchors.verticalCenter: parent.verticalCenter
        text: bar.links.busy ? qsTr("%1 of %2 done").arg(bar.links.doneCount).arg(bar.links.todoCount) : qsTr("%Ln selected", "", bar.links.selectedCount)
        font.weight: Font.DemiBold
    }
    PlainLabel {
        anchors.left: count.right
        anchors.leftMargin: 12
        anchors.right: buttons.left
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        visible: !bar.links.busy
        text: bar.links.failedCount > 0 ? qsTr("%Ln failed; the reason is in the row.", "", bar.links.failedCount) : bar.links.selectedMessages > 0 ? bar.publicText() : ""
        color: bar.links.failedCount > 0 ? Theme.danger : Theme.muted
    }
    ProgressLine {
        objectName: "bulkProgress"
        anchors.left: count.right
        anchors.leftMargin: 12
        anchors.right: buttons.left
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        visible: bar.links.busy
        value: bar.links.todoCount > 1 ? bar.links.doneCount / bar.links.todoCount : -1
        name: qsTr("Working on the links")
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12

        SecondaryButton {
            objectName: "bulkCancel"
            visible: bar.links.busy
            text: qsTr("Cancel")
            onClicked: bar.links.cancel()
        }
        SecondaryButton {
            objectName: "bulkClear"
            visible: !bar.links.busy && bar.links.selectedCount > 0
            text: qsTr("Clear")
            onClicked: bar.links.clearSelection()
        }
        SecondaryButton {
            objectName: "bulkCopy"
            visible: !bar.links.busy && bar.links.selectedCount > 0
            text: qsTr("Copy links")
            onClicked: bar.links.copySelected()
        }
        SecondaryButton {
            objectName: "bulkRetry"
            visible: !bar.links.busy && bar.links.failedCount > 0
            iconName: "refresh"
            text: qsTr("Retry failed")
            onClicked: bar.links.retryFailed()
        }
        DangerButton {
            objectName: "bulkUnshare"
            visible: !bar.links.busy && bar.links.selectedCount > 0
            text: bar.links.selectedCount === 1 ? qsTr("Unshare") : qsTr("Unshare %Ln", "button", bar.links.selectedCount)
            onClicked: bar.unshareWanted()
        }
    }
}
