// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "quick_http.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

class TestHttpLibrary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysThatItIsMissing();
};

void TestHttpLibrary::saysThatItIsMissing()
{
    HttpClient client(quick());
    for (int number = 0; number < 2; ++number) {
        const auto answer = send(client, request("GET", QUrl(QStringLiteral("http://127.0.0.1:9/"))));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::HttpLibraryMissing);
        QVERIFY(!answer.error().detail.isEmpty());
        QVERIFY(caption(answer.error()).contains(QStringLiteral("libcurl4")));
    }
}

QTEST_GUILESS_MAIN(TestHttpLibrary)
#include "test_http_library.moc"
