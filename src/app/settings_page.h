// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/preferences.h"

#include <QObject>

#include <optional>

namespace sharelock::app {

//! \brief View model of the page Settings.
class SettingsPage : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString databasePath READ databasePath NOTIFY factsChanged)
    Q_PROPERTY(QString ledgerPath READ ledgerPath NOTIFY factsChanged)
    Q_PROPERTY(QString opencodeProgram READ opencodeProgram NOTIFY factsChanged)
    Q_PROPERTY(QString opencodeServerUrl READ opencodeServerUrl NOTIFY factsChanged)
    Q_PROPERTY(QString vaultKind READ vaultKind NOTIFY vaultChanged)
    Q_PROPERTY(QString vaultStatusText READ vaultStatusText NOTIFY vaultChanged)
    Q_PROPERTY(bool vaultOk READ vaultOk NOTIFY vaultChanged)
    Q_PROPERTY(QString vaultRemedy READ vaultRemedy NOTIFY vaultChanged)
    Q_PROPERTY(bool vaultBusy READ vaultBusy NOTIFY vaultChanged)
    Q_PROPERTY(bool serverBusy READ serverBusy NOTIFY serverChanged)
    Q_PROPERTY(QString serverResultText READ serverResultText NOTIFY serverChanged)
    Q_PROPERTY(bool serverOk READ serverOk NOTIFY serverChanged)
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(bool lookThrough READ lookThrough WRITE setLookThrough NOTIFY lookThroughChanged)
    Q_PROPERTY(bool takeDownSecrets READ takeDownSecrets WRITE setTakeDownSecrets NOTIFY watchingChanged)
    Q_PROPERTY(bool startAtLogin READ startAtLogin WRITE setStartAtLogin NOTIFY watchingChanged)
    Q_PROPERTY(bool trayAvailable READ trayAvailable NOTIFY keepWatchingChanged)
    Q_PROPERTY(bool keepWatching READ keepWatching WRITE setKeepWatching NOTIFY keepWatchingChanged)
    Q_PROPERTY(QString watchingProblem READ watchingProblem NOTIFY watchingChanged)
    Q_PROPERTY(QString version READ version CONSTANT)
    //! \brief Data folders of opencode's besides the one in use.
    Q_PROPERTY(QList<QString> folders READ folders NOTIFY factsChanged)
    Q_PROPERTY(QString folderProblem READ folderProblem NOTIFY factsChanged)
    //! \brief Where the person's rules stand, or would.
    Q_PROPERTY(QString rulesFile READ rulesFile NOTIFY rulesChanged)
    Q_PROPERTY(bool rulesExist READ rulesExist NOTIFY rulesChanged)
    //! \brief Of that file, in use.
    Q_PROPERTY(int rulesInUse READ rulesInUse NOTIFY rulesChanged)
    //! \brief What is wrong in it, and was left out: places (`file:line`), and the reason for each.
    Q_PROPERTY(QList<QString> ruleProblemPlaces READ ruleProblemPlaces NOTIFY rulesChanged)
    Q_PROPERTY(QList<QString> ruleProblemReasons READ ruleProblemReasons NOTIFY rulesChanged)
    //! \brief What is taken differently than gitleaks takes it, a line each.
    Q_PROPERTY(QString ruleNotes READ ruleNotes NOTIFY rulesChanged)
    //! \brief After how many days what is published goes; 0: never.
    Q_PROPERTY(int expiryDays READ expiryDays WRITE setExpiryDays NOTIFY factsChanged)
public:
    enum class Theme
    {
        System,
        Light,
        Dark
    };
    Q_ENUM(Theme)

    explicit SettingsPage(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] QString databasePath() const { return m_facts.databasePath; }
    [[nodiscard]] QString ledgerPath() const { return m_facts.ledgerPath; }
    [[nodiscard]] QString opencodeProgram() const { return m_facts.opencodeProgram; }
    [[nodiscard]] QString opencodeServerUrl() const { return m_facts.opencodeServerUrl; }
    [[nodiscard]] QString vaultKind() const;
    [[nodiscard]] QString vaultStatusText() const;
    [[nodiscard]] bool vaultOk() const;
    [[nodiscard]] QString vaultRemedy() const;
    [[nodiscard]] bool vaultBusy() const { return m_vaultBusy; }
    [[nodiscard]] bool serverBusy() const { return m_serverBusy; }
    [[nodiscard]] QString serverResultText() const { return m_serverResult; }
    [[nodiscard]] bool serverOk() const { return m_serverOk; }
    [[nodiscard]] Theme theme() const { return m_theme; }
    void setTheme(Theme theme);
    [[nodiscard]] bool lookThrough() const { return m_lookThrough; }
    void setLookThrough(bool on);
    //! \brief Live links are taken down as soon as an undoubted secret stands in them.
    [[nodiscard]] bool takeDownSecrets() const { return m_facts.takeDownSecrets; }
    void setTakeDownSecrets(bool on);
    //! \brief `sharelock watch` starts with the desktop.
    [[nodiscard]] bool startAtLogin() const { return m_facts.startAtLogin; }
    void setStartAtLogin(bool on);
    //! \brief The desktop has a tray to stay in.
    [[nodiscard]] bool trayAvailable() const { return m_trayAvailable; }
    void setTrayAvailable(bool on);
    //! \brief Closing the window leaves Sharelock in the tray.
    [[nodiscard]] bool keepWatching() const { return m_keepWatching; }
    void setKeepWatching(bool on);
    //! \brief Why a choice could not be kept; empty when it was.
    [[nodiscard]] QString watchingProblem() const { return m_watchingProblem; }
    [[nodiscard]] static QString version();
    [[nodiscard]] QStringList folders() const { return m_facts.folders; }
    [[nodiscard]] QString folderProblem() const { return m_folderProblem; }
    [[nodiscard]] QString rulesFile() const { return m_rules.file; }
    [[nodiscard]] bool rulesExist() const { return m_rules.exists; }
    [[nodiscard]] int rulesInUse() const { return m_rules.rules; }
    [[nodiscard]] QStringList ruleProblemPlaces() const;
    [[nodiscard]] QStringList ruleProblemReasons() const;
    [[nodiscard]] QString ruleNotes() const { return m_rules.notes.join(QLatin1Char('\n')); }
    [[nodiscard]] int expiryDays() const { return m_facts.expiryDays; }
    void setExpiryDays(int days);

    //! \param kind "keychain" or "file".
    Q_INVOKABLE void moveVaultTo(const QString& kind);
    Q_INVOKABLE void retryVault();
    //! \brief Tests the server and, when it answers, keeps URL and password (in the keychain). An empty URL
    //! forgets it.
    Q_INVOKABLE void testServer(const QString& url, const QString& user, const QString& password);

    Q_INVOKABLE void addFolder(const QString& path);
    Q_INVOKABLE void removeFolder(const QString& path);

    void begin();
    void clear();
    void setVault(const sharing::VaultReport& report);

Q_SIGNALS:
    void factsChanged();
    void vaultChanged();
    void serverChanged();
    void themeChanged();
    void lookThroughChanged();
    void folderAdded();
    void watchingChanged();
    void rulesChanged();
    void keepWatchingChanged();
    void vaultReported(const sharelock::sharing::VaultReport& report);

private:
    struct Facts
    {
        QString databasePath;
        QString ledgerPath;
        QString opencodeProgram;
        QString opencodeServerUrl;
        QStringList folders;
        int expiryDays = 0;
        bool takeDownSecrets = false;
        bool startAtLogin = false;
    };
    static Facts readFacts(sharing::ShareManager& manager, const Environment& environment);

    void readRules();
    void setFolders(const QStringList& folders);
    void acceptVault(const Expected<sharing::VaultReport>& report);
    void setVaultBusy(bool busy);
    void acceptWatching(const Expected<void>& kept);

    CoreThread& m_core;
    Facts m_facts;
    sharing::OwnRules m_rules;
    sharing::VaultReport m_vault;
    std::optional<Error> m_moveError; //!< Why the last move failed; the vault is as it was.
    bool m_vaultBusy = false;
    bool m_serverBusy = false;
    bool m_serverOk = false;
    QString m_serverResult;
    QString m_folderProblem;
    Theme m_theme = Theme::System;
    QString m_watchingProblem;
    bool m_lookThrough = true;
    bool m_trayAvailable = false;
    bool m_keepWatching = false;
    quint64 m_round = 0; //!< Answers of an earlier world are ignored.
    quint64 m_serverTest = 0;
};

} // namespace sharelock::app
