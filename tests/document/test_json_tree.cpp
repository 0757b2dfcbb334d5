// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_tree.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::document;

class TestJsonTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsValues()
    {
        const std::string json = R"({"a":{"b":[1,"t\n",{"c":true}]},"d":null,"e\u0066":"x","n":-2.5})";
        const auto tree = JsonTree::parse(json);
        QVERIFY(tree);
        const JsonValue root = tree->root();
        QVERIFY(root.isObject());
        QCOMPARE(root["a"]["b"].raw(), std::string_view(R"([1,"t\n",{"c":true}])"));
        const JsonValue second = root["a"]["b"].firstChild().next();
        QCOMPARE(second.text(), std::string("t\n"));
        QCOMPARE(second.next()["c"].raw(), std::string_view("true"));
        QVERIFY(!second.next().next());
        QCOMPARE(root["ef"].text(), std::string("x"));
        QCOMPARE(root["ef"].name(), std::string("ef"));
        QCOMPARE(root["n"].number().value_or(0), -2.5);
        QVERIFY(!root["d"].number());
    }

    void whatIsMissingAnswersWithNothing()
    {
        const std::string json = "[]";
        const auto tree = JsonTree::parse(json);
        QVERIFY(tree);
        const JsonValue missing = tree->root()["a"]["b"];
        QVERIFY(!missing);
        QVERIFY(missing.text().empty() && missing.raw().empty() && missing.name().empty());
        for ([[maybe_unused]] const JsonValue child : missing)
            QFAIL("a missing value has no children");
    }

    void theLastOfOneNameCounts()
    {
        const std::string json = R"({"id":"first","x":1,"id":"last"})";
        const auto tree = JsonTree::parse(json);
        QVERIFY(tree);
        QCOMPARE(tree->root()["id"].text(), std::string("last"));
    }

    void depthOfTheIndexIsBounded()
    {
        const std::string json = R"([{"a":{"b":{"name":"deep"}}},"flat",[["x"]]])";
        const auto tree = JsonTree::parse(json, 2);
        QVERIFY(tree);
        const JsonValue first = tree->root().firstChild();
        QCOMPARE(first["a"].raw(), std::string_view(R"({"b":{"name":"deep"}})"));
        QVERIFY(!first["a"]["b"]);
        QCOMPARE(first.next().text(), std::string("flat"));
        QVERIFY2(first.next().name().empty(), "the name of a value further down must not stick");
        QCOMPARE(first.next().next().firstChild().raw(), std::string_view(R"(["x"])"));
        QVERIFY(!first.next().next().firstChild().firstChild());
        QVERIFY2(!JsonTree::parse(R"([[[["x"}]]]])", 1), "what is not indexed is checked all the same");
    }
};

QTEST_GUILESS_MAIN(TestJsonTree)
#include "test_json_tree.moc"
