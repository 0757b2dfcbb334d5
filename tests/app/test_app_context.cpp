// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/activity_model.h"
#include "app/app_context.h"
#include "app/app_world.h"
#include "app/links_page.h"
#include "app/publish_controller.h"
#include "app/sessions_page.h"
#include "app/settings_page.h"
#include "app/transcript_model.h"

#include <QClipboard>
#include <QPalette>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 30'000;

AppOptions optionsOf(const AppWorld& world)
{
    AppOptions options;
    options.manager = world.options();
    return options;
}

Preferences stored(const Environment& environment)
{
    Preferences result;
    offGuiThread([&] { result = loadPreferences(environment); });
    return result;
}

} // namespace

class TestAppContext : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void selectionShowsItsTranscript();
    void publishedLinkIsCopied();
    void themes();
    void preferencesAreKept();
    void brokenPreferences();
    void opensWebAddressesOnly();
    void endsWhileEverythingRuns();
    void sampleWorld();
};

void TestAppContext::selectionShowsItsTranscript()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2);
    world.addSession("ses_b", "B", 1);
    AppContext context(optionsOf(world));
    QTRY_COMPARE_WITH_TIMEOUT(context.sessions()->state(), SessionsPage::State::Ready, patience);
    context.sessions()->setSelectedId(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(context.transcript()->isLoaded(), patience);
    QCOMPARE(context.transcript()->sessionId(), QStringLiteral("ses_a"));
    QTRY_VERIFY(context.sessions()->selectedBytes() > 0);
    context.sessions()->setSelectedId({});
    QCOMPARE(context.transcript()->rowCount(), 0);
}

void TestAppContext::publishedLinkIsCopied()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2);
    AppContext context(optionsOf(world));
    QTRY_COMPARE_WITH_TIMEOUT(context.sessions()->state(), SessionsPage::State::Ready, patience);
    context.sessions()->setSelectedId(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(context.transcript()->offer() != nullptr, patience);
    const auto offer = context.transcript()->offer();
    context.publish()->prepare(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(context.publish()->canPublish(), patience);
    context.publish()->publish();
    QTRY_VERIFY_WITH_TIMEOUT(!context.publish()->linkUrl().isEmpty(), patience);
    QCOMPARE(QGuiApplication::clipboard()->text(), context.publish()->linkUrl());
    QTRY_COMPARE_WITH_TIMEOUT(context.links()->liveCount(), 1, patience);
    const auto chip = [&] {
        return context.sessions()->model()->index(0, 0).data(SessionListModel::LinkChipRole).toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(chip(), QStringLiteral("snapshot"), patience);
    // The preview makes a new offer, since the IDs of the old one are used up.
    QTRY_VERIFY_WITH_TIMEOUT(context.transcript()->offer() && context.transcript()->offer() != offer,
                             patience);
    QTRY_VERIFY_WITH_TIMEOUT(context.activity()->total() > 0, patience);
}

void TestAppContext::themes()
{
    const AppWorld world;
    const QPalette before = QGuiApplication::palette();
    QGuiApplication::setPalette(QPalette(Qt::white, Qt::black));
    AppContext context(optionsOf(world));
    QVERIFY(context.isDark());
    const QSignalSpy changed(&context, &AppContext::darkChanged);
    context.settings()->setTheme(SettingsPage::Theme::Light);
    QVERIFY(!context.isDark());
    context.settings()->setTheme(SettingsPage::Theme::System);
    QVERIFY(context.isDark());
    QGuiApplication::setPalette(QPalette(Qt::black, Qt::white));
    QTRY_VERIFY(!context.isDark());
    QCOMPARE(changed.size(), 3);
    AppOptions forced = optionsOf(world);
    forced.theme = ThemeChoice::Dark;
    const AppContext dark(std::move(forced));
    QVERIFY(dark.isDark());
    QCOMPARE(dark.settings()->theme(), SettingsPage::Theme::Dark);
    QGuiApplication::setPalette(before);
}

void TestAppContext::preferencesAreKept()
{
    const AppWorld world;
    QCOMPARE(stored(world.environment), Preferences());
    const QRect window(10, 20, 1280, 800);
    {
        AppContext context(optionsOf(world));
        QTRY_VERIFY_WITH_TIMEOUT(!context.core().environment().home.isEmpty(), patience);
        context.settings()->setTheme(SettingsPage::Theme::Dark);
        context.saveWindow(window, false);
        context.saveWindow(QRect(0, 0, 1920, 1080), true);
    }
    const Preferences kept = stored(world.environment);
    QCOMPARE(kept.theme, ThemeChoice::Dark);
    QCOMPARE(kept.window, window);
    QVERIFY(kept.maximized);
    AppOptions options = optionsOf(world);
    options.preferences = kept;
    const AppContext again(std::move(options));
    QCOMPARE(again.settings()->theme(), SettingsPage::Theme::Dark);
    QVERIFY(again.isDark());
    QCOMPARE(again.windowGeometry(), window);
}

void TestAppContext::brokenPreferences()
{
    const AppWorld world;
    offGuiThread([&] {
        QDir().mkpath(world.environment.configFolder());
        QFile file(world.environment.configFolder() % u"/window.ini");
        if (!file.open(QIODevice::WriteOnly) ||
            file.write("[General]\ntheme=purple\n[window]\ngeometry=@Rect(0 0 -5 zz)\n\xff\xfe\0garbage") < 0)
            qFatal("window.ini");
    });
    QCOMPARE(stored(world.environment), Preferences());
}

void TestAppContext::opensWebAddressesOnly()
{
    const AppWorld world;
    const AppContext context(optionsOf(world));
    QVERIFY(!context.open(QUrl(QStringLiteral("file:///etc/passwd"))));
    QVERIFY(!context.open(QUrl(QStringLiteral("javascript:alert(1)"))));
    QVERIFY(!context.open(QUrl(QStringLiteral("/etc/passwd"))));
    QVERIFY(!context.open(QUrl(QStringLiteral("https:"))));
    QVERIFY(!context.open({}));
    QCOMPARE(context.bytes(318'000), QStringLiteral("318 KB"));
    QCOMPARE(context.relativeTime(QDateTime::currentDateTime().addSecs(-720)), QStringLiteral("12 min"));
    context.copy(QStringLiteral("text"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("text"));
}

void TestAppContext::endsWhileEverythingRuns()
{
    AppWorld world;
    world.addSession("ses_a", "A", 50);
    for (int round = 0; round < 5; ++round) {
        AppContext context(optionsOf(world));
        context.sessions()->setSelectedId(QStringLiteral("ses_a"));
        context.publish()->prepare(QStringLiteral("ses_a"));
        context.links()->refresh();
        if (round > 2)
            QTRY_VERIFY_WITH_TIMEOUT(context.publish()->canPublish(), patience);
        if (round == 4) {
            world.server->inject(demo::Fault::Slow, "/sync");
            context.publish()->publish();
        }
        QCoreApplication::processEvents();
    }
}

void TestAppContext::sampleWorld()
{
    const AppWorld world(false);
    AppContext context(optionsOf(world));
    QTRY_COMPARE_WITH_TIMEOUT(context.sessions()->state(), SessionsPage::State::NoData, patience);
    QVERIFY(!context.isDemo());
    const QSignalSpy demo(&context, &AppContext::demoChanged);
    context.startDemo();
    context.startDemo();
    QCOMPARE(demo.size(), 1);
    QVERIFY(context.isDemo());
    QCOMPARE(context.sessions()->state(), SessionsPage::State::Loading);
    QTRY_COMPARE_WITH_TIMEOUT(context.sessions()->state(), SessionsPage::State::Ready, patience);
    QVERIFY(context.sessions()->total() > 3);
    const QString id =
        context.sessions()->model()->index(0, 0).data(SessionListModel::SessionIdRole).toString();
    context.publish()->prepare(id);
    QTRY_VERIFY_WITH_TIMEOUT(context.publish()->canPublish(), patience);
    QCOMPARE(context.publish()->server(), QStringLiteral("127.0.0.1"));
    context.publish()->publish();
    QTRY_VERIFY_WITH_TIMEOUT(!context.publish()->linkUrl().isEmpty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(context.links()->liveCount() > 0, patience);
    context.links()->selectAll();
    context.links()->unshareSelected();
    QTRY_VERIFY_WITH_TIMEOUT(!context.links()->isBusy(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(context.links()->liveCount(), 0, patience);
    // Nothing of the person's was touched.
    QVERIFY(context.core().environment().home != world.home());
    QVERIFY(world.server->requests().empty());
    QVERIFY(!QFile::exists(world.databasePath()));
}

int main(int argc, char** argv)
{
    return runGuiTest<TestAppContext>(argc, argv);
}
#include "test_app_context.moc"
