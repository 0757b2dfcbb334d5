// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/findings_view.h"
#include "app/own_words_model.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

//! What the person adds to what is found: texts, names, words and rules.
class TestOwnFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hidesASelectedText();
    void hidesLinesOfATextWithCarriageReturns();
    void refusesWhatCantBeHidden();
    void renamesAndMerges();
    void ownWordsHideEverywhere();
    void rulesOfTheProjectAndWhatIsWrongInThem();
};

void TestOwnFindings::hidesASelectedText()
{
    AppWorld world;
    addFindings(world);
    const QByteArray text = "the bluebell affair";
    world.write([&text](OpencodeDatabase& database) {
        database.addPart("prt_y", "msg_a10000a", "ses_a", textPart("About " + text + "\\nand " + text));
    });
    {
        View view(world);
        QTRY_COMPARE(view.findings.count(), 2);
        QVERIFY(view.publishes(text));
        view.findings.redactText(QStringLiteral(" the bluebell affair\u2029"));
        QTRY_VERIFY(view.findings.isSettled());
        QCOMPARE(view.findings.errorText(), QString());
        QCOMPARE(view.findings.count(), 3);
        const int row = view.rowOf(text);
        QCOMPARE(view.text(row, FindingsModel::KindRole), QStringLiteral("own-word"));
        QCOMPARE(view.text(row, FindingsModel::PseudonymRole), QStringLiteral("<word-1>"));
        QCOMPARE(view.findings.index(row).data(FindingsModel::PlacesRole).toInt(), 2);
        QVERIFY(!view.publishes(text));
        view.findings.undo();
        QTRY_VERIFY(view.findings.isSettled());
        QVERIFY(view.publishes(text));
        view.findings.redo();
        QTRY_VERIFY(view.findings.isSettled());
    }
    // Remembered, also for what is said later.
    world.write([&text](OpencodeDatabase& database) {
        database.addPart("prt_zz", "msg_a10000a", "ses_a", textPart("Again " + text));
    });
    View again(world);
    QTRY_COMPARE(again.findings.count(), 3);
    QCOMPARE(again.findings.index(again.rowOf(text)).data(FindingsModel::PlacesRole).toInt(), 3);
    QVERIFY(!again.publishes(text));
}

void TestOwnFindings::hidesLinesOfATextWithCarriageReturns()
{
    AppWorld world;
    addFindings(world);
    const QByteArray first = "the bluebell affair";
    const QByteArray second = "ended in tears";
    world.write([&](OpencodeDatabase& database) {
        database.addPart(
            "prt_y", "msg_a10000a", "ses_a",
            textPart("So " + first + "\\r\\n" + second + "\\r\\n, and " + first + "\\n" + second));
    });
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    view.findings.redactText(QString::fromLatin1(first) + QChar::ParagraphSeparator +
                             QString::fromLatin1(second));
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.errorText(), QString());
    QVERIFY(!view.publishes(first));
    QVERIFY(!view.publishes(second));
    // Both are one text to the person.
    QCOMPARE(view.findings.count(), 4);
    QCOMPARE(view.findings.hiddenNames(), 2);
    view.findings.undo();
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.count(), 2);
    QVERIFY(view.publishes(first));
    view.findings.redo();
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(second));
    // Kept, and selected once more: decided about in all its forms.
    for (int row = 0; row < view.findings.count(); ++row) {
        if (view.text(row, FindingsModel::KindRole) == QStringLiteral("own-word"))
            view.findings.decide(row, FindingsModel::Choice::Keep);
    }
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(view.publishes(second));
    view.findings.redactText(QString::fromLatin1(first + '\n' + second));
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(second));
}

void TestOwnFindings::refusesWhatCantBeHidden()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    for (const char* const text : {"", " ", "x", "text", "nobody has ever said this"}) {
        QSignalSpy taken(&view.findings, &FindingsModel::taken);
        view.findings.redactText(QString::fromLatin1(text));
        QTRY_COMPARE(taken.count(), 1);
        QVERIFY(!taken.front().front().toBool());
        QVERIFY(!view.findings.errorText().isEmpty());
        QVERIFY(!view.findings.canUndo());
    }
    QTRY_VERIFY(view.findings.isSettled());
    // What was found is decided about, not remembered again.
    view.findings.redactText(QString::fromLatin1(doubtful));
    QCOMPARE(view.choice(view.rowOf(doubtful)), FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.errorText(), QString());
    QCOMPARE(view.text(view.rowOf(doubtful), FindingsModel::KindRole), QStringLiteral("secret"));
}

void TestOwnFindings::renamesAndMerges()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    view.findings.decideOpen(FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    const auto name = [&view](const QByteArray& value) {
        return view.text(view.rowOf(value), FindingsModel::PseudonymRole);
    };
    const QString tokenName = name(token);
    const QString doubtfulName = name(doubtful);
    QVERIFY(tokenName != doubtfulName);
    view.findings.rename(view.rowOf(token), QStringLiteral("the shop's key"));
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(name(token), QStringLiteral("the shop's key"));
    QCOMPARE(name(doubtful), doubtfulName);
    QVERIFY(view.publishes("the shop's key") && !view.publishes(token));
    for (const QString& bad : {QString(41, u'x'), QStringLiteral("two\nlines"), doubtfulName,
                               QString::fromLatin1(doubtful), QStringLiteral("<user>")}) {
        QSignalSpy taken(&view.findings, &FindingsModel::taken);
        view.findings.rename(view.rowOf(token), bad);
        QTRY_COMPARE(taken.count(), 1);
        QVERIFY2(!taken.front().front().toBool(), qPrintable(bad));
        QVERIFY(!view.findings.errorText().isEmpty());
    }
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.otherPseudonyms(view.rowOf(doubtful)), QStringList{name(token)});
    view.findings.merge(view.rowOf(doubtful), name(token));
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(name(doubtful), name(token));
    QVERIFY(view.findings.index(view.rowOf(doubtful)).data(FindingsModel::RenamedRole).toBool());
    view.findings.undo();
    view.findings.undo();
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(name(token), tokenName);
    QCOMPARE(name(doubtful), doubtfulName);
    view.findings.redo();
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(name(token), QStringLiteral("the shop's key"));
}

void TestOwnFindings::ownWordsHideEverywhere()
{
    AppWorld world;
    addFindings(world);
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_y", "msg_a10000a", "ses_a", textPart("Bluebell, BLUEBELL and ACME-1234"));
    });
    View view(world);
    OwnWordsModel words(view.core);
    const QAbstractItemModelTester tester(&words, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QObject::connect(&words, &OwnWordsModel::wordsChanged, &view.transcript, &TranscriptModel::reload);
    QTRY_COMPARE(view.findings.count(), 2);
    words.begin();
    QSignalSpy saved(&words, &OwnWordsModel::saved);
    words.save(0, QStringLiteral(" bluebell "), false);
    words.save(0, QStringLiteral("ACME-[0-9]+"), true);
    QTRY_COMPARE(saved.count(), 2);
    QCOMPARE(words.count(), 2);
    QCOMPARE(words.index(0).data(OwnWordsModel::WordRole).toString(), QStringLiteral("bluebell"));
    QVERIFY(words.index(1).data(OwnWordsModel::PatternRole).toBool());
    QTRY_COMPARE(view.findings.count(), 5);
    QTRY_VERIFY(view.transcript.offer());
    QVERIFY(!view.publishes("Bluebell") && !view.publishes("BLUEBELL") && !view.publishes("ACME-1234"));
    words.save(0, QStringLiteral("a(b"), true);
    QTRY_VERIFY(words.errorText().contains(QStringLiteral("a(b")));
    QCOMPARE(words.count(), 2);
    words.remove(words.index(1).data(OwnWordsModel::NumberRole).toInt());
    QTRY_COMPARE(words.count(), 1);
    QTRY_VERIFY(view.publishes("ACME-1234"));
    words.clear();
    QCOMPARE(words.count(), 0);
}

void TestOwnFindings::rulesOfTheProjectAndWhatIsWrongInThem()
{
    AppWorld world;
    world.addSession("ses_a", "With a word of the project");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_z", "msg_a10000a", "ses_a", textPart("badge ACME-7Q2K9-LM4 on the desk"));
    });
    const QString project = world.home() % u"/work";
    QDir().mkpath(project);
    QFile file(project % u"/.gitleaks.toml");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[[rules]]\nid = \"badge\"\ndescription = \"Badge\"\nregex = 'ACME-[A-Z0-9]{5}-[A-Z0-9]{3}'\n"
               "\n[[rules]]\nid = \"broken\"\nregex = '(unclosed'\n");
    file.close();
    View view(world);
    QTRY_COMPARE(view.findings.count(), 1);
    QCOMPARE(view.findings.revealed(0), QStringLiteral("ACME-7Q2K9-LM4"));
    QVERIFY2(view.findings.rulesText().contains(QStringLiteral(".gitleaks.toml:6")),
             qPrintable(view.findings.rulesText()));
    QVERIFY(!view.publishes("ACME-7Q2K9-LM4"));
}

int main(int argc, char** argv)
{
    return runGuiTest<TestOwnFindings>(argc, argv);
}
#include "test_own_findings.moc"
