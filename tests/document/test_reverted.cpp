// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/reverted.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::document;

namespace {

//! \brief Three messages of two parts each.
ShareDocument conversation(const std::string& revert)
{
    ShareDocument document;
    document.addKeyed(ItemType::Session, "session", R"({"id":"s","revert":)" + revert + R"(,"title":"T"})");
    for (const std::string message : {"m1", "m2", "m3"})
        document.addKeyed(ItemType::Message, "message/" + message, R"({"id":")" + message + R"("})");
    for (const std::string message : {"m1", "m2", "m3"}) {
        for (const std::string part : {"p1", "p2"})
            document.addKeyed(ItemType::Part, "part/" + message + '/' + message + part, "{}");
    }
    document.addKeyed(ItemType::Model, "model", "[]");
    return document;
}

QString keysOf(const ShareDocument& document)
{
    QStringList keys;
    for (const ShareItem& item : document.items())
        keys.append(QString::fromStdString(item.key));
    return keys.join(u' ');
}

} // namespace

class TestReverted : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingReverted();
    void fromAMessageOn();
    void fromAPartOn();
    void unknownMessage();
};

void TestReverted::nothingReverted()
{
    const ShareDocument document = conversation("null");
    const auto kept = withoutReverted(document);
    QVERIFY(kept);
    QVERIFY(*kept == document);
    QVERIFY(withoutReverted(ShareDocument())->isEmpty());
}

void TestReverted::fromAMessageOn()
{
    const auto kept = withoutReverted(conversation(R"({"messageID":"m2","diff":"secret"})"));
    QVERIFY(kept);
    QCOMPARE(keysOf(*kept), QStringLiteral("session message/m1 part/m1/m1p1 part/m1/m1p2 model"));
    QCOMPARE(kept->items().front().data, std::string(R"({"id":"s","title":"T"})"));
}

void TestReverted::fromAPartOn()
{
    const auto kept = withoutReverted(conversation(R"({"messageID":"m2","partID":"m2p2"})"));
    QVERIFY(kept);
    QCOMPARE(keysOf(*kept), QStringLiteral("session message/m1 message/m2 part/m1/m1p1 part/m1/m1p2"
                                           " part/m2/m2p1 model"));
}

void TestReverted::unknownMessage()
{
    const auto kept = withoutReverted(conversation(R"({"messageID":"m9"})"));
    QVERIFY(kept);
    QCOMPARE(kept->messageCount(), 3U);
}

QTEST_GUILESS_MAIN(TestReverted)
#include "test_reverted.moc"
