// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One receipt; its details unfold.
AbstractButton {
    id: row

    required property int index
    required property date at
    required property string act
    required property string actText
    required property string outcomeText
    required property string title
    required property string url
    required property string evidence
    required property string detail
    required property bool ok
    required property bool isProof

    property bool open: false
    property bool marked: false

    function iconOf(act: string): string {
        switch (act) {
        case "publish":
        case "update":
        case "create":
        case "upload":
            return "upload";
        case "share":
        case "intake":
            return "link";
        case "takedown":
        case "blank":
        case "delete":
            return "trash";
        case "probe":
        case "read":
            return "eye";
        case "recreate":
            return "refresh";
        case "reconcile":
            return "terminal";
        case "key":
        case "reseal":
            return "key";
        case "forget":
            return "cross";
        }
        return "activity";
    }

    objectName: "receipt" + index
    implicitHeight: open ? 60 + more.implicitHeight + 8 : 56
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([actText, title, outcomeText, isProof ? qsTr("proof") : "", App.absoluteTime(at)])
    Accessible.description: detail
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()
    onClicked: open = !open

    Item {
        anchors.fill: parent

        Rectangle {
            x: 8
            y: 12
            width: 32
            height: 32
            radius: 16
            color: row.isProof ? Theme.goodSoft : row.ok ? Theme.neutralSoft : Theme.dangerSoft

            Icon {
                anchors.centerIn: parent
                name: row.isProof ? "shield" : row.ok ? row.iconOf(row.act) : "warning"
                side: 16
                tint: row.isProof ? Theme.good : row.ok ? Theme.neutral : Theme.danger
            }
        }
        PlainLabel {
            id: what
            x: 56
            y: 11
            width: Math.min(implicitWidth, 200)
            text: row.actText
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        PlainLabel {
            anchors.left: what.right
            anchors.leftMargin: 8
            anchors.right: proof.left
            anchors.rightMargin: 12
            y: 11
            text: row.title
            Accessible.ignored: true
        }
        SmallLabel {
            x: 56
            y: 31
            width: proof.x - x - 12
            text: row.ok ? Format.parts([row.outcomeText, row.open ? "" : row.detail]) : row.outcomeText
            color: row.ok ? Theme.muted : Theme.danger
            Accessible.ignored: true
        }
        Lazy {
            id: proof
            anchors.right: when.left
            anchors.rightMargin: active ? 16 : 0
            y: 17
            active: row.isProof
            width: active ? implicitWidth : 0
            sourceComponent: Chip {
                iconName: "check"
                text: qsTr("Proof")
                ink: Theme.good
                color: Theme.goodSoft
            }
        }
        SmallLabel {
            id: when
            anchors.right: fold.left
            anchors.rightMargin: 8
            y: 20
            width: 72
            horizontalAlignment: Text.AlignRight
            text: Format.age(row.at, App.minute)
            Accessible.ignored: true
        }
        Icon {
            id: fold
            anchors.right: parent.right
            anchors.rightMargin: 12
            y: 21
            name: row.open ? "chevron-up" : "chevron-down"
            side: 14
            tint: Theme.muted
        }
        Column {
            id: more
            x: 56
            y: 56
            width: parent.width - 56 - 40
            visible: row.open
            spacing: 4

            SmallLabel {
                width: parent.width
                text: row.open ? App.absoluteTime(row.at) : ""
            }
            BodyLabel {
                width: parent.width
                visible: text !== ""
                text: row.open ? row.detail : ""
            }
            CodeLabel {
                width: parent.width
                visible: text !== ""
                text: row.open ? row.url : ""
                color: Theme.muted
                wrapMode: Text.Wrap
            }
            CodeLabel {
                objectName: row.open ? "receiptEvidence" : ""
                width: parent.width
                visible: text !== ""
                text: row.open ? row.evidence : ""
                color: Theme.muted
                wrapMode: Text.Wrap
            }
        }
    }
    background: Rectangle {
        color: row.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
        FocusRing {
            anchors.fill: parent
            anchors.margins: 2
            ringRadius: 6
            shown: row.marked
        }
    }
}
