// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/jsonc.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

class TestJsonc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read_data()
    {
        QTest::addColumn<QByteArray>("jsonc");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << QByteArray("{\"a\":1}") << QByteArray("{\"a\":1}");
        QTest::newRow("empty text") << QByteArray() << QByteArray("{}");
        QTest::newRow("line comment") << QByteArray("{\"a\":1 // one\n}") << QByteArray("{\"a\":1}");
        QTest::newRow("comment at the end") << QByteArray("{\"a\":1}// end") << QByteArray("{\"a\":1}");
        QTest::newRow("block comment") << QByteArray("/* x\n */{\"a\":/**/1}") << QByteArray("{\"a\":1}");
        QTest::newRow("trailing commas") << QByteArray("{\"a\":[1,2,],}") << QByteArray("{\"a\":[1,2]}");
        QTest::newRow("comma, then comment")
            << QByteArray("{\"a\":1, // x ]\n /* y */ }") << QByteArray("{\"a\":1}");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{\"a\":1}") << QByteArray("{\"a\":1}");
        QTest::newRow("CRLF") << QByteArray("{\r\n\"a\":1,// x\r\n}\r\n") << QByteArray("{\"a\":1}");
        QTest::newRow("lone CR") << QByteArray("{// x\r\"a\":1}") << QByteArray("{\"a\":1}");
        QTest::newRow("slashes in a string")
            << QByteArray("{\"a\":\"http://h/*x*/\"}") << QByteArray("{\"a\":\"http://h/*x*/\"}");
        QTest::newRow("quote in a string")
            << QByteArray("{\"a\":\"\\\"// no\"}") << QByteArray("{\"a\":\"\\\"// no\"}");
        QTest::newRow("backslash at the end")
            << QByteArray("{\"a\":\"\\\\\"// yes\n}") << QByteArray("{\"a\":\"\\\\\"}");
        QTest::newRow("comma in a string") << QByteArray("{\"a\":\",\"}") << QByteArray("{\"a\":\",\"}");
        QTest::newRow("comment in an empty object") << QByteArray("{//,\n}") << QByteArray("{}");
        QTest::newRow("bare substitution")
            << QByteArray("{\"a\":{env:TIMEOUT},\"b\":1}") << QByteArray("{\"a\":null,\"b\":1}");
    }

    void read()
    {
        QFETCH(QByteArray, jsonc);
        QFETCH(QByteArray, expected);
        const auto object = parseJsonc(jsonc, QStringLiteral("f"));
        QVERIFY2(object, object ? "" : qPrintable(object.error().detail));
        QCOMPARE(*object, QJsonDocument::fromJson(expected).object());
        QCOMPARE(plainJson(jsonc).size(), jsonc.size());
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("jsonc");
        QTest::addColumn<QString>("place");
        QTest::newRow("cut") << QByteArray("{\n  \"a\": [1,\n") << QStringLiteral("line 3, column 1");
        QTest::newRow("no value") << QByteArray("{\n  // x\n  \"a\": ,\n}") << QStringLiteral("line 3");
        QTest::newRow("two commas") << QByteArray("{\"a\":1,,}") << QStringLiteral("line 1, column 9");
        QTest::newRow("no object") << QByteArray("[1]") << QStringLiteral("line 1, column 1");
        QTest::newRow("open comment") << QByteArray("{\"a\":1}\n/* x") << QStringLiteral("line 2, column 1");
        QTest::newRow("open string") << QByteArray("{\"a") << QStringLiteral("line 1, column");
        QTest::newRow("only a comment") << QByteArray("// nothing\n") << QStringLiteral("line");
        QTest::newRow("only spaces") << QByteArray("  \n") << QStringLiteral("line");
        QTest::newRow("line end in a string")
            << QByteArray("{\n\"a\":\"x\ny\"}") << QStringLiteral("line 2, column 7");
        QTest::newRow("tab in a string")
            << QByteArray("{\"a\":\"\t\"}") << QStringLiteral("line 1, column 7");
        QTest::newRow("unknown escape") << QByteArray(R"({"a":"\q"})") << QStringLiteral("line 1, column 7");
        QTest::newRow("lone backslash") << QByteArray("{\"\\") << QStringLiteral("line 1");
        QTest::newRow("open substitution") << QByteArray("{\"a\":{env:X\n}}") << QStringLiteral("line 1");
        QTest::newRow("garbage") << QByteArray("\xff\x00\x01", 3) << QStringLiteral("line 1");
        QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("line 1");
    }

    void broken()
    {
        QFETCH(QByteArray, jsonc);
        QFETCH(QString, place);
        const auto object = parseJsonc(jsonc, QStringLiteral("/c/opencode.json"));
        QVERIFY(!object);
        QCOMPARE(object.error().code, ErrorCode::ConfigBroken);
        QCOMPARE(object.error().subject, QStringLiteral("/c/opencode.json"));
        QVERIFY2(object.error().detail.startsWith(place), qPrintable(object.error().detail));
    }

    void errorsQuoteNothing()
    {
        const auto object = parseJsonc("{\"apiKey\": \"sk-live-0123\" \"x\"}", QStringLiteral("f"));
        QVERIFY(!object);
        QVERIFY(!object.error().detail.contains(u"sk-live"));
    }

    void largeIsLinear()
    {
        const QByteArray jsonc = "{\"a\":[" + QByteArray("1,/*,*/ // x\n").repeated(200'000) + "]}";
        const auto object = parseJsonc(jsonc, QStringLiteral("f"));
        QVERIFY(object);
        QCOMPARE(object->value(u"a").toArray().size(), 200'000);
    }
};

QTEST_GUILESS_MAIN(TestJsonc)
#include "test_jsonc.moc"
