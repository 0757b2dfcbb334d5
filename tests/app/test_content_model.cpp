// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/content_model.h"
#include "app/findings_model.h"
#include "app/publish_controller.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;
using redaction::ContentKind;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const auto sessionId = QStringLiteral("ses_a");

//! The view models as the window connects them.
struct View
{
    explicit View(const AppWorld& world)
        : transcript(core)
        , findings(core)
        , content([this](FindingsModel::Step step) { findings.take(std::move(step)); })
        , tester(&content, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&transcript, &TranscriptModel::offerChanged, &findings, [this] {
            findings.setOffer(transcript.sessionId(), transcript.offer());
            if (findings.isSettled())
                content.setOffer(transcript.sessionId(), transcript.offer());
        });
        QObject::connect(&transcript, &TranscriptModel::sessionIdChanged, &content,
                         [this] { content.setOffer(transcript.sessionId(), nullptr); });
        QObject::connect(&findings, &FindingsModel::decided, &transcript, &TranscriptModel::reload);
        core.run(world.setup());
        transcript.setSessionId(sessionId);
    }

    [[nodiscard]] static int row(ContentKind kind) { return static_cast<int>(kind); }
    [[nodiscard]] QVariant get(ContentKind kind, ContentModel::Role role) const
    {
        return content.index(row(kind)).data(role);
    }
    [[nodiscard]] bool includes(ContentKind kind) const
    {
        return get(kind, ContentModel::IncludedRole).toBool();
    }
    //! \returns after the preview shows it.
    void setIncluded(ContentKind kind, bool on)
    {
        content.setIncluded(row(kind), on);
        settle();
    }
    void settle() const { QTRY_VERIFY(findings.isSettled() && !transcript.isLoading()); }
    [[nodiscard]] bool shows(const QString& text) const
    {
        for (int i = 0; i < transcript.rowCount(); ++i) {
            if (transcript.index(i).data(TranscriptModel::BodyRole).toString().contains(text))
                return true;
        }
        return false;
    }

    CoreThread core;
    TranscriptModel transcript;
    FindingsModel findings;
    ContentModel content;
    QAbstractItemModelTester tester;
};

void addContent(AppWorld& world)
{
    world.addSession("ses_a", "With a tool");
    world.addSession("ses_b", "Without");
    world.write([](OpencodeDatabase& database) {
        database.addPart("prt_z", "msg_a10000a", "ses_a",
                         R"({"type":"tool","tool":"bash","state":{"status":"completed",)"
                         R"("input":{"command":"cat .env"},"output":"KEY=)" +
                             token + "\\n" + QByteArray(500, 'x') + R"("}})");
    });
}

const QString stub = QStringLiteral("Tool output left out · bash · 2 lines");

} // namespace

class TestContentModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatThereIs();
    void switchesOffAndOn();
    void tellsWhereNoStubCanStand();
    void undoTakesBackASwitch();
    void stepsOfBothSortsInOneLine();
    void remembersAcrossStarts();
    void anotherSessionHasItsOwn();
    void publishingSaysWhatIsLeftOut();
};

void TestContentModel::showsWhatThereIs()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QVERIFY(!view.content.isReady());
    view.content.setIncluded(0, false); // Nothing to switch yet.
    QVERIFY(!view.findings.canUndo());
    QTRY_VERIFY(view.content.isReady());
    QCOMPARE(view.get(ContentKind::Tools, ContentModel::AmountRole).toInt(), 1);
    QVERIFY(view.get(ContentKind::Tools, ContentModel::BytesRole).toDouble() > 50);
    QVERIFY(view.includes(ContentKind::Tools));
    QVERIFY(!view.includes(ContentKind::Attachments));
    QVERIFY(!view.includes(ContentKind::Models));
    for (int row = 0; row < view.content.rowCount(); ++row) {
        QVERIFY(!view.content.index(row).data(ContentModel::TitleRole).toString().isEmpty());
        QVERIFY(!view.content.index(row).data(ContentModel::KeyRole).toString().isEmpty());
    }
}

void TestContentModel::switchesOffAndOn()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QTRY_VERIFY(view.content.isReady() && view.findings.count() == 1);
    const double before = view.transcript.publicBytes();
    view.content.setIncluded(View::row(ContentKind::Tools), false);
    QVERIFY(!view.includes(ContentKind::Tools)); // At once.
    view.settle();
    QVERIFY(!view.includes(ContentKind::Tools));
    QVERIFY(view.shows(stub));
    QCOMPARE(view.findings.count(), 0);
    QVERIFY(view.transcript.publicBytes() < before);
    // How many there are is still said, and the original is as it was.
    QCOMPARE(view.get(ContentKind::Tools, ContentModel::AmountRole).toInt(), 1);
    view.transcript.setOriginal(true);
    view.settle();
    QVERIFY(!view.shows(stub));
    view.transcript.setOriginal(false);
    view.setIncluded(ContentKind::Tools, true);
    QVERIFY(!view.shows(stub));
    QCOMPARE(view.findings.count(), 1);
    QCOMPARE(view.transcript.publicBytes(), before);
}

void TestContentModel::tellsWhereNoStubCanStand()
{
    AppWorld world;
    addContent(world);
    world.write([](OpencodeDatabase& database) {
        database.addMessage("msg_c", "ses_a", 1'770'000'000'000,
                            R"({"role":"user","time":{"created":1},"summary":{"diffs":[)"
                            R"({"file":"a.txt","patch":"+one"},{"file":"b.txt","patch":"+two"}]}})");
    });
    View view(world);
    QTRY_VERIFY(view.content.isReady());
    const auto models = QStringLiteral("Model details left out · 1 model");
    const auto files = QStringLiteral("File changes left out · 2 files");
    QVERIFY(view.shows(models));
    QVERIFY(!view.shows(files));
    view.setIncluded(ContentKind::Models, true);
    view.setIncluded(ContentKind::Diffs, false);
    QVERIFY(!view.shows(models));
    QVERIFY(view.shows(files));
    // The share page takes what stands there for a file.
    const std::string published = view.transcript.offer()->snapshot.document().toJson();
    QVERIFY(published.find(R"("diffs":[])") != std::string::npos);
    view.transcript.setOriginal(true);
    view.settle();
    QVERIFY(!view.shows(files));
}

void TestContentModel::undoTakesBackASwitch()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QTRY_VERIFY(view.content.isReady());
    view.setIncluded(ContentKind::Tools, false);
    QVERIFY(view.findings.canUndo());
    view.findings.undo();
    QVERIFY(view.includes(ContentKind::Tools));
    view.settle();
    QVERIFY(view.includes(ContentKind::Tools));
    QVERIFY(!view.shows(stub));
    view.findings.redo();
    view.settle();
    QVERIFY(!view.includes(ContentKind::Tools));
    QVERIFY(view.shows(stub));
}

void TestContentModel::stepsOfBothSortsInOneLine()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QTRY_VERIFY(view.content.isReady() && view.findings.count() == 1);
    const auto choice = [&view] {
        return view.findings.index(0).data(FindingsModel::ChoiceRole).value<FindingsModel::Choice>();
    };
    view.findings.decide(0, FindingsModel::Choice::Keep);
    view.settle();
    view.setIncluded(ContentKind::Reasoning, false);
    view.findings.undo();
    view.settle();
    QVERIFY(view.includes(ContentKind::Reasoning));
    QCOMPARE(choice(), FindingsModel::Choice::Keep);
    view.findings.undo();
    view.settle();
    QCOMPARE(choice(), FindingsModel::Choice::Redact);
    QVERIFY(!view.findings.canUndo());
}

void TestContentModel::remembersAcrossStarts()
{
    AppWorld world;
    addContent(world);
    {
        View view(world);
        QTRY_VERIFY(view.content.isReady());
        view.setIncluded(ContentKind::Tools, false);
        view.setIncluded(ContentKind::Models, true);
    }
    View again(world);
    QTRY_VERIFY(again.content.isReady());
    QVERIFY(!again.includes(ContentKind::Tools));
    QVERIFY(again.includes(ContentKind::Models));
    QVERIFY(again.shows(stub));
}

void TestContentModel::anotherSessionHasItsOwn()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QTRY_VERIFY(view.content.isReady());
    view.setIncluded(ContentKind::Tools, false);
    view.transcript.setSessionId(QStringLiteral("ses_b"));
    QVERIFY(!view.content.isReady());
    QTRY_VERIFY(view.content.isReady());
    QVERIFY(view.includes(ContentKind::Tools));
    QCOMPARE(view.get(ContentKind::Tools, ContentModel::AmountRole).toInt(), 0);
}

void TestContentModel::publishingSaysWhatIsLeftOut()
{
    AppWorld world;
    addContent(world);
    View view(world);
    QTRY_VERIFY(view.content.isReady() && view.findings.count() == 1);
    PublishController publish(view.core, [&view](const QString&) {
        return view.findings.isSettled() ? view.transcript.offer() : nullptr;
    });
    publish.prepare(sessionId);
    QTRY_VERIFY(publish.isReady());
    QVERIFY(!publish.leftOut().contains(QLatin1String("Tool")));
    view.content.setIncluded(View::row(ContentKind::Tools), false);
    // At once: not with what was previewed before.
    publish.prepare(sessionId);
    QTRY_VERIFY(publish.isReady());
    QVERIFY(publish.leftOut().startsWith(QLatin1String("Tool input and output (1)")));
    QCOMPARE(publish.openFindings(), 0);
    // A live link would expose it all the same.
    QCOMPARE(publish.secrets(), 1);
}

int main(int argc, char** argv)
{
    return runGuiTest<TestContentModel>(argc, argv);
}
#include "test_content_model.moc"
