// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_context.h"
#include "app/app_world.h"
#include "app/autostart.h"
#include "app/links_page.h"
#include "app/sessions_page.h"
#include "app/settings_page.h"
#include "app/tray_icon.h"

#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QUrl>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 60'000; // Another process may have the processor.
const QString trayService = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString trayPath = QStringLiteral("/StatusNotifierWatcher");

AppOptions optionsOf(const AppWorld& world)
{
    AppOptions options;
    options.manager = world.options();
    return options;
}

QString entryOf(const Environment& environment)
{
    return QFileInfo(environment.configFolder()).absolutePath() +
           QStringLiteral("/autostart/sharelock.desktop");
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool readStartsAtLogin(const Environment& environment)
{
    bool result = false;
    offGuiThread([&] { result = startsAtLogin(environment); });
    return result;
}

} // namespace

//! \brief A desktop's tray, on the session bus of the test.
class Tray : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    // NOLINTBEGIN(readability-identifier-naming): the interface's own names.
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost CONSTANT)
public:
    Tray()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        constexpr auto all = QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllProperties;
        if (!bus.registerObject(trayPath, this, all) || !bus.registerService(trayService))
            qFatal("no tray");
    }
    ~Tray() override
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.unregisterService(trayService);
        bus.unregisterObject(trayPath);
    }
    [[nodiscard]] static bool hasHost() { return true; }

    QStringList items;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString& item) { items.append(item); }
    // NOLINTEND(readability-identifier-naming)
};

class TestWatching : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void entryIsWrittenAndRemoved();
    void entryThatTheDesktopSwitchedOff();
    void entryThatCanNotBeWritten();
    void takeDownSecretsIsKept();
    void windowNoticesNewLinks();
    void trayComesAndGoes();
    void staysInTrayOnlyIfTold();
};

void TestWatching::entryIsWrittenAndRemoved()
{
    const AppWorld world;
    const QString entry = entryOf(world.environment);
    {
        AppContext context(optionsOf(world));
        QTRY_VERIFY_WITH_TIMEOUT(!context.settings()->databasePath().isEmpty(), patience);
        QVERIFY(!context.settings()->startAtLogin());
        QVERIFY(!QFile::exists(entry));
        context.settings()->setStartAtLogin(true);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(entry), patience);
        const QByteArray line = "\nExec=\"" + QCoreApplication::applicationFilePath().toUtf8() + "\" watch\n";
        QVERIFY2(contentOf(entry).contains(line), contentOf(entry).constData());
    }
    QVERIFY(readStartsAtLogin(world.environment));
    AppContext context(optionsOf(world));
    QTRY_VERIFY_WITH_TIMEOUT(context.settings()->startAtLogin(), patience);
    context.settings()->setStartAtLogin(false);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(entry), patience);
    // Off is off, also when nothing is there.
    offGuiThread([&] { QVERIFY(setStartsAtLogin(world.environment, false, QStringLiteral("/x"))); });
}

void TestWatching::entryThatTheDesktopSwitchedOff()
{
    const AppWorld world;
    // Whatever stands in a path is the path.
    offGuiThread([&] {
        QVERIFY(setStartsAtLogin(world.environment, true, QStringLiteral("/opt/a b/100%/\"$x\"/sharelock")));
    });
    const QString entry = entryOf(world.environment);
    QVERIFY2(contentOf(entry).contains(R"(Exec="/opt/a b/100%%/\\"\\$x\\"/sharelock" watch)"),
             contentOf(entry).constData());
    QFile file(entry);
    QVERIFY(file.open(QIODevice::Append) && file.write("Hidden=true\n") > 0);
    file.close();
    QVERIFY(!readStartsAtLogin(world.environment));
}

void TestWatching::entryThatCanNotBeWritten()
{
    const AppWorld world;
    // A file where the folder should be.
    QFile file(QFileInfo(entryOf(world.environment)).absolutePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    AppContext context(optionsOf(world));
    QTRY_VERIFY_WITH_TIMEOUT(!context.settings()->databasePath().isEmpty(), patience);
    context.settings()->setStartAtLogin(true);
    QTRY_VERIFY_WITH_TIMEOUT(!context.settings()->watchingProblem().isEmpty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!context.settings()->startAtLogin(), patience);
}

void TestWatching::takeDownSecretsIsKept()
{
    const AppWorld world;
    {
        AppContext context(optionsOf(world));
        QTRY_VERIFY_WITH_TIMEOUT(!context.settings()->databasePath().isEmpty(), patience);
        QVERIFY(!context.settings()->takeDownSecrets());
        context.settings()->setTakeDownSecrets(true);
    }
    const AppContext context(optionsOf(world));
    QTRY_VERIFY_WITH_TIMEOUT(context.settings()->takeDownSecrets(), patience);
}

void TestWatching::windowNoticesNewLinks()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1);
    const AppContext context(optionsOf(world));
    QTRY_COMPARE_WITH_TIMEOUT(context.links()->state(), LinksPage::State::Empty, patience);
    const QByteArray url = world.server->origin().toString().toUtf8() + "/share/abcdefgh";
    world.write([&](OpencodeDatabase& database) { database.addShare("ses_a", "abcdefgh", url, "key"); });
    QTRY_COMPARE_WITH_TIMEOUT(context.links()->model()->rowCount(), 1, patience);
}

void TestWatching::trayComesAndGoes()
{
    TrayIcon icon(QStringLiteral(":/no/such/file.svg"));
    QSignalSpy activated(&icon, &TrayIcon::activated);
    icon.setVisible(true);
    icon.look();
    auto tray = std::make_unique<Tray>();
    QTRY_VERIFY_WITH_TIMEOUT(icon.isAvailable(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(tray->items.size(), 1, patience);

    // As a tray reads it, and clicks on it.
    auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("host"));
    auto read = QDBusMessage::createMethodCall(tray->items.first(), QStringLiteral("/StatusNotifierItem"),
                                               QStringLiteral("org.freedesktop.DBus.Properties"),
                                               QStringLiteral("GetAll"));
    read << QStringLiteral("org.kde.StatusNotifierItem");
    auto call = bus.asyncCall(read);
    QTRY_VERIFY_WITH_TIMEOUT(call.isFinished(), patience);
    const QDBusReply<QVariantMap> properties = call.reply();
    QVERIFY2(properties.isValid(), qPrintable(properties.error().message()));
    QCOMPARE(properties.value().value(QStringLiteral("Id")).toString(), QStringLiteral("sharelock"));
    QVERIFY(properties.value().contains(QStringLiteral("IconPixmap")));
    auto click = QDBusMessage::createMethodCall(tray->items.first(), QStringLiteral("/StatusNotifierItem"),
                                                QStringLiteral("org.kde.StatusNotifierItem"),
                                                QStringLiteral("Activate"));
    click << 1 << 2;
    QVERIFY(bus.send(click));
    QTRY_COMPARE_WITH_TIMEOUT(activated.size(), 1, patience);

    tray.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!icon.isAvailable(), patience);
    tray = std::make_unique<Tray>();
    QTRY_COMPARE_WITH_TIMEOUT(tray->items.size(), 1, patience);
    QDBusConnection::disconnectFromBus(QStringLiteral("host"));
}

void TestWatching::staysInTrayOnlyIfTold()
{
    const Tray tray;
    const AppWorld world;
    AppContext context(optionsOf(world));
    QTRY_VERIFY_WITH_TIMEOUT(context.settings()->trayAvailable(), patience);
    QVERIFY(!context.staysInTray());
    QVERIFY(tray.items.isEmpty());
    context.settings()->setKeepWatching(true);
    QVERIFY(context.staysInTray());
    QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
    QTRY_COMPARE_WITH_TIMEOUT(tray.items.size(), 1, patience);
    context.settings()->setKeepWatching(false);
    QVERIFY(!context.staysInTray());
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestWatching>(argc, argv);
}
#include "test_watching.moc"
