// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "demo/loopback_share_server.h"
#include "support/sharelock_program.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

const QStringList fileVault{QStringLiteral("--vault"), QStringLiteral("file")};

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

bool execute(const QString& path, const QByteArray& sql)
{
    auto db = sqlite::Connection::open(path, sqlite::Mode::ReadWrite);
    return db && db->execute(sql.constData());
}

} // namespace

//! Receipts and lost keys as a script sees them.
class TestReceipts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void listsWhatWasDone();
    void verifies();
    void wrongWordsAreUsageErrors_data();
    void wrongWordsAreUsageErrors();
    void recoversALostKey();
    void printsARemovalRequest();

private:
    [[nodiscard]] QString ledger() const;
    void loseTheKey(bool withTraces);

    std::unique_ptr<demo::LoopbackShareServer> m_server;
    std::unique_ptr<ProgramHome> m_home;
    QString m_link;
    QByteArray m_key;
};

void TestReceipts::init()
{
    m_server = std::make_unique<demo::LoopbackShareServer>(demo::Generation::June2026);
    m_home = std::make_unique<ProgramHome>();
    m_home->useServer(m_server->origin());
    const QJsonArray sessions = m_home->run(words("sessions --json")).array();
    QVERIFY(!sessions.isEmpty());
    const QString id = text(sessions.first().toObject(), "id");
    const auto published = m_home->run(QStringList{QStringLiteral("publish"), id} +
                                       words("--redact-all --yes --json") + fileVault);
    QCOMPARE(published.status, 0);
    m_link = text(published.object(), "id");
}

QString TestReceipts::ledger() const
{
    return m_home->path(QStringLiteral("home/data/sharelock/ledger.db"));
}

void TestReceipts::listsWhatWasDone()
{
    QCOMPARE(m_home->run(QStringList{QStringLiteral("unshare"), m_link, QStringLiteral("--yes")} + fileVault)
                 .status,
             0);
    const auto all = m_home->run(words("receipts --json"));
    QCOMPARE(all.status, 0);
    QStringList acts;
    for (const QJsonValue& value : all.array())
        acts.prepend(text(value.toObject(), "act"));
    QVERIFY(acts.contains(QStringLiteral("publish")) && acts.contains(QStringLiteral("blank")) &&
            acts.contains(QStringLiteral("delete")));
    const QJsonObject proof = all.array().first().toObject();
    QVERIFY(proof[QLatin1String("proof")].toBool());
    QCOMPARE(text(proof, "link"), m_link);
    QCOMPARE(text(proof, "publicBefore").size(), 64);
    QCOMPARE(text(proof, "publicAfter").size(), 64);
    QVERIFY(text(proof, "publicBefore") != text(proof, "publicAfter"));
    QVERIFY(text(proof, "asked").startsWith(QStringLiteral("GET /api/share/:id/data")));

    const auto newest =
        m_home->run(QStringList{QStringLiteral("receipts"), m_link} + words("--limit 1 --json"));
    QCOMPARE(newest.array().size(), 1);
    QCOMPARE(newest.array().first().toObject(), proof);
    QVERIFY(m_home->run(words("receipts --since 0h --json")).array().isEmpty());
    QCOMPARE(m_home->run(words("receipts --since 1d --json")).array().size(), all.array().size());

    const auto csv = m_home->run(words("receipts --csv"));
    QCOMPARE(csv.status, 0);
    QCOMPARE(csv.out.count("\r\n"), all.array().size() + 1);
    QVERIFY(csv.out.startsWith("number,at,act,outcome,"));
    QVERIFY(m_home->run(words("receipts")).out.startsWith("NUMBER"));
    static const QRegularExpression uuid(
        QStringLiteral("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
    QVERIFY2(!uuid.match(QString::fromUtf8(all.out + csv.out)).hasMatch(), "a share key was printed");
}

void TestReceipts::verifies()
{
    const auto intact = m_home->run(words("receipts --verify --json"));
    QCOMPARE(intact.status, 0);
    QVERIFY(intact.object()[QLatin1String("intact")].toBool());
    const QString head = text(intact.object(), "head");
    QCOMPARE(head.size(), 64);
    QCOMPARE(m_home->run(words("links --check") + fileVault).status, 0);
    const QStringList contains{QStringLiteral("receipts"), QStringLiteral("--verify"),
                               QStringLiteral("--contains"), head};
    const auto later = m_home->run(contains);
    QCOMPARE(later.status, 0);
    QVERIFY(later.out.startsWith("Intact: "));
    QVERIFY(!later.out.contains(head.toLatin1()));
    auto other = contains;
    other.last().replace(0, 8, QStringLiteral("00000000"));
    QCOMPARE(m_home->run(other).status, 1);

    QVERIFY2(
        execute(ledger(), "DROP TRIGGER receipt_unchanged; UPDATE receipt SET detail = 'x' WHERE number = 1"),
        qPrintable(ledger()));
    const auto broken = m_home->run(words("receipts --verify --json"));
    QCOMPARE(broken.status, 1);
    QCOMPARE(broken.object()[QLatin1String("broken")].toInt(), 1);
    QCOMPARE(text(broken.object(), "flaw"), QStringLiteral("changed"));
    // Beyond the flaw nothing is proved.
    QCOMPARE(m_home->run(contains).status, 1);
}

void TestReceipts::wrongWordsAreUsageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char* line :
         {"receipts --since yesterday", "receipts --since d", "receipts --limit many", "receipts --limit -2",
          "receipts --contains abc", "receipts --json --csv", "receipts --verify x", "recover"})
        QTest::newRow(line) << words(line);
}

void TestReceipts::wrongWordsAreUsageErrors()
{
    QFETCH(QStringList, arguments);
    const auto result = m_home->run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY(result.out.isEmpty() && !result.err.isEmpty());
}

void TestReceipts::loseTheKey(bool withTraces)
{
    // As if opencode had shared it, and deleted the session, before Sharelock was there.
    QByteArray key;
    for (const demo::SeenRequest& request : m_server->requests()) {
        if (request.path.endsWith("/sync"))
            key = QJsonDocument::fromJson(request.body)[QLatin1String("secret")].toString().toLatin1();
    }
    QCOMPARE(key.size(), 36);
    const QByteArray link = m_link.toLatin1();
    const QByteArray url = m_server->origin().toString().toLatin1() + "/share/" + link;
    if (withTraces)
        QVERIFY(execute(m_home->database(), "PRAGMA secure_delete = OFF;"
                                            "INSERT INTO session_share VALUES ('ses_gone" +
                                                link + "', '" + link + "', '" + key + "', '" + url +
                                                "', 1, 1);"
                                                "DELETE FROM session_share WHERE id = '" +
                                                link + "'"));
    QVERIFY(execute(ledger(), "DROP TRIGGER sealed_key_stays; DELETE FROM sealed_key;"
                              "UPDATE link SET source_session_id = 'ses_gone', session_id = 'ses_gone" +
                                  link + "', kind = 'live', state = 'orphan-lost', session_deleted = 1"));
    m_key = key;
}

void TestReceipts::recoversALostKey()
{
    loseTheKey(true);
    const auto found =
        m_home->run(QStringList{QStringLiteral("recover"), m_link, QStringLiteral("--json")} + fileVault);
    QCOMPARE(found.status, 0);
    QVERIFY(found.object()[QLatin1String("found")].toBool());
    QCOMPARE(text(found.object(), "state"), QStringLiteral("orphan"));
    QVERIFY(found.object()[QLatin1String("request")].isNull());
    QVERIFY(!found.out.contains(m_key) && !found.err.contains(m_key));
    const auto gone =
        m_home->run(QStringList{QStringLiteral("unshare"), m_link, QStringLiteral("--yes")} + fileVault);
    QCOMPARE(gone.status, 0);
    QCOMPARE(m_home->run(words("receipts --verify")).status, 0);
    QVERIFY(!m_home->run(words("receipts --json")).out.contains(m_key));
    // Nothing is left to recover.
    const auto again = m_home->run(QStringList{QStringLiteral("recover"), m_link} + fileVault);
    QCOMPARE(again.status, 0);
}

void TestReceipts::printsARemovalRequest()
{
    loseTheKey(false);
    const auto request = m_home->run(QStringList{QStringLiteral("recover"), m_link} + fileVault);
    QCOMPARE(request.status, 1);
    const QString text = QString::fromUtf8(request.out);
    QVERIFY(text.contains(QStringLiteral("Share ID: %1\n").arg(m_link)));
    QVERIFY(text.contains(QStringLiteral("Session ID: ses_gone%1\n").arg(m_link)));
    QVERIFY(request.err.contains("Searched "));
    m_server->stop();
    QCOMPARE(m_home->run(QStringList{QStringLiteral("recover"), m_link} + fileVault).status, 3);
}

QTEST_GUILESS_MAIN(TestReceipts)
#include "test_receipts.moc"
