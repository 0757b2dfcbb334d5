// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/share_mode_page.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 60'000;
const QByteArray session = "ses_5f1c2d3e4a5bAbCdEfGhIjKlM1";

} // namespace

//! What the page Share mode shows, and how a change goes from choice to proof and back.
class TestShareModePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsAPlaceAndFollowsItsFiles();
    void choosesShowsSavesAndUndoes();
    void saysWhatAutoMeans();
    void showsLocks();
    void disablesMany();
    void addsAndForgetsFolders();

private:
    [[nodiscard]] bool until(const std::function<bool()>& isSo) const
    {
        return QTest::qWaitFor(isSo, patience);
    }
    [[nodiscard]] QString modeOf(const QString& directory) const
    {
        const int row = m_page->rowOf(directory);
        return m_page->model()->index(row, 0).data(ModeListModel::ModeKeyRole).toString();
    }
    [[nodiscard]] QString project(const QString& name) const
    {
        return m_world->home() + QStringLiteral("/work/") + name;
    }
    void write(const QString& path, const QByteArray& text) const
    {
        offGuiThread([&] {
            QFile file(path);
            const bool done = QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                              file.write(text) == text.size();
            if (!done)
                qFatal("write");
        });
    }
    [[nodiscard]] QByteArray content(const QString& path) const
    {
        QByteArray bytes;
        offGuiThread([&] {
            QFile file(path);
            bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        });
        return bytes;
    }
    //! The page with two added folders in it.
    void open();

    std::unique_ptr<AppWorld> m_world;
    std::unique_ptr<CoreThread> m_core;
    std::unique_ptr<ShareModePage> m_page;
};

void TestShareModePage::init()
{
    m_world = std::make_unique<AppWorld>();
    // No program to ask: what opencode says is the matter of the contract tests.
    m_world->environment.variables.remove(QStringLiteral("SHARELOCK_OPENCODE"));
    m_world->environment.variables.insert(QStringLiteral("PATH"), m_world->home());
    m_world->environment.variables.insert(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"),
                                          m_world->home() + QStringLiteral("/managed"));
    m_world->addSession(session, "First");
    m_core = std::make_unique<CoreThread>();
    m_page = std::make_unique<ShareModePage>(*m_core);
}

void TestShareModePage::cleanup()
{
    m_page.reset();
    m_core.reset();
    m_world.reset();
}

void TestShareModePage::open()
{
    write(project(QStringLiteral("one/opencode.json")), "{\n  \"share\": \"auto\" // why\n}\n");
    write(project(QStringLiteral("two/notes.txt")), "");
    QSignalSpy started(m_core.get(), &CoreThread::started);
    m_core->run(m_world->setup());
    QVERIFY(started.wait(patience));
    m_page->addFolder(project(QStringLiteral("one")));
    m_page->addFolder(project(QStringLiteral("two")));
    QVERIFY(until([this] {
        return m_page->rowOf(project(QStringLiteral("one"))) >= 0 &&
               m_page->rowOf(project(QStringLiteral("two"))) >= 0;
    }));
}

void TestShareModePage::showsAPlaceAndFollowsItsFiles()
{
    const QAbstractItemModelTester tester(m_page->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    open();
    const QString one = project(QStringLiteral("one"));
    m_page->setDirectory(one);
    QCOMPARE(m_page->detail().value(QStringLiteral("modeKey")).toString(), QStringLiteral("auto"));
    QCOMPARE(m_page->layers().size(), 2);
    QCOMPARE(m_page->layers().last().toMap().value(QStringLiteral("place")).toString(),
             QStringLiteral("opencode.json:2"));
    QCOMPARE(m_page->onAuto(), 1);
    // An editor outside writes: the page shows it without being asked.
    write(one + QStringLiteral("/opencode.json"), "{\"share\":\"disabled\"}");
    QVERIFY(until([&] { return modeOf(one) == QLatin1String("disabled"); }));
    QCOMPARE(m_page->onAuto(), 0);
    m_page->setSearch(QStringLiteral("TWO"));
    QCOMPARE(m_page->shown(), 1);
    m_page->setSearch({});
    m_page->setModeFilter(QStringLiteral("disabled"));
    QCOMPARE(m_page->shown(), 1);
}

void TestShareModePage::choosesShowsSavesAndUndoes()
{
    open();
    const QString one = project(QStringLiteral("one"));
    const QByteArray before = content(one + QStringLiteral("/opencode.json"));
    m_page->setDirectory(one);
    ModeEditor& editor = *m_page->editor();
    editor.choose(QStringLiteral("disabled"));
    QVERIFY(until([&] { return editor.isReady(); }));
    QVERIFY(editor.autoText().isEmpty());
    QVERIFY(editor.file().endsWith(QStringLiteral("one/opencode.json")));
    QStringList lines;
    for (const QVariant& line : editor.lines())
        lines.append(line.toMap().value(QStringLiteral("text")).toString());
    QVERIFY(lines.contains(QStringLiteral("  \"share\": \"disabled\" // why")));
    QCOMPARE(content(one + QStringLiteral("/opencode.json")), before);
    editor.save();
    QVERIFY(until([&] { return !editor.isBusy() && !editor.savedText().isEmpty(); }));
    QVERIFY(until([&] { return modeOf(one) == QLatin1String("disabled"); }));
    QCOMPARE(content(one + QStringLiteral("/opencode.json")),
             QByteArray("{\n  \"share\": \"disabled\" // why\n}\n"));
    QVERIFY(editor.canUndo());
    editor.undo();
    QVERIFY(until([&] { return modeOf(one) == QLatin1String("auto"); }));
    QCOMPARE(content(one + QStringLiteral("/opencode.json")), before);
    QVERIFY(!editor.canUndo());
    // What is chosen and not saved is forgotten with the place.
    editor.choose(QStringLiteral("manual"));
    m_page->setDirectory(project(QStringLiteral("two")));
    QVERIFY(editor.wanted().isEmpty());
}

void TestShareModePage::saysWhatAutoMeans()
{
    open();
    m_page->setDirectory(project(QStringLiteral("two")));
    ModeEditor& editor = *m_page->editor();
    editor.choose(QStringLiteral("auto"));
    QVERIFY(until([&] { return editor.isReady(); }));
    QVERIFY2(editor.autoText().contains(QStringLiteral("public at once")), qPrintable(editor.autoText()));
    editor.discard();
    QVERIFY(!editor.isReady());
    QVERIFY(content(project(QStringLiteral("two/opencode.json"))).isEmpty());
}

void TestShareModePage::showsLocks()
{
    write(m_world->home() + QStringLiteral("/managed/opencode.json"), "{\"share\":\"disabled\"}");
    open();
    m_page->setDirectory(project(QStringLiteral("one")));
    QVERIFY(m_page->detail().value(QStringLiteral("locked")).toBool());
    ModeEditor& editor = *m_page->editor();
    editor.choose(QStringLiteral("manual"));
    QVERIFY(until([&] { return !editor.note().isEmpty(); }));
    QVERIFY(editor.isLocked());
    QVERIFY(!editor.isReady());
    QVERIFY2(editor.note().contains(QStringLiteral("organisation")), qPrintable(editor.note()));
}

void TestShareModePage::disablesMany()
{
    open();
    const QString one = project(QStringLiteral("one"));
    const QString two = project(QStringLiteral("two"));
    m_page->toggle(m_page->rowOf(one));
    m_page->toggle(m_page->rowOf(two));
    QCOMPARE(m_page->selectedCount(), 2);
    QSignalSpy planned(m_page.get(), &ShareModePage::bulkPlanned);
    m_page->planDisabling();
    QVERIFY(planned.wait(patience));
    QCOMPARE(m_page->bulkFiles().size(), 2);
    QVERIFY(m_page->bulkProblems().isEmpty());
    QVERIFY(content(two + QStringLiteral("/opencode.json")).isEmpty());
    // Meanwhile somebody else writes one of them.
    write(one + QStringLiteral("/opencode.json"), "{}");
    m_page->disableSelected();
    QVERIFY(until([&] { return !m_page->isBulkBusy(); }));
    QCOMPARE(m_page->bulkFailed(), 1);
    QCOMPARE(m_page->selectedCount(), 1);
    const QModelIndex failed = m_page->model()->index(m_page->rowOf(one), 0);
    QVERIFY(!failed.data(ModeListModel::ResultRole).toString().isEmpty());
    QVERIFY(until([&] { return modeOf(two) == QLatin1String("disabled"); }));
    QCOMPARE(content(one + QStringLiteral("/opencode.json")), QByteArray("{}"));
}

void TestShareModePage::addsAndForgetsFolders()
{
    open();
    m_page->addFolder(QStringLiteral("relative"));
    QVERIFY(until([this] { return !m_page->folderProblem().isEmpty(); }));
    m_page->removeFolder(project(QStringLiteral("two")));
    QVERIFY(until([this] { return m_page->rowOf(project(QStringLiteral("two"))) < 0; }));
}

int main(int argc, char** argv)
{
    return runGuiTest<TestShareModePage>(argc, argv);
}
#include "test_share_mode_page.moc"
