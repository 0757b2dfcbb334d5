// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One step of a link's history.
Item {
    id: receipt

    required property date at
    required property string actText
    required property string outcomeText
    required property string detail
    required property bool ok
    required property bool isProof

    implicitHeight: column.implicitHeight + 12
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.spoken([actText, outcomeText, detail, App.absoluteTime(at)])

    Icon {
        y: 8
        name: receipt.isProof ? "shield" : receipt.ok ? "check" : "warning"
        side: 14
        tint: receipt.isProof ? Theme.good : receipt.ok ? Theme.muted : Theme.danger
    }
    Column {
        id: column
        x: 24
        y: 6
        width: parent.width - 24

        PlainLabel {
            width: parent.width - when.width - 8
            text: receipt.actText
            color: receipt.isProof ? Theme.good : receipt.ok ? Theme.text : Theme.danger
            Accessible.ignored: true
        }
        SmallLabel {
            width: parent.width
            visible: text !== ""
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: receipt.ok ? receipt.detail : Format.parts([receipt.outcomeText, receipt.detail])
            Accessible.ignored: true
        }
    }
    SmallLabel {
        id: when
        anchors.right: parent.right
        y: 7
        text: Format.age(receipt.at, App.minute)
        Accessible.ignored: true
    }
}
