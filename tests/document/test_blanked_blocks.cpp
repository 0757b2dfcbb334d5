// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_items.h"
#include "document/transcript.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::document;

namespace {

std::vector<BlockKind> kinds(const std::vector<Block>& blocks)
{
    std::vector<BlockKind> found;
    for (const Block& one : blocks)
        found.push_back(one.kind);
    return found;
}

} // namespace

//! Messages of which nothing is left show as such, and nothing else does.
class TestBlankedBlocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blankedMessagesAreOneBlock();
    void whatIsNoBlankIsShown();
    void blankedInBatches();
    void itemsOfUnknownType();
};

void TestBlankedBlocks::blankedMessagesAreOneBlock()
{
    const auto full = ShareDocument::parse(R"([
        {"type":"session","data":{"id":"s","title":"T"}},
        {"type":"message","data":{"id":"a","role":"user","time":{"created":1}}},
        {"type":"part","data":{"id":"pa","messageID":"a","type":"text","text":"one"}},
        {"type":"message","data":{"id":"b","role":"assistant","modelID":"m","time":{"created":2}}},
        {"type":"part","data":{"id":"pb1","messageID":"b","type":"reasoning","text":"two"}},
        {"type":"part","data":{"id":"pb2","messageID":"b","type":"text","text":"three"}},
        {"type":"message","data":{"id":"c","role":"user","time":{"created":3}}},
        {"type":"part","data":{"id":"pc","messageID":"c","type":"text","text":"four"}},
        {"type":"session_diff","data":[{"file":"x"}]},
        {"type":"model","data":[{"id":"m"}]}])");
    QVERIFY(full);
    const auto blank = blanked(*full);
    QVERIFY(blank);
    const auto all = transcript(*blank);
    QCOMPARE(kinds(all), std::vector{BlockKind::Blanked});
    QCOMPARE(all[0].lines, std::size_t(3));
    QCOMPARE(all[0].itemKey, std::string("message/a"));

    // As after an update that takes the first two messages out, and after one that takes out the second.
    const auto mixed = [&](std::string_view kept) {
        ShareDocument document;
        for (std::size_t i = 0; i < full->items().size(); ++i) {
            const ShareItem& item = full->items()[i];
            const bool isKept = kept.find(item.key[item.key.find('/') + 1]) != std::string_view::npos;
            document.addItem(isKept ? item : blank->items()[i]);
        }
        return transcript(document);
    };
    const auto last = mixed("c");
    QCOMPARE(kinds(last), (std::vector{BlockKind::Blanked, BlockKind::User, BlockKind::Text}));
    QCOMPARE(last[0].lines, std::size_t(2));
    const auto outer = mixed("ac");
    QCOMPARE(kinds(outer), (std::vector{BlockKind::User, BlockKind::Text, BlockKind::Blanked, BlockKind::User,
                                        BlockKind::Text}));
    QCOMPARE(outer[2].lines, std::size_t(1));
    QCOMPARE(outer[4].text, std::string("four"));
}

void TestBlankedBlocks::whatIsNoBlankIsShown()
{
    const auto first = [](const std::string& message, const std::string& part) {
        ShareDocument document;
        document.addKeyed(ItemType::Message, "message/m", message);
        document.addKeyed(ItemType::Part, "part/m/p", part);
        return transcript(document).front().kind;
    };
    const std::string blankMessage = R"({"id":"m","sessionID":"s","role":"user","time":{"created":0}})";
    const std::string blankPart = R"({"id":"p","messageID":"m","type":"text","text":""})";
    QCOMPARE(first(blankMessage, blankPart), BlockKind::Blanked);
    QCOMPARE(first(R"({"id":"m","role":"user"})", blankPart), BlockKind::Blanked);
    // One word in either is enough; and nobody has blanked what has a time.
    QCOMPARE(first(blankMessage, R"({"id":"p","messageID":"m","type":"text","text":"x"})"), BlockKind::User);
    QCOMPARE(first(blankMessage, R"({"id":"p","type":"tool","tool":"bash"})"), BlockKind::User);
    QCOMPARE(first(blankMessage, "no JSON"), BlockKind::User);
    QCOMPARE(first(R"({"id":"m","role":"assistant","path":{"cwd":"/w"}})", blankPart), BlockKind::Assistant);
    QCOMPARE(first(R"({"id":"m","role":"user","time":{"created":1700000000000}})", blankPart),
             BlockKind::User);
}

void TestBlankedBlocks::blankedInBatches()
{
    const std::string blank =
        R"({"info":{"id":"a","role":"user","time":{"created":0}},"parts":[{"id":"p","type":"text","text":""}]})";
    const std::string said = R"({"info":{"id":"c","role":"user"},"parts":[{"type":"text","text":"said"}]})";
    const auto batch = [](const std::string& messages) {
        return R"({"type":"messages","data":{"messages":[)" + messages + "]}}";
    };
    const auto document = ShareDocument::parse("[" + batch(said + "," + blank + "," + blank) + "," +
                                               batch(blank + "," + blank + "," + said + "," + blank) + "]");
    QVERIFY(document);
    const auto blocks = transcript(*document);
    QCOMPARE(kinds(blocks), (std::vector{BlockKind::User, BlockKind::Text, BlockKind::Blanked,
                                         BlockKind::User, BlockKind::Text, BlockKind::Blanked}));
    QCOMPARE(blocks[2].lines, std::size_t(4));
    QCOMPARE(blocks[5].lines, std::size_t(1));
    for (const Block& one : blocks)
        QCOMPARE(fullText(*document, one), one.text);
}

//! What is left of an item that nobody knows how to show is counted, not shown as something that is there.
void TestBlankedBlocks::itemsOfUnknownType()
{
    const auto full = ShareDocument::parse(R"([
        {"type":"message","data":{"id":"a","role":"user","time":{"created":1}}},
        {"type":"part","data":{"id":"pa","messageID":"a","type":"text","text":"one"}},
        {"type":"todo","data":{"id":"t1","sessionID":"s","content":"buy milk"}},
        {"type":"session_diff","data":[{"file":"x"}]},
        {"type":"todo","data":{"id":"t2","sessionID":"s","content":"buy bread"}}])");
    QVERIFY(full);
    const auto blank = blanked(*full);
    QVERIFY(blank);
    const auto all = transcript(*blank);
    QCOMPARE(kinds(all), std::vector{BlockKind::Blanked});
    QCOMPARE(all[0].lines, std::size_t(3));
    QCOMPARE(all[0].unknownItems, std::size_t(2));

    // Where a message is left, they are a row of their own; where one of them is, it is shown.
    ShareDocument mixed;
    for (std::size_t i = 0; i < full->items().size(); ++i)
        mixed.addItem(i == 2 ? blank->items()[i] : full->items()[i]);
    const auto blocks = transcript(mixed);
    QCOMPARE(kinds(blocks), (std::vector{BlockKind::User, BlockKind::Text, BlockKind::Blanked,
                                         BlockKind::Diff, BlockKind::Unknown}));
    QCOMPARE(blocks[2].lines, std::size_t(1));
    QCOMPARE(blocks[2].unknownItems, std::size_t(1));
    for (const Block& one : blocks)
        QCOMPARE(fullText(mixed, one), one.text);

    // A name may be content, a number, too; and what no program of ours blanks so is shown as it is.
    for (const char* said : {R"({"id":"t","content":""})", R"({"id":"t","time":{"created":1700000000000}})",
                             R"({"id":"two words"})", "[]", "7", "null"}) {
        ShareDocument one;
        QVERIFY(one.add("todo", said));
        QCOMPARE(kinds(transcript(one)), std::vector{BlockKind::Unknown});
    }
}

QTEST_GUILESS_MAIN(TestBlankedBlocks)
#include "test_blanked_blocks.moc"
