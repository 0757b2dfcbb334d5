// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/settings_page.h"

#include "app/autostart.h"
#include "app/when_done.h"

#include <QCoreApplication>
#include <QDir>

#include <chrono>
#include <utility>

namespace sharelock::app {

namespace {

const QString fileKind = QStringLiteral("file");
const QString keychainKind = QStringLiteral("keychain");

} // namespace

SettingsPage::SettingsPage(CoreThread& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
    connect(&m_core, &CoreThread::rulesChanged, this, &SettingsPage::readRules);
}

QString SettingsPage::version()
{
    return QStringLiteral(SHARELOCK_VERSION);
}

SettingsPage::Facts SettingsPage::readFacts(sharing::ShareManager& manager, const Environment& environment)
{
    Facts facts;
    facts.databasePath = environment.opencodeDatabase();
    facts.ledgerPath = QDir(environment.dataFolder()).filePath(QStringLiteral("ledger.db"));
    facts.opencodeProgram = opencode::opencodeProgram(environment);
    facts.opencodeServerUrl = manager.opencodeServerUrl().value_or(QUrl()).toString();
    facts.folders = manager.dataFolders().value_or(QStringList());
    const auto expiry = manager.defaultExpiry().value_or(std::nullopt);
    facts.expiryDays = expiry ? static_cast<int>(std::chrono::ceil<std::chrono::days>(*expiry).count()) : 0;
    facts.takeDownSecrets = manager.takesDownSecrets().value_or(false);
    facts.startAtLogin = startsAtLogin(environment);
    return facts;
}

void SettingsPage::begin()
{
    const auto read = [environment = m_core.environment()](sharing::ShareManager& manager) {
        return readFacts(manager, environment);
    };
    whenDone(m_core.call(read), this, [this, round = m_round](const Facts& facts) {
        if (round != m_round)
            return;
        m_facts = facts;
        Q_EMIT factsChanged();
        Q_EMIT watchingChanged();
    });
    readRules();
}

void SettingsPage::readRules()
{
    const auto read = [](sharing::ShareManager& manager) { return manager.ownRules(); };
    whenDone(m_core.call(read), this, [this, round = m_round](const sharing::OwnRules& rules) {
        if (round != m_round)
            return;
        m_rules = rules;
        Q_EMIT rulesChanged();
    });
}

QStringList SettingsPage::ruleProblemPlaces() const
{
    QStringList places;
    for (const Error& problem : m_rules.problems)
        places.append(problem.subject);
    return places;
}

QStringList SettingsPage::ruleProblemReasons() const
{
    QStringList reasons;
    for (const Error& problem : m_rules.problems)
        reasons.append(problem.detail.isEmpty() ? caption(problem) : problem.detail);
    return reasons;
}

void SettingsPage::clear()
{
    ++m_round;
    m_facts = {};
    m_rules = {};
    m_vault = {};
    m_moveError.reset();
    m_vaultBusy = false;
    m_serverBusy = false;
    m_serverOk = false;
    m_serverResult.clear();
    m_folderProblem.clear();
    m_watchingProblem.clear();
    Q_EMIT rulesChanged();
    Q_EMIT watchingChanged();
    Q_EMIT factsChanged();
    Q_EMIT vaultChanged();
    Q_EMIT serverChanged();
}

QString SettingsPage::vaultKind() const
{
    return m_vault.kind == sharing::VaultKind::File ? fileKind : keychainKind;
}

bool SettingsPage::vaultOk() const
{
    return m_vault.status == sharing::VaultStatus::Open;
}

QString SettingsPage::vaultStatusText() const
{
    using sharing::VaultStatus;
    switch (m_vault.status) {
    case VaultStatus::NotAsked:
        return tr("Opening…");
    case VaultStatus::Open:
        return m_vault.kind == sharing::VaultKind::File ? tr("Open, with a key file")
                                                        : tr("Open, with the keyring");
    case VaultStatus::Missing:
        return tr("No keyring on this machine");
    case VaultStatus::Locked:
        return tr("The keyring is locked");
    case VaultStatus::Refused:
        return tr("The keyring refused access");
    case VaultStatus::Emptied:
        return tr("The keyring no longer holds the master key");
    case VaultStatus::Wrong:
        return tr("The master key is another one");
    case VaultStatus::Broken:
        return tr("The vault can't be used");
    }
    return {};
}

QString SettingsPage::vaultRemedy() const
{
    if (m_moveError)
        return caption(*m_moveError);
    const bool fine = vaultOk() || m_vault.status == sharing::VaultStatus::NotAsked;
    return fine ? QString() : caption(m_vault.error);
}

void SettingsPage::setVault(const sharing::VaultReport& report)
{
    m_vault = report;
    m_moveError.reset();
    Q_EMIT vaultChanged();
}

void SettingsPage::setVaultBusy(bool busy)
{
    m_vaultBusy = busy;
    Q_EMIT vaultChanged();
}

void SettingsPage::moveVaultTo(const QString& kind)
{
    if (m_vaultBusy || (kind != fileKind && kind != keychainKind))
        return;
    setVaultBusy(true);
    const auto to = kind == fileKind ? sharing::VaultKind::File : sharing::VaultKind::Keychain;
    const auto move = [to](sharing::ShareManager& manager, std::stop_token) { return manager.moveVault(to); };
    whenDone(m_core.start(move), this, [this, round = m_round](const Expected<sharing::VaultReport>& report) {
        if (round == m_round)
            acceptVault(report);
    });
}

void SettingsPage::retryVault()
{
    if (m_vaultBusy)
        return;
    setVaultBusy(true);
    const auto open = [](sharing::ShareManager& manager, std::stop_token) { return manager.openVault(true); };
    whenDone(m_core.start(open), this, [this, round = m_round](const sharing::VaultReport& report) {
        if (round == m_round)
            acceptVault(report);
    });
}

void SettingsPage::acceptVault(const Expected<sharing::VaultReport>& report)
{
    m_vaultBusy = false;
    if (report) {
        setVault(*report);
        Q_EMIT vaultReported(*report);
        return;
    }
    m_moveError = report.error();
    Q_EMIT vaultChanged();
}

void SettingsPage::testServer(const QString& url, const QString& user, const QString& password)
{
    opencode::ServerAddress address;
    address.url = url.trimmed().isEmpty() ? QUrl() : QUrl::fromUserInput(url.trimmed());
    if (!user.isEmpty())
        address.userName = user;
    const QByteArray bytes = password.toUtf8();
    address.password = Secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    m_serverBusy = true;
    m_serverOk = false;
    m_serverResult.clear();
    Q_EMIT serverChanged();
    const auto test = [address](sharing::ShareManager& manager, std::stop_token) {
        return manager.setOpencodeServer(address);
    };
    const auto accept = [this, forgotten = address.url.isEmpty()](const Expected<QString>& answer) {
        m_serverBusy = false;
        m_serverOk = answer.has_value();
        if (!answer)
            m_serverResult = caption(answer.error());
        else
            m_serverResult = forgotten ? tr("No server is used.") : tr("opencode %1 answers.").arg(*answer);
        Q_EMIT serverChanged();
        begin();
    };
    whenDone(m_core.start(test), this,
             [this, accept, round = m_round, number = ++m_serverTest](const Expected<QString>& answer) {
                 if (round == m_round && number == m_serverTest)
                     accept(answer);
             });
}

void SettingsPage::addFolder(const QString& path)
{
    QString folder = path.trimmed();
    if (folder == u"~" || folder.startsWith(u"~/"))
        folder = m_core.environment().home + folder.mid(1);
    // Its database will do as well.
    if (folder.endsWith(QLatin1String("/opencode.db")))
        folder.chop(static_cast<int>(qstrlen("/opencode.db")));
    setFolders(m_facts.folders + QStringList{folder});
}

void SettingsPage::removeFolder(const QString& path)
{
    QStringList folders = m_facts.folders;
    folders.removeAll(path);
    setFolders(folders);
}

void SettingsPage::setFolders(const QStringList& folders)
{
    const auto set = [folders](sharing::ShareManager& manager) { return manager.setDataFolders(folders); };
    const bool adds = folders.size() > m_facts.folders.size();
    whenDone(m_core.call(set), this, [this, adds, round = m_round](const Expected<void>& done) {
        if (round != m_round)
            return;
        m_folderProblem = done ? QString() : caption(done.error());
        Q_EMIT factsChanged();
        if (done && adds)
            Q_EMIT folderAdded();
        begin();
    });
}

void SettingsPage::setExpiryDays(int days)
{
    if (days == m_facts.expiryDays)
        return;
    m_facts.expiryDays = days;
    Q_EMIT factsChanged();
    std::optional<std::chrono::hours> after;
    if (days > 0)
        after = std::chrono::days(days);
    const auto set = [after](sharing::ShareManager& manager) { return manager.setDefaultExpiry(after); };
    whenDone(m_core.call(set), this, [this, round = m_round](const Expected<void>& done) {
        if (round == m_round && !done)
            begin();
    });
}

void SettingsPage::setTheme(Theme theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    Q_EMIT themeChanged();
}

void SettingsPage::setLookThrough(bool on)
{
    if (on == m_lookThrough)
        return;
    m_lookThrough = on;
    Q_EMIT lookThroughChanged();
}

void SettingsPage::setTrayAvailable(bool on)
{
    if (std::exchange(m_trayAvailable, on) != on)
        Q_EMIT keepWatchingChanged();
}

void SettingsPage::setKeepWatching(bool on)
{
    if (std::exchange(m_keepWatching, on) != on)
        Q_EMIT keepWatchingChanged();
}

void SettingsPage::setTakeDownSecrets(bool on)
{
    if (on == m_facts.takeDownSecrets)
        return;
    m_facts.takeDownSecrets = on;
    Q_EMIT watchingChanged();
    const auto keep = [on](sharing::ShareManager& manager) { return manager.setTakesDownSecrets(on); };
    whenDone(m_core.call(keep), this, [this, round = m_round](const Expected<void>& kept) {
        if (round == m_round)
            acceptWatching(kept);
    });
}

void SettingsPage::setStartAtLogin(bool on)
{
    if (on == m_facts.startAtLogin)
        return;
    m_facts.startAtLogin = on;
    Q_EMIT watchingChanged();
    const auto keep = [on, environment = m_core.environment(),
                       program = QCoreApplication::applicationFilePath()](sharing::ShareManager&) {
        return setStartsAtLogin(environment, on, program);
    };
    whenDone(m_core.call(keep), this, [this, round = m_round](const Expected<void>& kept) {
        if (round == m_round)
            acceptWatching(kept);
    });
}

void SettingsPage::acceptWatching(const Expected<void>& kept)
{
    m_watchingProblem = kept ? QString() : caption(kept.error());
    Q_EMIT watchingChanged();
    // What is shown is what is there.
    if (!kept)
        begin();
}

} // namespace sharelock::app
