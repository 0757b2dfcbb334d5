// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One block of a conversation. One shape for all kinds, so that a list can reuse it: a ground, a line of
//! icon and names, a body.
Item {
    id: block

    required property int index
    required property int kind
    required property string title
    required property string subtitle
    required property string body
    required property string status
    required property date time
    required property int lines
    required property bool truncated
    required property bool ownText

    required property int markState
    required property int headMarks
    required property int restMarks
    required property string marksText

    property TranscriptModel transcript
    //! The mark that the person has come to; -1 without one.
    property int focusMark: -1
    property bool marked: false
    //! What comes from here on is not in the snapshot yet.
    property bool startsNew: false
    //! The body is one that can be selected and has its marks, not the plain text that scrolls fast.
    property bool rich: false
    //! What was needed once stays, as a button does.
    property bool richMade: false
    property bool richHeadMade: false
    readonly property bool wantsRich: (markState !== 0 || headMarks !== 0) && !rich && !pooled
    readonly property bool hasRichHead: rich && headMarks !== 0 && !isRole
    property TranscriptText richText: null
    //! Waits to be reused for another row.
    property bool pooled: false
    //! A button that was needed once stays: it costs more to make than the rest of a row that is reused.
    property bool hasMore: false
    signal fullTextWanted(int index, string heading)
    signal markPressed(int mark)
    signal menuWanted(Item from, point at)
    signal choosing(TranscriptText from)
    signal caretLeft

    readonly property bool isRole: kind === TranscriptModel.User || kind === TranscriptModel.Assistant
    readonly property bool isText: kind === TranscriptModel.Text
    readonly property bool isCode: kind === TranscriptModel.Tool || kind === TranscriptModel.Patch || kind === TranscriptModel.Diff || kind === TranscriptModel.Unknown || kind === TranscriptModel.Model
    readonly property bool isBoxed: !isRole && !(isText && !ownText) && kind !== TranscriptModel.Step
    readonly property bool isStub: kind === TranscriptModel.LeftOut || kind === TranscriptModel.Blanked
    readonly property bool hasLine: !isText && !isStub
    readonly property int lineSpace: hasLine ? 24 : 0
    readonly property int inset: isBoxed ? (isText ? 14 : 12) : 0
    readonly property string heading: headingOf(kind)

    function headingOf(kind: int): string {
        switch (kind) {
        case TranscriptModel.User:
            return qsTr("You");
        case TranscriptModel.Assistant:
            return qsTr("Assistant");
        case TranscriptModel.Reasoning:
            return qsTr("Reasoning");
        case TranscriptModel.File:
            return qsTr("Attachment");
        case TranscriptModel.Patch:
            return qsTr("Patch");
        case TranscriptModel.Diff:
            return qsTr("Changes");
        case TranscriptModel.Model:
            return qsTr("Model");
        }
        return "";
    }
    function iconOf(kind: int): string {
        switch (kind) {
        case TranscriptModel.Reasoning:
            return "thought";
        case TranscriptModel.Tool:
            return title === "read" || title === "write" || title === "edit" ? "file" : "terminal";
        case TranscriptModel.File:
            return "clip";
        case TranscriptModel.Patch:
        case TranscriptModel.Diff:
            return "diff";
        case TranscriptModel.Step:
            return "step";
        case TranscriptModel.Model:
            return "model";
        case TranscriptModel.LeftOut:
        case TranscriptModel.Blanked:
            return "eye-off";
        case TranscriptModel.Unknown:
            return "unknown";
        }
        return "";
    }
    function spoken(): string {
        return Format.spoken([heading, title, subtitle, body]);
    }

    function enrich() {
        if (rich || pooled)
            return;
        richHeadMade = richHeadMade || (headMarks !== 0 && !isRole);
        richMade = richMade || body !== "";
        rich = true;
        refill();
    }
    function refill() {
        if (rich && !pooled && richMade)
            richText.show(index, bodyLabel.font, bodyLabel.color, bodyLabel.lineHeight);
    }
    //! Where a mark is, in this item; of one that is not in the body, where its line is.
    function markY(mark: int): real {
        const area = rich && richText ? richText.markArea(mark) : Qt.rect(0, 0, 0, 0);
        return area.width > 0 ? richText.mapToItem(block, 0, area.y).y : restMarks > 0 && truncated && !hasLine ? height - 20 : 0;
    }

    onMarkStateChanged: if (rich)
        changed.start()
    onBodyChanged: if (rich)
        changed.start()
    onIndexChanged: if (rich)
        changed.start()
    onTruncatedChanged: if (truncated)
        hasMore = true
    ListView.onPooled: {
        pooled = true;
        // Else it would be laid out anew for each row that is shown here without it.
        if (rich)
            richText?.clear();
        rich = false;
    }
    ListView.onReused: pooled = false

    implicitHeight: ground.height + (isRole ? 16 : 8) + (startsNew ? 28 : 0)
    Accessible.role: isRole ? Accessible.Heading : Accessible.ListItem
    Accessible.name: spoken()
    Accessible.description: marksText
    Accessible.onPressAction: if (truncated)
        fullTextWanted(index, title)
    Keys.onReturnPressed: event => {
        event.accepted = truncated;
        if (truncated)
            fullTextWanted(index, title);
    }

    Lazy {
        y: 8
        width: parent.width
        height: 28
        active: block.startsNew
        visible: active
        sourceComponent: Item {
            anchors.fill: parent

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: newLabel.x - 12
                height: 1
                color: Theme.accent
            }
            SmallLabel {
                id: newLabel
                objectName: "newDivider"
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("New since the snapshot")
                color: Theme.accent
            }
        }
    }
    Rectangle {
        id: ground

        y: (block.isRole ? 12 : 0) + (block.startsNew ? 28 : 0)
        width: parent.width
        height: content.height + (block.isBoxed ? 2 * content.y : 0)
        radius: block.isText ? Theme.radiusPanel : Theme.radius
        // Hollow where nothing is left.
        color: !block.isBoxed || block.isStub ? "transparent" : block.isText ? Theme.surface : Theme.sunken
        border.width: block.isBoxed && (block.isText || block.isStub) ? 1 : 0
        border.color: Theme.line

        // Heights by binding: a Column knows its own only after the list has laid out its rows by it.
        Item {
            id: content

            x: block.inset
            y: block.isBoxed ? (block.isText ? 11 : block.isStub ? 6 : 9) : 0
            width: parent.width - 2 * block.inset
            height: below.visible ? below.y + below.height : bodyLabel.visible ? bodyLabel.y + bodyLabel.height : block.lineSpace - 4

            Item {
                id: line

                visible: block.hasLine || block.isStub
                width: parent.width
                height: 20

                Icon {
                    id: icon
                    anchors.verticalCenter: parent.verticalCenter
                    visible: name !== ""
                    name: block.iconOf(block.kind)
                    side: 16
                    tint: block.status === "error" ? Theme.danger : Theme.muted
                }
                SmallLabel {
                    id: head
                    anchors.verticalCenter: parent.verticalCenter
                    x: icon.visible ? 26 : 0
                    width: Math.min(implicitWidth, line.width * 0.5 - x)
                    text: block.heading !== "" ? block.heading : block.title
                    font.weight: block.isRole ? Font.DemiBold : Font.Normal
                    Accessible.ignored: true
                }
                CodeLabel {
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: head.right
                    anchors.leftMargin: 8
                    anchors.right: aside.left
                    anchors.rightMargin: 8
                    visible: !block.isRole && !block.hasRichHead
                    text: block.isRole ? "" : block.heading !== "" ? Format.parts([block.title, block.subtitle]) : block.subtitle
                    color: block.kind === TranscriptModel.Step ? Theme.muted : Theme.text
                    Accessible.ignored: true
                }
                Lazy {
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: head.right
                    anchors.leftMargin: 8
                    anchors.right: aside.left
                    anchors.rightMargin: 8
                    active: block.richHeadMade
                    visible: block.hasRichHead
                    sourceComponent: MarkedLine {
                        transcript: block.transcript
                        row: block.index
                        withTitle: block.heading !== ""
                        marks: block.hasRichHead ? block.headMarks : 0
                        focusMark: block.focusMark
                        width: parent.width
                        ink: block.kind === TranscriptModel.Step ? Theme.muted : Theme.text
                        onMarkPressed: mark => block.markPressed(mark)
                    }
                }
                SmallLabel {
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: head.right
                    anchors.leftMargin: 8
                    anchors.right: aside.left
                    visible: block.isRole
                    text: block.isRole ? Format.parts([block.kind === TranscriptModel.User ? "" : block.title, Format.clock(block.time)]) : ""
                    Accessible.ignored: true
                }
                Row {
                    id: aside
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    SmallLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: text !== ""
                        text: block.status === "error" ? qsTr("failed") : block.status === "running" || block.status === "pending" ? qsTr("not finished") : block.lines > 1 && block.isCode ? qsTr("%Ln line(s)", "", block.lines) : ""
                        color: block.status === "error" ? Theme.danger : Theme.muted
                        Accessible.ignored: true
                    }
                    Lazy {
                        anchors.verticalCenter: parent.verticalCenter
                        active: block.hasMore
                        visible: block.truncated && block.hasLine
                        sourceComponent: more
                    }
                }
            }
            PlainLabel {
                id: bodyLabel
                // Beside a stub's icon, on its middle.
                x: block.isStub ? 26 : 0
                y: block.isStub ? 2 : block.lineSpace
                width: parent.width - x
                visible: block.body !== ""
                // Empty while the row changes: font, width and text would each lay it out anew.
                text: block.pooled ? "" : block.body
                color: block.kind === TranscriptModel.Reasoning || block.isStub ? Theme.muted : Theme.text
                font: block.isCode ? Theme.code : block.isStub ? Theme.small : Theme.body
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                lineHeight: block.isCode || block.isStub ? 18 : 20
                lineHeightMode: Text.FixedHeight
                opacity: block.rich && block.richMade && !changed.running ? 0 : 1
                Accessible.ignored: true
            }
            Lazy {
                id: richBody
                // Where the other one has its first line.
                y: bodyLabel.y + metrics.ascent + Math.max(0, metrics.leading) - 0.8 * bodyLabel.lineHeight
                x: bodyLabel.x
                width: bodyLabel.width
                height: bodyLabel.height
                active: block.richMade
                visible: block.rich
                // No frame has the old text below what is said about the new one.
                opacity: changed.running ? 0 : 1
                // Asked for its implicit size, as an item that is made later is, a TextEdit lays itself out twice.
                sourceComponent: Item {
                    anchors.fill: parent

                    TranscriptText {
                        anchors.fill: parent
                        transcript: block.transcript
                        focusMark: block.focusMark
                        onMarkPressed: mark => block.markPressed(mark)
                        onMenuWanted: at => block.menuWanted(this, at)
                        onSelectedTextChanged: if (selectedText !== "")
                            block.choosing(this)
                        onCaretLeft: block.caretLeft()
                        Component.onCompleted: block.richText = this
                    }
                }
            }
            Lazy {
                id: below
                y: bodyLabel.y + bodyLabel.height + 4
                active: block.hasMore
                visible: block.truncated && !block.hasLine
                x: -6
                sourceComponent: more
            }
        }
        HoverHandler {
            id: hover
            onHoveredChanged: if (hovered)
                dwell.start()
        }
        FocusRing {
            anchors.fill: parent
            anchors.margins: block.isBoxed ? 0 : -4
            shown: block.marked
        }
    }

    Component {
        id: more

        LinkButton {
            objectName: "showAll" + block.index
            text: block.restMarks > 0 ? qsTr("Show all, %Ln finding(s) inside", "", block.restMarks) : qsTr("Show all")
            bold: false
            focusPolicy: Qt.NoFocus
            onClicked: block.fullTextWanted(block.index, block.title)

            FocusRing {
                anchors.fill: parent
                ringRadius: 6
                shown: block.focusMark >= 0 && block.restMarks > 0 && block.transcript.isInRest(block.index, block.focusMark)
            }
        }
    }
    FontMetrics {
        id: metrics
        font: bodyLabel.font
    }
    // Once for all that changes at once.
    Timer {
        id: changed
        interval: 0
        onTriggered: block.refill()
    }
    // A block that passes below the pointer while the list scrolls is no block that somebody wants to select in.
    Timer {
        id: dwell
        interval: 60
        onTriggered: if (hover.hovered)
            block.enrich()
    }
}
