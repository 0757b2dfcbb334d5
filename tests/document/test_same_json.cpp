// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/same_json.h"

#include <QTest>

using sharelock::document::sameJson;

//! What a server that parses and writes JSON anew may change is no difference; everything else is.
class TestSameJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data();
    void compares();
};

void TestSameJson::compares_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("same");
    const auto add = [](const char* name, const char* left, const char* right, bool same) {
        QTest::newRow(name) << QByteArray(left) << QByteArray(right) << same;
    };
    add("equal bytes", "{\"a\":1}", "{\"a\":1}", true);
    add("spaces", "{\"a\" : [ 1,2 ]}", "{\"a\":[1,2]}", true);
    add("escapes", "{\"a\":\"\\u00e9\\/\"}", "{\"a\":\"\xc3\xa9/\"}", true);
    add("escaped name", "{\"\\u0061\":1}", "{\"a\":1}", true);
    add("order of members", "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", "{\"b\":{\"d\":3,\"c\":2},\"a\":1}", true);
    add("numbers", "[1.0,1e2,-0]", "[1,100,0]", true);
    add("other number", "[1]", "[2]", false);
    add("number and text", "[1]", "[\"1\"]", false);
    add("null and false", "[null]", "[false]", false);
    add("order of elements", "[1,2]", "[2,1]", false);
    add("one more element", "[1,2]", "[1,2,3]", false);
    add("one less element", "[1,2]", "[1]", false);
    add("one more member", "{\"a\":1}", "{\"a\":1,\"b\":2}", false);
    add("other name", "{\"a\":1}", "{\"b\":1}", false);
    add("other text deep inside", "{\"a\":[{\"b\":\"x\"}]}", "{\"a\":[{\"b\":\"y\"}]}", false);
    // Both can be read in the text, whatever a parser makes of them.
    add("a name twice", "{\"a\":\"secret\",\"a\":1}", "{\"a\":1}", false);
    add("a name twice, otherwise", "{\"a\":\"secret\",\"a\":1}", "{\"a\":\"other\",\"a\":1}", false);
    add("empty object and array", "{}", "[]", false);
    add("broken", "{\"a\":", "{\"a\":1}", false);
    add("empty", "", "{}", false);
}

void TestSameJson::compares()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(bool, same);
    QCOMPARE(sameJson(left.toStdString(), right.toStdString()), same);
    QCOMPARE(sameJson(right.toStdString(), left.toStdString()), same);
}

QTEST_GUILESS_MAIN(TestSameJson)
#include "test_same_json.moc"
