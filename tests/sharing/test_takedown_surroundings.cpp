// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QTest>

#include <sched.h>
#include <sys/mount.h>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;

namespace {

//! A small file system under Sharelock's data, seen by this process alone.
class SmallDisk
{
public:
    explicit SmallDisk(const QString& folder)
        : m_folder(QFile::encodeName(folder))
    {
        static const bool apart =
            ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        m_mounted = apart && ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, "size=2m") == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    void fill() const
    {
        QFile file(QFile::decodeName(m_folder) % u"/filler");
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return;
        for (const int size : {65536, 4096, 1}) {
            while (file.write(QByteArray(size, 'x')) == size) {
            }
        }
    }
    void empty() const { QFile::remove(QFile::decodeName(m_folder) % u"/filler"); }
    [[nodiscard]] bool makeReadOnly() const
    {
        return ::mount(m_folder.constData(), m_folder.constData(), nullptr, MS_BIND, nullptr) == 0 &&
               ::mount(nullptr, m_folder.constData(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) ==
                   0;
    }
    void makeWritable() const { ::umount2(m_folder.constData(), MNT_DETACH); }

private:
    QByteArray m_folder;
    bool m_mounted = false;
};

} // namespace

//! Takedown where the disk is full or can't be written to, and where the clock is set meanwhile.
class TestTakedownSurroundings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fullDisk();
    void diskFullsUpOnTheWay();
    void readOnlyLedger();
    void clockIsSetBack();
    void clockIsSetForward();
};

void TestTakedownSurroundings::fullDisk()
{
    ManagerWorld world;
    QDir().mkpath(world.environment.dataFolder());
    const SmallDisk disk(world.environment.dataFolder());
    if (!disk.isMounted())
        QSKIP("needs the right to mount");
    const std::vector<LinkId> ids = world.shareMany(5);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    disk.fill();
    const auto before = world.server->requests().size();
    const auto results = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY(!results);
    QCOMPARE(results.error().code, ErrorCode::DiskFull);
    QCOMPARE(world.server->requests().size(), before);
    disk.empty();
    const auto again = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY2(again, qPrintable(text(again)));
    for (const BulkResult& result : *again)
        QCOMPARE(result.link->state, LinkState::Removed);
}

void TestTakedownSurroundings::diskFullsUpOnTheWay()
{
    ManagerWorld world;
    QDir().mkpath(world.environment.dataFolder());
    const SmallDisk disk(world.environment.dataFolder());
    if (!disk.isMounted())
        QSKIP("needs the right to mount");
    const std::vector<LinkId> ids = world.shareMany(5);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    BulkObserver observe;
    observe.stage = [&](const LinkId&, TakedownStage stage) {
        if (stage == TakedownStage::Deleting)
            disk.fill();
    };
    const auto results = QCoro::waitFor(manager->unshareAll(ids, observe));
    // What it did and could not write down is not said to be done.
    if (results) {
        for (const BulkResult& result : *results) {
            if (!result.link)
                QCOMPARE(result.link.error().code, ErrorCode::DiskFull);
            else if (result.link->state == LinkState::Removed)
                QVERIFY(!world.isReadable(result.id.shareId));
        }
    } else {
        QCOMPARE(results.error().code, ErrorCode::DiskFull);
    }
    disk.empty();
    const auto later = world.manager();
    QVERIFY(QCoro::waitFor(later->resume()));
    const auto links = later->links();
    QCOMPARE(links->size(), ids.size());
    for (const Link& link : *links) {
        QVERIFY(link.hasKey || link.state == LinkState::Removed);
        QCOMPARE(link.state, LinkState::Removed);
        QVERIFY(!world.isReadable(link.id.shareId));
    }
}

void TestTakedownSurroundings::readOnlyLedger()
{
    ManagerWorld world;
    QDir().mkpath(world.environment.dataFolder());
    const SmallDisk disk(world.environment.dataFolder());
    if (!disk.isMounted())
        QSKIP("needs the right to mount");
    const std::vector<LinkId> ids = world.shareMany(3);
    QVERIFY(world.manager()->links());
    QVERIFY(disk.makeReadOnly());
    const auto before = world.server->requests().size();
    {
        const auto manager = world.manager();
        const auto results = QCoro::waitFor(manager->unshareAll(ids));
        QVERIFY(!results);
        QCOMPARE(results.error().code, ErrorCode::LedgerUnreadable);
    }
    QCOMPARE(world.server->requests().size(), before);
    disk.makeWritable();
    const auto results = QCoro::waitFor(world.manager()->unshareAll(ids));
    QVERIFY2(results, qPrintable(text(results)));
    QCOMPARE(results->front().link->state, LinkState::Removed);
}

void TestTakedownSurroundings::clockIsSetBack()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(1);
    ManagerOptions options = world.options();
    Timestamp at = now() + 24h * 365; // It was a year ahead when the link was taken down.
    options.clock = [&at] { return at; };
    ShareManager manager(options);
    QVERIFY(manager.links());
    QVERIFY(QCoro::waitFor(manager.unshareAll(ids)));
    QVERIFY(QCoro::waitFor(manager.resume())->empty());
    at -= 24h * 365;
    // Looked at now rather than in a year; the proof and what is planned are of this clock then.
    const auto looked = QCoro::waitFor(manager.resume());
    QVERIFY2(looked, qPrintable(text(looked)));
    QCOMPARE(looked->size(), 1U);
    QCOMPARE(looked->front().state, LinkState::Removed);
    QCOMPARE(*looked->front().removedAt, at);
    QCOMPARE(*looked->front().nextProbeAt, at + 5min);
    QVERIFY(QCoro::waitFor(manager.resume())->empty());
}

void TestTakedownSurroundings::clockIsSetForward()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(1);
    ManagerOptions options = world.options();
    Timestamp at = now();
    options.clock = [&at] { return at; };
    ShareManager manager(options);
    QVERIFY(manager.links());
    QVERIFY(QCoro::waitFor(manager.unshareAll(ids)));
    const Timestamp removed = at;
    at += 24h * 400;
    // One look does for all that would have been due.
    const auto looked = QCoro::waitFor(manager.resume());
    QVERIFY2(looked, qPrintable(text(looked)));
    QCOMPARE(looked->size(), 1U);
    QCOMPARE(*looked->front().removedAt, removed);
    QVERIFY(!looked->front().nextProbeAt);
    QVERIFY(QCoro::waitFor(manager.resume())->empty());
}

QTEST_GUILESS_MAIN(TestTakedownSurroundings)
#include "test_takedown_surroundings.moc"
