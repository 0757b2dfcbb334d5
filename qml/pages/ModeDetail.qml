// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

//! One place: its mode, why it is so, and the change of it before it is written.
FocusScope {
    id: detail

    readonly property ShareModeState modes: App.shareMode
    readonly property ModeEditor editor: modes.editor
    readonly property string modeKey: Format.text(modes.detail, "modeKey")
    readonly property bool machine: Format.flag(modes.detail, "machine")
    readonly property bool missing: Format.flag(modes.detail, "missing")
    readonly property bool hasOwn: Format.flag(modes.detail, "hasOwn")
    readonly property string problem: Format.text(modes.detail, "errorText")
    readonly property int violating: Format.integer(modes.detail, "violating", 0)
    readonly property int links: Format.integer(modes.detail, "links", 0)
    readonly property int perDay: Math.round(Format.integer(modes.detail, "perDay", 0))
    readonly property date lastSession: Format.time(modes.detail, "lastSession")
    readonly property string gitText: Format.text(modes.detail, "gitText")
    readonly property string gitCommand: Format.text(modes.detail, "gitCommand")
    readonly property list<string> keys: ["manual", "auto", "disabled"]
    readonly property string shownKey: editor.wanted !== "" ? editor.wanted : modeKey
    property bool canGoBack: false
    signal backWanted
    signal unshareWanted

    function facts(): string {
        const count = links > 0 ? qsTr("%Ln link(s)", "", links) : "";
        const last = isNaN(lastSession.getTime()) ? "" : qsTr("last session %1").arg(Format.since(lastSession, App.minute));
        return Format.parts([Format.text(modes.detail, "path"), count, last]);
    }

    Flickable {
        id: scroll
        objectName: "modeDetail"
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 48
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: column
            x: 24
            y: 16
            width: parent.width - 48
            spacing: 16

            Item {
                width: parent.width
                height: 44

                IconButton {
                    id: back
                    objectName: "modeBack"
                    visible: detail.canGoBack
                    width: visible ? 32 : 0
                    iconName: "back"
                    text: qsTr("Back to the list")
                    onClicked: detail.backWanted()
                }
                TitleLabel {
                    id: title
                    objectName: "modeTitle"
                    x: back.visible ? 40 : 0
                    width: chip.x - x - 12
                    text: Format.text(detail.modes.detail, "name")
                }
                SmallLabel {
                    x: title.x
                    y: 26
                    width: parent.width - x
                    text: detail.facts()
                    elide: Text.ElideMiddle
                }
                ModeChip {
                    id: chip
                    objectName: "modeChip"
                    visible: !detail.missing
                    anchors.right: parent.right
                    y: 2
                    modeKey: detail.modeKey
                    locked: Format.flag(detail.modes.detail, "locked")
                }
            }
            Row {
                visible: !detail.missing && detail.problem === ""
                spacing: 12

                SegmentedControl {
                    id: choice
                    objectName: "modeChoice"
                    groupName: detail.machine ? qsTr("Share mode of this computer") : qsTr("Share mode of this project")
                    options: [qsTr("Manual"), qsTr("Auto"), qsTr("Disabled")]
                    names: ["chooseManual", "chooseAuto", "chooseDisabled"]
                    current: detail.keys.indexOf(detail.shownKey)
                    enabled: !detail.editor.busy
                    focus: true
                    onChosen: index => detail.editor.choose(detail.keys[index])
                }
                SmallLabel {
                    objectName: "modeScope"
                    anchors.verticalCenter: choice.verticalCenter
                    text: detail.editor.wanted !== "" ? (detail.machine ? qsTr("for this computer, not saved yet") : qsTr("for this project, not saved yet")) : detail.machine ? qsTr("for this computer") : qsTr("for this project")
                }
                LinkButton {
                    objectName: "modeUnset"
                    anchors.verticalCenter: choice.verticalCenter
                    visible: detail.hasOwn && detail.editor.wanted === "" && !detail.editor.busy
                    text: detail.machine ? qsTr("Back to opencode's default") : qsTr("Leave it to this computer")
                    onClicked: detail.editor.choose("unset")
                }
            }
            Banner {
                objectName: "modeProblem"
                width: parent.width
                visible: detail.problem !== ""
                iconName: "warning"
                strong: detail.problem
                detail: Format.text(detail.modes.detail, "errorDetail")
            }
            Banner {
                objectName: "modeMissing"
                width: parent.width
                visible: detail.missing
                iconName: "folder"
                strong: qsTr("The folder is not there any more.")
                text: qsTr("Its links are still accounted for.")
            }
            Banner {
                objectName: "modeAuto"
                width: parent.width
                visible: detail.modeKey === "auto" && detail.editor.wanted === ""
                iconName: "globe"
                ink: Theme.danger
                ground: Theme.dangerSoft
                strong: detail.machine ? qsTr("Every new session on this computer is public at once, with everything in it.") : qsTr("Every new session in this project is public at once, with everything in it.")
                text: detail.perDay > 0 ? qsTr("About %Ln a day lately.", "", detail.perDay) : ""
            }
            Banner {
                objectName: "modeViolating"
                width: parent.width
                visible: detail.violating > 0
                iconName: "warning"
                ink: Theme.danger
                ground: Theme.dangerSoft
                strong: qsTr("%Ln link(s) may still be public, although nothing may be shared here.", "", detail.violating)
                actionText: qsTr("Unshare")
                actionName: "modeUnshare"
                onActed: detail.unshareWanted()
            }
            Banner {
                objectName: "modeSaved"
                width: parent.width
                visible: detail.editor.savedText !== ""
                iconName: detail.editor.savedDoubt ? "warning" : "check"
                ink: detail.editor.savedDoubt ? Theme.warning : Theme.good
                ground: detail.editor.savedDoubt ? Theme.warningSoft : Theme.goodSoft
                strong: detail.editor.savedText
                actionText: detail.editor.canUndo ? qsTr("Undo") : ""
                actionName: "modeUndo"
                onActed: detail.editor.undo()
            }
            Banner {
                objectName: "modeError"
                width: parent.width
                visible: detail.editor.errorText !== ""
                iconName: "warning"
                strong: detail.editor.errorText
                detail: detail.editor.errorDetail
            }
            ProgressLine {
                width: parent.width
                visible: detail.editor.busy
                name: qsTr("Writing the mode and reading it back")
            }
            ModeChangePanel {
                width: parent.width
                visible: detail.editor.wanted !== "" && !detail.editor.busy
                editor: detail.editor
            }
            Column {
                width: parent.width
                visible: !detail.missing

                Item {
                    width: parent.width
                    height: 28

                    SectionLabel {
                        text: detail.modeKey === "broken" ? qsTr("What the layers say") : qsTr("Why it is %1").arg(chip.text)
                    }
                    SmallLabel {
                        anchors.right: parent.right
                        text: qsTr("last one wins")
                    }
                }
                Repeater {
                    model: detail.modes.layers

                    LayerLine {
                        width: column.width
                        kindWidth: column.width < 560 ? 176 : 200
                    }
                }
            }
            Repeater {
                model: detail.modes.warnings

                Rectangle {
                    id: warning

                    required property string modelData

                    width: column.width
                    height: warningText.implicitHeight + 24
                    radius: Theme.radius
                    color: Theme.surface
                    border.color: Theme.line

                    BodyLabel {
                        id: warningText
                        x: 14
                        y: 12
                        width: parent.width - 28
                        text: warning.modelData
                        color: Theme.muted
                    }
                }
            }
            Column {
                objectName: "modeProcesses"
                width: parent.width
                spacing: 4
                visible: detail.modes.processes.length > 0

                SectionLabel {
                    text: qsTr("Still on the old mode until restarted")
                }
                Repeater {
                    model: detail.modes.processes

                    SmallLabel {
                        required property string modelData

                        width: column.width
                        text: modelData
                    }
                }
            }
            Column {
                width: parent.width
                spacing: 8
                visible: Format.flag(detail.modes.detail, "hasServer")

                SecondaryButton {
                    objectName: "modeReload"
                    iconName: "refresh"
                    text: qsTr("Reload the opencode server")
                    onClicked: detail.modes.reloadServer()
                }
                SmallLabel {
                    objectName: "modeReloaded"

                    readonly property string result: Format.text(detail.modes.detail, "reloadText")

                    width: parent.width
                    text: result === "" ? qsTr("It goes on with the mode that it started with until then. What it does in this project is interrupted.") : result
                    wrapMode: Text.Wrap
                }
            }
            Column {
                width: parent.width
                spacing: 8
                visible: detail.gitText !== ""

                BodyLabel {
                    objectName: "modeGit"
                    width: parent.width
                    text: detail.gitText
                    color: Theme.muted
                }
                SecondaryButton {
                    objectName: "modeCopyGit"
                    visible: detail.gitCommand !== ""
                    iconName: "copy"
                    text: qsTr("Copy git command")
                    onClicked: App.copy(detail.gitCommand)
                }
            }
            LinkButton {
                objectName: "modeForget"
                visible: Format.flag(detail.modes.detail, "added")
                text: qsTr("Take this folder off the list")
                onClicked: detail.modes.removeFolder(detail.modes.directory)
            }
        }
    }
}
