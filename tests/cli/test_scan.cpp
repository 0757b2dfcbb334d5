// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/fake_values.h"
#include "demo/loopback_share_server.h"
#include "sharing/link_ledger.h"
#include "support/sharelock_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

const QString all = QStringLiteral("--all");
const QString json = QStringLiteral("--json");
const QString reveal = QStringLiteral("--reveal");
const QString scan = QStringLiteral("scan");
const QStringList fileVault{QStringLiteral("--vault"), QStringLiteral("file")};

QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

QJsonArray findings(const ProgramResult& result)
{
    return result.object()[QStringLiteral("findings")].toArray();
}

bool isSureSecret(const QJsonObject& finding)
{
    return text(finding, "kind") == QLatin1String("secret") &&
           text(finding, "confidence") == QLatin1String("high");
}

QString writtenTo(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write %s", qPrintable(path));
    return path;
}

QByteArray readFrom(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! The text, or the name of the member, that a JSON pointer leads to.
QString textAt(QJsonValue value, const QString& pointer)
{
    QString step;
    const QStringList steps = pointer.split(QLatin1Char('/')).mid(1);
    for (const QString& encoded : steps) {
        step = QString(encoded)
                   .replace(QLatin1String("~1"), QLatin1String("/"))
                   .replace(QLatin1String("~0"), QLatin1String("~"));
        value = value.isArray() ? value.toArray().at(step.toInt()) : value.toObject().value(step);
    }
    return value.isString() ? value.toString() : step;
}

} // namespace

//! `sharelock scan` and `redact`, and what publishing does with what was found.
class TestScan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsInAText();
    void takesTheLongerOfTwo();
    void writesManyAsTheyCome();
    void cleanTextIsZero();
    void notLookedAtIsThree_data();
    void notLookedAtIsThree();
    void takesOneThingAtATime();
    void takesRulesOfOthers();
    void placesAreRight();
    void redactedHasNoneOfIt();
    void publishingWantsADecision();
    void keptSecretsWantAReason();
};

void TestScan::findsInAText()
{
    const ProgramHome home(true);
    const QByteArray key = demo::fakeSecret(QStringLiteral("stripe-key")).toUtf8();
    const QByteArray before = "# of the shop\nSTRIPE_SECRET_KEY=";
    const QString file = writtenTo(home.path(QStringLiteral("env")), before + key + "\nDEBUG=1\n");

    const auto hidden = home.run({scan, QStringLiteral("--text"), file, json});
    QCOMPARE(hidden.status, 1);
    QCOMPARE(findings(hidden).size(), 1);
    const QJsonObject finding = findings(hidden).first().toObject();
    QCOMPARE(text(finding, "kind"), QStringLiteral("secret"));
    QVERIFY(!text(finding, "rule").isEmpty() && !text(finding, "severity").isEmpty());
    QCOMPARE(text(finding, "confidence"), QStringLiteral("high"));
    QCOMPARE(finding[QStringLiteral("offset")].toInt(), before.size());
    QCOMPARE(finding[QStringLiteral("length")].toInt(), key.size());
    QVERIFY(!text(finding, "masked").isEmpty());
    QVERIFY(!finding.contains(QStringLiteral("value")));
    QVERIFY(!hidden.out.contains(key) && !hidden.err.contains(key));
    QVERIFY(hidden.object()[QStringLiteral("bytes")].toInt() > 0);

    const auto table = home.run({scan, QStringLiteral("--text"), file});
    QCOMPARE(table.status, 1);
    QVERIFY(!table.out.contains(key) && !table.out.isEmpty());
    const auto revealed = home.run({scan, QStringLiteral("--text"), file, json, reveal});
    QCOMPARE(text(findings(revealed).first().toObject(), "value").toUtf8(), key);
}

//! \brief What is found with its last sign in one place is the same value where a sentence ends with it.
void TestScan::takesTheLongerOfTwo()
{
    const ProgramHome home(true);
    const QString value = QStringLiteral("Kidwttl-6824-ufco!");
    const QByteArray said = "Log in as ops, the password is " + value.toUtf8() +
                            ".\ncurl -sS -u \"ops:" + value.toUtf8() + "\" https://example.com\n";
    const QString file = writtenTo(home.path(QStringLiteral("said")), said);
    const auto result = home.run({scan, QStringLiteral("--text"), file, json, reveal});
    QCOMPARE(findings(result).size(), 2);
    for (const auto& finding : findings(result))
        QCOMPARE(text(finding.toObject(), "value"), value);
}

void TestScan::writesManyAsTheyCome()
{
    const ProgramHome home(true);
    constexpr int count = 2500; // More than are written at once, in either form.
    QByteArray lines;
    for (int number = 0; number < count; ++number)
        lines +=
            "mail " + QByteArray::number(number) + " to p" + QByteArray::number(number) + "@shop-mail.de\n";
    const QString file = writtenTo(home.path(QStringLiteral("mails")), lines);
    const auto result = home.run({scan, QStringLiteral("--text"), file, json, reveal});
    const QJsonArray found = findings(result);
    QCOMPARE(found.size(), count);
    for (int number = 0; number < count; ++number)
        QCOMPARE(text(found[number].toObject(), "value"), QStringLiteral("p%1@shop-mail.de").arg(number));

    const auto table = home.run({scan, QStringLiteral("--text"), file});
    QCOMPARE(table.out.count('\n'), count + 1);
    QCOMPARE(table.out.count("SEVERITY"), 1);
}

void TestScan::cleanTextIsZero()
{
    const ProgramHome home(true);
    const QString file =
        writtenTo(home.path(QStringLiteral("clean")), "A walk by the sea.\npassword = os.environ[\"DB\"]\n");
    const auto result = home.run({scan, QStringLiteral("--text"), file, json});
    QCOMPARE(result.status, 0);
    QVERIFY(findings(result).isEmpty());
}

//! Files of rules add; one with a mistake says where, and then nothing found is no answer.
void TestScan::takesRulesOfOthers()
{
    ProgramHome home(true);
    const QString content = writtenTo(home.path(QStringLiteral("notes")), "ACME-12345 and WIDGET-12345\n");
    const auto scanned = [&](const QStringList& more) {
        return home.run(QStringList{scan, QStringLiteral("--text"), content, json, reveal} + more);
    };
    const QStringList rules{QStringLiteral("--rules"), home.path(QStringLiteral("rules.toml"))};
    QCOMPARE(scanned({}).status, 0);
    QCOMPARE(scanned(rules).status, 3); // no such file
    writtenTo(rules[1], "[[rules]]\nid='acme'\nregex='ACME-\\d+'\n");
    const auto found = scanned(rules);
    QCOMPARE(found.status, 1);
    QCOMPARE(findings(found).size(), 1);
    QCOMPARE(text(findings(found).first().toObject(), "value"), QStringLiteral("ACME-12345"));

    writtenTo(rules[1], "[[rules]]\nid='acme'\nregex='ACME-(\\d+'\n");
    const auto broken = scanned(rules);
    QCOMPARE(broken.status, 3);
    QVERIFY2(broken.err.contains("rules.toml:1"), broken.err.constData());
    QVERIFY2(broken.err.contains("missing )"), broken.err.constData());

    // The person's own file is always there, and what it finds counts beside a broken one.
    const QString folder =
        home.environment().value(QStringLiteral("XDG_CONFIG_HOME")) + QStringLiteral("/sharelock");
    QVERIFY(QDir().mkpath(folder));
    writtenTo(folder + QStringLiteral("/gitleaks.toml"), "[[rules]]\nid='widget'\nregex='WIDGET-\\d+'\n");
    const auto both = scanned(rules);
    QCOMPARE(both.status, 1);
    QCOMPARE(text(findings(both).first().toObject(), "value"), QStringLiteral("WIDGET-12345"));
    QVERIFY2(both.err.contains("rules.toml:1"), both.err.constData());
    QCOMPARE(scanned({}).status, 1);
}

void TestScan::notLookedAtIsThree_data()
{
    QTest::addColumn<QStringList>("what");
    QTest::newRow("missing file") << QStringList{QStringLiteral("--text"), QStringLiteral("/nowhere/at/all")};
    QTest::newRow("no document") << QStringList{QStringLiteral("--document"), QStringLiteral("/etc/passwd")};
    QTest::newRow("no such session") << QStringList{QStringLiteral("ses_nobody")};
}

void TestScan::notLookedAtIsThree()
{
    QFETCH(const QStringList, what);
    const ProgramHome home;
    const auto result = home.run(QStringList{scan} + what);
    QCOMPARE(result.status, 3);
    QVERIFY(!result.err.isEmpty());
}

void TestScan::takesOneThingAtATime()
{
    const ProgramHome home;
    QCOMPARE(home.run({scan}).status, 2);
    QCOMPARE(home.run({scan, QStringLiteral("ses_x"), all}).status, 2);
    QCOMPARE(home.run({QStringLiteral("redact"), QStringLiteral("ses_x")}).status, 2);
}

void TestScan::placesAreRight()
{
    const ProgramHome home;
    const auto found = home.run({scan, all, json, reveal});
    QCOMPARE(found.status, 1);
    QVERIFY(findings(found).size() > 5);
    QMap<QString, QJsonArray> documents;
    int inPlace = 0;
    for (const QJsonValue& value : findings(found)) {
        const QJsonObject finding = value.toObject();
        const QString session = text(finding, "session");
        if (!documents.contains(session))
            documents[session] =
                home.run({QStringLiteral("show"), session, QStringLiteral("--original"), json}).array();
        const QJsonObject item = documents[session].at(finding[QStringLiteral("item")].toInt()).toObject();
        const QByteArray at = textAt(item[QStringLiteral("data")], text(finding, "pointer")).toUtf8();
        const int offset = finding[QStringLiteral("offset")].toInt();
        const int length = finding[QStringLiteral("length")].toInt();
        QVERIFY2(offset >= 0 && length > 0 && offset + length <= at.size(),
                 qPrintable(text(finding, "rule")));
        // What stands in an encoding is given decoded.
        inPlace += at.mid(offset, length) == text(finding, "value").toUtf8() ? 1 : 0;
    }
    QVERIFY(inPlace * 10 >= findings(found).size() * 8);
}

void TestScan::redactedHasNoneOfIt()
{
    const ProgramHome home;
    const auto found = home.run({scan, all, json, reveal});
    for (const QJsonValue& value : findings(found)) {
        const QJsonObject finding = value.toObject();
        if (!isSureSecret(finding))
            continue;
        const QString file = home.path(text(finding, "session"));
        if (!QFileInfo::exists(file)) {
            QCOMPARE(
                home.run({QStringLiteral("redact"), text(finding, "session"), QStringLiteral("--out"), file})
                    .status,
                0);
            QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
            for (const QJsonValue& left :
                 findings(home.run({scan, QStringLiteral("--document"), file, json})))
                QVERIFY2(!isSureSecret(left.toObject()), qPrintable(text(left.toObject(), "rule")));
        }
        QVERIFY2(!readFrom(file).contains(text(finding, "value").toUtf8()),
                 qPrintable(text(finding, "rule")));
    }
}

void TestScan::publishingWantsADecision()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const QJsonArray found = findings(home.run({scan, all, json, reveal}));
    const auto sure = std::find_if(found.begin(), found.end(),
                                   [](const QJsonValue& f) { return isSureSecret(f.toObject()); });
    QVERIFY(sure != found.end());
    const QString session = text((*sure).toObject(), "session");
    const QByteArray secret = text((*sure).toObject(), "value").toUtf8();
    const QStringList publish =
        QStringList{QStringLiteral("publish"), session, QStringLiteral("--yes")} + fileVault;

    const auto refused = home.run(publish);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains("--redact-all"), refused.err.constData());
    QVERIFY(!refused.err.contains(secret) && !refused.out.contains(secret));
    QVERIFY(server.requests().empty());

    const auto published = home.run(publish + QStringList{QStringLiteral("--redact-all"), json});
    QCOMPARE(published.status, 0);
    const QByteArray seen = server.dataOf(text(published.object(), "id"));
    for (const QJsonValue& value : found) {
        if (text(value.toObject(), "session") == session)
            QVERIFY2(!seen.contains(text(value.toObject(), "value").toUtf8()),
                     qPrintable(text(value.toObject(), "rule")));
    }
}

void TestScan::keptSecretsWantAReason()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const QJsonArray found = findings(home.run({scan, all, json, reveal}));
    QString session;
    QByteArray kept;
    {
        // As in the window.
        auto ledger = sharing::LinkLedger::open(Environment{home.environment(), {}, {}, {}}.dataFolder() +
                                                QStringLiteral("/ledger.db"));
        QVERIFY(ledger);
        for (const QJsonValue& value : found) {
            const QJsonObject finding = value.toObject();
            if (!isSureSecret(finding) || (!session.isEmpty() && text(finding, "session") != session))
                continue;
            session = text(finding, "session");
            kept = text(finding, "value").toUtf8();
            const sharing::ChoicePlace place{session, {}};
            QVERIFY((*ledger)->saveDecision(place, redaction::SecretText(kept.toStdString()),
                                            redaction::ScopedDecisions{redaction::Decision::Keep}));
        }
    }
    QVERIFY(!session.isEmpty());
    const QStringList publish =
        QStringList{QStringLiteral("publish"), session, QStringLiteral("--yes"), json} + fileVault;
    const QString reason = QStringLiteral("--keep-reason");
    const auto refused = home.run(publish);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains("--keep-reason"), refused.err.constData());
    QCOMPARE(home.run(publish + QStringList{reason, QStringLiteral("  ")}).status, 1);
    const auto telling =
        home.run(publish + QStringList{reason, QStringLiteral("It is ") + QString::fromUtf8(kept)});
    QCOMPARE(telling.status, 1);
    QVERIFY(!telling.err.contains(kept) && !telling.out.contains(kept));
    QVERIFY(server.requests().empty());
    const auto published = home.run(publish + QStringList{reason, QStringLiteral("A key of the sandbox")});
    QCOMPARE(published.status, 0);
    QVERIFY(server.dataOf(text(published.object(), "id")).contains(kept));
}

QTEST_GUILESS_MAIN(TestScan)
#include "test_scan.moc"
