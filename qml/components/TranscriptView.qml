// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! A conversation as blocks.
Item {
    id: root

    required property TranscriptModel transcript
    property string emptyText: qsTr("Nothing in here")
    //! Null: nothing in here is gone through.
    property MarkWalk walk: null
    //! Where text that is selected can be hidden everywhere; null: nowhere.
    property FindingsModel findings: null
    //! Where text is selected, or was last.
    property TranscriptText chosen: null

    function go(step: int) {
        root.walk?.goOn(Math.max(0, list.currentIndex), step);
    }
    function showPlace() {
        const row = root.walk.row;
        if (row < 0 || row >= list.count)
            return;
        list.currentIndex = row;
        let block = list.itemAtIndex(row) as TranscriptBlock;
        if (!block || block.y < list.contentY || block.y + block.height > list.contentY + list.height) {
            list.positionViewAtIndex(row, ListView.Center);
            list.forceLayout();
            block = list.itemAtIndex(row) as TranscriptBlock;
        }
        if (!block)
            return;
        block.enrich();
        // A block may be higher than the view.
        const y = block.y + block.markY(root.walk.mark);
        if (y < list.contentY + 8 || y > list.contentY + list.height - 40)
            list.contentY = Math.max(list.originY - list.topMargin, Math.min(y - list.height / 3, list.originY + list.contentHeight + list.bottomMargin - list.height));
    }
    function selection(): string {
        return root.chosen?.selection() ?? "";
    }
    function copySelection(): bool {
        const text = selection();
        if (text !== "")
            App.copy(text);
        return text !== "";
    }
    function redactSelection(): bool {
        const text = selection();
        if (text === "" || !root.findings)
            return false;
        root.findings.redactText(text);
        root.chosen.deselect();
        return true;
    }
    function openMenu(from: TranscriptText, at: point) {
        root.chosen = from;
        if (from.selectedText === "")
            return;
        menu.active = true;
        (menu.item as TextMenu).popAt(from, at);
    }
    //! The keyboard goes into the text of the current block.
    function takeCaret() {
        const block = list.currentItem as TranscriptBlock;
        if (!block || block.body === "")
            return;
        block.enrich();
        block.richText.takeCaret();
    }

    Connections {
        target: root.transcript
        // Another conversation is read from its beginning; the same one keeps its place when it grows.
        function onSessionIdChanged() {
            root.chosen = null;
            list.currentIndex = 0;
            list.positionViewAtBeginning();
        }
    }
    Connections {
        target: root.walk
        function onArrived() {
            root.showPlace();
        }
    }

    ListView {
        id: list

        objectName: "transcript"
        anchors.fill: parent
        clip: true
        focus: true
        activeFocusOnTab: true
        reuseItems: true
        // A block may be a page of text: what nobody looks at yet is not laid out.
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        topMargin: 4
        bottomMargin: 24
        model: root.transcript
        visible: root.transcript.errorText === ""
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversation")
        ScrollBar.vertical: ThinScrollBar {}
        Keys.onPressed: event => {
            const ctrl = event.modifiers & Qt.ControlModifier;
            const shift = event.modifiers & Qt.ShiftModifier;
            if (event.key === Qt.Key_C && ctrl)
                event.accepted = root.copySelection();
            else if (event.key === Qt.Key_R && ctrl)
                event.accepted = root.redactSelection();
            else if (event.key === Qt.Key_N && !ctrl)
                root.go(shift ? -1 : 1);
            else if (event.key === Qt.Key_G && !ctrl && root.walk && root.walk.finding >= 0)
                root.walk.go(root.walk.finding, shift ? -1 : 1);
            else if (event.key === Qt.Key_F7)
                root.takeCaret();
            else if ((event.key === Qt.Key_F10 && shift) || event.key === Qt.Key_Menu) {
                if (root.chosen)
                    root.openMenu(root.chosen, Qt.point(root.chosen.cursorRectangle.x, root.chosen.cursorRectangle.y + 20));
            } else
                event.accepted = false;
        }
        onContentYChanged: enrich.moved()

        // Where a snapshot ends that this conversation has.
        section.property: "newness"

        delegate: TranscriptBlock {
            width: list.width - 24
            x: 0
            startsNew: ListView.section !== ListView.previousSection && ListView.section !== ""
            transcript: root.transcript
            focusMark: root.walk && root.walk.row === index ? root.walk.mark : -1
            marked: list.activeFocus && list.currentIndex === index && focusMark < 0
            onWantsRichChanged: if (wantsRich)
                enrich.start()
            onMarkPressed: mark => {
                list.currentIndex = index;
                root.walk?.take(index, mark);
            }
            onMenuWanted: (from, at) => root.openMenu(from as TranscriptText, at)
            onChoosing: from => {
                if (root.chosen && root.chosen !== from)
                    root.chosen.deselect();
                root.chosen = from;
                list.currentIndex = index;
            }
            onCaretLeft: list.forceActiveFocus(Qt.TabFocusReason)
            onFullTextWanted: (row, heading) => root.showFull(row, heading)
        }
    }
    // Blocks get their marks one after the other, each between two frames, when the list rests: while it is scrolled
    // it shows plain text, which costs a fraction.
    Timer {
        id: enrich

        property real lastY: 0

        function moved() {
            interval = 40;
            restart();
        }

        interval: 4
        onTriggered: {
            // On a busy machine the time may be over between two frames of one move.
            if (list.contentY !== lastY) {
                lastY = list.contentY;
                moved();
                return;
            }
            interval = 4;
            for (let i = 0; i < list.contentItem.children.length; ++i) {
                const block = list.contentItem.children[i] as TranscriptBlock;
                if (block && block.wantsRich && block.visible && block.y + block.height > list.contentY && block.y < list.contentY + list.height) {
                    block.enrich();
                    start();
                    return;
                }
            }
        }
    }
    ProgressLine {
        width: parent.width - 24
        height: 2
        visible: root.transcript.loading
        name: qsTr("Reading the conversation")
    }
    EmptyState {
        anchors.fill: parent
        visible: root.transcript.errorText !== ""
        iconName: "warning"
        ink: Theme.warning
        title: root.transcript.errorText
        detail: root.transcript.errorDetail
    }
    SmallLabel {
        anchors.centerIn: parent
        visible: root.transcript.loaded && !root.transcript.loading && list.count === 0 && root.transcript.errorText === ""
        text: root.emptyText
    }

    function showFull(row: int, heading: string) {
        viewer.active = true;
        (viewer.item as FullTextDialog).show(root.transcript, row, heading);
    }

    Lazy {
        id: menu
        anchors.fill: parent
        active: false
        sourceComponent: TextMenu {
            onCopyWanted: root.copySelection()
            onRedactWanted: root.redactSelection()
        }
    }
    Lazy {
        id: viewer
        active: false
        sourceComponent: FullTextDialog {
            findings: root.findings
        }
    }
}
