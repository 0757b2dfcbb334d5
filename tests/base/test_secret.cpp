// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/secret.h"

#include <QTest>

using namespace sharelock;

class TestSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsStars();
    void comparesByContent();
    void copiesShareAndOutlive();
    void holdsAnyBytes();
    void huge();
};

void TestSecret::printsStars()
{
    QString text;
    QDebug(&text) << "key" << Secret("hunter2") << Secret() << 7;
    QVERIFY2(!text.contains(QStringLiteral("hunter2")), "a secret was printed");
    QCOMPARE(text.count(QStringLiteral("***")), 2); // An empty one looks the same.
    QVERIFY(text.contains(u'7'));
}

void TestSecret::comparesByContent()
{
    QCOMPARE(Secret("same"), Secret("same"));
    QVERIFY(!(Secret("same") == Secret("sama")));
    QVERIFY(!(Secret("same") == Secret("sam")));
    QVERIFY(!(Secret("same") == Secret()));
    QCOMPARE(Secret(), Secret(""));
}

void TestSecret::copiesShareAndOutlive()
{
    Secret copy;
    {
        const Secret first("short-lived");
        copy = first;
        QVERIFY(copy.reveal().data() == first.reveal().data());
    }
    QVERIFY(copy.reveal() == "short-lived");
}

void TestSecret::holdsAnyBytes()
{
    using namespace std::string_view_literals;
    const auto bytes = "a\0\xff\xfe\0b"sv;
    const Secret secret(bytes);
    QCOMPARE(secret.size(), bytes.size());
    QVERIFY(secret.reveal() == bytes);
    QVERIFY(!secret.isEmpty());
    QVERIFY(Secret().isEmpty());
    QCOMPARE(Secret().size(), std::size_t(0));
    QVERIFY(Secret().reveal().empty());
}

void TestSecret::huge()
{
    const std::string bytes(1024 * 1024, 'x');
    QVERIFY(Secret(bytes).reveal() == bytes);
}

QTEST_GUILESS_MAIN(TestSecret)
#include "test_secret.moc"
