// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! How many links are in which state, each count a filter, and the live ones over time.
Row {
    id: cards

    required property LinksState links
    spacing: 12

    readonly property real chart: width >= 860 ? Math.max(200, width * 0.24) : 0
    readonly property real card: (width - chart - spacing * (chart > 0 ? 4 : 3)) / 4

    function filterBy(key: string) {
        links.stateFilter = links.stateFilter === key ? "" : key;
    }

    CountCard {
        objectName: "cardLive"
        width: cards.card
        figure: cards.links.liveCount
        caption: qsTr("Live")
        ink: Theme.accent
        active: cards.links.stateFilter === "live"
        onClicked: cards.filterBy("live")
    }
    CountCard {
        objectName: "cardSecrets"
        width: cards.card
        figure: cards.links.secretsCount
        caption: qsTr("With secrets")
        ink: Theme.danger
        active: cards.links.stateFilter === "secrets"
        onClicked: cards.filterBy("secrets")
    }
    CountCard {
        objectName: "cardOrphan"
        width: cards.card
        figure: cards.links.orphanCount
        caption: qsTr("Orphaned")
        ink: Theme.orphan
        active: cards.links.stateFilter === "orphan"
        onClicked: cards.filterBy("orphan")
    }
    CountCard {
        objectName: "cardStillServed"
        width: cards.card
        figure: cards.links.stillServedCount
        caption: qsTr("Still served after removal")
        ink: Theme.warning
        active: cards.links.stateFilter === "still-served"
        onClicked: cards.filterBy("still-served")
    }
    WeekChart {
        visible: cards.chart > 0
        width: cards.chart
        values: cards.links.liveHistory
    }
}
