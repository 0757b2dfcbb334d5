// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! What a snapshot would make public, what was found in it, and what is replaced. J and K go through the findings,
//! Return redacts, X keeps in this session, Shift+X asks for how much, R renames, M merges, U takes back, G goes to the
//! next place in the conversation.
ListView {
    id: panel

    required property TranscriptModel transcript
    required property FindingsModel findings
    required property ContentModel content

    property bool atSwitches: false

    function beginReview() {
        if (activeFocus && !atSwitches && currentIndex < 0 && count > 0)
            currentIndex = Math.max(0, findings.nextOpen(-1));
    }

    //! A menu or a question about the current finding has the keyboard.
    readonly property bool asking: keepMenu.visible || mergeMenu.visible || ((renaming.item as RenameDialog)?.visible ?? false)

    // positionViewAtBeginning() knows nothing of the margin, where the counts are.
    function showBeginning() {
        panel.contentY = panel.originY - head.height;
    }
    //! The keyboard goes to the first finding that waits, else to the first one.
    function review() {
        if (count > 0)
            currentIndex = Math.max(0, findings.nextOpen(-1));
        forceActiveFocus(Qt.TabFocusReason);
    }
    function decide(choice: int) {
        const next = panel.findings.nextOpen(panel.currentIndex);
        panel.findings.decide(panel.currentIndex, choice);
        panel.goOn(next);
    }
    function keep(row: int, scope: int) {
        const next = panel.findings.nextOpen(row);
        panel.findings.keep(row, scope);
        panel.goOn(next);
    }
    // What waits comes next; else the eye stays where it is.
    function goOn(next: int) {
        if (next >= 0 && next !== panel.currentIndex)
            panel.currentIndex = next;
    }
    function askKeep() {
        const card = panel.currentItem as FindingCard;
        if (!card)
            return;
        keepMenu.row = panel.currentIndex;
        keepMenu.current = card.choice !== FindingsModel.Keep ? "none" : card.scope === FindingsModel.Always ? "always" : card.scope === FindingsModel.Project ? "project" : "";
        keepMenu.parent = card.keepButton;
        keepMenu.open();
    }
    function askRename() {
        const card = panel.currentItem as FindingCard;
        if (!card?.isHidden)
            return;
        renaming.active = true;
        (renaming.item as RenameDialog).ask(panel.currentIndex, card.masked, card.pseudonym);
    }
    function askMerge() {
        const card = panel.currentItem as FindingCard;
        if (!card?.isHidden || !(card.canMerge || card.renamed))
            return;
        mergeMenu.row = panel.currentIndex;
        mergeMenu.keys = panel.findings.otherPseudonyms(panel.currentIndex);
        mergeMenu.current = card.renamed ? "none" : "";
        mergeMenu.parent = card.mergeButton;
        mergeMenu.open();
    }

    model: findings
    currentIndex: -1
    spacing: 8
    topMargin: head.height
    bottomMargin: foot.height
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    highlightMoveDuration: 0
    ScrollBar.vertical: ThinScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("What will be public")
    Component.onCompleted: showBeginning()
    Connections {
        target: panel.findings
        function onModelReset() {
            // Else the view stays where the first finding is, below the counts.
            panel.showBeginning();
            // What they ask about may be in another row now.
            keepMenu.close();
            mergeMenu.close();
            (renaming.item as RenameDialog)?.close();
        }
        function onErrorChanged() {
            if (panel.findings.errorText !== "" && !(renaming.item as RenameDialog)?.visible)
                panel.showBeginning();
        }
    }
    Connections {
        target: App.walk
        function onMoved() {
            if (App.walk.finding >= 0)
                panel.currentIndex = App.walk.finding;
        }
    }
    // Later, when it is known whether a switch has the keyboard: a current finding would take it away.
    onActiveFocusChanged: later.start()
    Timer {
        id: later
        interval: 0
        onTriggered: panel.beginReview()
    }
    Keys.onPressed: event => {
        event.accepted = true;
        if (event.key === Qt.Key_J)
            panel.incrementCurrentIndex();
        else if (event.key === Qt.Key_K)
            panel.decrementCurrentIndex();
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            panel.decide(FindingsModel.Redact);
        else if (event.key === Qt.Key_X && event.modifiers & Qt.ShiftModifier)
            panel.askKeep();
        else if (event.key === Qt.Key_X)
            panel.decide(FindingsModel.Keep);
        else if (event.key === Qt.Key_R && event.modifiers === Qt.NoModifier)
            panel.askRename();
        else if (event.key === Qt.Key_M && event.modifiers === Qt.NoModifier)
            panel.askMerge();
        else if (event.key === Qt.Key_G)
            App.walk.go(panel.currentIndex, event.modifiers & Qt.ShiftModifier ? -1 : 1);
        else if (event.key === Qt.Key_U && !(event.modifiers & Qt.ShiftModifier))
            panel.findings.undo();
        else if (event.key === Qt.Key_U)
            panel.findings.redo();
        else
            event.accepted = false;
    }

    delegate: FindingCard {
        x: 16
        width: panel.width - 32
        current: index === panel.currentIndex && (panel.activeFocus || panel.asking || App.walk.finding === index)
        onGoWanted: {
            panel.currentIndex = index;
            App.walk.go(index, 1);
        }
        onPressed: {
            panel.currentIndex = index;
            panel.forceActiveFocus(Qt.MouseFocusReason);
        }
        projectName: panel.findings.projectName
        canMerge: panel.findings.hiddenNames > 1
        onRedactChosen: {
            panel.currentIndex = index;
            panel.decide(FindingsModel.Redact);
        }
        onKeepWanted: {
            panel.currentIndex = index;
            panel.askKeep();
        }
        onRenameWanted: {
            panel.currentIndex = index;
            panel.askRename();
        }
        onMergeWanted: {
            panel.currentIndex = index;
            panel.askMerge();
        }
    }

    ChoicePopup {
        id: keepMenu

        property int row: -1

        margins: 8
        width: 208
        baseName: "keepScope"
        allText: qsTr("Keep in this session")
        keys: ["project", "always"]
        onChosen: key => panel.keep(row, key === "always" ? FindingsModel.Always : key === "project" ? FindingsModel.Project : FindingsModel.Session)
        onClosed: panel.forceActiveFocus(Qt.PopupFocusReason)

        function captionOf(key: string): string {
            return key === "always" ? qsTr("Always keep") : qsTr("Keep in this project");
        }
    }
    ChoicePopup {
        id: mergeMenu

        property int row: -1

        margins: 8
        width: 208
        baseName: "mergeWith"
        allText: qsTr("Its own pseudonym")
        onChosen: key => panel.findings.merge(row, key)
        onClosed: panel.forceActiveFocus(Qt.PopupFocusReason)
    }
    Lazy {
        id: renaming
        active: false
        sourceComponent: RenameDialog {
            findings: panel.findings
            onClosed: panel.forceActiveFocus(Qt.PopupFocusReason)
        }
    }

    // As header and footer, these would be components of their own, which Qt 6.4 does not create where components are
    // bound to their file.
    Column {
        id: head
        parent: panel.contentItem
        y: panel.originY - height
        width: panel.width
        leftPadding: 16
        topPadding: 4
        bottomPadding: 4
        // It grows with the first findings; until the person is among them, its beginning stays in sight.
        onHeightChanged: {
            if (panel.currentIndex < 0)
                panel.showBeginning();
        }

        Item {
            width: panel.width - 32
            height: 36

            SectionLabel {
                y: 2
                text: qsTr("What will be public")
            }
            SectionLabel {
                objectName: "publicBytes"
                anchors.right: parent.right
                y: 2
                text: panel.transcript.counted ? App.bytes(panel.transcript.publicBytes) : ""
                color: Theme.muted
            }
        }
        CountLine {
            width: panel.width - 32
            text: qsTr("Messages")
            value: panel.transcript.messages
            known: panel.transcript.counted
        }
        Repeater {
            model: panel.content

            ContentSwitch {
                width: panel.width - 32
                enabled: panel.content.ready
                onActiveFocusChanged: {
                    panel.atSwitches = activeFocus;
                    if (activeFocus)
                        panel.currentIndex = -1;
                }
                onClicked: panel.content.setIncluded(index, !included)
            }
        }
        Item {
            width: 1
            height: 16
        }
        Rectangle {
            width: panel.width - 32
            height: 1
            color: Theme.line
        }
        Item {
            width: panel.width - 32
            height: 44

            SectionLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Findings")
            }
            SmallLabel {
                objectName: "openFindings"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: !panel.transcript.counted ? "" : panel.findings.count === 0 ? qsTr("None") : panel.findings.open === 0 ? qsTr("%Ln value(s), all decided", "", panel.findings.count) : qsTr("%1 of %2 open").arg(Format.number(panel.findings.open)).arg(Format.number(panel.findings.count))
                color: panel.findings.open > 0 ? Theme.warning : Theme.muted
            }
        }
        Row {
            visible: panel.findings.count > 0 || panel.findings.canUndo || panel.findings.canRedo
            height: 36
            spacing: 8

            SecondaryButton {
                objectName: "redactOpen"
                visible: panel.findings.open > 0
                implicitHeight: 28
                inset: 12
                text: qsTr("Redact all open")
                onClicked: panel.findings.decideOpen(FindingsModel.Redact)
            }
            SecondaryButton {
                objectName: "undoFinding"
                enabled: panel.findings.canUndo
                implicitHeight: 28
                inset: 12
                text: qsTr("Undo")
                onClicked: panel.findings.undo()
            }
            SecondaryButton {
                objectName: "redoFinding"
                visible: panel.findings.canRedo
                implicitHeight: 28
                inset: 12
                text: qsTr("Redo")
                onClicked: panel.findings.redo()
            }
        }
        SmallLabel {
            objectName: "rulesProblem"
            width: panel.width - 32
            visible: text !== ""
            bottomPadding: visible ? 8 : 0
            text: panel.findings.rulesText
            color: Theme.warning
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        SmallLabel {
            objectName: "findingsError"
            width: panel.width - 32
            visible: text !== ""
            text: panel.findings.errorText
            color: Theme.danger
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
    }

    Column {
        id: foot
        parent: panel.contentItem
        y: panel.originY + panel.contentHeight
        width: panel.width
        leftPadding: 16
        topPadding: 16
        bottomPadding: 16

        Rectangle {
            width: panel.width - 32
            height: 1
            color: Theme.line
        }
        Item {
            width: panel.width - 32
            height: 52

            SectionLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Paths and names")
            }
            SmallLabel {
                objectName: "replacedPlaces"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: panel.transcript.counted ? qsTr("%Ln place(s)", "", panel.transcript.replacedPlaces) : ""
            }
        }
        PseudonymLine {
            width: panel.width - 32
            name: qsTr("Home folder")
            pseudonym: "~"
        }
        PseudonymLine {
            width: panel.width - 32
            name: qsTr("User name")
            pseudonym: "<user>"
        }
        PseudonymLine {
            width: panel.width - 32
            name: qsTr("Host name")
            pseudonym: "<host>"
        }
        Item {
            width: 1
            height: 8
            visible: panel.transcript.notHidden.length > 0
        }
        SmallLabel {
            visible: panel.transcript.notHidden.length > 0
            height: 24
            text: qsTr("Not hidden")
            font.weight: Font.DemiBold
        }
        Repeater {
            model: panel.transcript.notHidden

            SmallLabel {
                required property string modelData

                width: panel.width - 32
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                bottomPadding: 4
                text: modelData
            }
        }
        Item {
            width: 1
            height: 16
        }
        Rectangle {
            width: panel.width - 32
            height: honest.implicitHeight + 20
            radius: Theme.radius
            color: Theme.sunken

            SmallLabel {
                id: honest
                x: 12
                y: 10
                width: parent.width - 24
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                lineHeight: 18
                lineHeightMode: Text.FixedHeight
                text: qsTr("Automatic search does not find everything. Read before you publish.")
            }
        }
    }
}
