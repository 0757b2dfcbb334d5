// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! From "what would leave" to the link, in one dialog.
ModalDialog {
    id: dialog

    readonly property PublishController job: App.publish
    readonly property bool isLive: job.kind === PublishController.Live
    readonly property bool isUpdate: job.kind === PublishController.Update
    readonly property bool isReplace: job.kind === PublishController.Replace
    readonly property bool done: job.linkUrl !== ""
    readonly property bool blocked: job.disabledReason !== "" || job.vaultProblem !== "" || (isLive && job.opencodeMissing)

    function headingText(): string {
        if (isUpdate)
            return done ? qsTr("Updated") : job.running ? qsTr("Updating “%1”").arg(job.title) : qsTr("Update snapshot");
        if (isReplace)
            return done && !job.running ? (job.oldLinkDoubt === "" ? qsTr("Replaced") : qsTr("Published; the old link is in doubt")) : job.running ? qsTr("Replacing the link of “%1”").arg(job.title) : qsTr("Replace by redacted snapshot");
        return done ? qsTr("Published") : job.running ? qsTr("Publishing “%1”").arg(job.title) : qsTr("Publish “%1”").arg(job.title);
    }

    objectName: "publishDialog"
    heading: headingText()
    firstFocus: cancel
    closePolicy: job.running ? Popup.NoAutoClose : Popup.CloseOnEscape

    Connections {
        target: dialog.job
        function onFinished(ok: bool) {
            if (ok && dialog.visible) {
                if (!dialog.isUpdate)
                    App.copy(dialog.job.linkUrl);
                doneButton.forceActiveFocus(Qt.TabFocusReason);
            } else if (dialog.visible) {
                cancel.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }

    Column {
        width: parent.width
        spacing: 16
        visible: !dialog.done && !dialog.job.running

        RadioCard {
            id: snapshotCard
            objectName: "kindSnapshot"
            visible: !dialog.isUpdate && !dialog.isReplace
            width: parent.width
            chosen: !dialog.isLive
            caption: qsTr("Redacted snapshot")
            explanation: qsTr("What you see under “As published”, and nothing later. You can remove it at any time.")
            onClicked: dialog.job.kind = PublishController.Snapshot
            Keys.onDownPressed: {
                liveCard.forceActiveFocus(Qt.TabFocusReason);
                liveCard.clicked();
            }
        }
        RadioCard {
            id: liveCard
            objectName: "kindLive"
            visible: !dialog.isUpdate && !dialog.isReplace
            width: parent.width
            chosen: dialog.isLive
            caption: qsTr("Live link")
            explanation: qsTr("opencode uploads everything as it is, and all that is said later. Nothing is replaced.")
            explanationInk: dialog.isLive ? Theme.danger : Theme.muted
            onClicked: dialog.job.kind = PublishController.Live
            Keys.onUpPressed: {
                snapshotCard.forceActiveFocus(Qt.TabFocusReason);
                snapshotCard.clicked();
            }
        }
        PlainLabel {
            objectName: "updateWhat"
            width: parent.width
            visible: dialog.isUpdate || dialog.isReplace
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            color: Theme.muted
            text: dialog.isReplace ? qsTr("Publishes “%1” as you see it under “As published”, at a new link, reads it back, and only then takes the old link down.").arg(dialog.job.title) : qsTr("Brings “%1” up to date, at the same link.").arg(dialog.job.title)
        }
        Row {
            width: parent.width
            spacing: 12
            visible: !dialog.job.upToDate

            FactTile {
                objectName: "tileLeaves"
                width: (parent.width - 24) / 3
                caption: qsTr("Leaves this computer")
                figure: !dialog.job.ready ? "…" : dialog.isUpdate ? qsTr("%Ln new message(s)", "", dialog.job.messages) : qsTr("%Ln message(s)", "", dialog.job.messages)
                note: !dialog.job.ready ? "" : dialog.isLive ? qsTr("and all later, to %1").arg(dialog.job.server) : qsTr("%1 to %2").arg(App.bytes(dialog.job.bytes)).arg(dialog.job.server)
            }
            FactTile {
                objectName: "tileReplaced"
                width: (parent.width - 24) / 3
                caption: dialog.isUpdate ? qsTr("Changes") : qsTr("Replaced")
                figure: dialog.isUpdate ? (!dialog.job.ready ? "…" : qsTr("%Ln changed item(s)", "", dialog.job.changedItems)) : dialog.isLive ? qsTr("Nothing") : !dialog.job.ready ? "…" : qsTr("%Ln value(s)", "", dialog.job.replacedValues)
                note: dialog.isUpdate ? (!dialog.job.ready ? "" : Format.parts([dialog.job.hiddenItems > 0 ? qsTr("%Ln to hide", "", dialog.job.hiddenItems) : "", dialog.job.blankedItems > 0 ? qsTr("%Ln blanked", "", dialog.job.blankedItems) : qsTr("none blanked")])) : dialog.isLive ? qsTr("paths and names stay") : !dialog.job.ready ? "" : qsTr("in %Ln place(s)", "", dialog.job.replacedPlaces)
                ink: dialog.isLive ? Theme.danger : Theme.text
                hint: dialog.isUpdate || dialog.isLive ? "" : qsTr("Values of the findings that are redacted, own words, and the home folder, user name and host name of this computer, as far as they stand here.")
            }
            FactTile {
                objectName: "tileCheck"
                width: (parent.width - 24) / 3
                caption: qsTr("Check of the final bytes")
                figure: dialog.isLive ? qsTr("None") : !dialog.job.ready ? "…" : dialog.job.gateText
                note: dialog.isLive ? qsTr("opencode sends it") : !dialog.job.ready ? "" : qsTr("in %1").arg(App.bytes(dialog.job.bytes))
                ink: dialog.isLive ? Theme.danger : dialog.job.ready && dialog.job.canPublish ? Theme.good : Theme.text
                hint: dialog.isLive ? "" : qsTr("Every value that is replaced is searched for in the very bytes that leave, and always the home folder, user name and host name of this computer, whether they stand here or not.")
            }
        }
        ProgressLine {
            width: parent.width
            visible: dialog.job.preparing
            name: qsTr("Preparing what would leave this computer")
        }
        Banner {
            objectName: "updateNothing"
            width: parent.width
            visible: dialog.job.upToDate
            iconName: "check"
            ink: Theme.good
            ground: Theme.goodSoft
            strong: qsTr("The snapshot is up to date.")
            text: qsTr("Nothing was said or changed since.")
        }
        Banner {
            objectName: "publishOpenFindings"
            width: parent.width
            visible: dialog.job.ready && !dialog.isLive && dialog.job.openFindings > 0
            strong: qsTr("%Ln finding(s) wait for your decision.", "", dialog.job.openFindings)
            text: dialog.isReplace ? qsTr("Redact or keep each one in the session's list of findings, then replace the link.") : qsTr("Redact or keep each one in the list of findings, then publish.")
            actionText: dialog.isReplace ? qsTr("Review") : ""
            actionName: "publishReview"
            onActed: {
                const id = dialog.job.sessionId;
                dialog.close();
                dialog.job.reviewWanted(id);
            }
        }
        Column {
            width: parent.width
            spacing: 8
            visible: dialog.job.ready && !dialog.isLive && dialog.job.keptSecrets > 0

            Banner {
                objectName: "publishKeptSecrets"
                width: parent.width
                iconName: "key"
                ink: Theme.danger
                ground: Theme.dangerSoft
                strong: qsTr("%Ln secret(s) that you keep will be public.", "", dialog.job.keptSecrets)
                text: qsTr("Say why; it is noted in the receipt.")
            }
            AppTextField {
                objectName: "keptReason"
                width: parent.width
                label: qsTr("Why these secrets may be public")
                placeholderText: label
                maximumLength: 300
                text: dialog.job.keptReason
                onTextEdited: dialog.job.keptReason = text
            }
            SmallLabel {
                objectName: "keptReasonProblem"
                width: parent.width
                visible: text !== ""
                text: dialog.job.keptReasonProblem
                color: Theme.danger
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }
        }
        Banner {
            objectName: "publishExposed"
            width: parent.width
            visible: dialog.job.ready && dialog.isLive && dialog.job.secrets > 0
            iconName: "key"
            ink: Theme.danger
            ground: Theme.dangerSoft
            strong: qsTr("A live link would make %Ln secret(s) public.", "", dialog.job.secrets)
            text: qsTr("They are in the list of findings. A snapshot hides them.")
        }
        Banner {
            objectName: "publishDisabled"
            width: parent.width
            visible: dialog.job.disabledReason !== ""
            iconName: "warning"
            ink: Theme.danger
            ground: Theme.dangerSoft
            strong: qsTr("Sharing is switched off for this project.")
            text: dialog.job.disabledReason
        }
        Banner {
            objectName: "publishVaultProblem"
            width: parent.width
            visible: dialog.job.vaultProblem !== ""
            iconName: "key"
            strong: dialog.job.vaultProblem
            actionText: qsTr("Try again")
            actionName: "publishVaultRetry"
            otherText: dialog.job.vaultFileOffered ? qsTr("Keep keys in a file instead") : ""
            otherName: "useVaultFile"
            onActed: dialog.job.retryVault()
            onOtherActed: dialog.job.useVaultFile()
        }
        Banner {
            objectName: "publishOpencodeMissing"
            width: parent.width
            visible: dialog.isLive && dialog.job.opencodeMissing
            iconName: "terminal"
            strong: qsTr("opencode is not installed here.")
            text: qsTr("A live link is made by opencode itself. A snapshot works without it.")
        }
        Banner {
            objectName: "publishError"
            width: parent.width
            visible: dialog.job.errorText !== ""
            iconName: "warning"
            ink: Theme.danger
            ground: Theme.dangerSoft
            strong: dialog.job.errorText
            text: dialog.isUpdate ? qsTr("Whatever was sent is redacted and stays; the next update completes it.") : ""
            detail: dialog.job.errorDetail
        }
        Column {
            width: parent.width
            spacing: 4
            visible: !dialog.isLive && !dialog.isUpdate

            ExpiryChoice {
                width: parent.width
                caption: qsTr("Remove automatically after")
                baseName: "removeAfter"
                days: dialog.job.removeAfterDays
                onChosen: days => dialog.job.removeAfterDays = days
            }
            SmallLabel {
                width: parent.width
                visible: dialog.job.removeAfterDays > 0
                text: qsTr("Sharelock removes it when it runs then.")
                color: Theme.muted
            }
        }
        Rectangle {
            width: parent.width
            height: leftOut.implicitHeight + 22
            radius: Theme.radius
            color: Theme.sunken
            visible: dialog.job.ready && !dialog.isLive && dialog.job.leftOut !== ""

            PlainLabel {
                id: leftOut
                objectName: "publishLeftOut"
                anchors.verticalCenter: parent.verticalCenter
                x: 14
                width: parent.width - 28
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                text: qsTr("Left out: %1.").arg(dialog.job.leftOut)
                color: Theme.muted
            }
        }
        Rectangle {
            width: parent.width
            height: 40
            radius: Theme.radius
            color: Theme.sunken

            PlainLabel {
                anchors.verticalCenter: parent.verticalCenter
                x: 14
                width: parent.width - 28
                text: qsTr("Anyone who has the link can read it and keep a copy.")
                color: Theme.muted
            }
        }
    }

    Column {
        width: parent.width
        spacing: 12
        visible: dialog.job.running

        StepLine {
            objectName: "replaceStep1"
            width: parent.width
            visible: dialog.isReplace
            isDone: dialog.job.step > 1
            text: qsTr("Publish the snapshot and read it back")
        }
        StepLine {
            objectName: "replaceStep2"
            width: parent.width
            visible: dialog.isReplace
            waits: dialog.job.step < 2
            text: qsTr("Take the old link down")
        }
        PlainLabel {
            objectName: "publishStage"
            width: parent.width
            text: dialog.job.stage
        }
        ProgressLine {
            objectName: "publishProgress"
            width: parent.width
            height: 6
            value: dialog.job.totalBytes > 0 ? dialog.job.progress : -1
            name: qsTr("Publishing")
        }
        SmallLabel {
            width: parent.width
            text: dialog.job.totalBytes > 0 ? qsTr("%1 of %2").arg(App.bytes(dialog.job.sentBytes)).arg(App.bytes(dialog.job.totalBytes)) : ""
        }
    }

    Column {
        width: parent.width
        spacing: 16
        visible: dialog.done && !dialog.job.running

        Banner {
            objectName: "replaceDoubt"
            width: parent.width
            visible: dialog.isReplace && dialog.job.oldLinkDoubt !== ""
            iconName: "warning"
            strong: qsTr("The old link is not gone yet, or not proved to be.")
            text: dialog.job.oldLinkDoubt
            actionText: qsTr("Retry")
            actionName: "replaceRetry"
            onActed: {
                dialog.job.retryTakedown();
                cancel.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        Banner {
            objectName: "publishedBanner"
            width: parent.width
            iconName: "check"
            ink: Theme.good
            ground: Theme.goodSoft
            strong: dialog.isReplace ? (dialog.job.oldLinkDoubt === "" ? qsTr("The snapshot took the link's place.") : qsTr("The snapshot is public.")) : dialog.isUpdate ? qsTr("The snapshot is up to date.") : qsTr("The link is copied to the clipboard.")
            text: dialog.isReplace ? (dialog.job.oldLinkDoubt === "" ? qsTr("The old link is gone, and proved to be. The new one is copied to the clipboard.") : qsTr("It was read back, and is copied to the clipboard.")) : dialog.isUpdate ? qsTr("It was read back: what is public is what you see under “As published”.") : dialog.isLive ? qsTr("opencode keeps it up to date. It is listed under Links, where you can remove it.") : qsTr("It is listed under Links, where you can remove it.")
        }
        Rectangle {
            width: parent.width
            height: 44
            radius: Theme.radius
            color: Theme.sunken

            CodeLabel {
                objectName: "publishedLink"
                anchors.verticalCenter: parent.verticalCenter
                x: 14
                width: parent.width - 28
                elide: Text.ElideMiddle
                text: dialog.job.linkUrl
            }
        }
    }

    footer: [
        SecondaryButton {
            id: cancel
            objectName: "publishCancel"
            visible: !dialog.done || dialog.job.running
            text: dialog.job.upToDate && !dialog.job.running ? qsTr("Close") : qsTr("Cancel")
            onClicked: dialog.job.running ? dialog.job.cancel() : dialog.close()
        },
        PrimaryButton {
            objectName: "publishConfirm"
            visible: !dialog.done && !dialog.job.running && dialog.job.disabledReason === "" && (!dialog.job.upToDate || dialog.job.canPublish)
            enabled: dialog.job.canPublish && !dialog.job.preparing && !dialog.blocked
            text: dialog.isUpdate ? qsTr("Update snapshot") : dialog.isReplace ? qsTr("Replace link") : dialog.isLive ? qsTr("Publish live link") : qsTr("Publish snapshot")
            onClicked: dialog.job.publish()
        },
        SecondaryButton {
            objectName: "publishCopy"
            visible: dialog.done && !dialog.job.running
            iconName: "copy"
            text: qsTr("Copy")
            onClicked: App.copy(dialog.job.linkUrl)
        },
        SecondaryButton {
            objectName: "publishOpen"
            visible: dialog.done && !dialog.job.running
            iconName: "external"
            text: qsTr("Open")
            onClicked: App.open(dialog.job.linkUrl)
        },
        PrimaryButton {
            id: doneButton
            objectName: "publishDone"
            visible: dialog.done && !dialog.job.running
            text: qsTr("Done")
            onClicked: dialog.close()
        }
    ]
}
