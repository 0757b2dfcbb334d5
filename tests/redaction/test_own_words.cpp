// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/own_words.h"

#include "document/json_text.h"
#include "plans.h"
#include "redaction/redact.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

const std::string key(32, 'k');

#ifdef SHARELOCK_SANITIZED
constexpr quint32 rounds = 300;
constexpr int megabytes = 2;
#else
constexpr quint32 rounds = 2'000;
constexpr int megabytes = 10;
#endif

TextPrints prints(const std::vector<std::string>& texts)
{
    std::vector<TextPrint> all;
    for (const std::string& text : texts)
        all.push_back(TextPrints::of(text, key));
    return {key, all};
}

OwnSearch words(const std::vector<std::string>& words)
{
    std::vector<OwnWord> own;
    for (const std::string& word : words)
        own.push_back({std::int64_t(own.size() + 1), word, false});
    return {own, {}};
}

OwnSearch patterns(const std::vector<std::string>& texts)
{
    std::vector<OwnWord> own;
    for (const std::string& text : texts)
        own.push_back({std::int64_t(own.size() + 1), text, true});
    return {own, {}};
}

std::vector<std::string> valuesIn(const OwnSearch& search, const document::ShareDocument& document)
{
    std::vector<std::string> values;
    const auto found = search.search(document);
    if (!found)
        return {"!" + codeName(found.error().code).toStdString()};
    for (const FoundValue& value : *found)
        values.push_back(value.value.reveal());
    return values;
}

RedactionPlan planOf(const OwnSearch& search, const document::ShareDocument& document,
                     std::vector<FoundValue>* values = nullptr)
{
    RedactionPlan plan;
    auto found = search.search(document).value_or(std::vector<FoundValue>());
    giveNames(found);
    search.hideSpellings(plan, found);
    hide(plan, found);
    if (values)
        *values = std::move(found);
    return plan;
}

ErrorCode refusal(const std::string& text, bool isPattern = false)
{
    const auto checked = checkOwnWord({0, text, isPattern});
    return checked ? ErrorCode::Cancelled : checked.error().code;
}

//! A text in one of the ways in which it can stand in another one.
std::string encoded(const std::string& text, quint32 way)
{
    const QByteArray bytes = QByteArray::fromStdString(text);
    switch (way) {
    case 0:
        return text;
    case 1:
        return document::quoted(text);
    case 2:
        return document::quoted(document::quoted(text));
    case 3:
        return bytes.toPercentEncoding().toStdString();
    case 4:
        return bytes.toBase64().toStdString();
    case 5:
        return QByteArray("Basic " + QByteArray("user:" + bytes + ":x").toBase64()).toStdString();
    default:
        return "data:text/plain;base64," + bytes.toBase64().toStdString();
    }
}
constexpr quint32 ways = 7;

} // namespace

//! Words, patterns and texts of the person's own: found, and hidden wherever they stand.
class TestOwnWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWordsInAnyCase();
    void findsPatterns();
    void findsTextsByTheirPrints();
    void findsTextsWithOtherLineEnds();
    void noLineEndSurvives();
    void refusesWhatCantBeHidden();
    void noneSurvives();
    void spellingsShareAPseudonym();
    void aKeptWordStays();
    void mergesWithTheScanner();
    void broadPatternsFailClosed();
    void hostileTextsTakeLinearTime_data();
    void hostileTextsTakeLinearTime();
    void printsOfManyLengths();
};

void TestOwnWords::findsWordsInAnyCase()
{
    const auto document =
        saying("Bluebell and BLUEBELL, bluebells; \u0141\u00D3D\u0179 x \u0142\u00F3d\u017A");
    const std::vector<std::string> expected{"Bluebell", "BLUEBELL", "bluebell", "\u0141\u00D3D\u0179",
                                            "\u0142\u00F3d\u017A"};
    QCOMPARE(valuesIn(words({"bluebell", "\u0141\u00F3d\u017A"}), document), expected);
    QVERIFY(valuesIn(words({}), document).empty());
}

void TestOwnWords::findsPatterns()
{
    const auto document = saying("ACME-1234 acme-5678 ACME-12 ACME-1234");
    QCOMPARE(valuesIn(patterns({"ACME-\\d{4}"}), document), std::vector<std::string>{"ACME-1234"});
    QCOMPARE(valuesIn(patterns({"(?i)ACME-\\d{4}"}), document),
             (std::vector<std::string>{"ACME-1234", "acme-5678"}));
    const auto found = patterns({"ACME-\\d{4}"}).search(document);
    QVERIFY(found);
    QCOMPARE(found->front().places, std::size_t(2));
    QCOMPARE(found->front().decision, Decision::Redact);
    QVERIFY(found->front().byPerson && !found->front().isSureSecret());
    QCOMPARE(found->front().rule->kind, FindingKind::OwnWord);
    // Over the border of what is searched at a time.
    for (const int before : {16'380, 16'384, 12'288}) {
        const auto far = saying(std::string(std::size_t(before), ' ') + "ACME-1234");
        QCOMPARE(valuesIn(patterns({"ACME-\\d{4}"}), far), std::vector<std::string>{"ACME-1234"});
        const auto tail = saying(std::string(std::size_t(before) - 4, ' ') + "x" + std::string(200, '7'));
        QCOMPARE(valuesIn(patterns({"x7+"}), tail), std::vector<std::string>{"x" + std::string(200, '7')});
    }
}

void TestOwnWords::findsTextsByTheirPrints()
{
    const std::vector<std::string> texts{"a plan for Tuesday", "line one\nline two", "Zo\u00EB \U0001F512"};
    const OwnSearch search({}, prints(texts));
    const auto document =
        saying("This is a plan for Tuesday, a plan for Tuesday. line one\nline two. Zo\u00EB \U0001F512!");
    auto found = valuesIn(search, document);
    std::sort(found.begin(), found.end());
    std::vector<std::string> expected = texts;
    std::sort(expected.begin(), expected.end());
    QCOMPARE(found, expected);
    QVERIFY(valuesIn(search, saying("a plan for tuesday")).empty());
    // Nothing of the text is in its print but its length.
    const TextPrint print = TextPrints::of(texts[0], key);
    QCOMPARE(print.length, texts[0].size());
    QVERIFY(print != TextPrints::of(texts[0], std::string(32, 'l')));
}

void TestOwnWords::findsTextsWithOtherLineEnds()
{
    const OwnSearch search({}, prints({"one line\nand another", "end\n\nof it"}));
    const auto found = [&search](const std::string& text) { return valuesIn(search, saying(text)); };
    using Values = std::vector<std::string>;
    QCOMPARE(found("x one line\nand another."), Values{"one line\nand another"});
    QCOMPARE(found("\r\nx\r\none line\r\nand another\r\n."), Values{"one line\r\nand another"});
    QCOMPARE(found("a\u2028\u2026one line\u2029and another"), Values{"one line\u2029and another"});
    QCOMPARE(found("the end\r\n\nof it, the end\n\r\nof it"), (Values{"end\r\n\nof it", "end\n\r\nof it"}));
    // A picture of it is shown, so that it is no line end.
    QCOMPARE(found("one line\rand another"), Values());
    QCOMPARE(found("one line\r\r\nand another"), Values());
}

void TestOwnWords::noLineEndSurvives()
{
    const std::string line = "the quiet otter";
    const std::string behind = "sleeps at \"nine\"";
    const OwnSearch search({}, prints({line + "\n" + behind}));
    for (const std::string lineEnd : {"\r\n", "\n"}) {
        const std::string value = line + lineEnd + behind;
        for (const std::string elsewhere : {"\r\n", "\n"}) {
            for (quint32 way = 0; way < ways; ++way) {
                const auto document =
                    saying("a " + value + " b\n" + encoded(line + elsewhere + behind, way) + " c");
                const RedactionPlan plan = planOf(search, document);
                const auto redacted = redact(document, plan);
                QVERIFY(redacted);
                const std::string json = redacted->document.toJson();
                const QByteArray context = QByteArray::number(way) + ": " + QByteArray::fromStdString(json);
                QVERIFY2(LeakGate(plan).check(json), context.constData());
                for (const std::string& part : {line, behind})
                    QVERIFY2(json.find(part.substr(0, 9)) == std::string::npos, context.constData());
                const auto again = redact(redacted->document, plan);
                QVERIFY(again && again->places == 0);
            }
        }
    }
}

void TestOwnWords::refusesWhatCantBeHidden()
{
    QCOMPARE(refusal("bluebell"), ErrorCode::Cancelled);
    QCOMPARE(refusal("x1"), ErrorCode::Cancelled);
    QCOMPARE(refusal(""), ErrorCode::OwnWordEmpty);
    QCOMPARE(refusal(" \n x "), ErrorCode::OwnWordEmpty);
    QCOMPARE(refusal("text"), ErrorCode::OwnWordUnhideable);
    QCOMPARE(refusal("Message"), ErrorCode::OwnWordUnhideable);
    QCOMPARE(refusal("\":\""), ErrorCode::OwnWordUnhideable);
    QCOMPARE(refusal(std::string(5000, 'x')), ErrorCode::OwnWordLong);
    QCOMPARE(refusal("a(b", true), ErrorCode::PatternBroken);
    QVERIFY(checkOwnWord({0, "a(b", true}).error().subject.contains(u"missing"));
    QCOMPARE(refusal("x*", true), ErrorCode::PatternBroken);
    QCOMPARE(refusal("(?i)x+y", true), ErrorCode::Cancelled);
    // Inside of a member's name: only as a word of its own.
    QCOMPARE(ownShape("mess").value(), HiddenShape::Name);
    QCOMPARE(ownShape("4711").value(), HiddenShape::Name);
    QCOMPARE(ownShape("bluebell").value(), HiddenShape::Value);
}

void TestOwnWords::noneSurvives()
{
    const std::vector<std::string> pool{
        "Bluebell",       "caf\u00E9 Noir", "back\\slash \"quoted\"",     "line\nbreak",
        "100% sure",      "a+b=c d",        "\u043C\u0430\u0448\u0430 2", "tab\there",
        "\U0001F512 lock"};
    for (quint32 seed = 0; seed < rounds; ++seed) {
        QRandomGenerator random(seed);
        const auto pick = [&] { return pool[random.bounded(quint32(pool.size()))]; };
        const std::string word = pick();
        const std::string text = pick();
        std::string said = "Say " + word + " and " + text + ".";
        for (int i = 0; i < 4; ++i)
            said += " / " + encoded(random.bounded(2) == 0 ? word : text, random.bounded(ways));
        const auto document = saying(said);
        const OwnSearch search({{1, word, false}}, prints({text}));
        std::vector<FoundValue> values;
        const RedactionPlan plan = planOf(search, document, &values);
        const auto redacted = redact(document, plan);
        QVERIFY(redacted);
        const std::string json = redacted->document.toJson();
        QVERIFY2(LeakGate(plan).check(json), (std::to_string(seed) + said + "\n" + json).c_str());
        for (quint32 way = 0; way < ways; ++way) {
            const std::string form = document::quoted(encoded(word, way));
            QVERIFY2(json.find(form.substr(1, form.size() - 2)) == std::string::npos,
                     (std::to_string(seed) + said + "\n" + json).c_str());
        }
        const auto twice = redact(redacted->document, plan);
        QVERIFY(twice);
        QVERIFY2(twice->document == redacted->document, said.c_str());
        for (const FoundValue& value : values)
            QVERIFY2(LeakGate(plan).check(value.pseudonym), value.pseudonym.c_str());
    }
}

void TestOwnWords::spellingsShareAPseudonym()
{
    const auto document = saying("Thistle, THISTLE, thiStle and Bluebell");
    const OwnSearch search = words({"bluebell", "thistle"});
    std::vector<FoundValue> values;
    const RedactionPlan plan = planOf(search, document, &values);
    QCOMPARE(redactedText("Thistle, THISTLE, thiStle and Bluebell", plan),
             std::string("<word-1>, <word-1>, <word-1> and <word-2>"));
    // In an encoding that nobody has searched.
    QCOMPARE(redactedText("see " + encoded("bluebell", 4), plan).find(encoded("bluebell", 4)),
             std::string::npos);
}

void TestOwnWords::aKeptWordStays()
{
    const auto document = saying("Thistle stays");
    const OwnSearch search = words({"thistle"});
    auto found = search.search(document).value();
    found.front().decided[0] = Decision::Keep;
    found.front().settle();
    QCOMPARE(found.front().decision, Decision::Keep);
    giveNames(found);
    RedactionPlan plan;
    search.hideSpellings(plan, found);
    hide(plan, found);
    QVERIFY(plan.hidden.empty());
}

void TestOwnWords::mergesWithTheScanner()
{
    static const Rule doubtful = [] {
        Rule rule;
        rule.id = "some-secret";
        rule.kind = FindingKind::Secret;
        return rule;
    }();
    FoundValue scanned;
    scanned.value = SecretText("Bluebell");
    scanned.rule = &doubtful;
    scanned.places = 1;
    std::vector<FoundValue> values{scanned};
    addOwn(values, words({"bluebell", "thistle"}).search(saying("Bluebell Thistle")).value());
    QCOMPARE(values.size(), std::size_t(2));
    QCOMPARE(values[0].rule, &doubtful);
    QVERIFY(values[0].isOwn);
    QCOMPARE(values[0].decision, Decision::Redact);
}

void TestOwnWords::broadPatternsFailClosed()
{
    QCOMPARE(valuesIn(patterns({"[a-z]+", "(?s)x.*"}), saying("x" + std::string(9000, 'y'))),
             std::vector<std::string>{"!pattern-too-broad"});
    std::string numbers;
    for (int i = 10'000; i < 13'000; ++i)
        numbers += "n" + std::to_string(i) + " ";
    QCOMPARE(valuesIn(patterns({"n\\d+"}), saying(numbers)), std::vector<std::string>{"!pattern-too-broad"});
}

void TestOwnWords::hostileTextsTakeLinearTime_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("one letter") << QByteArray("a");
    QTest::newRow("nearly a word") << QByteArray("blueblueb");
    QTest::newRow("the word") << QByteArray("bluebell");
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE\xC0");
    QTest::newRow("looks ahead") << QByteArray("ab ");
}

void TestOwnWords::hostileTextsTakeLinearTime()
{
    QFETCH(const QByteArray, piece);
    const OwnSearch search({{1, "bluebell", false}, {2, "ab(.*c)?", true}, {3, "(x+x+)+y", true}},
                           prints({"bluebellx", std::string(4000, 'a') + "b", "aaaaaaab"}));
    std::string text;
    while (text.size() < std::size_t(megabytes) * 1024 * 1024)
        text += piece.toStdString();
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1", "{\"text\":\"" + text + "\"}");
    QElapsedTimer timer;
    timer.start();
    (void)search.search(document);
    QVERIFY2(timer.elapsed() < 60'000, QByteArray::number(timer.elapsed()).constData());
}

void TestOwnWords::printsOfManyLengths()
{
    std::vector<std::string> texts;
    std::string said;
    for (std::size_t i = 0; i < TextPrints::mostLengths; ++i) {
        texts.push_back("q" + std::string(i + 2, 'z') + std::to_string(i));
        said += texts.back() + " ";
    }
    const TextPrints all = prints(texts);
    std::set<std::string> found;
    all.forEachIn(said, [&found](std::string_view text) { found.emplace(text); });
    QCOMPARE(found, std::set<std::string>(texts.begin(), texts.end()));
    std::string long1;
    while (long1.size() < std::size_t(1024) * 1024)
        long1 += said;
    int places = 0;
    all.forEachIn(long1, [&places](std::string_view) { ++places; });
    QCOMPARE(places, int(long1.size() / said.size() * texts.size()));
}

QTEST_GUILESS_MAIN(TestOwnWords)
#include "test_own_words.moc"
