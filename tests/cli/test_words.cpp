// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/sharelock_program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace sharelock::tests;

//! Own words by the command line: kept, hidden in every session, and shown to nobody who has not asked.
class TestWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsListsRemoves();
    void fromStandardInput();
    void hidesInSessions();
    void refuses();

private:
    static ProgramResult words(const ProgramHome& home, const QStringList& arguments,
                               const QByteArray& input = {})
    {
        return home.run(QStringList{QStringLiteral("words")} + arguments, input);
    }
};

void TestWords::addsListsRemoves()
{
    const ProgramHome home;
    const auto none = words(home, {QStringLiteral("--json")});
    QCOMPARE(none.status, 0);
    QVERIFY(none.array().isEmpty());

    const auto added =
        words(home, {QStringLiteral("add"), QStringLiteral("Falconwing"), QStringLiteral("--json")});
    QVERIFY2(added.status == 0, added.err.constData());
    const QJsonObject word = added.array().at(0).toObject();
    QCOMPARE(word[QStringLiteral("kind")].toString(), QStringLiteral("word"));
    QVERIFY(!word.contains(QStringLiteral("word")));
    QVERIFY2(!added.out.contains("Falconwing"), "only --reveal shows it");
    const auto pattern =
        words(home, {QStringLiteral("add"), QStringLiteral("--pattern"), QStringLiteral("INC-[0-9]{5}")});
    QVERIFY2(pattern.status == 0, pattern.err.constData());
    // Twice is once.
    QCOMPARE(words(home, {QStringLiteral("add"), QStringLiteral("Falconwing")}).status, 0);

    const auto masked = words(home, {});
    QVERIFY(!masked.out.contains("Falconwing") && !masked.out.contains("INC-[0-9]{5}"));
    QCOMPARE(masked.out.count('\n'), 3); // A heading, and the two.
    const auto all =
        words(home, {QStringLiteral("list"), QStringLiteral("--json"), QStringLiteral("--reveal")});
    QCOMPARE(all.array().size(), 2);
    QCOMPARE(all.array().at(0)[QStringLiteral("word")].toString(), QStringLiteral("Falconwing"));
    QCOMPARE(all.array().at(1)[QStringLiteral("kind")].toString(), QStringLiteral("pattern"));

    const QString number = QString::number(word[QStringLiteral("number")].toInt());
    QCOMPARE(words(home, {QStringLiteral("remove"), number}).status, 0);
    QCOMPARE(words(home, {QStringLiteral("remove"), QStringLiteral("INC-[0-9]{5}")}).status, 0);
    QVERIFY(words(home, {QStringLiteral("--json")}).array().isEmpty());
}

void TestWords::fromStandardInput()
{
    const ProgramHome home;
    const auto added = words(home, {QStringLiteral("add")}, "Falconwing\n\n  Größenwahn  \n");
    QVERIFY2(added.status == 0, added.err.constData());
    QVERIFY(!added.out.contains("Falconwing") && !added.err.contains("Falconwing"));
    const auto all = words(home, {QStringLiteral("--json"), QStringLiteral("--reveal")});
    QCOMPARE(all.array().size(), 2);
    QCOMPARE(all.array().at(1)[QStringLiteral("word")].toString(), QStringLiteral("Größenwahn"));
    QCOMPARE(words(home, {QStringLiteral("remove")}, "Falconwing\n").status, 0);
    QCOMPARE(words(home, {QStringLiteral("--json")}).array().size(), 1);
}

void TestWords::hidesInSessions()
{
    const ProgramHome home;
    const auto sessions = home.run({QStringLiteral("sessions"), QStringLiteral("--json")}).array();
    const auto about = std::find_if(sessions.begin(), sessions.end(), [](const QJsonValue& session) {
        return session[QStringLiteral("title")].toString().contains(QLatin1String("payment webhook"));
    });
    QVERIFY(about != sessions.end());
    const QStringList show{QStringLiteral("show"), (*about)[QStringLiteral("id")].toString()};
    QVERIFY(home.run(show).out.contains("webhook"));
    QCOMPARE(words(home, {QStringLiteral("add"), QStringLiteral("webhook")}).status, 0);
    QVERIFY(!home.run(show).out.toLower().contains("webhook"));
}

void TestWords::refuses()
{
    const ProgramHome home;
    // All or none.
    const auto bad = words(home, {QStringLiteral("add"), QStringLiteral("--pattern"),
                                  QStringLiteral("fine[0-9]"), QStringLiteral("broken(")});
    QCOMPARE(bad.status, 1);
    QVERIFY(!bad.err.isEmpty());
    QVERIFY(words(home, {QStringLiteral("--json")}).array().isEmpty());
    QCOMPARE(words(home, {QStringLiteral("add")}).status, 1);
    const auto unknown = words(home, {QStringLiteral("remove"), QStringLiteral("Falconwing")});
    QCOMPARE(unknown.status, 1);
    QVERIFY2(!unknown.err.contains("Falconwing"), unknown.err.constData());
    QCOMPARE(words(home, {QStringLiteral("forget")}).status, 2);
}

QTEST_GUILESS_MAIN(TestWords)
#include "test_words.moc"
