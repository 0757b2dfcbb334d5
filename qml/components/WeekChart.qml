// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! One bar a week, oldest first; the last three in colour.
Rectangle {
    id: chart

    property list<int> values
    readonly property int highest: largest()

    function largest(): int {
        let result = 1;
        for (let i = 0; i < values.length; ++i)
            result = Math.max(result, values[i]);
        return result;
    }

    implicitHeight: 86
    radius: Theme.radiusPanel
    color: Theme.surface
    border.color: Theme.line
    Accessible.role: Accessible.Chart
    Accessible.name: qsTr("Live links: %1 now, at most %2 in the last weeks").arg(values[values.length - 1] ?? 0).arg(highest)

    SmallLabel {
        x: 14
        y: 15
        width: parent.width - 28
        text: qsTr("Live links, last %Ln week(s)", "", chart.values.length)
        Accessible.ignored: true
    }
    Row {
        id: bars
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        x: 14
        width: parent.width - 28
        height: 34
        spacing: 4

        Repeater {
            model: chart.values

            Rectangle {
                required property int modelData
                required property int index

                anchors.bottom: parent.bottom
                width: (bars.width - 4 * (chart.values.length - 1)) / chart.values.length
                height: Math.max(modelData > 0 ? 4 : 2, 34 * modelData / chart.highest)
                radius: 2
                color: index >= chart.values.length - 3 && modelData > 0 ? Theme.accent : Theme.line
            }
        }
    }
}
