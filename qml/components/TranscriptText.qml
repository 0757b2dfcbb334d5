// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The body of a block that can be selected, with its marks. It lies over the plain text of the same width, font and
//! line height, so that one can take the other's place without anything moving.
TextEdit {
    id: edit

    property TranscriptModel transcript
    property int row: -1
    property int lineHeight: 20
    //! Of the row; what the person has come to is framed.
    property int focusMark: -1
    property bool hasCaret: false
    signal markPressed(int mark)
    signal menuWanted(point at)
    signal caretLeft

    //! Not by bindings: each would lay out anew what a block that is reused showed before.
    function show(index: int, ofFont: font, ink: color, height: int) {
        clear();
        row = index;
        font = ofFont;
        color = ink;
        lineHeight = height;
        marker.fill(transcript, row);
    }
    function fill() {
        if (visible)
            marker.fill(transcript, row);
    }
    function selection(): string {
        return marker.clean(selectedText);
    }
    //! Where a mark stands, in this item.
    function markArea(mark: int): rect {
        const begin = transcript?.markBegin(row, mark) ?? -1;
        // Not before the text is there.
        if (begin < 0 || transcript.markEnd(row, mark) > length)
            return Qt.rect(0, 0, 0, 0);
        const first = positionToRectangle(begin);
        const last = positionToRectangle(transcript.markEnd(row, mark));
        if (last.y > first.y)
            return Qt.rect(0, first.y, width, last.y + last.height - first.y);
        return Qt.rect(first.x, first.y, last.x - first.x, first.height);
    }
    function takeCaret() {
        hasCaret = true;
        cursorPosition = 0;
        forceActiveFocus(Qt.TabFocusReason);
    }

    readOnly: true
    selectByMouse: true
    selectByKeyboard: hasCaret
    persistentSelection: true
    cursorVisible: hasCaret && activeFocus
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    Accessible.role: Accessible.EditableText
    Accessible.readOnly: true
    Accessible.name: qsTr("Text of the block")
    Keys.onEscapePressed: event => {
        event.accepted = hasCaret || selectedText !== "";
        hasCaret = false;
        deselect();
        if (event.accepted)
            caretLeft();
    }
    onActiveFocusChanged: if (!activeFocus)
        hasCaret = false

    Connections {
        target: Theme
        function onDarkChanged() {
            recolour.start();
        }
    }
    // When all colours are the new ones.
    Timer {
        id: recolour
        interval: 0
        onTriggered: edit.fill()
    }
    MarkedText {
        id: marker
        document: edit.textDocument
        lineHeight: edit.lineHeight
        secretInk: Theme.danger
        secretGround: Theme.dangerSoft
        detailInk: Theme.warning
        detailGround: Theme.warningSoft
    }
    HoverHandler {
        id: hover

        readonly property int mark: hovered && edit.transcript ? edit.transcript.markAt(edit.row, edit.positionAt(point.position.x, point.position.y)) : -1

        cursorShape: mark >= 0 ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
    TapHandler {
        onTapped: if (hover.mark >= 0 && edit.selectedText === "")
            edit.markPressed(hover.mark)
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: eventPoint => edit.menuWanted(eventPoint.position)
    }
    FocusRing {
        readonly property rect area: edit.focusMark >= 0 && edit.contentHeight > 0 ? edit.markArea(edit.focusMark) : Qt.rect(0, 0, 0, 0)

        x: area.x - 3
        y: area.y - 2
        width: area.width + 6
        height: area.height + 4
        ringRadius: 5
        shown: area.width > 0
    }
    Lazy {
        active: hover.mark >= 0
        sourceComponent: Hint {
            parent: edit
            x: hover.point.position.x
            y: hover.point.position.y + 20
            visible: hover.mark >= 0
            hint: edit.transcript?.markHint(edit.row, hover.mark) ?? ""
        }
    }
}
