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

    Connections {
        target: root.transcript
        // Another conversation is read from its beginning; the same one keeps its place when it grows.
        function onSessionIdChanged() {
            list.currentIndex = 0;
            list.positionViewAtBeginning();
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

        // Where a snapshot ends that this conversation has.
        section.property: "newness"

        delegate: TranscriptBlock {
            width: list.width - 24
            x: 0
            startsNew: ListView.section !== ListView.previousSection && ListView.section !== ""
            marked: list.activeFocus && list.currentIndex === index
            onFullTextWanted: (row, heading) => root.showFull(row, heading)
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
        id: viewer
        active: false
        sourceComponent: FullTextDialog {}
    }
}
