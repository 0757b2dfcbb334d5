// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/findings_model.h"
#include "app/mark_walk.h"
#include "app/transcript_model.h"
#include "app/where_found.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";
const QByteArray email = "dana.whitfield@larkspur-goods.com";

struct View
{
    explicit View(const AppWorld& world)
        : transcript(core)
        , findings(core)
        , walk(transcript, findings)
        , tester(&transcript, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&transcript, &TranscriptModel::offerChanged, &findings,
                         [this] { findings.setOffer(transcript.sessionId(), transcript.offer()); });
        QObject::connect(&transcript, &TranscriptModel::sourceChanged, &findings,
                         [this] { findings.setShown(transcript.source()); });
        QObject::connect(&findings, &FindingsModel::decided, &transcript, &TranscriptModel::reload);
        core.run(world.setup());
        transcript.setSessionId(QStringLiteral("ses_a"));
    }

    [[nodiscard]] bool isDone() const
    {
        return transcript.isLoaded() && !transcript.isLoading() && findings.isSettled();
    }
    //! \brief What is marked in a row, as it stands there.
    [[nodiscard]] QStringList marked(int row) const
    {
        QStringList result;
        const TranscriptRow* shown = transcript.rowAt(row);
        for (const TextMark& mark : shown->marks) {
            const QString& text = mark.field == MarkField::Body       ? shown->body
                                  : mark.field == MarkField::Subtitle ? shown->subtitle
                                                                      : shown->title;
            result.append(mark.field == MarkField::Rest ? QStringLiteral("(rest)")
                                                        : text.mid(mark.begin, mark.length));
        }
        return result;
    }
    //! \brief The first row with that text.
    [[nodiscard]] int rowWith(const QString& text) const
    {
        for (int row = 0; row < transcript.rowCount(); ++row) {
            if (transcript.rowAt(row)->body.contains(text))
                return row;
        }
        return -1;
    }
    [[nodiscard]] int finding(const QByteArray& value) const
    {
        return findings.rowOf(redaction::SecretText(value.toStdString()));
    }

    CoreThread core;
    TranscriptModel transcript;
    FindingsModel findings;
    MarkWalk walk;
    QAbstractItemModelTester tester;
};

//! \brief A session of one message of the person's with these parts.
void addParts(AppWorld& world, const QList<QByteArray>& parts)
{
    world.write([&](OpencodeDatabase& database) {
        SampleSession session;
        session.id = "ses_a";
        database.addSession(session);
        database.addMessage("msg_a", "ses_a", 1, userMessage());
        int number = 0;
        for (const QByteArray& part : parts)
            database.addPart("prt_" + QByteArray::number(1000 + number++), "msg_a", "ses_a", part);
    });
}

QByteArray toolPart(const QByteArray& tool, const QByteArray& input, const QByteArray& output)
{
    return R"({"type":"tool","callID":"c","tool":")" + tool + R"(","state":{"status":"completed","input":)" +
           input + R"(,"output":")" + output + R"("}})";
}

} // namespace

class TestTextMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bothViews();
    void decisionsChangeTheLook();
    void hostileTextAndOtherCharacters();
    void whatTheTextHoldsItselfIsNoMark();
    void theRestOfACappedBlock();
    void theWholeTextOfACappedBlock();
    void theFirstScreenOfALongSession();
    void goesFromPlaceToPlace();
    void goesFromFindingToFinding();
    void saysWhereItWasFound();
    void namesBeforeValues();
    void manyValues();
};

void TestTextMarks::bothViews()
{
    AppWorld world;
    addParts(world,
             {textPart("first STRIPE_KEY=" + token + " and " + email + ", see /home/nobody"),
              toolPart("bash", R"({"command":"curl -u )" + token + R"(: https://example.com"})", "ok")});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 2);
    const int row = view.rowWith(QStringLiteral("first"));
    QCOMPARE(view.marked(row), (QStringList{QStringLiteral("<secret-1>"), QStringLiteral("<email-1>")}));
    QCOMPARE(view.transcript.look(row, 0), TranscriptModel::Look::HiddenSecret);
    QCOMPARE(view.transcript.look(row, 1), TranscriptModel::Look::HiddenDetail);
    QVERIFY(view.transcript.markHint(row, 0).contains(QStringLiteral("<secret-1>")));
    const QModelIndex tool = view.transcript.index(row + 1);
    QCOMPARE(tool.data(TranscriptModel::MarkStateRole).toInt(), 0);
    QVERIFY(tool.data(TranscriptModel::HeadMarksRole).toInt() != 0);
    QCOMPARE(view.transcript.headTexts(row + 1, false),
             (QStringList{QStringLiteral("curl -u "), QStringLiteral("<secret-1>"),
                          QStringLiteral(": https://example.com")}));
    QCOMPARE(view.transcript.headMark(row + 1, false, 0), -1);
    QCOMPARE(view.transcript.headMark(row + 1, false, 1), 0);
    const QString words = view.transcript.index(row).data(TranscriptModel::MarksTextRole).toString();
    QVERIFY(words.contains(QStringLiteral("replaced by <email-1>")));

    view.transcript.setOriginal(true);
    QTRY_COMPARE(view.marked(row), (QStringList{QString::fromUtf8(token), QString::fromUtf8(email)}));
    QCOMPARE(view.transcript.markAt(row, view.transcript.markBegin(row, 1)), 1);
    QCOMPARE(view.transcript.markAt(row, view.transcript.markEnd(row, 1)), -1);
    // Nobody is told a value who did not ask.
    QVERIFY(!view.transcript.index(row)
                 .data(TranscriptModel::MarksTextRole)
                 .toString()
                 .contains(QString::fromUtf8(token)));
}

void TestTextMarks::decisionsChangeTheLook()
{
    AppWorld world;
    addParts(world, {textPart("first STRIPE_KEY=" + token + " and ROTATION_KEY=" + doubtful)});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 2);
    const int row = view.rowWith(QStringLiteral("first"));
    QCOMPARE(view.marked(row), (QStringList{QStringLiteral("<secret-1>"), QString::fromUtf8(doubtful)}));
    QCOMPARE(view.transcript.look(row, 1), TranscriptModel::Look::OpenSecret);
    view.transcript.setOriginal(true);
    QTRY_COMPARE(view.marked(row).value(0), QString::fromUtf8(token));
    // The text stays, only the mark is another one: it must be seen all the same.
    const QSignalSpy changed(&view.transcript, &QAbstractItemModel::dataChanged);
    view.findings.decide(view.finding(token), FindingsModel::Choice::Keep);
    QTRY_COMPARE(view.transcript.look(row, 0), TranscriptModel::Look::Kept);
    QVERIFY(!changed.isEmpty());
    view.transcript.setOriginal(false);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.marked(row).value(0), QString::fromUtf8(token));
    QCOMPARE(view.transcript.look(row, 0), TranscriptModel::Look::Kept);
}

void TestTextMarks::hostileTextAndOtherCharacters()
{
    AppWorld world;
    const QByteArray before =
        "first <img src='x'> \xF0\x9F\x94\x91\xF0\x9F\x94\x91 \xC3\xA4\xE2\x80\x8Bz\r\n\x1B[31m ";
    const QByteArray quoted = QByteArray(before).replace("\r\n", "\\r\\n").replace("\x1B", "\\u001b");
    addParts(world, {R"({"type":"text","text":")" + quoted + "STRIPE_KEY=" + token + R"(\r\nlast <b>"})"});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 1);
    const int row = view.rowWith(QStringLiteral("first"));
    // Whatever stands before it, the mark is where the text is.
    QCOMPARE(view.marked(row), QStringList{QStringLiteral("<secret-1>")});
    QVERIFY(view.transcript.rowAt(row)->body.contains(QStringLiteral("<img src='x'>")));
    view.transcript.setOriginal(true);
    QTRY_COMPARE(view.marked(row), QStringList{QString::fromUtf8(token)});
}

void TestTextMarks::whatTheTextHoldsItselfIsNoMark()
{
    AppWorld world;
    addParts(world, {textPart("first STRIPE_KEY=" + token), textPart("second, write <secret-1> there")});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 1);
    QCOMPARE(view.marked(view.rowWith(QStringLiteral("first"))), QStringList{QStringLiteral("<secret-1>")});
    QCOMPARE(view.marked(view.rowWith(QStringLiteral("second"))), QStringList());
}

void TestTextMarks::theRestOfACappedBlock()
{
    AppWorld world;
    QByteArray output;
    for (int line = 0; line < 100; ++line)
        output += "a line of output\\n";
    addParts(world,
             {toolPart("bash", R"({"command":"env"})", output + "STRIPE_KEY=" + token + "\\n" + output)});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 1);
    const int row = view.rowWith(QStringLiteral("a line"));
    QCOMPARE(view.marked(row), QStringList{QStringLiteral("(rest)")});
    QCOMPARE(view.transcript.index(row).data(TranscriptModel::RestMarksRole).toInt(), 1);
    QVERIFY(view.walk.go(0, 1));
    QCOMPARE(view.walk.row(), row);
    QVERIFY(view.walk.isInRest());
    QVERIFY(view.transcript.isInRest(row, view.walk.mark()));
}

void TestTextMarks::theWholeTextOfACappedBlock()
{
    AppWorld world;
    QByteArray text;
    for (int line = 0; line < 400; ++line) {
        text += "line " + QByteArray::number(line);
        if (line == 390)
            text += " STRIPE_KEY=" + token;
        text += "\\n";
    }
    addParts(world, {textPart(text)});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QSignalSpy ready(&view.transcript, &TranscriptModel::fullTextReady);
    view.transcript.fullText(view.rowWith(QStringLiteral("line 0")));
    QVERIFY(ready.wait());
    const FullText& whole = view.transcript.lastFullText();
    QCOMPARE(whole.marks.size(), 1U);
    const auto marks = whole.marksOf(390);
    QCOMPARE(marks.size(), 1U);
    const int begin = marks[0].begin - whole.begins[390];
    QCOMPARE(whole.lines[390].mid(begin, marks[0].length), QStringLiteral("<secret-1>"));
    QVERIFY(whole.marksOf(389).empty() && whole.marksOf(391).empty());
    QCOMPARE(TranscriptModel::lookOf(whole.source->values()[std::size_t(marks[0].value)]),
             TranscriptModel::Look::HiddenSecret);
}

//! Before the whole of it is loaded: what is redacted on it is marked as it will be.
void TestTextMarks::theFirstScreenOfALongSession()
{
    AppWorld world;
    QList<QByteArray> parts{textPart("first STRIPE_KEY=" + token)};
    for (int part = 0; part < 20; ++part)
        parts.append(textPart(QByteArray("long text ").repeated(3000)));
    addParts(world, parts);
    CoreThread core;
    core.run(world.setup());
    for (const bool original : {false, true}) {
        const auto load = [original](sharing::ShareManager& manager) {
            const auto newest = std::make_shared<std::atomic<quint64>>(1);
            return loadFirst(manager, {QStringLiteral("ses_a"), {}, original, 1, newest});
        };
        auto loading = core.call(load);
        QTRY_VERIFY_WITH_TIMEOUT(loading.isFinished(), 30'000);
        const auto part = loading.result();
        QVERIFY(part && !part->whole);
        const auto& rows = part->rows->rows;
        const auto first = std::find_if(rows.begin(), rows.end(), [](const TranscriptRow& row) {
            return row.body.contains(QLatin1String("first"));
        });
        QVERIFY(first != rows.end());
        QCOMPARE(first->marks.size(), 1U);
        QCOMPARE(first->body.mid(first->marks[0].begin, first->marks[0].length),
                 original ? QString::fromUtf8(token) : QStringLiteral("<secret-1>"));
    }
}

void TestTextMarks::goesFromPlaceToPlace()
{
    AppWorld world;
    addParts(world, {textPart("first STRIPE_KEY=" + token + " again " + token), textPart("second"),
                     textPart("third " + token)});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 1);
    const int first = view.rowWith(QStringLiteral("first"));
    const int third = view.rowWith(QStringLiteral("third"));
    QSignalSpy arrived(&view.walk, &MarkWalk::arrived);
    QVERIFY(!view.walk.go(7, 1));
    QVERIFY(view.walk.go(0, 1));
    QCOMPARE(view.walk.places(), 3);
    const auto at = [&] { return std::tuple(view.walk.place(), view.walk.row(), view.walk.mark()); };
    QCOMPARE(at(), std::tuple(1, first, 0));
    QVERIFY(view.walk.go(0, 1));
    QCOMPARE(at(), std::tuple(2, first, 1));
    QVERIFY(view.walk.go(0, 1));
    QCOMPARE(at(), std::tuple(3, third, 0));
    QVERIFY(view.walk.go(0, 1)); // Around.
    QCOMPARE(at(), std::tuple(1, first, 0));
    QVERIFY(view.walk.go(0, -1));
    QCOMPARE(at(), std::tuple(3, third, 0));
    QCOMPARE(arrived.size(), 5);
    // The place is the same one in the other view.
    view.transcript.setOriginal(true);
    QTRY_COMPARE(view.marked(third), QStringList{QString::fromUtf8(token)});
    QCOMPARE(at(), std::tuple(3, third, 0));
    // Another conversation: nowhere.
    view.transcript.clear();
    QCOMPARE(view.walk.row(), -1);
    QVERIFY(!view.walk.go(0, 1));
}

void TestTextMarks::goesFromFindingToFinding()
{
    AppWorld world;
    addParts(world, {textPart("first STRIPE_KEY=" + token), textPart("second " + email), textPart("third")});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 2);
    QVERIFY(view.walk.goOn(0, 1));
    QCOMPARE(view.walk.finding(), view.finding(token));
    QVERIFY(view.walk.goOn(view.walk.row(), 1));
    QCOMPARE(view.walk.finding(), view.finding(email));
    QVERIFY(view.walk.goOn(view.walk.row(), 1));
    QCOMPARE(view.walk.finding(), view.finding(token));
    // From where the person is now, not from where the last one was.
    QVERIFY(view.walk.goOn(view.rowWith(QStringLiteral("third")), -1));
    QCOMPARE(view.walk.finding(), view.finding(email));
    QCOMPARE(view.walk.take(view.rowWith(QStringLiteral("first")), 0), view.finding(token));
    QCOMPARE(view.walk.take(view.rowWith(QStringLiteral("third")), 0), -1);
}

void TestTextMarks::saysWhereItWasFound()
{
    AppWorld world;
    addParts(world, {toolPart("read", R"({"filePath":"/srv/shop%1/.env"})", "DB=x\\nSTRIPE_KEY=" + token),
                     textPart("Mail " + email)});
    View view(world);
    QTRY_VERIFY(view.isDone());
    QTRY_COMPARE(view.findings.count(), 2);
    const auto where = [&](const QByteArray& value) {
        return view.findings.index(view.finding(value)).data(FindingsModel::WhereRole).toString();
    };
    QCOMPARE(where(token), QStringLiteral("Value of STRIPE_KEY in .env, read by the tool in message 1."));
    QCOMPARE(where(email), QStringLiteral("In what you wrote in message 1."));
}

void TestTextMarks::namesBeforeValues()
{
    const auto before = [](const QString& text) { return nameBefore(text, text.indexOf(u'*')); };
    QCOMPARE(before(QStringLiteral("export DB_PASSWORD=*")), QStringLiteral("DB_PASSWORD"));
    QCOMPARE(before(QStringLiteral("{\"api-key\": \"*\"}")), QStringLiteral("api-key"));
    QCOMPARE(before(QStringLiteral("password *")), QString());
    QCOMPARE(before(QStringLiteral("*")), QString());
    QCOMPARE(before(QStringLiteral("a=*")), QString());
    QCOMPARE(before(QString(200, u'x') + QStringLiteral("=*")), QString());
}

void TestTextMarks::manyValues()
{
    AppWorld world;
    QList<QByteArray> parts;
    for (int i = 0; i < 500; ++i)
        parts.append(textPart("PASSWORD_" + QByteArray::number(i) + "=Tr0ub4dor&" +
                              QByteArray::number(7919 * (i + 13)) + "xyzzy " +
                              QByteArray("words and <p <password- ").repeated(100)));
    addParts(world, parts);
    View view(world);
    QTRY_VERIFY_WITH_TIMEOUT(view.isDone(), 60'000);
    QTRY_COMPARE(view.findings.count(), 500);
    int marks = 0;
    for (int row = 0; row < view.transcript.rowCount(); ++row)
        marks += static_cast<int>(view.marked(row).size());
    QCOMPARE(marks, 500);
}

int main(int argc, char** argv)
{
    return runGuiTest<TestTextMarks>(argc, argv);
}
#include "test_text_marks.moc"
