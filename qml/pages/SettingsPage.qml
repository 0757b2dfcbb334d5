// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Sharelock

AppPage {
    id: page

    objectName: "pageSettings"
    focus: true

    readonly property SettingsState settings: App.settings

    function reload() {
        settings.retryVault();
    }

    Flickable {
        id: scroller
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 48
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ThinScrollBar {}
        // A list that grows above the field in use must not push it out of sight.
        onContentHeightChanged: if (page.activeFocus)
            settled.restart()

        Timer {
            id: settled
            interval: 50
            onTriggered: scroller.reveal(page.Window.activeFocusItem)
        }

        //! Keeps what has the keyboard in sight, and what is said about it below.
        function reveal(item: Item) {
            if (!item || item === page)
                return;
            const top = item.mapToItem(column, 0, 0).y;
            if (top < contentY + 16)
                contentY = Math.max(0, top - 16);
            else if (top + item.height > contentY + height - 72)
                contentY = Math.min(contentHeight - height, top + item.height - height + 72);
        }

        Connections {
            target: page.Window.window
            enabled: page.activeFocus
            function onActiveFocusItemChanged() {
                if (page.activeFocus)
                    scroller.reveal(page.Window.activeFocusItem);
            }
        }

        Column {
            id: column
            x: 24
            y: 16
            width: Math.min(parent.width - 48, 720)
            spacing: 0

            TitleLabel {
                height: 48
                text: qsTr("Settings")
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Vault")
                explanation: qsTr("The keys that take links down are sealed on this computer. The one master key that opens them is kept apart.")

                Item {
                    width: parent.width
                    height: Theme.controlHeight

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Keep the master key in")
                    }
                    SegmentedControl {
                        objectName: "vaultKind"
                        anchors.right: parent.right
                        enabled: !page.settings.vaultBusy
                        groupName: qsTr("Keep the master key in")
                        options: [qsTr("Keychain"), qsTr("File")]
                        names: ["vaultKeychain", "vaultFile"]
                        current: page.settings.vaultKind === "file" ? 1 : 0
                        onChosen: index => page.settings.moveVaultTo(index === 1 ? "file" : "keychain")
                    }
                }
                ProgressLine {
                    width: parent.width
                    visible: page.settings.vaultBusy
                    name: qsTr("Moving the master key")
                }
                Banner {
                    objectName: "vaultStatus"
                    width: parent.width
                    visible: page.settings.vaultStatusText !== ""

                    readonly property bool waiting: !page.settings.vaultOk && page.settings.vaultRemedy === ""

                    iconName: waiting ? "clock" : page.settings.vaultOk ? "check" : "warning"
                    ink: waiting ? Theme.neutral : page.settings.vaultOk ? Theme.good : Theme.warning
                    ground: waiting ? Theme.neutralSoft : page.settings.vaultOk ? Theme.goodSoft : Theme.warningSoft
                    strong: page.settings.vaultStatusText
                    text: page.settings.vaultOk ? "" : page.settings.vaultRemedy
                    actionText: page.settings.vaultOk ? "" : qsTr("Try again")
                    actionName: "vaultRetry"
                    onActed: page.settings.retryVault()
                }
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Appearance")

                Item {
                    width: parent.width
                    height: Theme.controlHeight

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Theme")
                    }
                    SegmentedControl {
                        objectName: "theme"
                        anchors.right: parent.right
                        groupName: qsTr("Theme")
                        options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                        names: ["themeSystem", "themeLight", "themeDark"]
                        current: page.settings.theme
                        onChosen: index => page.settings.theme = index
                    }
                }
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Findings")
                explanation: qsTr("The list of sessions then says which of them hold secrets or personal details. What was found stays in the sessions: the cache holds no value and may be deleted at any time.")

                Item {
                    width: parent.width
                    height: Theme.controlHeight

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Look through all sessions in the background")
                    }
                    SegmentedControl {
                        objectName: "lookThrough"
                        anchors.right: parent.right
                        groupName: qsTr("Look through all sessions in the background")
                        options: [qsTr("On"), qsTr("Off")]
                        names: ["lookThroughOn", "lookThroughOff"]
                        current: page.settings.lookThrough ? 0 : 1
                        onChosen: index => page.settings.lookThrough = index === 0
                    }
                }
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Watching")
                explanation: qsTr("While Sharelock runs, every new link is taken in at once, links go when they expire, and a notification tells of secrets that become public, of deleted sessions that are still public, and of links that come back.")

                Item {
                    width: parent.width
                    height: Theme.controlHeight

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Take a live link down at once when a secret goes public")
                    }
                    SegmentedControl {
                        objectName: "takeDownSecrets"
                        anchors.right: parent.right
                        groupName: qsTr("Take a live link down at once when a secret goes public")
                        options: [qsTr("On"), qsTr("Off")]
                        names: ["takeDownSecretsOn", "takeDownSecretsOff"]
                        current: page.settings.takeDownSecrets ? 0 : 1
                        onChosen: index => page.settings.takeDownSecrets = index === 0
                    }
                }
                Item {
                    width: parent.width
                    height: Theme.controlHeight
                    visible: page.settings.trayAvailable

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Keep watching in the tray when the window is closed (Ctrl+Q quits)")
                    }
                    SegmentedControl {
                        objectName: "keepWatching"
                        anchors.right: parent.right
                        groupName: qsTr("Keep watching in the tray when the window is closed")
                        options: [qsTr("On"), qsTr("Off")]
                        names: ["keepWatchingOn", "keepWatchingOff"]
                        current: page.settings.keepWatching ? 0 : 1
                        onChosen: index => page.settings.keepWatching = index === 0
                    }
                }
                Item {
                    width: parent.width
                    height: Theme.controlHeight

                    PlainLabel {
                        anchors.verticalCenter: parent.verticalCenter
                        text: qsTr("Start watching at login, without a window")
                    }
                    SegmentedControl {
                        objectName: "startAtLogin"
                        anchors.right: parent.right
                        groupName: qsTr("Start watching at login, without a window")
                        options: [qsTr("On"), qsTr("Off")]
                        names: ["startAtLoginOn", "startAtLoginOff"]
                        current: page.settings.startAtLogin ? 0 : 1
                        onChosen: index => page.settings.startAtLogin = index === 0
                    }
                }
                Banner {
                    objectName: "watchingProblem"
                    width: parent.width
                    visible: text !== ""
                    iconName: "warning"
                    ink: Theme.warning
                    ground: Theme.warningSoft
                    text: page.settings.watchingProblem
                }
            }

            OwnWordsSection {
                width: parent.width
                words: App.ownWords
            }

            RulesSection {
                width: parent.width
                settings: page.settings
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Expiry")
                explanation: qsTr("Whatever Sharelock runs when a link expires takes it down: this window, “sharelock watch”, or “sharelock sweep” from a timer. Each link's own date is on its page.")

                ExpiryChoice {
                    width: parent.width
                    caption: qsTr("Remove snapshots after")
                    baseName: "defaultExpiry"
                    days: page.settings.expiryDays
                    onChosen: days => page.settings.expiryDays = days
                }
            }
            DataFoldersSection {
                width: parent.width
                settings: page.settings
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("opencode server")
                explanation: qsTr("Live links are made by opencode. Name a running server to use it; otherwise Sharelock starts one of its own for the moment it is needed.")

                LabeledField {
                    id: serverUrl
                    objectName: "serverUrl"
                    width: parent.width
                    label: qsTr("Address of the opencode server")
                    placeholderText: "http://127.0.0.1:4096"
                    text: page.settings.opencodeServerUrl
                    hints: Qt.ImhUrlCharactersOnly
                }
                Row {
                    width: parent.width
                    spacing: 12

                    LabeledField {
                        id: serverUser
                        objectName: "serverUser"
                        width: (parent.width - 12) / 2
                        label: qsTr("User name")
                        placeholderText: "opencode"
                    }
                    LabeledField {
                        id: serverPassword
                        objectName: "serverPassword"
                        width: (parent.width - 12) / 2
                        label: qsTr("Password")
                        placeholderText: qsTr("Kept in the keychain")
                        echoMode: TextInput.Password
                        hints: Qt.ImhHiddenText | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
                    }
                }
                Item {
                    width: parent.width
                    height: Math.max(Theme.controlHeight, result.implicitHeight)

                    SecondaryButton {
                        id: test
                        objectName: "serverTest"
                        enabled: !page.settings.serverBusy
                        text: serverUrl.text === "" && page.settings.opencodeServerUrl !== "" ? qsTr("Forget the server") : qsTr("Test and save")
                        onClicked: page.settings.testServer(serverUrl.text, serverUser.text, serverPassword.text)
                    }
                    Icon {
                        id: resultIcon
                        anchors.left: test.right
                        anchors.leftMargin: 16
                        anchors.verticalCenter: parent.verticalCenter
                        visible: result.text !== ""
                        name: page.settings.serverOk ? "check" : "warning"
                        side: 16
                        tint: result.color
                    }
                    BodyLabel {
                        id: result
                        objectName: "serverResult"
                        anchors.left: resultIcon.right
                        anchors.leftMargin: 8
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: page.settings.serverBusy ? "" : page.settings.serverResultText
                        color: page.settings.serverOk ? Theme.good : Theme.danger
                    }
                    ProgressLine {
                        anchors.left: test.right
                        anchors.leftMargin: 16
                        anchors.verticalCenter: parent.verticalCenter
                        visible: page.settings.serverBusy
                        name: qsTr("Asking the server")
                    }
                }
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("Files")
                explanation: qsTr("opencode's database is only ever read. The ledger is Sharelock's own.")

                Column {
                    width: parent.width

                    PathLine {
                        objectName: "databasePath"
                        width: parent.width
                        name: qsTr("opencode's database")
                        path: page.settings.databasePath
                    }
                    PathLine {
                        objectName: "ledgerPath"
                        width: parent.width
                        name: qsTr("Ledger of links")
                        path: page.settings.ledgerPath
                    }
                    PathLine {
                        objectName: "opencodeProgram"
                        width: parent.width
                        visible: path !== ""
                        name: qsTr("opencode program")
                        path: page.settings.opencodeProgram
                    }
                    PlainLabel {
                        visible: page.settings.opencodeProgram === ""
                        height: 40
                        verticalAlignment: Text.AlignVCenter
                        text: qsTr("opencode is not installed here; snapshots work without it.")
                        color: Theme.muted
                    }
                }
            }

            SettingsSection {
                width: parent.width
                heading: qsTr("About")
                explanation: qsTr("Sharelock %1 · MIT licence").arg(page.settings.version)
            }
        }
    }
}
