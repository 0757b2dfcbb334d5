// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One value that was found: what it is, why, in how many places, and what becomes of it. The value stays masked
//! until asked for.
Rectangle {
    id: card

    required property int index
    required property string title
    required property string reason
    required property string kind
    required property string masked
    required property int places
    required property string pseudonym
    required property int choice
    required property int scope
    required property bool renamed
    property string projectName
    property bool canMerge: false
    property bool current: false
    property string revealed
    readonly property bool isOpen: choice === FindingsModel.Open
    readonly property bool isHidden: choice === FindingsModel.Redact
    readonly property bool isSecret: kind === "secret"
    readonly property bool unfolded: current || isOpen
    readonly property string stateText: isOpen ? qsTr("Waits for you") : isHidden ? qsTr("Redacted") : keptText
    readonly property string keptText: scope === FindingsModel.Always ? qsTr("Always kept") : scope === FindingsModel.Project ? qsTr("Kept in %1").arg(projectName) : qsTr("Kept here")
    readonly property Item keepButton: keep
    readonly property Item mergeButton: merge
    signal redactChosen
    signal keepWanted
    signal renameWanted
    signal mergeWanted
    signal pressed

    height: column.implicitHeight + 24
    radius: Theme.radius
    color: Theme.surface
    border.width: current ? 2 : 1
    border.color: current ? Theme.accent : Theme.line
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %Ln place(s), %3", "", places).arg(title).arg(masked).arg(stateText)
    Accessible.focusable: true
    Accessible.focused: current
    Accessible.onPressAction: card.pressed()
    onCurrentChanged: revealed = ""

    TapHandler {
        onTapped: card.pressed()
    }
    Column {
        id: column
        x: 12
        y: 12
        width: parent.width - 24
        spacing: 8

        Chip {
            width: Math.min(implicitWidth, parent.width)
            text: card.title
            iconName: card.isSecret ? "key" : ""
            ink: card.isSecret ? Theme.danger : Theme.warning
            color: card.isSecret ? Theme.dangerSoft : Theme.warningSoft
        }
        CodeLabel {
            width: parent.width
            text: card.revealed !== "" ? card.revealed : card.isHidden ? card.masked + " → " + card.pseudonym : card.masked
            wrapMode: card.revealed !== "" ? Text.WrapAnywhere : Text.NoWrap
            maximumLineCount: card.revealed !== "" ? 6 : 1
            elide: Text.ElideRight
        }
        Item {
            width: parent.width
            height: 22

            SmallLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("In %Ln place(s)", "", card.places)
                Accessible.ignored: true
            }
            Chip {
                id: stateChip
                anchors.right: parent.right
                width: Math.min(implicitWidth, 160)
                text: card.stateText
                iconName: card.isOpen ? "warning" : card.isHidden ? "check" : "eye"
                ink: card.isOpen ? Theme.warning : card.isHidden ? Theme.good : Theme.neutral
                color: card.isOpen ? Theme.warningSoft : card.isHidden ? Theme.goodSoft : Theme.neutralSoft
            }
        }
        SmallLabel {
            width: parent.width
            visible: card.unfolded
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: card.reason
        }
        Row {
            visible: card.unfolded
            spacing: 8

            PrimaryButton {
                objectName: "findingRedact"
                visible: !card.isHidden
                implicitHeight: 28
                inset: 12
                text: qsTr("Redact")
                Accessible.name: qsTr("Redact %1").arg(card.title)
                focusPolicy: Qt.ClickFocus
                onClicked: card.redactChosen()
            }
            SecondaryButton {
                id: keep
                objectName: "findingKeep"
                implicitHeight: 28
                inset: 12
                text: qsTr("Keep…")
                Accessible.name: qsTr("Keep %1").arg(card.title)
                Accessible.role: Accessible.ButtonMenu
                focusPolicy: Qt.ClickFocus
                onClicked: card.keepWanted()
            }
            SecondaryButton {
                objectName: "findingReveal"
                implicitHeight: 28
                inset: 12
                text: card.revealed === "" ? qsTr("Show") : qsTr("Mask")
                Accessible.name: qsTr("Show the value of %1").arg(card.title)
                focusPolicy: Qt.ClickFocus
                onClicked: card.revealed = card.revealed === "" ? App.findings.revealed(card.index) : ""
            }
        }
        Row {
            visible: card.unfolded && card.isHidden
            spacing: 4
            leftPadding: -6

            LinkButton {
                objectName: "findingRename"
                text: qsTr("Rename…")
                Accessible.name: qsTr("Rename the pseudonym of %1").arg(card.title)
                focusPolicy: Qt.ClickFocus
                onClicked: card.renameWanted()
            }
            LinkButton {
                id: merge
                objectName: "findingMerge"
                visible: card.canMerge || card.renamed
                text: qsTr("Same as…")
                Accessible.name: qsTr("Give %1 the pseudonym of another value").arg(card.title)
                Accessible.role: Accessible.ButtonMenu
                focusPolicy: Qt.ClickFocus
                onClicked: card.mergeWanted()
            }
        }
    }
}
