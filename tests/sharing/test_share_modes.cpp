// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/manager_world.h"
#include "sharing/share_modes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using opencode::ShareMode;

//! Modes of all projects, their links, and files that are written and taken back.
class TestShareModes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void listsThisMachineAndItsProjects();
    void namesLinksThatViolate();
    void writesReadsBackAndUndoes();
    void refusesWhatAnotherProgramChanged();
    void undoesAfterOpencodeCompletedTheFile();
    void keepsAddedFolders();
    void tellsOfChanges();

private:
    QString at(const QString& path) const { return m_world->home() + QLatin1Char('/') + path; }
    void write(const QString& path, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    //! The folder of the sessions that ManagerWorld makes.
    QString project() const
    {
        const auto sessions = m_manager->sessions();
        return sessions && !sessions->empty() ? sessions->front().directory : QString();
    }
    static const ProjectMode* find(const std::vector<ProjectMode>& all, const QString& directory)
    {
        const auto found = std::find_if(all.begin(), all.end(), [&](const ProjectMode& project) {
            return project.report.place.directory == directory;
        });
        return found == all.end() ? nullptr : &*found;
    }

    std::unique_ptr<ManagerWorld> m_world;
    std::unique_ptr<ShareManager> m_manager;
};

void TestShareModes::init()
{
    m_manager.reset();
    m_world = std::make_unique<ManagerWorld>();
    m_manager = m_world->manager();
}

void TestShareModes::listsThisMachineAndItsProjects()
{
    m_world->addSession(firstSession, "First");
    m_world->addSession(secondSession, "Second");
    // Of a folder that is not there, and of which nothing is public, there is nothing to say.
    QCOMPARE(m_manager->modes().list()->size(), std::size_t(1));
    QVERIFY(QDir().mkpath(project()));
    const auto all = m_manager->modes().list();
    QVERIFY2(all, qPrintable(text(all)));
    QVERIFY(all->front().isMachine());
    QCOMPARE(all->front().report.mode, ShareMode::Manual);
    const ProjectMode* found = find(*all, project());
    QVERIFY(found != nullptr);
    QCOMPARE(found->sessions, 2);
    QVERIFY(found->lastSession.has_value());
    QVERIFY(found->links.empty());
    // Named once, although opencode knows it as a project and by its sessions.
    QCOMPARE(
        std::count_if(all->begin(), all->end(),
                      [&](const ProjectMode& other) { return other.report.place.directory == project(); }),
        1);
}

void TestShareModes::namesLinksThatViolate()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    auto all = m_manager->modes().list();
    QVERIFY(all);
    const ProjectMode* open = find(*all, project());
    QVERIFY(open != nullptr);
    QCOMPARE(open->links, std::vector<LinkId>{id});
    QVERIFY(open->violating.empty());

    write(project() + QStringLiteral("/opencode.json"), "{\"share\":\"disabled\"}");
    all = m_manager->modes().list();
    QVERIFY(all);
    QCOMPARE(find(*all, project())->violating, std::vector<LinkId>{id});
    const auto violating = m_manager->modes().violating();
    QVERIFY(violating);
    QCOMPARE(*violating, std::vector<LinkId>{id});
}

void TestShareModes::writesReadsBackAndUndoes()
{
    m_world->addSession(firstSession, "First");
    const QString file = project() + QStringLiteral("/opencode.json");
    QVERIFY(QDir().mkpath(project()));
    const auto plan = m_manager->modes().plan(project(), ShareMode::Disabled);
    QVERIFY2(plan && plan->change, qPrintable(text(plan)));
    QVERIFY2(!QFileInfo::exists(file), "planning writes nothing");
    const auto report = m_manager->modes().apply(*plan->change);
    QVERIFY2(report, qPrintable(text(report)));
    QCOMPARE(report->mode, ShareMode::Disabled);
    QCOMPARE(report->winner()->name, file);
    // Publishing obeys at once.
    const auto offer = m_manager->offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    QVERIFY(offer->disabled);
    QCOMPARE(offer->modeFile, file);
    QVERIFY(m_manager->modes().undo(*plan->change));
    QVERIFY(!QFileInfo::exists(file));
}

void TestShareModes::refusesWhatAnotherProgramChanged()
{
    m_world->addSession(firstSession, "First");
    const QString file = project() + QStringLiteral("/opencode.json");
    write(file, "{}");
    const auto plan = m_manager->modes().plan(project(), ShareMode::Disabled);
    QVERIFY(plan && plan->change);
    write(file, "{\"theme\":\"x\"}");
    const auto report = m_manager->modes().apply(*plan->change);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ConfigChanged);
    QFile left(file);
    QVERIFY(left.open(QIODevice::ReadOnly));
    QCOMPARE(left.readAll(), QByteArray("{\"theme\":\"x\"}"));
}

void TestShareModes::undoesAfterOpencodeCompletedTheFile()
{
    m_world->addSession(firstSession, "First");
    const QString file = project() + QStringLiteral("/opencode.json");
    write(file, "{\"theme\":\"x\"}");
    const auto plan = m_manager->modes().plan(project(), ShareMode::Disabled);
    QVERIFY(plan && plan->change);
    QVERIFY(m_manager->modes().apply(*plan->change));
    // As opencode does at its start.
    write(file, "{\"$schema\":\"https://opencode.ai/config.json\",\"share\":\"disabled\",\"theme\":\"x\"}");
    const auto done = m_manager->modes().undo(ShareModes::undoable(*plan->change));
    QVERIFY2(done, qPrintable(text(done)));
    // Anything else that was changed is not undone.
    const auto again = m_manager->modes().plan(project(), ShareMode::Disabled);
    QVERIFY(again && again->change);
    QVERIFY(m_manager->modes().apply(*again->change));
    write(file, "{\"share\":\"disabled\",\"theme\":\"y\"}");
    QCOMPARE(m_manager->modes().undo(ShareModes::undoable(*again->change)).error().code,
             ErrorCode::ConfigChanged);
}

void TestShareModes::keepsAddedFolders()
{
    const QString folder = at(QStringLiteral("new place"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(m_manager->modes().setAddedFolders({folder}));
    const auto again = m_world->manager();
    const auto all = again->modes().list();
    QVERIFY(all);
    const ProjectMode* found = find(*all, folder);
    QVERIFY(found != nullptr);
    QVERIFY(found->added && !found->missing);
    QCOMPARE(again->modes().setAddedFolders({QStringLiteral("relative")}).error().code,
             ErrorCode::FileFailed);
    QVERIFY(again->modes().setAddedFolders({}));
    QVERIFY(find(*again->modes().list(), folder) == nullptr);
    QVERIFY(!again->modes().plan(at(QStringLiteral("not there")), ShareMode::Auto));
}

void TestShareModes::tellsOfChanges()
{
    const QString folder = at(QStringLiteral("watched"));
    QVERIFY(QDir().mkpath(folder));
    ShareModes& modes = m_manager->modes();
    QSignalSpy changed(&modes, &ShareModes::changed);
    const auto once = [&changed] {
        const bool told = changed.count() > 0 || changed.wait(5'000);
        changed.clear();
        return told;
    };
    modes.watch(modes.report(folder).files);
    write(folder + QStringLiteral("/opencode.json"), "{}");
    QVERIFY2(once(), "a new file");
    write(folder + QStringLiteral("/opencode.json"), "{\"share\":\"auto\"}");
    QVERIFY2(once(), "a changed file");
    write(folder + QStringLiteral("/.opencode/opencode.json"), "{\"share\":\"manual\"}");
    QVERIFY2(once(), "a file in a new folder");
    QVERIFY(QFile::remove(folder + QStringLiteral("/opencode.json")));
    QVERIFY2(once(), "a removed file");
}

QTEST_GUILESS_MAIN(TestShareModes)
#include "test_share_modes.moc"
