// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "watched_world.h"

#include <QCoroTask>
#include <QDateTime>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace sharelock::tests;
using namespace std::chrono_literals;

namespace {

QJsonObject linkOf(const WatchedWorld& world, const QString& shareId)
{
    const QJsonArray links = world.run({QStringLiteral("links"), QStringLiteral("--json")}).array();
    for (const QJsonValue& link : links) {
        if (link[QStringLiteral("id")].toString() == shareId)
            return link.toObject();
    }
    return {};
}

//! \brief The link's time was over a second ago.
void expire(const WatchedWorld& world, const LinkId& id)
{
    const auto manager = world.world.manager();
    if (QCoro::waitFor(manager->openVault()).status != VaultStatus::Open || !manager->sessions() ||
        !manager->setExpiry(id, now() - 1s))
        qFatal("expire");
}

} // namespace

//! Dates that are set by the command line are kept by `sharelock sweep`.
class TestExpiry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishWithExpiry();
    void setAndTakenBack();
    void sweepTakesDown();
    void unreachableCanNotBeTold();
};

void TestExpiry::publishWithExpiry()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    const auto published =
        world.run({QStringLiteral("publish"), QString::fromUtf8(firstSession), QStringLiteral("--yes"),
                   QStringLiteral("--expires"), QStringLiteral("12h"), QStringLiteral("--json")});
    QVERIFY2(published.status == 0, published.err.constData());
    const QString id = published.object()[QStringLiteral("id")].toString();
    const QString text = linkOf(world, id)[QStringLiteral("expiresAt")].toString();
    const auto at = QDateTime::fromString(text, Qt::ISODateWithMs);
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(at);
    QVERIFY2(seconds > 11 * 3600 && seconds <= 12 * 3600, qPrintable(text));
    // Not before its time.
    QCOMPARE(world.run({QStringLiteral("sweep")}).status, 0);
    QVERIFY(world.world.isReadable(id));
}

void TestExpiry::setAndTakenBack()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    const auto id = world.world.shareLive(firstSession);
    expire(world, id);
    QCOMPARE(world.run({QStringLiteral("expire"), id.shareId, QStringLiteral("soon")}).status, 2);
    QCOMPARE(world.run({QStringLiteral("expire"), id.shareId, QStringLiteral("never")}).status, 0);
    QVERIFY(linkOf(world, id.shareId)[QStringLiteral("expiresAt")].isNull());
    QCOMPARE(world.run({QStringLiteral("sweep")}).status, 0);
    QVERIFY(world.world.isReadable(id.shareId));
    QCOMPARE(world.run({QStringLiteral("expire"), id.shareId, QStringLiteral("7d")}).status, 0);
    QVERIFY(!linkOf(world, id.shareId)[QStringLiteral("expiresAt")].isNull());
}

void TestExpiry::sweepTakesDown()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    world.world.addSession(secondSession, "Second");
    const auto id = world.world.shareLive(firstSession);
    const auto other = world.world.shareLive(secondSession);
    expire(world, id);

    const auto asked = world.world.server->requests().size();
    const auto dry =
        world.run({QStringLiteral("sweep"), QStringLiteral("--dry-run"), QStringLiteral("--json")});
    QCOMPARE(dry.status, 1);
    QCOMPARE(dry.array().size(), 1);
    QCOMPARE(dry.array().first()[QStringLiteral("id")].toString(), id.shareId);
    QCOMPARE(world.world.server->requests().size(), asked);
    QVERIFY(world.world.isReadable(id.shareId));

    const auto swept = world.run({QStringLiteral("sweep"), QStringLiteral("--json")});
    QVERIFY2(swept.status == 0, swept.err.constData());
    QCOMPARE(swept.array().size(), 1);
    QCOMPARE(swept.array().first()[QStringLiteral("state")].toString(), QStringLiteral("removed"));
    QVERIFY(!world.world.isReadable(id.shareId));
    QVERIFY(world.world.isReadable(other.shareId));
    QCOMPARE(world.run({QStringLiteral("sweep"), QStringLiteral("--dry-run")}).status, 0);
}

void TestExpiry::unreachableCanNotBeTold()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    const auto id = world.world.shareLive(firstSession);
    expire(world, id);
    world.world.server->stop();
    QCOMPARE(world.run({QStringLiteral("sweep")}).status, 3);
    world.world.server->start();
    QCOMPARE(world.run({QStringLiteral("sweep")}).status, 0);
    QVERIFY(!world.world.isReadable(id.shareId));
}

QTEST_GUILESS_MAIN(TestExpiry)
#include "test_expiry.moc"
