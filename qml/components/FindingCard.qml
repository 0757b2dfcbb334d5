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
    required property string where
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
    readonly property bool walked: App.walk.finding === index && App.walk.place > 0
    readonly property string placesText: walked ? qsTr("place %1 of %2").arg(App.walk.place).arg(App.walk.places) : places > 1 || unfolded ? qsTr("%Ln place(s)", "", places) : ""
    signal goWanted
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

        Item {
            id: kindLine
            width: parent.width
            height: 22

            Chip {
                id: kindChip
                width: Math.min(implicitWidth, parent.width - (stateChip.visible ? stateChip.width + 8 : 0) - (card.isOpen ? placesLabel.implicitWidth + 8 : 0))
                text: card.title
                iconName: card.isSecret ? "key" : ""
                ink: card.isSecret ? Theme.danger : Theme.warning
                color: card.isSecret ? Theme.dangerSoft : Theme.warningSoft
            }
            Chip {
                id: stateChip
                anchors.right: parent.right
                visible: !card.isOpen
                width: Math.min(implicitWidth, 136)
                // What it is goes before the word for the usual. The card's own name says both.
                iconOnly: card.isHidden && kindChip.implicitWidth + 8 + wholeWidth > parent.width
                text: card.stateText
                iconName: card.isHidden ? "check" : "eye"
                ink: card.isHidden ? Theme.good : Theme.neutral
                color: card.isHidden ? Theme.goodSoft : Theme.neutralSoft
            }
        }
        CodeLabel {
            id: maskedLine
            width: parent.width - (reveal.visible ? 32 : 0) - (placesLabel.parent === maskedLine && placesLabel.fits ? placesLabel.implicitWidth + 8 : 0)
            text: card.revealed !== "" ? card.revealed : card.isHidden ? card.masked + " → " + card.pseudonym : card.masked
            wrapMode: card.revealed !== "" ? Text.WrapAnywhere : Text.NoWrap
            maximumLineCount: card.revealed !== "" ? 6 : 1
            elide: Text.ElideRight

            // Beside what it is, where nothing says yet what becomes of it; beside the way there, where the pseudonym
            // needs the line.
            SmallLabel {
                id: placesLabel
                objectName: "findingPlaces"
                //! While the card is folded, what a value becomes goes before in how many places.
                readonly property bool fits: card.unfolded || maskedLine.implicitWidth + 8 + implicitWidth <= column.width
                visible: parent !== maskedLine || fits
                parent: card.isOpen ? kindLine : card.unfolded && card.isHidden ? actLine : maskedLine
                anchors.verticalCenter: parent.verticalCenter
                x: (card.isOpen ? kindChip.width : parent === actLine ? acts.width : maskedLine.width) + 8
                text: card.placesText
                // Else the card's own name says it.
                Accessible.ignored: !card.walked
            }
            IconButton {
                id: reveal
                objectName: "findingReveal"
                visible: card.unfolded
                x: column.width - width + 4
                y: -7
                width: 28
                height: 28
                iconName: "eye"
                text: card.revealed === "" ? qsTr("Show the value of %1").arg(card.title) : qsTr("Mask the value of %1").arg(card.title)
                focusPolicy: Qt.ClickFocus
                onClicked: card.revealed = card.revealed === "" ? App.findings.revealed(card.index) : ""
            }
        }
        SmallLabel {
            width: parent.width
            visible: card.unfolded
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: Format.sentences([kindChip.isCut ? card.title + "." : "", card.where, card.walked && card.places > App.walk.places ? qsTr("Also in data that the conversation does not show.") : "", card.reason])
        }
        Item {
            id: actLine
            width: parent.width
            height: acts.height
            visible: card.unfolded

            Row {
                id: acts
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
                    objectName: "findingGoTo"
                    implicitHeight: 28
                    inset: 12
                    text: qsTr("Go to")
                    Accessible.name: qsTr("Go to %1").arg(card.title)
                    focusPolicy: Qt.ClickFocus
                    onClicked: card.goWanted()
                }
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
