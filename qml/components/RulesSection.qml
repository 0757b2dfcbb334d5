// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import Sharelock

//! The person's own rules: where they stand, how many are in use, and what is wrong with others.
SettingsSection {
    id: section

    required property SettingsState settings
    readonly property string example: "[[rules]]\nid = \"acme-key\"\ndescription = \"ACME key\"\nregex = '''acme_[0-9a-z]{24}'''\nkeywords = [\"acme_\"]\n"

    heading: qsTr("Your own rules")
    explanation: qsTr("Rules in the format of gitleaks, beside Sharelock's own. They add; they take nothing away. A project's .gitleaks.toml counts in its sessions too. A change is seen at once.")

    PathLine {
        objectName: "rulesFile"
        width: parent.width
        name: qsTr("File of rules")
        path: section.settings.rulesFile
    }
    BodyLabel {
        objectName: "rulesNone"
        width: parent.width
        visible: !section.settings.rulesExist
        text: qsTr("There is no such file yet. To make one, save rules like this one there:")
        color: Theme.muted
    }
    Rectangle {
        width: parent.width
        height: sample.implicitHeight + 24
        radius: Theme.radius
        color: Theme.sunken
        visible: !section.settings.rulesExist

        CodeLabel {
            id: sample
            objectName: "rulesExample"
            x: 14
            y: 12
            width: parent.width - 28 - copy.width
            text: section.example.trim()
            wrapMode: Text.Wrap
        }
        IconButton {
            id: copy
            objectName: "rulesExampleCopy"
            anchors.right: parent.right
            anchors.rightMargin: 8
            y: 6
            iconName: "copy"
            text: qsTr("Copy the example")
            onClicked: App.copy(section.example)
        }
    }
    Row {
        width: parent.width
        spacing: 8
        visible: section.settings.rulesExist

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: section.settings.rulesInUse > 0 ? "check" : "info"
            side: 16
            tint: inUse.color
        }
        PlainLabel {
            id: inUse
            objectName: "rulesInUse"
            text: section.settings.rulesInUse === 0 ? qsTr("None of it is in use.") : qsTr("%Ln rule(s) in use.", "", section.settings.rulesInUse)
            color: section.settings.rulesInUse > 0 ? Theme.good : Theme.muted
        }
    }
    Repeater {
        model: section.settings.ruleProblemPlaces

        Banner {
            required property int index
            required property string modelData

            objectName: "ruleProblem" + index
            width: section.width
            iconName: "warning"
            strong: modelData
            text: section.settings.ruleProblemReasons[index] ?? ""
        }
    }
    BodyLabel {
        objectName: "ruleNotes"
        width: parent.width
        visible: text !== ""
        text: section.settings.ruleNotes
        color: Theme.muted
    }
}
