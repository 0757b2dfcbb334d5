// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/findings_model.h"
#include "app/own_words_model.h"
#include "app/publish_controller.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";
const auto sessionId = QStringLiteral("ses_a");

struct View
{
    explicit View(const AppWorld& world, const QString& id = sessionId)
        : transcript(core)
        , findings(core)
        , tester(&findings, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&transcript, &TranscriptModel::offerChanged, &findings,
                         [this] { findings.setOffer(transcript.sessionId(), transcript.offer()); });
        QObject::connect(&findings, &FindingsModel::decided, &transcript, &TranscriptModel::reload);
        core.run(world.setup());
        transcript.setSessionId(id);
    }

    [[nodiscard]] FindingsModel::Choice choice(int row) const
    {
        return findings.index(row).data(FindingsModel::ChoiceRole).value<FindingsModel::Choice>();
    }
    [[nodiscard]] QString text(int row, FindingsModel::Role role) const
    {
        return findings.index(row).data(role).toString();
    }
    //! The row that has this value.
    [[nodiscard]] int rowOf(const QByteArray& value) const
    {
        for (int row = 0; row < findings.count(); ++row) {
            if (findings.revealed(row).toUtf8() == value)
                return row;
        }
        return -1;
    }
    [[nodiscard]] bool publishes(const QByteArray& text) const
    {
        const auto offer = transcript.offer();
        return offer && offer->snapshot.document().toJson().find(text.toStdString()) != std::string::npos;
    }

    CoreThread core;
    TranscriptModel transcript;
    FindingsModel findings;
    QAbstractItemModelTester tester;
};

void addFindings(AppWorld& world)
{
    world.addSession("ses_a", "With findings");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_z", "msg_a10000a", "ses_a",
                         textPart("STRIPE_KEY=" + token + " and ROTATION_KEY=" + doubtful));
    });
}

} // namespace

class TestFindingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWasFound();
    void aDecisionChangesWhatIsPublished();
    void takesBackAndDoesAgain();
    void decidesAllThatWait();
    void remembersAcrossStarts();
    void publishingWaits();
    void keepsWithAScope();
    void hidesASelectedText();
    void hidesLinesOfATextWithCarriageReturns();
    void refusesWhatCantBeHidden();
    void renamesAndMerges();
    void stepsOfOthersAreInOneRow();
    void ownWordsHideEverywhere();
    void rulesOfTheProjectAndWhatIsWrongInThem();
};

void TestFindingsModel::showsWhatWasFound()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    // What waits comes first.
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QCOMPARE(view.choice(1), FindingsModel::Choice::Redact);
    QCOMPARE(view.findings.open(), 1);
    QCOMPARE(view.findings.hiddenSecrets(), 1);
    const QModelIndex sure = view.findings.index(1);
    QVERIFY(sure.data(FindingsModel::SureRole).toBool());
    QVERIFY(!sure.data(FindingsModel::TitleRole).toString().isEmpty());
    QVERIFY(!sure.data(FindingsModel::ReasonRole).toString().isEmpty());
    QVERIFY(!sure.data(FindingsModel::MaskedRole).toString().contains(QString::fromLatin1(token)));
    QCOMPARE(view.findings.revealed(1).toLatin1(), token);
    QCOMPARE(view.findings.revealed(7), QString());
    QVERIFY(!view.publishes(token));
}

void TestFindingsModel::aDecisionChangesWhatIsPublished()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    QVERIFY(!view.findings.isSettled());
    QCOMPARE(view.choice(1), FindingsModel::Choice::Keep);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.choice(1), FindingsModel::Choice::Keep);
    QVERIFY(view.publishes(token));
    view.findings.decide(1, FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(token));
}

void TestFindingsModel::takesBackAndDoesAgain()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QVERIFY(!view.findings.canUndo());
    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    QTRY_VERIFY(view.findings.isSettled());
    view.findings.undo();
    view.findings.undo();
    QVERIFY(!view.findings.canUndo());
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QCOMPARE(view.choice(1), FindingsModel::Choice::Redact);
    QVERIFY(view.publishes(doubtful) && !view.publishes(token));
    view.findings.redo();
    QVERIFY(view.findings.canRedo());
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(doubtful) && !view.publishes(token));
}

void TestFindingsModel::decidesAllThatWait()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.open(), 1);
    QCOMPARE(view.findings.nextOpen(-1), 0);
    view.findings.decideOpen(FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(view.findings.open(), 0);
    QCOMPARE(view.findings.nextOpen(0), -1);
    QVERIFY(!view.publishes(doubtful));
}

void TestFindingsModel::remembersAcrossStarts()
{
    AppWorld world;
    addFindings(world);
    {
        View view(world);
        QTRY_COMPARE(view.findings.count(), 2);
        view.findings.decide(1, FindingsModel::Choice::Keep);
        QTRY_VERIFY(view.findings.isSettled());
    }
    View again(world);
    QTRY_COMPARE(again.findings.count(), 2);
    QVERIFY(again.publishes(token));
}

void TestFindingsModel::publishingWaits()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    PublishController publish(view.core, [&view](const QString&) {
        return view.findings.isSettled() ? view.transcript.offer() : nullptr;
    });
    QTRY_COMPARE(view.findings.count(), 2);
    const auto prepared = [&] {
        publish.prepare(sessionId);
        return QTest::qWaitFor([&publish] { return publish.isReady(); });
    };
    QVERIFY(prepared());
    QCOMPARE(publish.openFindings(), 1);
    QCOMPARE(publish.secrets(), 2);
    QVERIFY(!publish.canPublish());

    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.decide(1, FindingsModel::Choice::Keep);
    // At once: not with what was previewed before the decisions.
    QVERIFY(prepared());
    QCOMPARE(publish.openFindings(), 0);
    QCOMPARE(publish.keptSecrets(), 1);
    QVERIFY(!publish.canPublish());
    publish.setKeptReason(QStringLiteral("  "));
    QVERIFY(!publish.canPublish());
    publish.setKeptReason(QStringLiteral("A key of the sandbox"));
    QTRY_VERIFY(publish.canPublish()); // As soon as the vault is open.
}

void TestFindingsModel::keepsWithAScope()
{
    AppWorld world;
    addFindings(world);
    world.addSession("ses_b", "Beside it");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_y", "msg_b10000b", "ses_b", textPart("STRIPE_KEY=" + token));
    });
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QVERIFY(!view.findings.projectName().isEmpty());
    const auto scope = [&view] {
        return view.findings.index(view.rowOf(token))
            .data(FindingsModel::ScopeRole)
            .value<FindingsModel::Scope>();
    };
    const auto keptBeside = [&world] {
        View beside(world, QStringLiteral("ses_b"));
        [&beside] { QTRY_COMPARE(beside.findings.count(), 1); }();
        return beside.publishes(token);
    };
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Session);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!keptBeside());
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Project);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Project);
    QVERIFY(view.publishes(token));
    QVERIFY(keptBeside());
    view.findings.keep(view.rowOf(token), FindingsModel::Scope::Always);
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Always);
    // Here it is hidden again, there it stays.
    view.findings.decide(view.rowOf(token), FindingsModel::Choice::Redact);
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.publishes(token));
    QVERIFY(keptBeside());
    // All the way back, and forward.
    for (int i = 0; i < 4; ++i)
        view.findings.undo();
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.findings.canUndo());
    QVERIFY(!view.publishes(token));
    QVERIFY(!keptBeside());
    for (int i = 0; i < 3; ++i)
        view.findings.redo();
    QTRY_VERIFY(view.findings.isSettled());
    QCOMPARE(scope(), FindingsModel::Scope::Always);
    QVERIFY(keptBeside());
}

void TestFindingsModel::hidesASelectedText()
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

void TestFindingsModel::hidesLinesOfATextWithCarriageReturns()
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

void TestFindingsModel::refusesWhatCantBeHidden()
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

void TestFindingsModel::renamesAndMerges()
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

void TestFindingsModel::stepsOfOthersAreInOneRow()
{
    AppWorld world;
    addFindings(world);
    View view(world);
    QTRY_COMPARE(view.findings.count(), 2);
    QStringList done;
    const auto act = [](bool works) {
        return [works](sharing::ShareManager&) {
            return works ? Expected<void>() : Expected<void>(fail(ErrorCode::DiskFull));
        };
    };
    view.findings.decide(0, FindingsModel::Choice::Redact);
    view.findings.take({act(true), act(true), [&done](bool forward) {
                            done.append(forward ? QStringLiteral("on") : QStringLiteral("off"));
                        }});
    view.findings.undo();
    view.findings.redo();
    view.findings.undo();
    view.findings.undo();
    QCOMPARE(done, (QStringList{QStringLiteral("on"), QStringLiteral("off"), QStringLiteral("on"),
                                QStringLiteral("off")}));
    QCOMPARE(view.choice(0), FindingsModel::Choice::Open);
    QTRY_VERIFY(view.findings.isSettled());
    // What fails is forgotten.
    view.findings.take({act(false), act(true), {}});
    QTRY_VERIFY(view.findings.isSettled());
    QVERIFY(!view.findings.canUndo());
    QVERIFY(!view.findings.errorText().isEmpty());
}

void TestFindingsModel::ownWordsHideEverywhere()
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

void TestFindingsModel::rulesOfTheProjectAndWhatIsWrongInThem()
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
    return runGuiTest<TestFindingsModel>(argc, argv);
}
#include "test_findings_model.moc"
