// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/share_calls.h"

#include "demo/loopback_share_server.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::demo;
using sharelock::tests::ShareCalls;

namespace {

const QByteArray sessionId = QByteArrayLiteral("ses_aaaaaaaaaaaa12345678");
const QByteArray nothing = QByteArrayLiteral("200 {\"messages\":{}}");
const QString shareId = QStringLiteral("12345678");

//! A share of the first generation, as a client would make it.
struct FirstShare
{
    FirstShare()
        : calls(server.origin())
    {
        const auto answer = create();
        secret = QJsonDocument::fromJson(answer).object()[QLatin1String("secret")].toString().toUtf8();
    }
    QByteArray create()
    {
        const auto answer = calls.send("POST", QStringLiteral("/share_create"), idBody("}"));
        return answer ? answer->body : QByteArray();
    }
    [[nodiscard]] static QByteArray idBody(const QByteArray& rest)
    {
        return "{\"sessionID\":\"" + sessionId + '"' + rest;
    }
    Expected<HttpAnswer> sync(const QByteArray& key, const QByteArray& content, const QByteArray& with)
    {
        return calls.send(
            "POST", QStringLiteral("/share_sync"),
            idBody(R"(,"secret":")" + with + R"(","key":")" + key + R"(","content":)" + content + '}'));
    }
    int put(const QByteArray& key, const QByteArray& content)
    {
        const auto answer = sync(key, content, secret);
        return answer && answer->body == "{}" ? answer->status : 0;
    }
    int remove(const QByteArray& with)
    {
        return calls.status("POST", QStringLiteral("/share_delete"), idBody(",\"secret\":\"" + with + "\"}"));
    }
    QByteArray data()
    {
        const auto answer = calls.send("GET", QStringLiteral("/share_data?id=") + shareId);
        return answer ? QByteArray::number(answer->status) + ' ' + answer->body : QByteArray();
    }

    LoopbackShareServer server{Generation::First};
    ShareCalls calls;
    QByteArray secret;
};

} // namespace

//! The share server on loopback, in the protocol of `https://opencode.ai/s/ID`.
class TestLoopbackFirstGeneration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsOneKeyAtATime();
    void givesItsKeyAway();
    void failsWithoutReason();
    void knowsNo404();
};

void TestLoopbackFirstGeneration::keepsOneKeyAtATime()
{
    FirstShare share;
    QCOMPARE(share.data(), nothing);
    QCOMPARE(share.put("session/info/" + sessionId, R"({"title":"First"})"), 200);
    QCOMPARE(share.put("session/message/" + sessionId + "/m1", R"({"role":"user","parts":[{"text":"old"}]})"),
             200);
    QCOMPARE(share.put("session/part/" + sessionId + "/m1/p1", R"({"id":"p1"})"), 200);
    // Keys of other sessions, and none of these three, are accepted and forgotten.
    QCOMPARE(share.put("session/message/ses_other/m2", "{}"), 200);
    QCOMPARE(share.put("none", "null"), 200);
    const QByteArray both =
        R"(200 {"info":{"title":"First"},"messages":{"m1":{"parts":[{"text":"old"},{"id":"p1"}],"role":"user"}}})";
    QCOMPARE(share.data(), both);
    // A key's content is replaced as a whole.
    QCOMPARE(share.put("session/message/" + sessionId + "/m1", R"({"role":"user"})"), 200);
    const QByteArray keyed =
        R"(200 {"info":{"title":"First"},"messages":{"m1":{"parts":[{"id":"p1"}],"role":"user"}}})";
    QCOMPARE(share.data(), keyed);
    QCOMPARE(share.remove(share.secret), 200);
    QCOMPARE(share.data(), nothing);
    QVERIFY(share.server.shareIds().empty());
}

void TestLoopbackFirstGeneration::givesItsKeyAway()
{
    FirstShare share;
    QCOMPARE(share.secret.size(), 36);
    const QByteArray again = share.create();
    QVERIFY(again.contains(share.secret));
    QVERIFY(again.contains("/s/12345678"));
    const auto bringBack = share.server.remember();
    QCOMPARE(share.remove(share.secret), 200);
    QVERIFY(!share.create().contains(share.secret));
    bringBack();
    QVERIFY(share.create().contains(share.secret));
}

void TestLoopbackFirstGeneration::failsWithoutReason()
{
    FirstShare share;
    const auto wrong = share.sync("session/info/" + sessionId, "{}", "another");
    QVERIFY(wrong);
    QCOMPARE(wrong->status, 500);
    QCOMPARE(wrong->body, QByteArray("Internal Server Error"));
    QCOMPARE(share.remove("another"), 500);
    QCOMPARE(share.calls.status("POST", QStringLiteral("/share_sync"), "no JSON"), 500);
    // A part whose message is missing.
    QCOMPARE(share.put("session/part/" + sessionId + "/m1/p1", "{}"), 200);
    QCOMPARE(share.data(), QByteArray("500 Internal Server Error"));
    QCOMPARE(share.remove(share.secret), 200);
    QCOMPARE(share.remove(share.secret), 500);
}

void TestLoopbackFirstGeneration::knowsNo404()
{
    FirstShare share;
    for (const char* path : {"/", "/api/share/12345678/data", "/share_delete", "/nothing"}) {
        const auto answer = share.calls.send("GET", QString::fromLatin1(path));
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("Not Found"));
    }
    const auto page = share.calls.send("GET", QStringLiteral("/s/nothing1"));
    QVERIFY(page);
    QCOMPARE(page->status, 200);
    QVERIFY(page->body.startsWith("<!doctype html>"));
}

QTEST_GUILESS_MAIN(TestLoopbackFirstGeneration)
#include "test_loopback_first_generation.moc"
