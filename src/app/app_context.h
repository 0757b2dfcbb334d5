// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/preferences.h"

#include <QDateTime>
#include <QObject>
#include <QRect>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>

Q_MOC_INCLUDE("app/activity_model.h")
Q_MOC_INCLUDE("app/links_page.h")
Q_MOC_INCLUDE("app/content_model.h")
Q_MOC_INCLUDE("app/findings_model.h")
Q_MOC_INCLUDE("app/key_search.h")
Q_MOC_INCLUDE("app/own_words_model.h")
Q_MOC_INCLUDE("app/mark_walk.h")
Q_MOC_INCLUDE("app/publish_controller.h")
Q_MOC_INCLUDE("app/exporter.h")
Q_MOC_INCLUDE("app/sessions_page.h")
Q_MOC_INCLUDE("app/settings_page.h")
Q_MOC_INCLUDE("app/share_mode_page.h")
Q_MOC_INCLUDE("app/transcript_model.h")

namespace sharelock::app {

class ActivityModel;
class ContentModel;
class FindingsModel;
class KeySearch;
class LinksPage;
class OwnWordsModel;
class MarkWalk;
class PublishController;
class Exporter;
class SessionsPage;
class SettingsPage;
class ShareModePage;
class TranscriptModel;
class TrayIcon;
class WatchPost;

//! \brief What the window is started with.
struct AppOptions
{
    sharing::ManagerOptions manager;
    bool demo = false;                //!< `--demo`: the manager's options are made anew for the sample world.
    std::optional<ThemeChoice> theme; //!< `--theme`; wins over the preference, is not saved.
    Preferences preferences;          //!< Of loadPreferences(), read before the GUI thread is marked.
};

//! \brief The root of all view models, `App` in QML. Owns the core thread. Lives on the GUI thread.
class AppContext : public QObject
{
    Q_OBJECT
    Q_PROPERTY(sharelock::app::SessionsPage* sessions READ sessions CONSTANT)
    Q_PROPERTY(sharelock::app::TranscriptModel* transcript READ transcript CONSTANT)
    Q_PROPERTY(sharelock::app::FindingsModel* findings READ findings CONSTANT)
    Q_PROPERTY(sharelock::app::ContentModel* content READ content CONSTANT)
    Q_PROPERTY(sharelock::app::OwnWordsModel* ownWords READ ownWords CONSTANT)
    Q_PROPERTY(sharelock::app::MarkWalk* walk READ walk CONSTANT)
    Q_PROPERTY(sharelock::app::PublishController* publish READ publish CONSTANT)
    Q_PROPERTY(sharelock::app::LinksPage* links READ links CONSTANT)
    Q_PROPERTY(sharelock::app::ShareModePage* shareMode READ shareMode CONSTANT)
    Q_PROPERTY(sharelock::app::ActivityModel* activity READ activity CONSTANT)
    Q_PROPERTY(sharelock::app::KeySearch* keySearch READ keySearch CONSTANT)
    Q_PROPERTY(sharelock::app::Exporter* exporter READ exporter CONSTANT)
    Q_PROPERTY(sharelock::app::SettingsPage* settings READ settings CONSTANT)
    Q_PROPERTY(bool demo READ isDemo NOTIFY demoChanged)
    Q_PROPERTY(bool dark READ isDark NOTIFY darkChanged)
    //! \brief Changes every minute: bindings that show a relative time read it to stay true.
    Q_PROPERTY(QDateTime minute READ minute NOTIFY minuteChanged)
    //! \brief As saved by saveWindow(); empty when it never was.
    Q_PROPERTY(QRect windowGeometry READ windowGeometry CONSTANT)
    Q_PROPERTY(bool windowMaximized READ windowMaximized CONSTANT)
    //! \brief Closing the window only hides it.
    Q_PROPERTY(bool staysInTray READ staysInTray NOTIFY staysInTrayChanged)
public:
    explicit AppContext(AppOptions options, QObject* parent = nullptr);
    ~AppContext() override;

    //! \brief What QML's singleton `App` is; set before the engine loads. Not owned.
    [[nodiscard]] static AppContext* instance();
    static void setInstance(AppContext* context);

    [[nodiscard]] SessionsPage* sessions() const { return m_sessions.get(); }
    [[nodiscard]] TranscriptModel* transcript() const { return m_transcript.get(); }
    [[nodiscard]] FindingsModel* findings() const { return m_findings.get(); }
    [[nodiscard]] ContentModel* content() const { return m_content.get(); }
    [[nodiscard]] OwnWordsModel* ownWords() const { return m_ownWords.get(); }
    [[nodiscard]] PublishController* publish() const { return m_publish.get(); }
    [[nodiscard]] MarkWalk* walk() const { return m_walk.get(); }
    [[nodiscard]] LinksPage* links() const { return m_links.get(); }
    [[nodiscard]] ShareModePage* shareMode() const { return m_shareMode.get(); }
    [[nodiscard]] ActivityModel* activity() const { return m_activity.get(); }
    [[nodiscard]] KeySearch* keySearch() const { return m_keySearch.get(); }
    [[nodiscard]] Exporter* exporter() const { return m_exporter.get(); }
    [[nodiscard]] SettingsPage* settings() const { return m_settings.get(); }
    [[nodiscard]] bool isDemo() const { return m_demo; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QDateTime minute() const { return m_minute; }
    [[nodiscard]] QRect windowGeometry() const { return m_preferences.window; }
    [[nodiscard]] bool windowMaximized() const { return m_preferences.maximized; }

    [[nodiscard]] bool staysInTray() const { return m_staysInTray; }

    //! \brief Switches this window to the sample world; the person's own data is let go.
    Q_INVOKABLE void startDemo();
    Q_INVOKABLE void copy(const QString& text) const;
    //! \brief Opens http and https only, in the browser. \returns whether it tried.
    Q_INVOKABLE bool open(const QUrl& url) const;
    Q_INVOKABLE [[nodiscard]] QString relativeTime(const QDateTime& at) const;
    Q_INVOKABLE [[nodiscard]] QString absoluteTime(const QDateTime& at) const;
    Q_INVOKABLE [[nodiscard]] QString bytes(double count) const;
    Q_INVOKABLE void saveWindow(const QRect& geometry, bool maximized);

    [[nodiscard]] CoreThread& core() { return m_core; }

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void demoChanged();
    void darkChanged();
    void minuteChanged();
    //! \brief A notification, or the icon in the tray, was clicked on.
    void openRequested();
    //! \brief Chosen in the tray's menu.
    void quitRequested();
    void staysInTrayChanged();

private:
    void run();
    void connectPages();
    void updateDark();
    void storePreferences();
    void onListShown();
    void beginTheRest();
    void warmUp();
    void lookThrough();
    void connectWatching();
    void updateTray();

    AppOptions m_options;
    Preferences m_preferences;
    CoreThread m_core;
    std::unique_ptr<SessionsPage> m_sessions;
    std::unique_ptr<TranscriptModel> m_transcript;
    std::unique_ptr<FindingsModel> m_findings;
    std::unique_ptr<ContentModel> m_content;
    std::unique_ptr<OwnWordsModel> m_ownWords;
    std::unique_ptr<MarkWalk> m_walk;
    std::unique_ptr<LinksPage> m_links;
    std::unique_ptr<PublishController> m_publish;
    std::unique_ptr<ShareModePage> m_shareMode;
    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<KeySearch> m_keySearch;
    std::unique_ptr<Exporter> m_exporter;
    std::unique_ptr<SettingsPage> m_settings;
    std::unique_ptr<WatchPost> m_watch;
    std::unique_ptr<TrayIcon> m_tray;
    QTimer m_minuteTimer;
    QDateTime m_minute;
    bool m_demo = false;
    bool m_dark = false;
    bool m_warm = false;
    bool m_staysInTray = false;
    QTimer m_restTimer;
    bool m_isLookPlanned = false; //!< For this world.
    bool m_isRestPlanned = false; //!< For this world: what does not belong to the first list.
};

} // namespace sharelock::app
