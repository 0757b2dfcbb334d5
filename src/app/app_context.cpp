// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_context.h"

#include "app/activity_model.h"
#include "app/content_model.h"
#include "app/exporter.h"
#include "app/findings_model.h"
#include "app/key_search.h"
#include "app/links_page.h"
#include "app/mark_walk.h"
#include "app/own_words_model.h"
#include "app/publish_controller.h"
#include "app/sessions_page.h"
#include "app/settings_page.h"
#include "app/share_mode_page.h"
#include "app/time_text.h"
#include "app/transcript_model.h"
#include "app/tray_icon.h"
#include "app/watch_post.h"
#include "base/size_text.h"
#include "demo/demo_world.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QGuiApplication>
#include <QIcon>
#include <QPalette>
#include <QThreadPool>

#include <utility>

namespace sharelock::app {

namespace {

AppContext* theInstance = nullptr;

//! \brief The first frame with the list comes first: whatever runs beside it takes a processor from it. Any
//! rest is long enough, since a timer has to wait for that frame.
constexpr std::chrono::milliseconds restAfter{20};
//! \brief Nor is the cache read before the rest is there.
constexpr std::chrono::milliseconds lookThroughAfter{1000};
const QString iconFile = QStringLiteral(":/qt/qml/Sharelock/icons/sharelock.svg");

Expected<CoreSetup> sampleWorld()
{
    auto world = demo::DemoWorld::create();
    if (!world)
        return tl::unexpected(world.error());
    const std::shared_ptr<demo::DemoWorld> shared = std::move(*world);
    CoreSetup setup;
    setup.options.environment = shared->environment();
    setup.options.vault = sharing::VaultKind::File;
    setup.options.server = shared->server().origin();
    setup.world = shared;
    return setup;
}

} // namespace

AppContext::AppContext(AppOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_preferences(m_options.preferences)
    , m_sessions(std::make_unique<SessionsPage>(m_core))
    , m_transcript(std::make_unique<TranscriptModel>(m_core))
    , m_findings(std::make_unique<FindingsModel>(m_core))
    , m_content(std::make_unique<ContentModel>(
          [this](FindingsModel::Step step) { m_findings->take(std::move(step)); }))
    , m_ownWords(std::make_unique<OwnWordsModel>(m_core))
    , m_walk(std::make_unique<MarkWalk>(*m_transcript, *m_findings))
    , m_links(std::make_unique<LinksPage>(m_core))
    , m_publish(std::make_unique<PublishController>(m_core,
                                                    [this](const QString& sessionId) {
                                                        const bool isShown =
                                                            sessionId == m_transcript->sessionId() &&
                                                            m_findings->isSettled();
                                                        return isShown ? m_transcript->offer() : nullptr;
                                                    }))
    , m_shareMode(std::make_unique<ShareModePage>(m_core))
    , m_activity(std::make_unique<ActivityModel>(m_core))
    , m_keySearch(std::make_unique<KeySearch>(m_core))
    , m_exporter(std::make_unique<Exporter>(m_core))
    , m_settings(std::make_unique<SettingsPage>(m_core))
    , m_watch(std::make_unique<WatchPost>(m_core))
    , m_tray(std::make_unique<TrayIcon>(iconFile))
    , m_minute(QDateTime::currentDateTime())
    , m_demo(m_options.demo)
{
    m_settings->setTheme(static_cast<SettingsPage::Theme>(m_options.theme.value_or(m_preferences.theme)));
    m_settings->setLookThrough(m_preferences.lookThrough);
    m_settings->setKeepWatching(m_preferences.keepWatching);
    connectPages();
    connectWatching();
    run();
    m_minuteTimer.setInterval(60'000);
    connect(&m_minuteTimer, &QTimer::timeout, this, [this] {
        m_minute = QDateTime::currentDateTime();
        Q_EMIT minuteChanged();
    });
    m_minuteTimer.start();
    qApp->installEventFilter(this);
    updateDark();
}

AppContext::~AppContext()
{
    if (theInstance == this)
        theInstance = nullptr;
}

AppContext* AppContext::instance()
{
    return theInstance;
}

void AppContext::setInstance(AppContext* context)
{
    theInstance = context;
}

void AppContext::run()
{
    if (m_demo)
        m_core.run(sampleWorld);
    else
        m_core.run([options = m_options.manager]() -> Expected<CoreSetup> {
            return CoreSetup{options, nullptr};
        });
    // The list is what a person waits for: it is asked for first, before anyone knows that the core runs.
    m_sessions->refresh();
}

void AppContext::connectPages()
{
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(restAfter);
    connect(&m_restTimer, &QTimer::timeout, this, &AppContext::beginTheRest);
    connect(m_sessions.get(), &SessionsPage::stateChanged, this, &AppContext::onListShown);
    connect(&m_core, &CoreThread::setupFailed, this, [this](const Error& error) {
        m_sessions->fail(error);
        m_links->fail(error);
        m_activity->fail(error);
    });
    connect(m_sessions.get(), &SessionsPage::selectedIdChanged, m_transcript.get(), [this] {
        warmUp();
        m_transcript->setSessionId(m_sessions->selectedId());
    });
    connect(m_transcript.get(), &TranscriptModel::countsChanged, m_sessions.get(),
            [this] { m_sessions->setSelectedBytes(m_transcript->originalBytes()); });
    connect(m_transcript.get(), &TranscriptModel::offerChanged, m_findings.get(), [this] {
        m_findings->setOffer(m_transcript->sessionId(), m_transcript->offer());
        // An offer that was made before the last step would show a switch as it was.
        if (m_findings->isSettled())
            m_content->setOffer(m_transcript->sessionId(), m_transcript->offer());
    });
    connect(m_transcript.get(), &TranscriptModel::sessionIdChanged, m_content.get(),
            [this] { m_content->setOffer(m_transcript->sessionId(), nullptr); });
    connect(m_transcript.get(), &TranscriptModel::sourceChanged, m_findings.get(),
            [this] { m_findings->setShown(m_transcript->source()); });
    connect(m_findings.get(), &FindingsModel::decided, m_transcript.get(), &TranscriptModel::reload);
    connect(&m_core, &CoreThread::rulesChanged, m_transcript.get(), &TranscriptModel::reload);
    connect(m_ownWords.get(), &OwnWordsModel::wordsChanged, m_transcript.get(), &TranscriptModel::reload);
    connect(m_links.get(), &LinksPage::chipsChanged, m_sessions.get(), &SessionsPage::setChips);
    connect(m_links.get(), &LinksPage::snapshotsChanged, m_sessions.get(), &SessionsPage::setSnapshots);
    connect(m_sessions.get(), &SessionsPage::selectedSnapshotChanged, m_transcript.get(), [this] {
        m_transcript->setSnapshot(m_sessions->selectedSnapshot(), m_sessions->snapshotThrough());
    });
    connect(m_links.get(), &LinksPage::refreshed, m_activity.get(), &ActivityModel::refresh);
    // The first list of links comes when all that is shown first is there; the modes can wait for it.
    connect(m_links.get(), &LinksPage::refreshed, m_shareMode.get(), &ShareModePage::refresh);
    connect(m_shareMode.get(), &ShareModePage::unshareWanted, m_links.get(), &LinksPage::unshareMany);
    connect(m_keySearch.get(), &KeySearch::ended, m_links.get(), &LinksPage::refresh);
    connect(m_links.get(), &LinksPage::copyRequested, this, &AppContext::copy);
    connect(m_activity.get(), &ActivityModel::refreshed, m_links.get(),
            [this] { m_links->setHistory(m_activity->rows()); });

    connect(m_links.get(), &LinksPage::vaultReported, m_settings.get(), &SettingsPage::setVault);
    connect(m_links.get(), &LinksPage::vaultReported, m_publish.get(), &PublishController::setVault);
    connect(m_publish.get(), &PublishController::vaultReported, m_settings.get(), &SettingsPage::setVault);
    connect(m_settings.get(), &SettingsPage::vaultReported, m_publish.get(), &PublishController::setVault);

    connect(m_publish.get(), &PublishController::published, this, &AppContext::copy);
    connect(m_publish.get(), &PublishController::finished, m_links.get(), &LinksPage::refresh);
    connect(m_publish.get(), &PublishController::finished, m_transcript.get(),
            &TranscriptModel::compareAgain);
    connect(m_publish.get(), &PublishController::replaced, m_links.get(), &LinksPage::acceptReplaced);
    connect(m_publish.get(), &PublishController::offerUsed, m_transcript.get(),
            [this](const QString& sessionId) {
                if (sessionId == m_transcript->sessionId())
                    m_transcript->reload();
            });
    connect(m_settings.get(), &SettingsPage::themeChanged, this, [this] {
        m_preferences.theme = static_cast<ThemeChoice>(m_settings->theme());
        m_options.theme.reset();
        updateDark();
        storePreferences();
    });
    connect(&m_core, &CoreThread::scanned, m_sessions.get(), &SessionsPage::acceptScan);
    connect(m_sessions.get(), &SessionsPage::refreshed, this, [this] {
        if (std::exchange(m_isLookPlanned, true))
            return;
        QTimer::singleShot(lookThroughAfter, this, &AppContext::lookThrough);
        QTimer::singleShot(lookThroughAfter, m_tray.get(), &TrayIcon::look);
        // Where Sharelock is installed the desktop knows it; drawing it can wait until the list is there.
        QTimer::singleShot(lookThroughAfter, this, [] { QGuiApplication::setWindowIcon(QIcon(iconFile)); });
    });
    connect(m_settings.get(), &SettingsPage::lookThroughChanged, this, [this] {
        m_preferences.lookThrough = m_settings->lookThrough();
        lookThrough();
        storePreferences();
    });
}

void AppContext::connectWatching()
{
    // With the vault open, so that new keys can be sealed from the first moment on.
    connect(m_links.get(), &LinksPage::vaultReported, m_watch.get(), [this] { m_watch->begin(!m_demo); });
    connect(m_watch.get(), &WatchPost::openRequested, this, &AppContext::openRequested);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, m_watch.get(),
            [this](Qt::ApplicationState state) { m_watch->setAttended(state == Qt::ApplicationActive); });
    m_watch->setAttended(QGuiApplication::applicationState() == Qt::ApplicationActive);
    connect(m_tray.get(), &TrayIcon::activated, this, &AppContext::openRequested);
    connect(m_tray.get(), &TrayIcon::quitRequested, this, &AppContext::quitRequested);
    connect(m_tray.get(), &TrayIcon::availableChanged, this, [this] {
        m_settings->setTrayAvailable(m_tray->isAvailable());
        updateTray();
    });
    connect(m_settings.get(), &SettingsPage::keepWatchingChanged, this, [this] {
        if (std::exchange(m_preferences.keepWatching, m_settings->keepWatching()) ==
            m_settings->keepWatching())
            return;
        updateTray();
        storePreferences();
    });
}

void AppContext::updateTray()
{
    m_tray->setVisible(m_preferences.keepWatching);
    const bool stays = m_preferences.keepWatching && m_tray->isAvailable();
    QGuiApplication::setQuitOnLastWindowClosed(!stays);
    if (std::exchange(m_staysInTray, stays) != stays)
        Q_EMIT staysInTrayChanged();
}

void AppContext::lookThrough()
{
    const bool on = m_preferences.lookThrough;
    if (!on)
        m_sessions->endScan();
    m_core.call([on](sharing::ShareManager& manager) {
        manager.lookThrough(on);
        return true;
    });
}

void AppContext::onListShown()
{
    // Without a home there is no core that could answer.
    const bool isShown =
        m_sessions->state() != SessionsPage::State::Loading && !m_core.environment().home.isEmpty();
    if (isShown && !std::exchange(m_isRestPlanned, true))
        m_restTimer.start();
}

void AppContext::beginTheRest()
{
    m_links->begin();
    m_settings->begin();
    m_ownWords->begin();
    m_core.call([](sharing::ShareManager& manager) {
        manager.follow();
        return true;
    });
}

void AppContext::startDemo()
{
    if (m_demo)
        return;
    m_demo = true;
    m_isLookPlanned = false;
    m_publish->clear();
    m_sessions->clear();
    m_transcript->clear();
    m_findings->setOffer({}, nullptr);
    m_content->setOffer({}, nullptr);
    m_links->clear();
    m_keySearch->clear();
    m_exporter->reset();
    m_activity->clear();
    m_settings->clear();
    m_ownWords->clear();
    m_shareMode->clear();
    m_restTimer.stop();
    m_isRestPlanned = false;
    run();
    Q_EMIT demoChanged();
}

void AppContext::copy(const QString& text) const
{
    QGuiApplication::clipboard()->setText(text);
}

bool AppContext::open(const QUrl& url) const
{
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return web && url.isValid() && !url.host().isEmpty() && QDesktopServices::openUrl(url);
}

QString AppContext::relativeTime(const QDateTime& at) const
{
    return app::relativeTime(at, QDateTime::currentDateTime());
}

QString AppContext::absoluteTime(const QDateTime& at) const
{
    return app::absoluteTime(at);
}

QString AppContext::bytes(double count) const
{
    return sizeText(static_cast<qint64>(count));
}

void AppContext::saveWindow(const QRect& geometry, bool maximized)
{
    // The size to come back to is that of the window before it filled the screen.
    if (!maximized && geometry.isValid())
        m_preferences.window = geometry;
    m_preferences.maximized = maximized;
    storePreferences();
}

void AppContext::storePreferences()
{
    m_core.call([environment = m_core.environment(), preferences = m_preferences](sharing::ShareManager&) {
        if (!environment.home.isEmpty())
            savePreferences(environment, preferences);
        return true;
    });
}

void AppContext::updateDark()
{
    bool dark = QGuiApplication::palette().window().color().lightnessF() < 0.5;
    const ThemeChoice choice = m_options.theme.value_or(m_preferences.theme);
    if (choice != ThemeChoice::System)
        dark = choice == ThemeChoice::Dark;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

bool AppContext::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ApplicationPaletteChange:
        if (watched == qApp)
            updateDark();
        break;
    case QEvent::MouseMove:
    case QEvent::HoverMove:
    case QEvent::KeyPress:
    case QEvent::TouchBegin:
        warmUp();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

// With the person's first move: the scanner takes memory that a list alone does not need, and time that
// opening a session has no room for.
void AppContext::warmUp()
{
    if (!std::exchange(m_warm, true))
        QThreadPool::globalInstance()->start(&sharing::ShareManager::warmUp);
}

} // namespace sharelock::app
