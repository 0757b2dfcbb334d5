// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/json_extent.h"

#include <QTest>

using namespace sharelock;
using namespace std::string_view_literals;

class TestJsonExtent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeTexts();
    void everyPrefixOfATextIsCut();
    void otherTextIsNotJudged();
    void deep();
};

namespace {

constexpr std::string_view sample =
    R"([{"type":"session","data":{"title":"a ] } \" \\","n":[1,2,{"x":null}],"u":"\u005d"}},"\\\"", []])";

} // namespace

void TestJsonExtent::wholeTexts()
{
    for (const std::string_view text : {"[]"sv, "{}"sv, " \r\n[ ] \n"sv, R"({"a":"\\"})"sv, sample})
        QVERIFY2(!endsInsideJson(text), std::string(text).c_str());
}

void TestJsonExtent::everyPrefixOfATextIsCut()
{
    for (std::size_t size = 1; size < sample.size(); ++size)
        QVERIFY2(endsInsideJson(sample.substr(0, size)), std::string(sample.substr(0, size)).c_str());
}

void TestJsonExtent::otherTextIsNotJudged()
{
    for (const std::string_view text :
         {""sv, "  "sv, "null"sv, "\"[\""sv, "<html>[{"sv, "12"sv, "\xff\xfe[["sv, "\0["sv})
        QVERIFY(!endsInsideJson(text));
}

void TestJsonExtent::deep()
{
    const std::string opened(1'000'000, '[');
    QVERIFY(endsInsideJson(opened));
    QVERIFY(endsInsideJson(opened + std::string(999'999, ']')));
    QVERIFY(!endsInsideJson(opened + std::string(1'000'000, ']')));
}

QTEST_GUILESS_MAIN(TestJsonExtent)
#include "test_json_extent.moc"
