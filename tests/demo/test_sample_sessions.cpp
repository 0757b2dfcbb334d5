// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "demo/demo_world.h"
#include "demo/fake_values.h"
#include "demo/sample_script.h"
#include "demo/sample_sessions.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sharelock;
using namespace sharelock::demo;

namespace {

const QString home = QStringLiteral("/home/alex");
const Timestamp newest = fromMilliseconds(1'795'380'000'000);

QStringList column(sqlite::Connection& database, const char* sql)
{
    QStringList all;
    auto statement = database.prepare(sql);
    while (statement) {
        const auto row = statement->step();
        if (!row || !*row)
            break;
        all += statement->string(0);
    }
    return all;
}

} // namespace

class TestSampleSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isADatabaseOfOpencode();
    void isVaried();
    void isSpreadOverWeeks();
    void holdsEveryKindOfContent();
    void plantsFakeSecrets();
    void leavesNoPlaceholder();
    void linksChildrenToTheirTask();
    void keepsTheOrderOfMessages();
    void isTheSameEachTime();
    void refusesToOverwrite();
    void saysWhenItCannotWrite();
    void readsScripts();
    void survivesOddScripts();
    void fakesKeepTheirShape_data();
    void fakesKeepTheirShape();
    void demoWorldIsItsOwn();
    void demoWorldHasLiveLinks();
    void demoWorldLeavesNothing();

private:
    [[nodiscard]] qint64 number(const char* sql)
    {
        const auto found = m_database.integer(sql);
        return found ? *found : -1;
    }

    QTemporaryDir m_folder;
    QString m_path;
    sqlite::Connection m_database;
};

void TestSampleSessions::initTestCase()
{
    m_path = m_folder.filePath(QStringLiteral("opencode.db"));
    const auto written = writeSampleSessions(m_path, home, QStringLiteral("alex"), newest);
    QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().detail));
    auto opened = sqlite::Connection::open(m_path, sqlite::Mode::ReadOnly);
    QVERIFY(opened.has_value());
    m_database = std::move(*opened);
}

void TestSampleSessions::isADatabaseOfOpencode()
{
    QCOMPARE(column(m_database, "PRAGMA journal_mode"), QStringList{QStringLiteral("wal")});
    QCOMPARE(column(m_database, "PRAGMA integrity_check"), QStringList{QStringLiteral("ok")});
    QVERIFY(column(m_database, "PRAGMA foreign_key_check").isEmpty());
    QCOMPARE(number("SELECT count(*) FROM migration"), 38);
    for (const char* table :
         {"session", "session_share", "project", "message", "part", "todo", "session_message", "event",
          "account", "account_state", "permission", "project_directory", "workspace"})
        QVERIFY2(m_database.hasTable(table), table);
    QVERIFY(m_database.hasColumn("session", "time_archived"));
    QCOMPARE(number("SELECT count(*) FROM session WHERE version <> '1.18.33'"), 0);
    QCOMPARE(number("SELECT count(*) FROM session WHERE id NOT GLOB 'ses_*' OR length(id) <> 30"), 0);
    QCOMPARE(number("SELECT count(*) FROM message WHERE id NOT GLOB 'msg_*' OR length(id) <> 30"), 0);
    QCOMPARE(number("SELECT count(*) FROM part WHERE id NOT GLOB 'prt_*' OR length(id) <> 30"), 0);
    QCOMPARE(number("SELECT count(*) FROM part WHERE NOT json_valid(data)"), 0);
    QCOMPARE(number("SELECT count(*) FROM message WHERE NOT json_valid(data)"), 0);
    // What share IDs are made of.
    QCOMPARE(number("SELECT count(DISTINCT substr(id, -8)) FROM session"),
             number("SELECT count(*) FROM session"));
}

void TestSampleSessions::isVaried()
{
    QVERIFY(number("SELECT count(*) FROM session") >= 24);
    QCOMPARE(number("SELECT count(DISTINCT project_id) FROM session"), 4);
    QCOMPARE(number("SELECT count(DISTINCT title) FROM session"), number("SELECT count(*) FROM session"));
    QCOMPARE(number("SELECT count(*) FROM session WHERE time_archived IS NOT NULL"), 1);
    QCOMPARE(number("SELECT count(*) FROM session WHERE parent_id IS NOT NULL"), 2);
    const QStringList empty = column(
        m_database,
        "SELECT title FROM session s WHERE NOT EXISTS (SELECT 1 FROM message WHERE session_id = s.id)");
    QCOMPARE(empty.size(), 1);
    static const QRegularExpression untouched(
        QStringLiteral("\\ANew session - \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[\\d.]+Z\\z"));
    QVERIFY2(untouched.match(empty.first()).hasMatch(), qPrintable(empty.first()));
    for (const char* title : {"Fix flaky login test", "Add retry to payment webhook",
                              "Explain the borrow checker error", "Migrate CI to containers"})
        QVERIFY2(column(m_database, "SELECT title FROM session").contains(QLatin1String(title)), title);
    const auto messages = [this](const char* title) {
        return number(("SELECT count(*) FROM message JOIN session s ON s.id = session_id WHERE title = '" +
                       std::string(title) + "'")
                          .c_str());
    };
    QVERIFY(messages("Add retry to payment webhook") >= 110 &&
            messages("Add retry to payment webhook") <= 140);
    QVERIFY(messages("Migrate CI to containers") >= 300);
    QCOMPARE(column(m_database, "SELECT title FROM session WHERE title LIKE '<img src=%'").size(), 1);
}

void TestSampleSessions::isSpreadOverWeeks()
{
    QCOMPARE(number("SELECT count(*) FROM session WHERE time_updated > 1795380000000"), 0);
    QVERIFY(number("SELECT max(time_updated) FROM session") > toMilliseconds(newest - std::chrono::hours(1)));
    QVERIFY(number("SELECT min(time_updated) FROM session") < toMilliseconds(newest - std::chrono::weeks(4)));
    QVERIFY(number("SELECT count(DISTINCT time_updated / 86400000) FROM session") >= 15);
    QCOMPARE(number("SELECT count(*) FROM session WHERE time_created > time_updated"), 0);
}

void TestSampleSessions::holdsEveryKindOfContent()
{
    const QStringList types = column(m_database, "SELECT DISTINCT json_extract(data, '$.type') FROM part");
    for (const char* type : {"text", "reasoning", "tool", "file", "step-start", "step-finish", "patch",
                             "compaction", "hologram"})
        QVERIFY2(types.contains(QLatin1String(type)), type);
    const QStringList tools = column(m_database, "SELECT DISTINCT json_extract(data, '$.tool') FROM part");
    for (const char* tool : {"bash", "read", "edit", "write", "grep", "task", "todowrite"})
        QVERIFY2(tools.contains(QLatin1String(tool)), tool);
    QVERIFY(number("SELECT count(*) FROM part WHERE json_extract(data, '$.state.status') = 'error'") >= 2);
    QCOMPARE(number("SELECT max(length(o) - length(replace(o, char(10), '')) + 1) FROM "
                    "(SELECT json_extract(data, '$.state.output') AS o FROM part)"),
             2310);
    QVERIFY(number("SELECT count(*) FROM part WHERE json_extract(data, '$.url') LIKE "
                   "'data:image/png;base64,iVBOR%'") >= 1);
    // As opencode repeats it.
    QCOMPARE(
        number("SELECT count(*) FROM part WHERE json_extract(data, '$.tool') = 'bash' AND json_extract(data, "
               "'$.state.status') = 'completed' AND json_extract(data, '$.state.metadata.output') IS NOT "
               "json_extract(data, '$.state.output')"),
        0);
    QVERIFY(
        number("SELECT count(*) FROM part WHERE json_extract(data, '$.state.metadata.diff') LIKE '%@@%'") >=
        10);
    QVERIFY(number("SELECT count(*) FROM todo") >= 5);

    const QDir diffs(m_folder.filePath(QStringLiteral("storage/session_diff")));
    QCOMPARE(diffs.entryList(QDir::Files).size(),
             number("SELECT count(*) FROM session WHERE summary_files > 0"));
    QFile first(diffs.filePath(diffs.entryList(QDir::Files).first()));
    QVERIFY(first.open(QIODevice::ReadOnly));
    QVERIFY(!QJsonDocument::fromJson(first.readAll()).array().isEmpty());
}

void TestSampleSessions::plantsFakeSecrets()
{
    const auto parts = [this](const QString& text) {
        const QString sql = QStringLiteral("SELECT count(*) FROM part WHERE instr(data, '%1') > 0").arg(text);
        return number(sql.toUtf8().constData());
    };
    for (const char* name :
         {"db-password", "github-token", "aws-id", "gitlab-token", "session-secret", "npm-token"})
        QVERIFY2(parts(fakeSecret(QString::fromLatin1(name))) > 0, name);
    QVERIFY(parts(fakeSecret(QStringLiteral("stripe-key"))) >= 2);
    QVERIFY(parts(home) > 100);
    QVERIFY(parts(QStringLiteral("alex@sharelock-sample.dev")) >= 3);
    QVERIFY(parts(QStringLiteral("alex-laptop")) >= 1);
    // Nobody's real address.
    const QStringList texts = column(m_database, "SELECT data FROM part");
    static const QRegularExpression mail(QStringLiteral("[a-z.]+@[a-z-]+(\\.[a-z-]+)+"));
    for (const QString& text : texts) {
        auto matches = mail.globalMatch(text);
        while (matches.hasNext()) {
            const QString address = matches.next().captured();
            QVERIFY2(address.endsWith(QLatin1String("sharelock-sample.dev")) ||
                         address.endsWith(QLatin1String("example.com")) ||
                         address.endsWith(QLatin1String(".example")) ||
                         address.endsWith(QLatin1String("db.internal")),
                     qPrintable(address));
        }
    }
}

void TestSampleSessions::leavesNoPlaceholder()
{
    QCOMPARE(
        column(m_database, "SELECT data FROM part WHERE instr(data, '{{') > 0 OR instr(data, '%% ') > 0"),
        QStringList());
    QCOMPARE(column(m_database, "SELECT title FROM session WHERE instr(title, '{{') > 0"), QStringList());
    QCOMPARE(number("SELECT count(*) FROM part WHERE json_extract(data, '$.type') IS NULL"), 0);
}

void TestSampleSessions::linksChildrenToTheirTask()
{
    QCOMPARE(
        number(
            "SELECT count(*) FROM session c WHERE parent_id IS NOT NULL AND EXISTS (SELECT 1 FROM part WHERE "
            "session_id = c.parent_id AND json_extract(data, '$.state.metadata.sessionId') = c.id)"),
        2);
}

void TestSampleSessions::keepsTheOrderOfMessages()
{
    QCOMPARE(column(m_database, "SELECT id FROM message ORDER BY session_id, id"),
             column(m_database, "SELECT id FROM message ORDER BY session_id, time_created"));
    QCOMPARE(
        number("SELECT count(*) FROM message m JOIN session s ON s.id = m.session_id WHERE m.time_created < "
               "s.time_created OR m.time_created > s.time_updated"),
        0);
    // Each conversation begins with the person.
    QCOMPARE(number("SELECT count(*) FROM (SELECT json_extract(data, '$.role') AS role, min(id) FROM message "
                    "GROUP BY "
                    "session_id) WHERE role <> 'user'"),
             0);
}

void TestSampleSessions::isTheSameEachTime()
{
    const QString other = m_folder.filePath(QStringLiteral("again/opencode.db"));
    QVERIFY(QDir().mkpath(QFileInfo(other).path()));
    QVERIFY(writeSampleSessions(other, home, QStringLiteral("alex"), newest).has_value());
    auto again = sqlite::Connection::open(other, sqlite::Mode::ReadOnly);
    QVERIFY(again.has_value());
    for (const char* sql :
         {"SELECT id || title || time_updated FROM session ORDER BY id",
          "SELECT id || data FROM message ORDER BY id", "SELECT id || data FROM part ORDER BY id"})
        QCOMPARE(column(*again, sql), column(m_database, sql));
}

void TestSampleSessions::refusesToOverwrite()
{
    const auto again = writeSampleSessions(m_path, home, QStringLiteral("alex"), newest);
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().code, ErrorCode::FileFailed);
    QCOMPARE(again.error().subject, m_path);
}

void TestSampleSessions::saysWhenItCannotWrite()
{
    const auto written = writeSampleSessions(m_folder.filePath(QStringLiteral("no/such/opencode.db")), home,
                                             QStringLiteral("alex"), newest);
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().code, ErrorCode::FileFailed);
}

void TestSampleSessions::readsScripts()
{
    const SampleScript script =
        parseSampleScript(QStringLiteral("title: A: b\nproject: p\n\n%% user\n\nhello\n\n%% attach a.png\n"
                                         "%% text\none\n%% bash ls -l\nout\n  put\n%% read f\n\n"
                                         "%% text\ntwo\n%% repeat x y\n%% user\n{{item}}?\n%% end\n"));
    QCOMPARE(script.header.value(QStringLiteral("title")), QStringLiteral("A: b"));
    QCOMPARE(script.messages.size(), 5);
    QVERIFY(script.messages.at(0).isUser);
    QCOMPARE(script.messages.at(0).steps.size(), 2);
    QCOMPARE(script.messages.at(0).steps.at(0).body, QStringLiteral("hello"));
    QCOMPARE(script.messages.at(1).steps.size(), 3);
    QCOMPARE(script.messages.at(1).steps.at(1).argument, QStringLiteral("ls -l"));
    QCOMPARE(script.messages.at(1).steps.at(1).body, QStringLiteral("out\n  put"));
    QVERIFY(!script.messages.at(2).isUser);
    QCOMPARE(script.messages.at(4).steps.at(0).body, QStringLiteral("y?"));
}

void TestSampleSessions::survivesOddScripts()
{
    for (const char* text : {"", "%% ", "%% attach x", "%% end", "%% repeat a b", "%% step\n%% step",
                             "no header", ":\n%% user", "%% repeat \n%% end"}) {
        const SampleScript script = parseSampleScript(QString::fromLatin1(text));
        QVERIFY(script.messages.size() <= 2);
    }
    FakeValues values;
    values.set(QStringLiteral("a"), QStringLiteral("{{b}}"));
    QCOMPARE(values.expanded(QStringLiteral("{{a}} {{unknown-name}} {{lines 2 n#}} {{ }} {{")),
             QStringLiteral("{{b}}  n1\nn2 {{ }} {{"));
}

void TestSampleSessions::fakesKeepTheirShape_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shape");
    QTest::newRow("github") << QStringLiteral("github-token") << QStringLiteral("gh[p]_[0-9A-Za-z]{36}");
    QTest::newRow("aws") << QStringLiteral("aws-id") << QStringLiteral("AK[I]A[A-Z2-7]{16}");
    QTest::newRow("stripe") << QStringLiteral("stripe-key") << QStringLiteral("sk_[l]ive_[0-9A-Za-z]{24}");
    QTest::newRow("jwt") << QStringLiteral("jwt")
                         << QStringLiteral("ey[J][\\w-]+\\.ey[J][\\w-]+\\.[\\w-]{43}");
    QTest::newRow("pem")
        << QStringLiteral("private-key")
        << QStringLiteral(
               "-----BEGIN [P]RIVATE KEY-----\\n(.{64}\\n){12}.{38}==\\n-----END [P]RIVATE KEY-----");
    QTest::newRow("iban") << QStringLiteral("iban") << QStringLiteral("DE\\d{20}");
    QTest::newRow("password") << QStringLiteral("admin-password")
                              << QStringLiteral("[A-Z][a-z]{6}-\\d{4}-[a-z]{4}!");
}

void TestSampleSessions::fakesKeepTheirShape()
{
    QFETCH(QString, name);
    QFETCH(QString, shape);
    const QRegularExpression whole(QRegularExpression::anchoredPattern(shape));
    QVERIFY2(whole.match(fakeSecret(name)).hasMatch(), qPrintable(name));
    QCOMPARE(fakeSecret(name), fakeSecret(name));
}

void TestSampleSessions::demoWorldIsItsOwn()
{
    qputenv("OPENCODE_DB", "/nowhere/opencode.db");
    qputenv("OPENCODE_CONFIG_CONTENT", "{}");
    qputenv("SHARELOCK_OPENCODE", "/nowhere/opencode");
    const auto world = DemoWorld::create();
    QVERIFY2(world.has_value(), world ? "" : qPrintable(world.error().detail));
    const Environment& environment = (*world)->environment();
    for (const QString& name : environment.variables.keys())
        QVERIFY2(!name.startsWith(QLatin1String("OPENCODE")), qPrintable(name));
    const QString temporary = QDir::tempPath();
    for (const QString& path : {environment.opencodeDatabase(), environment.opencodeConfigFolder(),
                                environment.dataFolder(), environment.configFolder()})
        QVERIFY2(path.startsWith(temporary), qPrintable(path));
    QVERIFY(!QFileInfo::exists(environment.home));
    QVERIFY(!environment.userName.isEmpty());
    QVERIFY(environment.hostName.startsWith(environment.userName));
    QVERIFY(QFileInfo::exists(environment.opencodeDatabase()));

    QFile config(environment.opencodeConfigFolder() + QStringLiteral("/opencode.json"));
    QVERIFY(config.open(QIODevice::ReadOnly));
    const QJsonObject read = QJsonDocument::fromJson(config.readAll()).object();
    QCOMPARE(read[QLatin1String("enterprise")][QLatin1String("url")].toString(),
             (*world)->server().origin().toString());
}

void TestSampleSessions::demoWorldHasLiveLinks()
{
    const auto world = DemoWorld::create();
    QVERIFY(world.has_value());
    auto database =
        sqlite::Connection::open((*world)->environment().opencodeDatabase(), sqlite::Mode::ReadOnly);
    QVERIFY(database.has_value());
    const QStringList ids = column(*database, "SELECT id FROM session_share");
    QCOMPARE(ids.size(), 3);
    for (const QString& id : ids) {
        const QJsonArray items = QJsonDocument::fromJson((*world)->server().dataOf(id)).array();
        QVERIFY2(items.size() > 10, qPrintable(id));
        QSet<QString> types;
        for (const QJsonValue& item : items)
            types += item[QLatin1String("type")].toString();
        QVERIFY(types.contains(QStringLiteral("session")) && types.contains(QStringLiteral("part")));
    }
    QCOMPARE(
        column(*database,
               "SELECT r.id FROM session_share r JOIN session s ON s.id = session_id WHERE s.share_url = "
               "r.url AND r.id = substr(s.id, -8) AND length(secret) = 36")
            .size(),
        3);
}

void TestSampleSessions::demoWorldLeavesNothing()
{
    QString folder;
    {
        const auto world = DemoWorld::create();
        QVERIFY(world.has_value());
        folder = QFileInfo((*world)->environment().dataFolder()).path();
        const auto others =
            QFile::permissions(folder) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther);
        QCOMPARE(others, QFile::Permissions());
    }
    QVERIFY(!QFileInfo::exists(folder));
}

QTEST_GUILESS_MAIN(TestSampleSessions)
#include "test_sample_sessions.moc"
