// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/shown_places.h"

#include "document/visible_text.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

std::string shown(const std::string& text)
{
    return document::visibleText(text, {}).text;
}

//! \brief What is found, as it stands in the text.
std::vector<std::string> found(const std::vector<ShownText>& texts, const std::string& text)
{
    const ShownPlaces places(texts);
    std::vector<std::string> result;
    for (const HiddenPlace& place : places.find(text))
        result.push_back(text.substr(place.begin, place.end - place.begin));
    return result;
}

using Found = std::vector<std::string>;

} // namespace

class TestShownPlaces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsValuesAndPseudonyms();
    void encodedValues();
    void severalLines();
    void brokenRuns();
    void otherCharacters();
    void namesAreWords();
    void theLongestWins();
    void manyOfThemStayLinear();
};

void TestShownPlaces::findsValuesAndPseudonyms()
{
    const std::vector<ShownText> texts{{"hunter22", HiddenShape::Value, false},
                                       {"<password-1>", HiddenShape::Value, true},
                                       {"<password-10>", HiddenShape::Value, true}};
    const ShownPlaces places(texts);
    const auto all = places.find("a <password-10> b hunter22 c <password-1>");
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].value, std::size_t(2));
    QCOMPARE(all[0].begin, std::size_t(2));
    QCOMPARE(all[1].value, std::size_t(0));
    QCOMPARE(all[2].value, std::size_t(1));
    QVERIFY(places.find("nothing, <password-2>").empty());
    QVERIFY(ShownPlaces({}).find("anything").empty());
}

void TestShownPlaces::encodedValues()
{
    const std::vector<ShownText> value{{"p@ss \"word\"", HiddenShape::Value, false}};
    const std::string escaped = "p@ss \\\"word\\\"";
    QCOMPARE(found(value, "{\"a\":\"" + escaped + "\"}"), (Found{escaped}));
    QCOMPARE(found(value, "https://x/?q=p%40ss%20%22word%22&b"), (Found{"p%40ss%20%22word%22"}));
}

void TestShownPlaces::severalLines()
{
    const std::vector<ShownText> key{{"-----BEGIN\r\nabcdef\r\n-----END", HiddenShape::Value, false}};
    QCOMPARE(found(key, shown("k: -----BEGIN\r\nabcdef\r\n-----END.")),
             (Found{"-----BEGIN\nabcdef\n-----END"}));
    QCOMPARE(found(key, document::oneLine("k -----BEGIN\r\nabcdef\r\n-----END")),
             (Found{"-----BEGIN abcdef -----END"}));
    QCOMPARE(found(key, "+-----BEGIN\n+abcdef\n+-----END"), (Found{"-----BEGIN\n+abcdef\n+-----END"}));
}

void TestShownPlaces::brokenRuns()
{
    // visibleText() breaks a run after 400 bytes, here in the middle of the value.
    const std::string text = shown(std::string(396, 'x') + "hunter22" + std::string(500, 'y'));
    QVERIFY(text.find("\xE2\x80\x8B") != std::string::npos);
    const std::string broken = std::string("hunt\xE2\x80\x8B").append("er22");
    QCOMPARE(found({{"hunter22", HiddenShape::Value, false}}, text), (Found{broken}));
    // A break right behind it is no part of it.
    const std::string behind = shown(std::string(392, 'x') + "hunter22" + std::string(500, 'y'));
    QCOMPARE(found({{"hunter22", HiddenShape::Value, false}}, behind), (Found{"hunter22"}));
}

void TestShownPlaces::otherCharacters()
{
    QCOMPARE(found({{"p\xC3\xA4ss\xF0\x9F\x94\x91word", HiddenShape::Value, false}},
                   "x p\xC3\xA4ss\xF0\x9F\x94\x91word y"),
             (Found{"p\xC3\xA4ss\xF0\x9F\x94\x91word"}));
    // Control characters are drawn as pictures, in the text and so in the value.
    const std::string value("pass\x01word");
    QCOMPARE(found({{value, HiddenShape::Value, false}}, shown("x " + value)).size(), std::size_t(1));
    QVERIFY(found({{"password", HiddenShape::Value, false}}, "pass\xFF\xC3word").empty());
}

void TestShownPlaces::namesAreWords()
{
    const std::vector<ShownText> name{{"ada", HiddenShape::Name, false}};
    QCOMPARE(found(name, "Ada and adamant ADA"), (Found{"Ada", "ADA"}));
    QCOMPARE(found({{"/home/ada", HiddenShape::Folder, false}}, "cd /home/ada/x"), (Found{"/home/ada"}));
}

void TestShownPlaces::theLongestWins()
{
    QCOMPARE(
        found({{"hunter", HiddenShape::Value, false}, {"hunter22", HiddenShape::Value, false}}, "hunter22"),
        (Found{"hunter22"}));
    QCOMPARE(found({{"ada", HiddenShape::Name, false}, {"ada@example.com", HiddenShape::Name, false}},
                   "to ada@example.com"),
             (Found{"ada@example.com"}));
}

void TestShownPlaces::manyOfThemStayLinear()
{
    std::vector<ShownText> texts;
    for (int i = 0; i < 500; ++i) {
        texts.push_back({"<password-" + std::to_string(i) + ">", HiddenShape::Value, true});
        texts.push_back({"value-of-number-" + std::to_string(i), HiddenShape::Value, false});
    }
    const ShownPlaces places(texts);
    // What nearly is a pseudonym, over and over.
    std::string text;
    while (text.size() < 8'000'000)
        text += "<p <password-";
    text += "<password-499> value-of-number-499";
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(places.find(text).size(), std::size_t(2));
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestShownPlaces)
#include "test_shown_places.moc"
