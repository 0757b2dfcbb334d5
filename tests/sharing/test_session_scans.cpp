// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

namespace {

constexpr int count = 150; // More than all workers together may be ahead of what is taken.

QByteArray idOf(int number)
{
    return "ses_5f1c2d3e4a5bAbCdEf" + QByteArray::number(10'000'000 + number);
}

//! \brief A world of sessions, each of which names the ticket with its own number.
class Tickets
{
public:
    Tickets()
    {
        for (int number = 0; number < count; ++number) {
            const QByteArray id = idOf(number);
            world.addSession(id, "Session " + QByteArray::number(number));
            world.database->addPart("prt_t" + id.mid(4), "msg_" + id.mid(4), id,
                                    textPart("see TICKET-" + QByteArray::number(10'000 + number)));
        }
        // Our own rules know no tickets, so this says that the rules of the project are used.
        const QString project = world.home() % u"/work";
        QDir().mkpath(project);
        QFile rules(project % u"/.gitleaks.toml");
        if (!rules.open(QIODevice::WriteOnly) ||
            rules.write(
                "[[rules]]\nid = \"ticket\"\nregex = '''TICKET-[0-9]{5}'''\nkeywords = [\"ticket-\"]\n") <= 0)
            qFatal("rules");
    }

    [[nodiscard]] static std::vector<std::string> ticketsIn(const DocumentScan& scan)
    {
        std::vector<std::string> tickets;
        for (const redaction::Finding& finding : scan.findings) {
            if (finding.value.reveal().starts_with("TICKET-"))
                tickets.push_back(finding.value.reveal());
        }
        return tickets;
    }

    ManagerWorld world;
};

} // namespace

//! \brief Many sessions at once, on all processors.
class TestSessionScans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsInTheOrderGiven()
    {
        const Tickets tickets;
        const auto manager = tickets.world.manager();
        const auto sessions = manager->sessions();
        QVERIFY2(sessions, qPrintable(text(sessions)));
        QCOMPARE(sessions->size(), std::size_t(count));
        std::vector<QString> told;
        bool isRight = true;
        const auto take = [&](const QString& id, const DocumentScan& scan) {
            told.push_back(id);
            const int number = id.right(8).toInt() - 10'000'000;
            isRight = isRight && scan.bytes > 0 && scan.ruleProblems.empty() &&
                      Tickets::ticketsIn(scan) == std::vector{"TICKET-" + std::to_string(10'000 + number)};
        };
        const auto done = QCoro::waitFor(manager->scanSessions(*sessions, {}, take));
        QVERIFY2(done, qPrintable(text(done)));
        QVERIFY(isRight);
        QCOMPARE(told.size(), sessions->size());
        for (std::size_t i = 0; i < told.size(); ++i)
            QCOMPARE(told[i], (*sessions)[i].id);
    }

    void endsWithTheFirstError()
    {
        const Tickets tickets;
        const auto manager = tickets.world.manager();
        auto sessions = manager->sessions();
        QVERIFY2(sessions, qPrintable(text(sessions)));
        (*sessions)[100].id = QStringLiteral("ses_gone");
        int told = 0;
        const auto take = [&](const QString&, const DocumentScan&) { ++told; };
        const auto done = QCoro::waitFor(manager->scanSessions(*sessions, {}, take));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::SessionNotFound);
        QCOMPARE(told, 100);
    }

    void canBeStopped()
    {
        const Tickets tickets;
        const auto manager = tickets.world.manager();
        const auto sessions = manager->sessions();
        QVERIFY2(sessions, qPrintable(text(sessions)));
        std::stop_source stop;
        int told = 0;
        const auto take = [&](const QString&, const DocumentScan&) {
            if (++told == 10)
                stop.request_stop();
        };
        const auto done = QCoro::waitFor(manager->scanSessions(*sessions, {}, take, stop.get_token()));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
        QVERIFY(told < count);
    }

    void withoutSessionsThereIsNothing()
    {
        const ManagerWorld world;
        const auto manager = world.manager();
        int told = 0;
        const auto take = [&](const QString&, const DocumentScan&) { ++told; };
        QVERIFY(QCoro::waitFor(manager->scanSessions({}, {}, take)));
        QCOMPARE(told, 0);
    }

    void withoutADatabaseItSaysSo()
    {
        const ManagerWorld world(demo::Generation::June2026, false);
        const auto manager = world.manager();
        opencode::SessionSummary session;
        session.id = QStringLiteral("ses_a");
        const auto take = [](const QString&, const DocumentScan&) {};
        const auto done = QCoro::waitFor(manager->scanSessions({session}, {}, take));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::DatabaseMissing);
    }
};

QTEST_GUILESS_MAIN(TestSessionScans)
#include "test_session_scans.moc"
