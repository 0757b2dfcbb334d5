// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_string.h"
#include "document/json_text.h"

#include <QElapsedTimer>
#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace sharelock;
using namespace sharelock::document;

namespace {

std::vector<std::string> texts(std::string_view json)
{
    std::vector<std::string> found;
    const auto walked = forEachText(json, [&found](const TextPlace& place, std::string_view text) {
        found.push_back((place.isKey ? "name " : "text ") + std::string(place.pointer) + "=" +
                        std::string(text));
    });
    return walked ? found : std::vector<std::string>{"invalid"};
}

std::optional<std::string> keep(const TextPlace&, std::string_view)
{
    return std::nullopt;
}

TextMapper replacing(std::string from, std::string to)
{
    return [from = std::move(from), to = std::move(to)](const TextPlace&,
                                                        std::string_view text) -> std::optional<std::string> {
        return text == from ? std::optional(to) : std::nullopt;
    };
}

} // namespace

class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void visitsTextsInOrder();
    void placesAreThoseOfTheTexts();
    void decodesEscapes_data();
    void decodesEscapes();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void everyTruncationIsRefused();
    void keepsEverythingElseByteByByte();
    void mapsNamesApart();
    void keepsNamesThatStandTwice();
    void depthIsBounded();
    void visitorsMayWalkToo();
    void quotesEverything();
    void quotesWhereverASignStands();
    void decodesInPlaceOfChecking();
    void staysLinear_data();
    void staysLinear();
};

void TestJsonText::visitsTextsInOrder()
{
    const std::vector<std::string> expected{
        "name /a=a", "text /a/0=x", "name /a/1/b~0c~1d=b~c/d", "text /a/1/b~0c~1d=y\n", "name /=", "text /=z",
    };
    QCOMPARE(texts(R"({"a":["x",{"b~c/d":"y\n"},3],"":"z"})"), expected);
    QCOMPARE(texts(R"("alone")"), std::vector<std::string>{"text =alone"});
    QCOMPARE(texts(" 12 "), std::vector<std::string>{});
    QCOMPARE(
        texts(R"([["a"],"b",{"c":"d"},"e"])"),
        (std::vector<std::string>{"text /0/0=a", "text /1=b", "name /2/c=c", "text /2/c=d", "text /3=e"}));
}

// Each text alone, and all of them, one of which is asked for twice.
void TestJsonText::placesAreThoseOfTheTexts()
{
    const std::string_view json =
        R"({"a/b":[1,"x",{"c~d":"y","\u0065":null},[],["z"]],"":{"f":"last"},"g":7})";
    std::vector<std::pair<std::string, bool>> all;
    QVERIFY(forEachText(json, [&all](const TextPlace& place, std::string_view) {
        all.emplace_back(place.pointer, place.isKey);
    }));
    QCOMPARE(all.size(), std::size_t(10));
    std::vector<std::size_t> every;
    for (std::size_t ordinal = 0; ordinal < all.size(); ++ordinal) {
        every.insert(every.end(), ordinal == 3 ? 2 : 1, ordinal);
        int visits = 0;
        QVERIFY(visitTextPlaces(json, std::span(&ordinal, 1), [&](std::size_t, const TextPlace& place) {
            ++visits;
            QCOMPARE(std::pair(std::string(place.pointer), place.isKey), all[ordinal]);
        }));
        QCOMPARE(visits, 1);
    }
    std::size_t next = 0;
    QVERIFY(visitTextPlaces(json, every, [&](std::size_t index, const TextPlace& place) {
        QCOMPARE(index, next++);
        QCOMPARE(std::pair(std::string(place.pointer), place.isKey), all[every[index]]);
    }));
    QCOMPARE(next, every.size());
    QVERIFY(!visitTextPlaces(R"(["a",)", {}, [](std::size_t, const TextPlace&) {}));
}

void TestJsonText::decodesEscapes_data()
{
    QTest::addColumn<std::string>("literal");
    QTest::addColumn<std::string>("decoded");
    QTest::newRow("short") << std::string(R"(\"\\\/\b\f\n\r\t)") << std::string("\"\\/\b\f\n\r\t");
    QTest::newRow("unicode") << std::string(R"(\u0041\u00e9\u20AC)") << std::string("A\xC3\xA9\xE2\x82\xAC");
    QTest::newRow("pair") << std::string(R"(\ud83d\ude00)") << std::string("\xF0\x9F\x98\x80");
    QTest::newRow("lone high") << std::string(R"(a\ud800z)") << std::string("a\xEF\xBF\xBDz");
    QTest::newRow("lone low") << std::string(R"(\udc00)") << std::string("\xEF\xBF\xBD");
    QTest::newRow("high before text") << std::string(R"(\ud800\u0041)") << std::string("\xEF\xBF\xBD\x41");
    QTest::newRow("high before high")
        << std::string(R"(\ud800\ud83d\ude00)") << std::string("\xEF\xBF\xBD\xF0\x9F\x98\x80");
    QTest::newRow("no escape") << std::string(R"(\\ud800)") << std::string("\\ud800");
    QTest::newRow("zero") << std::string(R"(a\u0000b)") << std::string("a\0b", 3);
}

void TestJsonText::decodesEscapes()
{
    QFETCH(std::string, literal);
    QFETCH(std::string, decoded);
    QCOMPARE(texts("[\"" + literal + "\"]"), std::vector<std::string>{"text /0=" + decoded});
    QCOMPARE(texts("{\"" + literal + "\":1}").size(), std::size_t(1));
}

void TestJsonText::refusesWhatIsNoJson_data()
{
    QTest::addColumn<std::string>("json");
    const std::vector<std::string> broken{
        "",
        " ",
        "[",
        "]",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1]]",
        "[1][2]",
        "1 2",
        "1],[2",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{1:2}",
        "{\"a\":1,}",
        "{\"a\"::1}",
        "tru",
        "nulll",
        "NaN",
        "+1",
        "01",
        "1.",
        ".5",
        "-",
        "1e",
        "1e+",
        "0x1",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"a\"b",
        "[\"a\"\"b\"]",
        "'a'",
        "[1}",
        "{\"a\":1]",
        "\"\t\"",
        "\"\x01\"",
        "\"\xff\"",
        "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"",
        "\"\xf4\x90\x80\x80\"",
        "\xef\xbb\xbf{}",
        "[1]x",
        "//c\n1",
        "[1,2",
        "{\"a\":[1}",
        "\\u0041",
    };
    for (const std::string& json : broken)
        QTest::newRow(
            qPrintable(QStringLiteral("%1").arg(QString::fromUtf8(json.data(), qsizetype(json.size())))))
            << json;
    QTest::newRow("zero byte") << std::string("[1\0]", 4);
}

void TestJsonText::refusesWhatIsNoJson()
{
    QFETCH(std::string, json);
    QCOMPARE(texts(json), std::vector<std::string>{"invalid"});
    const auto mapped = mapTexts(json, keep);
    QVERIFY(!mapped);
    QCOMPARE(mapped.error().code, ErrorCode::InvalidJson);
    QVERIFY(mapped.error().detail.isEmpty());
}

void TestJsonText::everyTruncationIsRefused()
{
    const std::string json = R"({"id":"prt_1","state":{"input":{"n":-1.5e3,"x":[true,null,"\u00e9\n"]}}})";
    for (std::size_t size = 0; size < json.size(); ++size)
        QVERIFY2(!mapTexts(json.substr(0, size), keep), json.substr(0, size).c_str());
    QVERIFY(mapTexts(json, keep));
}

void TestJsonText::keepsEverythingElseByteByByte()
{
    const std::string json = "{ \"n\" : [1.0, 1e2,-0, 123456789012345678901234567890 ],\n"
                             "\t\"a\\u0062\":\"\\u0041\\/\\ud800\", \"a\\u0062\" : { } , \"x\":\"old\" }";
    const auto same = mapTexts(json, keep);
    QVERIFY(same);
    QCOMPARE(*same, json);
    const auto mapped = mapTexts(json, replacing("old", "n\"e\\w\n\x01"));
    QVERIFY(mapped);
    std::string expected = json;
    expected.replace(expected.find("\"old\""), 5, R"("n\"e\\w\n\u0001")");
    QCOMPARE(*mapped, expected);
}

void TestJsonText::mapsNamesApart()
{
    const auto mapper = [](const TextPlace& place, std::string_view text) -> std::optional<std::string> {
        return place.isKey && text.starts_with("secret") ? std::optional<std::string>("X") : std::nullopt;
    };
    const auto mapped = mapTexts(
        R"({"secret1":1,"X":2,"secret2":{"secret3":3,"X-2":4},"X-2":5,"secret4":"secret5"})", mapper);
    QVERIFY(mapped);
    QCOMPARE(*mapped, std::string(R"({"X-3":1,"X":2,"X-4":{"X":3,"X-2":4},"X-2":5,"X-5":"secret5"})"));
}

void TestJsonText::keepsNamesThatStandTwice()
{
    const std::string json = R"({"a":1,"a":2,"b":"x"})";
    const auto mapped = mapTexts(json, replacing("x", "y"));
    QVERIFY(mapped);
    QCOMPARE(*mapped, std::string(R"({"a":1,"a":2,"b":"y"})"));
}

void TestJsonText::depthIsBounded()
{
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(mapTexts(nested(512), keep));
    QVERIFY(!mapTexts(nested(513), keep));
    QVERIFY(!mapTexts(nested(1'000'000), keep));
    QVERIFY(!mapTexts(std::string(1'000'000, '['), keep));
}

void TestJsonText::visitorsMayWalkToo()
{
    std::vector<std::string> inner;
    const auto walked =
        forEachText(R"(["[\"a\"]","[\"b\"]","c"])", [&inner](const TextPlace&, std::string_view text) {
            for (const std::string& found : texts(text))
                inner.push_back(found);
        });
    QVERIFY(walked);
    QCOMPARE(inner, (std::vector<std::string>{"text /0=a", "text /0=b", "invalid"}));
}

void TestJsonText::quotesEverything()
{
    QCOMPARE(quoted("a\"b\\c\n\t\r\x1b\x7f/"), std::string("\"a\\\"b\\\\c\\n\\t\\r\\u001b\x7f/\""));
    QCOMPARE(quoted("\xC3\xA9"), std::string("\"\xC3\xA9\""));
    QCOMPARE(quoted("a\xFF"), std::string("\"a\xEF\xBF\xBD\""));
    QCOMPARE(quoted(""), std::string("\"\""));
    for (int c = 0; c < 256; ++c)
        QVERIFY(forEachText(document::quoted(std::string(1, char(c))),
                            [](const TextPlace&, std::string_view) {}));
}

//! \brief Short texts are looked at in blocks, which may overlap.
void TestJsonText::quotesWhereverASignStands()
{
    const std::map<std::string, std::string> signs{{"\"", "\\\""},
                                                   {"\\", "\\\\"},
                                                   {"\x1f", "\\u001f"},
                                                   {"\xC3\xA9", "\xC3\xA9"},
                                                   {"\xFF", "\xEF\xBF\xBD"}};
    for (const auto& [sign, expected] : signs) {
        for (std::size_t before = 0; before < 70; ++before) {
            for (const std::size_t behind : {0U, 1U, 14U, 15U, 16U, 17U, 40U}) {
                const std::string left(before, 'a');
                const std::string right(behind, '~');
                std::string out = "x";
                document::appendQuoted(out, left + sign + right);
                QCOMPARE(out, "x\"" + left + expected + right + '"');
            }
        }
    }
}

//! \brief Both ways to take off escapes agree, wherever in a block of bytes an escape stands, and so do the
//! checks.
void TestJsonText::decodesInPlaceOfChecking()
{
    const QList<std::string> escapes{
        R"(\n)",     R"(\")", R"(\\)", R"(\u00e9)", R"(\ud83d\ude00)", R"(\ud800)",       R"(\u12)", R"(\x)",
        R"(\u00zz)", "\\",    "",      R"(\n\n\t)", R"(\/\\)",         R"(\ud83d\u0041)", "\xC3\xA9"};
    for (const std::string& escape : escapes) {
        for (std::size_t before = 0; before < 40; ++before) {
            for (const std::size_t behind : {0U, 1U, 5U, 15U, 16U, 17U, 40U}) {
                const std::string body = std::string(before, 'a') + escape + std::string(behind, 'b');
                std::string out(body.size(), '?');
                const char* const end = document::unescapedTo(body, out.data());
                QCOMPARE(end != nullptr, document::hasValidEscapes(body));
                if (end == nullptr)
                    continue;
                out.resize(static_cast<std::size_t>(end - out.data()));
                std::string buffer;
                QCOMPARE(out, std::string(document::unescaped(body, buffer)));
            }
        }
    }
}

void TestJsonText::staysLinear_data()
{
    QTest::addColumn<std::string>("json");
    constexpr int size = 4'000'000;
    std::string many = "[";
    for (int i = 0; i < 500'000; ++i)
        many += "\"x\",";
    many.back() = ']';
    std::string names = "{";
    for (int i = 0; i < 100'000; ++i)
        names += "\"secret\":\"secret\",";
    names.back() = '}';
    QTest::newRow("one text") << "\"" + std::string(size, 'x') + "\"";
    QTest::newRow("backslashes") << "\"" + std::string(size, '\\') + "\"";
    QTest::newRow("quotes") << "\"" + [] {
        std::string text;
        for (int i = 0; i < size / 2; ++i)
            text += "\\\"";
        return text;
    }() + "\"";
    QTest::newRow("white space") << "[1" + std::string(size, ' ') + "]";
    QTest::newRow("many texts") << many;
    QTest::newRow("one name for all") << names;
}

void TestJsonText::staysLinear()
{
    QFETCH(std::string, json);
    QElapsedTimer timer;
    timer.start();
    const auto mapped = mapTexts(json, replacing("secret", "public"));
    QVERIFY(mapped);
    // Generous for sanitizers and busy machines; anything quadratic takes minutes.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJsonText)
#include "test_json_text.moc"
