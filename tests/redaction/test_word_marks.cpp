// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/boundary.h"
#include "redaction/nested_text.h"
#include "redaction/pattern_begins.h"
#include "redaction/pattern_runs.h"
#include "redaction/required_literals.h"
#include "redaction/word_marks.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace sharelock::redaction;

namespace {

bool looksRandom(std::string_view run)
{
    const bool hasDigit = std::any_of(run.begin(), run.end(), [](char c) { return isDigit(c); });
    run = run.substr(0, 40);
    const auto capitals =
        static_cast<std::size_t>(std::count_if(run.begin(), run.end(), [](char c) { return isUpper(c); }));
    return hasDigit || std::min(capitals, run.size() - capitals) * 5 > run.size();
}

//! \brief By the definition, one character after the other.
std::vector<WordRun> expectedRuns(std::string_view text)
{
    std::vector<WordRun> runs;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && isWordMark(text[at]))
            continue;
        if (at - begin >= shortestWordRun)
            runs.push_back({{begin, at}, looksRandom(text.substr(begin, at - begin))});
        begin = at + 1;
    }
    return runs;
}

QByteArray described(const std::vector<WordRun>& runs)
{
    QByteArray text;
    for (const TextRun& run : runs)
        text +=
            QByteArray::number(qulonglong(run.begin)) + '-' + QByteArray::number(qulonglong(run.end)) + ' ';
    return text;
}

} // namespace

//! \brief The small parts that decide where a rule is tried.
class TestWordMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsRuns();
    void tellsEveryByte();
    void followsLongRunOnce();
    void knowsRequiredSigns();
    void knowsWhatFollowsLiteral_data();
    void knowsWhatFollowsLiteral();
    void marksAddressesAndPercents();
    void tellsRandomFromWords();
    void knowsLeastRuns_data();
    void knowsLeastRuns();
    void knowsLeastRunAtBegin();
    void knowsBegins_data();
    void knowsBegins();
    void knowsBoundaries_data();
    void knowsBoundaries();
    void decodes();
};

void TestWordMarks::findsRuns()
{
    QRandomGenerator random(4);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = random.bounded(400); i > 0; --i)
            text.push_back(random.bounded(16) == 0 ? " .@%\xC3\0/"[random.bounded(7)]
                                                   : "aZ09_-z"[random.bounded(7)]);
        // In one part or in two, a run is found once.
        const std::size_t cut = text.empty() ? 0 : std::size_t(random.bounded(int(text.size())));
        WordMarks whole;
        WordMarks parts;
        findWordMarks(text, 0, text.size(), whole);
        findWordMarks(text, 0, cut, parts);
        findWordMarks(text, cut, text.size(), parts);
        QCOMPARE(described(whole.runs), described(expectedRuns(text)));
        QCOMPARE(described(parts.runs), described(expectedRuns(text)));
    }
}

//! \brief In blocks and in what is left of the last one.
void TestWordMarks::tellsEveryByte()
{
    for (int byte = 0; byte < 256; ++byte) {
        const std::string piece =
            std::string(shortestWordRun, 'a') + static_cast<char>(byte) + std::string(shortestWordRun, 'b');
        for (const std::size_t before : {0U, 3U, 50U, 100U}) {
            const std::string text = std::string(before, ' ') + piece + std::string(before, ' ');
            WordMarks marks;
            findWordMarks(text, 0, text.size(), marks);
            QCOMPARE(described(marks.runs), described(expectedRuns(text)));
        }
    }
}

//! \brief Not from each part that it goes through to its end: that would take minutes here.
void TestWordMarks::followsLongRunOnce()
{
    const std::string text(64'000'000, 'a');
    constexpr std::size_t part = 4096;
    QElapsedTimer timer;
    timer.start();
    WordMarks marks;
    for (std::size_t at = 0; at < text.size(); at += part)
        findWordMarks(text, at, std::min(text.size(), at + part), marks);
    QCOMPARE(marks.runs.size(), std::size_t(1));
    QCOMPARE(marks.runs[0].end, text.size());
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void TestWordMarks::knowsRequiredSigns()
{
    QCOMPARE(requiredSign("://[^@]{0,9}:([^/]{4,9})@[a-z]", "://"), std::optional('@'));
    QCOMPARE(requiredSign("key(?:=|:)x", "key"), std::optional<char>());
    QCOMPARE(requiredSign("key(?:=a|b=)x", "key"), std::optional('='));
    QCOMPARE(requiredSign("key=?x", "key"), std::optional<char>());
    QCOMPARE(requiredSign("key=[a-z]+", "key="), std::optional<char>());
    QCOMPARE(requiredSign("key(", "key"), std::optional<char>());
}

void TestWordMarks::knowsWhatFollowsLiteral_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("rest"); // Empty for none.
    const auto row = [](const char* pattern, const char* rest) {
        QTest::newRow(pattern) << std::string(pattern) << std::string(rest);
    };
    row("[a-z]*key=(x)", "key=(x)");
    row("(?i:[a-z]*key\\s=)(x|y)", "(?i:key\\s=)(x|y)");
    row("(?i:[a-z]*key)", "(?i:key)");
    row("[key]key", "key");
    row("[]key]a\\[key", "key");
    row("(?:key)a", "");
    row("a|bkey", "");
    row("(?i:a|key)b", "");
    row("(?i)akey", "");
    row("(?i:akey)?b", "");
    row("a\\key", "");
    row("akey?", "");
    row("akey{0,2}", "");
    row("(?i:a)key", "");
}

void TestWordMarks::knowsWhatFollowsLiteral()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, rest);
    QCOMPARE(patternFrom(pattern, "key").value_or(std::string()), rest);
}

void TestWordMarks::marksAddressesAndPercents()
{
    WordMarks marks;
    const std::string text = "@x a@ a@b a@b.c me@example.org @scope/pkg x@1.2.3 %3D %41 %2f 100%";
    findWordMarks(text, 0, text.size(), marks);
    const std::vector<std::size_t> ats{text.find("a@b.c") + 1, text.find("me@") + 2, text.find("x@1") + 1};
    QCOMPARE(marks.ats, ats);
    const std::vector<std::size_t> percents{text.find("%3D"), text.find("%2f")};
    QCOMPARE(marks.percents, percents);
    marks.clear();
    findWordMarks({}, 0, 0, marks);
    findWordMarks("@", 0, 1, marks);
    findWordMarks("%", 0, 1, marks);
    QVERIFY(marks.ats.empty() && marks.percents.empty() && marks.runs.empty());
}

void TestWordMarks::tellsRandomFromWords()
{
    const auto isRandom = [](const std::string& run) {
        WordMarks marks;
        findWordMarks(run, 0, run.size(), marks);
        return marks.runs.size() == 1 && marks.runs[0].isRandom;
    };
    QVERIFY(isRandom("a1bcdefghijklmnop"));
    QVERIFY(isRandom("aBcDEfGhIjKlMNop"));
    QVERIFY(isRandom(std::string(100, 'a') + "1"));
    QVERIFY(isRandom("1" + std::string(100, 'a')));
    QVERIFY(!isRandom("getElementsByClassName"));
    QVERIFY(!isRandom("a_rather_long_identifier"));
    QVERIFY(!isRandom("A_RATHER_LONG_CONSTANT"));
    QVERIFY(!isRandom(std::string(200, '-')));
}

void TestWordMarks::knowsLeastRuns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<int>("least");
    const auto row = [](const char* pattern, int least) {
        QTest::newRow(pattern) << QByteArray(pattern) << least;
    };
    row("ghp_[A-Za-z0-9]{36}", 36);
    row("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}", 16);
    row("abc", 0);
    row("[a-z]{40}", 0);                       // no digit is sure to be possible
    row("[A-Za-z0-9+/]{40}", 0);               // may be broken by a slash
    row("[0-9]{10}[a-z]{0,5}[0-9]{10}", 20);   // held together
    row("[0-9]{10}.?[0-9]{9}", 10);            // perhaps not
    row("(?:[0-9a-f]{32}|x[0-9a-f]{20})", 20); // the shorter one
    row("(?i:key)\\s{0,3}=\\s{0,3}([0-9a-z_]{24,40})", 24);
    row("\\w{20}", 20);
    row("\\d+", 1);
    row("(?:[0-9]{4}){5}", 20);
    row("([0-9]{16})?", 0);
    row("[^a]{30}", 0);
    row("\\p{L}[0-9]{20}", 0); // not known, so nothing is sure
    row("[[:alnum:]]{30}", 0);
    row("[0-9]{20", 0);
    row("([0-9]{20}", 0);
    row("", 0);
}

void TestWordMarks::knowsLeastRuns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(int, least);
    QCOMPARE(int(leastRandomRuns(pattern.toStdString()).longest), least);
}

void TestWordMarks::knowsLeastRunAtBegin()
{
    const auto atBegin = [](const char* pattern) { return int(leastRandomRuns(pattern).atBegin); };
    QCOMPARE(atBegin("ghp_[0-9a-z]{20}"), 20);
    QCOMPARE(atBegin("ghp_[0-9a-z]{20}\\.[0-9]{30}"), 20);
    QCOMPARE(atBegin("api\\.[0-9a-z]{20}"), 0);
    QCOMPARE(atBegin("(?:a|b\\.)[0-9a-z]{20}"), 0);
}

void TestWordMarks::knowsBegins_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("begins"); // one a word; `*` for any case
    const auto row = [](const char* pattern, const char* begins) {
        QTest::newRow(pattern) << QByteArray(pattern) << QByteArray(begins);
    };
    row("ghp_[a-z]{3}", "ghp_");
    row("gh[pou]_[a-z]{3}", "gho_ ghp_ ghu_");
    row("(?:abc|de)f+", "abc de");
    row("(?:abc|de)fg+", "abcf def");
    row("(?is:(?:asana).{0,40}?key)=x", "*asana");
    row("a(?:b|c(?:d|e)).", "ab acd ace");
    row("ab?c", "a");
    row("(?:ab)?c", "");
    row("abc|x", "abc x");
    row("xox[a-z]-", "xox");
    row("a[0-3x]b", "a0b a1b a2b a3b axb");
    row("a\\.b\\d", "a.b");
    row("^abc", "");
    row("[^a]bc", "");
    row("(abc", "");
    row("", "");
}

void TestWordMarks::knowsBegins()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, begins);
    PatternBegins found = patternBegins(pattern.toStdString());
    std::sort(found.texts.begin(), found.texts.end());
    QByteArray text = found.ignoreCase ? "*" : "";
    for (const std::string& each : found.texts)
        text += QByteArray::fromStdString(each) + ' ';
    QCOMPARE(text.trimmed(), begins);
}

void TestWordMarks::knowsBoundaries_data()
{
    QTest::addColumn<QByteArray>("text"); // the match stands between the bars
    QTest::addColumn<bool>("before");
    QTest::addColumn<bool>("after");
    const auto row = [](const char* text, bool before, bool after) {
        QTest::newRow(text) << QByteArray(text) << before << after;
    };
    row("|x|", true, true);
    row(" |x| ", true, true);
    row("a|x|b", false, false);
    row("_|x|_", false, false);
    row("a-|x|-", false, false);
    row("=|x|=", true, true);
    row("\\n|x|\\n", true, true);
    row("\\u0022|x|\\u0022", true, true);
    row("u0022|x|.", false, true);
    row("%3D|x|%26", true, true);
    row("3D|x|", false, true);
    row("\x1b[32m|x|\x1b[0m", true, true);
    row("\\u001b[1;32m|x|", true, true);
    row("m|x|", false, true);
    row("\n-|x|", true, true);
    row("-|x|", true, true);
    row("a -|x|", false, true);
    row("\xE6\x98\xAF|x|\xE3\x80\x82", true, true);
}

void TestWordMarks::knowsBoundaries()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, before);
    QFETCH(bool, after);
    const auto begin = static_cast<std::size_t>(text.indexOf('|'));
    const auto end = static_cast<std::size_t>(text.lastIndexOf('|')) - 1;
    const std::string plain = text.replace('|', "").toStdString();
    QCOMPARE(boundaryBefore(plain, begin), before);
    QCOMPARE(boundaryAfter(plain, end), after);
}

void TestWordMarks::decodes()
{
    DecodedText decoded;
    QVERIFY(decodeEscapes(R"(a\"b\\n\u00e9\ud83d\ude00\q\)", decoded));
    QCOMPARE(decoded.text, std::string("a\"b\\n\u00e9\U0001F600\\q\\"));
    QCOMPARE(decoded.origins.size(), decoded.text.size() + 1);
    QCOMPARE(decoded.origin(1, 2).begin, std::size_t(1));
    QCOMPARE(decoded.origin(1, 2).end, std::size_t(3));
    QVERIFY(!decodeEscapes("none", decoded));
    QVERIFY(!decodeEscapes("\\", decoded));
    QVERIFY(decodePercent("a%3Db%", decoded));
    QCOMPARE(decoded.text, std::string("a=b%"));
    QVERIFY(!decodePercent("%4", decoded));
    QVERIFY(decodeBase64("cGFzc3dvcmQ9aHVudGVyMng=", decoded));
    QCOMPARE(decoded.text, std::string("password=hunter2x"));
    QCOMPARE(decoded.origin(9, 17).begin, std::size_t(12));
    QCOMPARE(decoded.origin(9, 17).end, std::size_t(23));
    QVERIFY(!decodeBase64("AAECAwQFBgc=", decoded));
    QVERIFY(!decodeBase64("", decoded));
    QVERIFY(startsAsBase64Text("cGFzc3dvcmQ9aHVudGVyMng"));
    QVERIFY(!startsAsBase64Text("home/alex/work/project/src"));
}

QTEST_GUILESS_MAIN(TestWordMarks)
#include "test_word_marks.moc"
