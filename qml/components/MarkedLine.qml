// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One line of code in which some pieces are marked. Cut at its end when it is too long.
Row {
    id: line

    required property TranscriptModel transcript
    required property int row
    property bool withTitle: false
    //! Changes with the marks; 0: none.
    property int marks: 0
    //! What the person has come to is framed.
    property int focusMark: -1
    property color ink: Theme.text
    signal markPressed(int mark)

    readonly property list<string> pieces: marks === 0 ? [] : transcript.headTexts(row, withTitle)


    Repeater {
        model: line.pieces

        CodeLabel {
            id: piece

            required property string modelData
            required property int index
            readonly property int mark: line.transcript.headMark(line.row, line.withTitle, index)
            readonly property int look: line.transcript.look(line.row, mark)

            width: Math.max(0, Math.min(implicitWidth, line.width - x))
            text: modelData
            color: look === TranscriptModel.Plain || look === TranscriptModel.Kept ? line.ink : look === TranscriptModel.HiddenSecret || look === TranscriptModel.OpenSecret ? Theme.danger : Theme.warning
            Accessible.ignored: true

            Rectangle {
                anchors.fill: parent
                anchors.margins: -1
                z: -1
                radius: 4
                visible: piece.look !== TranscriptModel.Plain && piece.look !== TranscriptModel.Kept
                color: piece.look === TranscriptModel.HiddenSecret || piece.look === TranscriptModel.OpenSecret ? Theme.dangerSoft : Theme.warningSoft
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                visible: piece.look === TranscriptModel.OpenSecret || piece.look === TranscriptModel.OpenDetail || piece.look === TranscriptModel.Kept
                color: piece.color
            }
            FocusRing {
                anchors.fill: parent
                anchors.margins: -2
                ringRadius: 5
                shown: piece.mark >= 0 && piece.mark === line.focusMark
            }
            HoverHandler {
                id: hover
                enabled: piece.mark >= 0
                cursorShape: Qt.PointingHandCursor
            }
            Lazy {
                active: hover.hovered
                sourceComponent: Hint {
                    parent: piece
                    visible: hover.hovered
                    hint: line.transcript.markHint(line.row, piece.mark)
                }
            }
            TapHandler {
                enabled: piece.mark >= 0
                onTapped: line.markPressed(piece.mark)
            }
        }
    }
}
