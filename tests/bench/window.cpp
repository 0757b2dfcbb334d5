// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// How long the GUI thread works at a stretch in the real window, on the sessions of this environment
// (OPENCODE_DB and so on), the newest of which should be a large one:
//   bench_window [list] [search] [open] [transcript] [pages]
//   bench_window intake
// The second shares 1,000 sessions in that database as opencode does, on a server that is not there, and
// takes the rows away afterwards; the ledger is a passing one. For each thing that a person does: the longest
// stretch, and how many were over 16 ms.

#include "measured_application.h"

#include "app/app_context.h"
#include "app/links_page.h"
#include "app/sessions_page.h"
#include "app/transcript_model.h"
#include "base/sqlite.h"
#include "base/thread_guard.h"
#include "register/qml_engine.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTimer>
#include <QWheelEvent>

#include <cstdio>
#include <functional>
#include <thread>

using namespace sharelock;

namespace {

constexpr int frameMs = 16;
constexpr int patienceMs = 60'000;
constexpr int newLinks = 1000;

//! Nobody listens there. %1 makes the links of each round others.
constexpr const char* shareRows =
    "BEGIN IMMEDIATE;"
    "INSERT INTO session_share (session_id, id, secret, url, time_created, time_updated)"
    " SELECT id, '%1' || substr(id, -7), hex(randomblob(16)), 'http://127.0.0.1:9/share/%1' || substr(id, "
    "-7),"
    " time_created, time_created FROM session WHERE id NOT IN (SELECT session_id FROM session_share)"
    " LIMIT 1000;"
    "COMMIT";
constexpr const char* removeRows = "DELETE FROM session_share WHERE url LIKE 'http://127.0.0.1:9/%'";

//! A child that a page has made later counts too, so the tree of what is shown is searched, not that of
//! owners.
QQuickItem* findItem(QQuickItem* root, const QString& name)
{
    if (root->objectName() == name)
        return root;
    for (QQuickItem* child : root->childItems()) {
        if (QQuickItem* found = findItem(child, name))
            return found;
    }
    return nullptr;
}

//! \brief Whether all rows of the table of links have their cells; they are made after the rows.
bool hasCells(QQuickItem* table)
{
    const auto rows = table->property("contentItem").value<QQuickItem*>()->childItems();
    return std::all_of(rows.begin(), rows.end(), [](QQuickItem* row) {
        QString name = row->objectName();
        return !name.startsWith(QLatin1String("link-")) ||
               findItem(row, name.replace(QLatin1String("link-"), QLatin1String("copy-"))) != nullptr;
    });
}

class Drive
{
public:
    Drive(bench::MeasuredApplication& application, app::AppContext& context, QQuickWindow& window)
        : m_application(application)
        , m_context(context)
        , m_window(window)
    {
        QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [this] { m_application.endFrame(); });
    }

    //! \param wanted parts; all when empty.
    bool run(const QStringList& wanted);

private:
    //! Lets events through until \p done, which is asked after each frame and every few milliseconds.
    bool waitFor(const std::function<bool()>& done);
    void rest(int milliseconds);
    //! Calls \p step in the rhythm of a screen.
    void repeat(int times, const std::function<void(int)>& step);
    void report(const char* what);

    [[nodiscard]] QQuickItem* item(const char* name) const
    {
        return findItem(m_window.contentItem(), QLatin1String(name));
    }
    void wheel(QQuickItem* list, int notches);
    void drag(QQuickItem* list, int frames, bool toEnd);
    void scroll(const char* listName, const char* title);
    bool openFirst();
    void type(const QString& text);
    void visitPages();
    void takeIn(int round, const char* what);

    bench::MeasuredApplication& m_application;
    app::AppContext& m_context;
    QQuickWindow& m_window;
};

// The loops here are the bench's own, around the program's: it is the person, and has nothing else to do
// meanwhile.
bool Drive::waitFor(const std::function<bool()>& done)
{
    QEventLoop loop;
    QTimer look;
    const auto check = [&] {
        if (done())
            loop.quit();
    };
    QObject::connect(&look, &QTimer::timeout, &loop, check);
    QObject::connect(&m_window, &QQuickWindow::frameSwapped, &loop, check);
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    look.start(frameMs);
    if (!done())
        loop.exec();
    return done();
}

void Drive::rest(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void Drive::repeat(int times, const std::function<void(int)>& step)
{
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    int count = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        step(count);
        if (++count == times)
            loop.quit();
    });
    timer.start(frameMs);
    loop.exec();
}

void Drive::report(const char* what)
{
    rest(500);
    const auto blocks = m_application.takeBlocks();
    const auto late =
        std::count_if(blocks.begin(), blocks.end(), [](const auto& block) { return block.work > frameMs; });
    double longest = 0;
    for (const auto& block : blocks)
        longest = std::max(longest, block.time);
    std::printf("%-44s %8.1f %8.1f %8zu %8td\n", what, blocks.empty() ? 0 : blocks.front().work, longest,
                blocks.size(), late);
    std::fflush(stdout);
}

void Drive::wheel(QQuickItem* list, int notches)
{
    const QPointF at = list->mapToScene(QPointF(list->width() / 2, list->height() / 2));
    QElapsedTimer clock;
    clock.start();
    repeat(std::abs(notches), [&](int) {
        QWheelEvent event(at, m_window.mapToGlobal(at), {}, QPoint(0, notches > 0 ? -120 : 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        event.setTimestamp(static_cast<quint64>(clock.elapsed()));
        QCoreApplication::sendEvent(&m_window, &event);
    });
}

//! As the scroll bar does when it is dragged: every frame shows rows that were not there before.
void Drive::drag(QQuickItem* list, int frames, bool toEnd)
{
    repeat(frames, [&](int frame) {
        const double height = list->property("contentHeight").toDouble() - list->height();
        const double share = static_cast<double>(frame + 1) / frames;
        list->setProperty("contentY",
                          list->property("originY").toDouble() + height * (toEnd ? share : 1 - share));
    });
}

void Drive::scroll(const char* listName, const char* title)
{
    QQuickItem* list = item(listName);
    const double before = list->property("contentY").toDouble();
    wheel(list, 300);
    rest(500);
    const std::string name(title);
    const double way = list->property("contentY").toDouble() - before;
    report((name + ", wheel, " + std::to_string(static_cast<int>(way)) + " px").c_str());
    drag(list, 300, true);
    drag(list, 300, false);
    report((name + ", scroll bar to the end and back").c_str());
}

bool Drive::openFirst()
{
    QQuickItem* list = item("sessionList");
    QQuickItem* row = nullptr;
    QMetaObject::invokeMethod(list, "itemAtIndex", Q_RETURN_ARG(QQuickItem*, row), Q_ARG(int, 0));
    if (row == nullptr)
        return false;
    bool shown = false;
    const auto connection = QObject::connect(&m_window, &QQuickWindow::frameSwapped, &m_window, [&] {
        shown = shown || m_context.transcript()->rowCount() > 0;
    });
    QElapsedTimer clock;
    clock.start();
    // From within an event, as a click is, so that its work is measured.
    QTimer::singleShot(0, row, [row] { QMetaObject::invokeMethod(row, "clicked"); });
    const bool opened = waitFor([&] { return shown; });
    const double first = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    QObject::disconnect(connection);
    const bool whole = waitFor([&] { return !m_context.transcript()->isLoading(); });
    std::printf("%.1f MB opened: first blocks on the screen after %.1f ms, all %d after %.1f ms\n",
                m_context.transcript()->originalBytes() / 1e6, first, m_context.transcript()->rowCount(),
                static_cast<double>(clock.nsecsElapsed()) / 1e6);
    return opened && whole;
}

void Drive::type(const QString& text)
{
    for (int i = 1; i <= text.size(); ++i) {
        QTimer::singleShot(0, &m_window,
                           [this, typed = text.left(i)] { m_context.sessions()->setSearch(typed); });
        rest(60);
    }
    QTimer::singleShot(0, &m_window, [this] { m_context.sessions()->setSearch({}); });
    rest(60);
}

void Drive::visitPages()
{
    for (const char* name : {"navLinks", "navActivity", "navSettings", "navSessions"}) {
        QTimer::singleShot(0, &m_window,
                           [button = item(name)] { QMetaObject::invokeMethod(button, "clicked"); });
        report(name);
    }
}

//! As another process does.
void write(const QString& sql)
{
    std::thread other([&sql] {
        auto connection =
            sqlite::Connection::open(qEnvironmentVariable("OPENCODE_DB"), sqlite::Mode::ReadWrite);
        if (!connection || !connection->execute(sql.toUtf8().constData()))
            qFatal("the database can't be written");
    });
    other.join();
}

void Drive::takeIn(int round, const char* what)
{
    const int before = m_context.links()->total();
    write(QString::fromLatin1(shareRows).arg(round));
    QElapsedTimer clock;
    clock.start();
    QQuickItem* table = item("linkList");
    (void)waitFor([&] { return m_context.links()->total() >= before + newLinks; });
    rest(frameMs); // The table makes its rows before the next frame.
    (void)waitFor([table] { return table == nullptr || hasCells(table); });
    std::printf("%d links more after %.0f ms\n", m_context.links()->total() - before,
                static_cast<double>(clock.nsecsElapsed()) / 1e6);
    report(what);
    rest(2000);
    write(QString::fromLatin1(removeRows));
    rest(2000);
    report("what follows: they are asked, and unshared again");
}

bool Drive::run(const QStringList& wanted)
{
    const auto wants = [&](const char* part) {
        return wanted.isEmpty() || wanted.contains(QLatin1String(part));
    };
    if (!waitFor([this] { return m_context.sessions()->state() == app::SessionsPage::State::Ready; }))
        return false;
    std::printf("%-44s %8s %8s %8s %8s\n", "", "work ms", "clock ms", "blocks", "over 16");
    rest(2000);
    report("start, from the first event on");
    if (wants("list"))
        scroll("sessionList", "list");
    if (wants("search")) {
        type(QStringLiteral("session 77"));
        report("search, letter by letter");
    }
    QMetaObject::invokeMethod(item("sessionList"), "positionViewAtBeginning");
    rest(200);
    for (int round = 0; wants("open") && round < 3; ++round) {
        (void)m_application.takeBlocks();
        if (!openFirst())
            return false;
        report("opening the large session");
        m_context.sessions()->setSelectedId({});
        rest(200);
    }
    if (wants("transcript")) {
        if (!openFirst())
            return false;
        (void)m_application.takeBlocks();
        scroll("transcript", "transcript");
    }
    if (wants("pages"))
        visitPages();
    if (wanted.contains(QLatin1String("intake"))) {
        takeIn(1, "1,000 new links, sessions shown");
        QTimer::singleShot(0, &m_window, [this] { QMetaObject::invokeMethod(item("navLinks"), "clicked"); });
        report("navLinks");
        takeIn(2, "1,000 new links, links shown");
    }
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    bench::MeasuredApplication application(argc, argv);
    const QTemporaryDir folder;
    if (QCoreApplication::arguments().contains(QLatin1String("intake")))
        qputenv("XDG_DATA_HOME", folder.path().toUtf8());
    app::AppOptions options;
    options.manager.environment = Environment::system();
    options.manager.vault = sharing::VaultKind::File;
    markGuiThread();
    app::AppContext context(std::move(options));
    app::AppContext::setInstance(&context);
    QQmlApplicationEngine engine;
    qml::prepareEngine(engine);
    engine.load(qml::mainUrl());
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().value(0));
    if (window == nullptr ||
        !Drive(application, context, *window).run(QCoreApplication::arguments().mid(1))) {
        std::fputs("bench_window: there is no list, or no session that opens\n", stderr);
        return 1;
    }
    return 0;
}
