// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/transcript_model.h"
#include "app/transcript_rows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTimer>

#include <future>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

struct View
{
    explicit View(const AppWorld& world)
        : model(core)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        core.run(world.setup());
    }

    [[nodiscard]] QString body(int row) const { return text(row, TranscriptModel::BodyRole); }
    [[nodiscard]] QString key(int row) const { return text(row, TranscriptModel::ItemKeyRole); }
    [[nodiscard]] QString text(int row, int role) const { return model.index(row).data(role).toString(); }
    [[nodiscard]] QStringList all(int role) const
    {
        QStringList result;
        for (int row = 0; row < model.rowCount(); ++row)
            result.append(text(row, role));
        return result;
    }
    [[nodiscard]] bool isDone() const { return model.isLoaded() && !model.isLoading(); }

    CoreThread core;
    TranscriptModel model;
    QAbstractItemModelTester tester;
};

//! \brief Adds a session of many messages with texts of \p bytes each, in one go.
void addLong(AppWorld& world, const QByteArray& id, int messages, int bytes)
{
    world.write([&](OpencodeDatabase& database) {
        SampleSession session;
        session.id = id;
        session.title = "Long";
        database.addSession(session);
        database.execute("BEGIN");
        for (int i = 0; i < messages; ++i) {
            const QByteArray tail = QByteArray::number(100'000 + i);
            database.addMessage("msg_" + tail, id, i, i % 2 == 0 ? userMessage() : assistantMessage());
            database.addPart("prt_" + tail, "msg_" + tail, id,
                             textPart(tail + " " + QByteArray("in /home words ").repeated(bytes / 15)));
        }
        database.execute("COMMIT");
    });
}

} // namespace

class TestTranscriptModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWouldBePublished();
    void theToggleKeepsThePlace();
    void whatIsSaidChangesWithTheBlocks();
    void longConversationComesInPieces();
    void laterSelectionWins();
    void clearedWhileLoading();
    void unknownSession();
    void onlyChangedBlocksUpdate();
    void nothingNewTouchesNothing();
    void fullTextOfACappedBlock();
    void hostileTextIsPlainText();
    void brokenPartsAreShownAsSuch();
    void whatIsBlankedIsCountedInWords();
    void theOfferIsWhatIsShown();
};

void TestTranscriptModel::showsWhatWouldBePublished()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2);
    View view(world);
    QCOMPARE(view.model.rowCount(), 0);
    QVERIFY(!view.model.isLoaded());
    view.model.setSessionId(QStringLiteral("ses_a"));
    QVERIFY(view.model.isLoading());
    QTRY_VERIFY(view.isDone());
    QCOMPARE(view.model.errorText(), QString());
    const QString bodies = view.all(TranscriptModel::BodyRole).join(QLatin1Char('\n'));
    QVERIFY(bodies.contains(QStringLiteral("Look into ~/work")));
    QVERIFY(!bodies.contains(world.home()));
    QVERIFY(!bodies.contains(QStringLiteral("ada")));
    QVERIFY(bodies.contains(QStringLiteral("Answer 1")));
    QCOMPARE(view.model.index(0).data(TranscriptModel::KindRole).value<TranscriptModel::Kind>(),
             TranscriptModel::Kind::User);
    QCOMPARE(view.model.messages(), 4);
    QVERIFY(view.model.replacedPlaces() >= 4);
    QVERIFY(view.model.replacedValues() >= 2);
    QVERIFY(view.model.publicBytes() > 0);
}

void TestTranscriptModel::theToggleKeepsThePlace()
{
    AppWorld world;
    world.addSession("ses_a", "A", 3);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    const QStringList keys = view.all(TranscriptModel::ItemKeyRole);
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
    const QSignalSpy removed(&view.model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&view.model, &QAbstractItemModel::rowsInserted);
    view.model.setOriginal(true);
    QTRY_VERIFY(view.all(TranscriptModel::BodyRole).join(QString()).contains(world.home()));
    QTRY_VERIFY(view.isDone());
    // The model at the end is what a snapshot leaves out: there a stub stands in its place.
    const auto lastKind = [&view] {
        const QModelIndex last = view.model.index(view.model.rowCount() - 1);
        return last.data(TranscriptModel::KindRole).value<TranscriptModel::Kind>();
    };
    QCOMPARE(lastKind(), TranscriptModel::Kind::Model);
    QCOMPARE(view.all(TranscriptModel::ItemKeyRole), keys);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(inserted.size(), 0);
    view.model.setOriginal(false);
    QTRY_VERIFY(!view.all(TranscriptModel::BodyRole).join(QString()).contains(world.home()));
    QCOMPARE(view.all(TranscriptModel::ItemKeyRole), keys);
    QCOMPARE(lastKind(), TranscriptModel::Kind::LeftOut);
    QCOMPARE(view.model.rowOfKey(keys.at(3)), 3);
    QCOMPARE(view.model.rowOfKey(QStringLiteral("nothing")), -1);
}

void TestTranscriptModel::whatIsSaidChangesWithTheBlocks()
{
    AppWorld world;
    world.addSession("ses_a", "A", 3);
    world.addSession("ses_b", "B", 3);
    View view(world);
    // Whichever blocks there are, what is said about them is true, at each turn of the event loop.
    const auto isTrue = [&] {
        const bool isOriginal = view.all(TranscriptModel::BodyRole).join(QString()).contains(world.home());
        return view.model.rowCount() == 0 || isOriginal == view.model.showsOriginal();
    };
    const auto settles = [&] {
        // Turn by turn, where QTRY_VERIFY() would look after many; the timer's own event ends the last one.
        QTimer deadline;
        deadline.setSingleShot(true);
        deadline.start(20'000);
        while (isTrue() && !view.isDone() && deadline.isActive())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return isTrue() && view.isDone();
    };
    const QSignalSpy said(&view.model, &TranscriptModel::shownChanged);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QVERIFY(settles());
    for (const bool original : {true, false, true}) {
        const auto before = said.size();
        view.model.setOriginal(original);
        // The switch moves at once; what is said waits for the blocks.
        QCOMPARE(view.model.isOriginal(), original);
        QCOMPARE(view.model.showsOriginal(), !original);
        QVERIFY(settles());
        QCOMPARE(view.model.showsOriginal(), original);
        QCOMPARE(said.size(), before + 1);
    }
    // There and back before the other blocks came.
    const auto before = said.size();
    view.model.setOriginal(false);
    view.model.setOriginal(true);
    QVERIFY(settles());
    QCOMPARE(said.size(), before);
    // Of another session nothing is there yet that the other view could be of.
    view.model.setSessionId(QStringLiteral("ses_b"));
    QVERIFY(view.model.showsOriginal());
    view.model.setOriginal(false);
    QVERIFY(!view.model.showsOriginal());
    QVERIFY(settles());
}

void TestTranscriptModel::longConversationComesInPieces()
{
    AppWorld world;
    addLong(world, "ses_long", 2500, 1500);
    View view(world);
    QSignalSpy inserted(&view.model, &QAbstractItemModel::rowsInserted);
    view.model.setSessionId(QStringLiteral("ses_long"));
    QVERIFY(inserted.wait(20'000));
    QVERIFY(view.model.isLoading());
    QVERIFY(view.model.isLoaded());
    // Of the beginning alone nothing is counted.
    QVERIFY(!view.model.isCounted());
    QVERIFY(view.model.rowCount() > 0);
    QVERIFY(view.model.rowCount() <= 200);
    const QString first = view.key(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.isDone(), 60'000);
    // Each message's role and text, and that the model is left out.
    QCOMPARE(view.model.rowCount(), 5001);
    QCOMPARE(view.key(0), first);
    QCOMPARE(view.model.messages(), 2500);
    QVERIFY(view.model.isCounted());
    const QStringList keys = view.all(TranscriptModel::ItemKeyRole);
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), 5001);
    for (const auto& slice : inserted)
        QVERIFY(slice.at(2).toInt() - slice.at(1).toInt() < 1000);
}

void TestTranscriptModel::laterSelectionWins()
{
    AppWorld world;
    addLong(world, "ses_long", 1000, 1500);
    world.addSession("ses_a", "A", 1);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_long"));
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY_WITH_TIMEOUT(view.isDone(), 20'000);
    QCOMPARE(view.model.rowCount(), 5);
    // All that the core had to do is done: nothing of the first one may follow.
    const auto last = view.core.call([](sharing::ShareManager&) { return true; });
    QTRY_VERIFY_WITH_TIMEOUT(last.isFinished(), 20'000);
    QCoreApplication::processEvents();
    QCOMPARE(view.model.rowCount(), 5);
    QCOMPARE(view.model.sessionId(), QStringLiteral("ses_a"));
    // Away while pieces of it are being delivered.
    QSignalSpy inserted(&view.model, &QAbstractItemModel::rowsInserted);
    view.model.setSessionId(QStringLiteral("ses_long"));
    QVERIFY(inserted.wait(20'000));
    view.model.setSessionId(QStringLiteral("ses_a"));
    QCOMPARE(view.model.rowCount(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(view.isDone(), 20'000);
    QCOMPARE(view.model.rowCount(), 5);
}

void TestTranscriptModel::clearedWhileLoading()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    view.model.clear();
    const auto last = view.core.call([](sharing::ShareManager&) { return true; });
    QTRY_VERIFY(last.isFinished());
    QCoreApplication::processEvents();
    QCOMPARE(view.model.rowCount(), 0);
    QVERIFY(!view.model.isLoading());
    QVERIFY(!view.model.isLoaded());
}

void TestTranscriptModel::unknownSession()
{
    const AppWorld world;
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_nothing"));
    QTRY_VERIFY(!view.model.isLoading());
    QVERIFY(!view.model.errorText().isEmpty());
    QVERIFY(!view.model.isLoaded());
    QCOMPARE(view.model.rowCount(), 0);
}

void TestTranscriptModel::onlyChangedBlocksUpdate()
{
    AppWorld world;
    world.addSession("ses_a", "A", 5);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    const int rows = view.model.rowCount();
    const QSignalSpy reset(&view.model, &QAbstractItemModel::modelReset);
    const QSignalSpy removed(&view.model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&view.model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changed(&view.model, &QAbstractItemModel::dataChanged);
    world.write([](OpencodeDatabase& database) {
        database.execute("UPDATE part SET data = '{\"type\":\"text\",\"text\":\"Changed\"}', time_updated = "
                         "9 WHERE id = 'prt_b10002a'");
        database.addMessage("msg_z", "ses_a", 1'770'000'000'000, userMessage());
        database.addPart("prt_z", "msg_z", "ses_a", textPart("One more"));
    });
    view.model.followChange();
    QTRY_COMPARE(view.model.rowCount(), rows + 2);
    QCOMPARE(reset.size() + removed.size(), 0);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(view.body(changed.at(0).at(0).toModelIndex().row()), QStringLiteral("Changed"));
}

void TestTranscriptModel::nothingNewTouchesNothing()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2);
    world.addSession("ses_b", "B", 2);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    const auto offer = view.model.offer();
    const QSignalSpy changed(&view.model, &QAbstractItemModel::dataChanged);
    world.write([](OpencodeDatabase& database) {
        database.execute("UPDATE session SET title = 'B2' WHERE id = 'ses_b'");
    });
    view.model.followChange();
    const auto last = view.core.call([](sharing::ShareManager&) { return true; });
    QTRY_VERIFY(last.isFinished());
    QCoreApplication::processEvents();
    QCOMPARE(view.model.offer(), offer);
    QCOMPARE(changed.size(), 0);
    QVERIFY(!view.model.isLoading());
}

void TestTranscriptModel::fullTextOfACappedBlock()
{
    AppWorld world;
    addLong(world, "ses_long", 2, 60'000);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_long"));
    QTRY_VERIFY(view.isDone());
    const int row = 1;
    QVERIFY(view.model.index(row).data(TranscriptModel::TruncatedRole).toBool());
    QVERIFY(view.body(row).size() < 10'000);
    QSignalSpy ready(&view.model, &TranscriptModel::fullTextReady);
    view.model.fullText(row);
    QVERIFY(ready.wait());
    QCOMPARE(ready.at(0).at(0).toInt(), row);
    QVERIFY(ready.at(0).at(1).toString().size() >= 59'000);
    // Out of range: nothing.
    view.model.fullText(-1);
    view.model.fullText(99);
}

void TestTranscriptModel::hostileTextIsPlainText()
{
    AppWorld world;
    const QByteArray text =
        R"(<img src='http://127.0.0.1:9/x.png'><script>alert(1)</script> **bold** [x](file:///etc/passwd))";
    world.write([&](OpencodeDatabase& database) {
        SampleSession session;
        session.id = "ses_a";
        database.addSession(session);
        database.addMessage("msg_a", "ses_a", 1, userMessage());
        database.addPart("prt_a", "msg_a", "ses_a", textPart(text));
    });
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    QCOMPARE(view.body(1), QString::fromUtf8(text));
}

void TestTranscriptModel::brokenPartsAreShownAsSuch()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1);
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_c1", "msg_b10000a", "ses_a", R"({"type":"hologram","beam":1})");
        database.addPart("prt_c2", "msg_b10000a", "ses_a", R"({"type":"tool","tool":7,"state":[]})");
        database.addPart("prt_c3", "msg_b10000a", "ses_a", "{}");
    });
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    QVERIFY(view.model.errorText().isEmpty());
    QVERIFY(view.all(TranscriptModel::TitleRole).contains(QStringLiteral("hologram")));
}

void TestTranscriptModel::whatIsBlankedIsCountedInWords()
{
    const auto make = [](const QByteArray& json) {
        const auto document = document::ShareDocument::parse(json.toStdString());
        return transcriptRows(std::make_shared<document::ShareDocument>(*document), {}, nullptr, nullptr);
    };
    const auto shown = [&make](const QByteArray& json) {
        const TranscriptRowsPtr made = std::async(std::launch::async, make, json).get();
        QStringList bodies;
        for (const TranscriptRow& row : made->rows)
            bodies.append(row.body);
        return bodies;
    };
    const QByteArray message = R"({"type":"message","data":{"id":"a","role":"user"}})";
    const QByteArray other = R"({"type":"todo","data":{"id":"t"}})";
    QCOMPARE(shown("[" + message + "]"), QStringList{QStringLiteral("1 message(s) blanked")});
    QCOMPARE(shown("[" + other + "]"), QStringList{QStringLiteral("1 item(s) of unknown kind blanked")});
    QCOMPARE(shown("[" + message + "," + other + "," + other + "]"),
             QStringList{QStringLiteral("1 message(s) blanked, 2 item(s) of unknown kind blanked")});
}

void TestTranscriptModel::theOfferIsWhatIsShown()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1);
    View view(world);
    view.model.setSessionId(QStringLiteral("ses_a"));
    QTRY_VERIFY(view.isDone());
    const auto offer = view.model.offer();
    QVERIFY(offer);
    QCOMPARE(static_cast<double>(offer->snapshot.document().byteCount()), view.model.publicBytes());
    QVERIFY(offer->snapshot.document().sessionId() != "ses_a");
    view.model.reload();
    QTRY_VERIFY(view.isDone());
    QVERIFY(view.model.offer()->snapshot.document().sessionId() != offer->snapshot.document().sessionId());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestTranscriptModel>(argc, argv);
}
#include "test_transcript_model.moc"
