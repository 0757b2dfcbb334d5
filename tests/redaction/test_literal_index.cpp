// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_index.h"

#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <string>
#include <tuple>

#include <sys/mman.h>
#include <unistd.h>

using namespace sharelock::redaction;

namespace {

using Hits = std::vector<LiteralHit>;

Hits hitsIn(const LiteralIndex& index, std::string_view text)
{
    const auto scratch = index.makeScratch();
    Hits hits;
    index.find(text, scratch.get(), hits);
    return hits;
}

bool fits(std::string_view text, const Literal& literal)
{
    return std::equal(text.begin(), text.end(), literal.bytes.begin(), literal.bytes.end(),
                      [&](char a, char b) {
                          const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
                          return literal.ignoreCase ? lower(a) == lower(b) : a == b;
                      });
}

//! \brief By the definition, one place after the other.
Hits expectedHits(const std::vector<Literal>& literals, std::string_view text)
{
    Hits hits;
    for (std::size_t end = 1; end <= text.size(); ++end) {
        for (std::uint32_t id = 0; id < literals.size(); ++id) {
            const std::size_t size = literals[id].bytes.size();
            if (size <= end && fits(text.substr(end - size, size), literals[id]))
                hits.push_back({end, id});
        }
    }
    return hits;
}

QByteArray described(const Hits& hits)
{
    QByteArray text;
    for (const LiteralHit& hit : hits)
        text += QByteArray::number(qulonglong(hit.end)) + ':' + QByteArray::number(hit.literal) + ' ';
    return text;
}

} // namespace

class TestLiteralIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsAll_data();
    void findsAll();
    void agreesOnRandomTexts();
    void appends();
    void findsInLongText();
    void readsNothingBesideTheText();

private:
    //! \brief Every kind that this machine has.
    static std::vector<std::unique_ptr<const LiteralIndex>> indexes(const std::vector<Literal>& literals)
    {
        std::vector<std::unique_ptr<const LiteralIndex>> all;
        all.push_back(makePortableIndex(literals));
        if (auto fast = makeHyperscanIndex(literals))
            all.push_back(std::move(fast));
        return all;
    }
};

void TestLiteralIndex::initTestCase()
{
#ifdef SHARELOCK_HYPERSCAN
    QVERIFY2(makeHyperscanIndex({{"abc", false}}), "built with the fast index, and it works here");
#else
    QVERIFY(!makeHyperscanIndex({{"abc", false}}));
#endif
}

void TestLiteralIndex::findsAll_data()
{
    QTest::addColumn<QList<QByteArray>>("literals"); // `*` at the end: in any case
    QTest::addColumn<QByteArray>("text");
    const QList<QByteArray> some{"abc", "bcd", "abcd", "cab", "key*", "KEY", "\xD0\xBF\xD0\xB0\xD1\x80"};
    const auto row = [](const char* name, const QList<QByteArray>& literals, const QByteArray& text) {
        QTest::newRow(name) << literals << text;
    };
    row("empty text", some, {});
    row("none", some, "xyz");
    row("at the ends", some, "abcxxabc");
    row("overlapping", some, "abcabcdab");
    row("one in another", {"aaa", "aaaa", "aaaaa"}, "aaaaaaa");
    row("case", some, "kEy KEY Key key");
    row("both cases of one word", {"token", "token*"}, "token Token TOKEN");
    row("other scripts", some, "\xD0\xBF\xD0\xB0\xD1\x80\xD0\xBE\xD0\xBB\xD1\x8C");
    row("zero bytes", some, QByteArray("ab\0abc\0\0bcd", 11));
    row("invalid UTF-8", some,
        "\xFF\xFE"
        "abc\x80\xC3");
    row("special characters", {"$2a$", "://", "(?:", "\\u04", "[a]"}, "x://$2a$(?:\\u04[a]");
    row("one literal", {"needle"}, "needleneedle nedle needle");
    row("shorter than all", some, "ab");
}

void TestLiteralIndex::findsAll()
{
    QFETCH(QList<QByteArray>, literals);
    QFETCH(QByteArray, text);
    std::vector<Literal> list;
    for (QByteArray literal : std::as_const(literals)) {
        const bool ignoreCase = literal.endsWith('*');
        if (ignoreCase)
            literal.chop(1);
        list.push_back({literal.toStdString(), ignoreCase});
    }
    const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
    const Hits expected = expectedHits(list, view);
    for (const auto& index : indexes(list))
        QCOMPARE(described(hitsIn(*index, view)), described(expected));
}

void TestLiteralIndex::agreesOnRandomTexts()
{
    QRandomGenerator random(20);
    const auto word = [&random](int least, int most) {
        std::string text;
        for (int size = random.bounded(least, most + 1); size > 0; --size)
            text.push_back("abAB_-\xC3 "[random.bounded(8)]);
        return text;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<Literal> literals;
        for (int i = random.bounded(1, 40); i > 0; --i)
            literals.push_back({word(3, 6), random.bounded(2) == 1});
        const std::string text = word(0, 400);
        const Hits expected = expectedHits(literals, text);
        for (const auto& index : indexes(literals))
            QCOMPARE(described(hitsIn(*index, text)), described(expected));
    }
}

void TestLiteralIndex::appends()
{
    for (const auto& index : indexes({{"abc", false}})) {
        const auto scratch = index->makeScratch();
        Hits hits{{7, 7}};
        index->find("abc", scratch.get(), hits);
        index->find("xabc", scratch.get(), hits);
        QCOMPARE(described(hits), QByteArray("7:7 3:0 4:0 "));
    }
}

void TestLiteralIndex::findsInLongText()
{
    std::string text(3'000'000, 'x');
    std::size_t expected = 0;
    for (std::size_t at = 0; at + 3 <= text.size(); at += 9973, ++expected)
        text.replace(at, 3, "aBc");
    for (const auto& index : indexes({{"abc", true}, {"abc", false}, {"axc", true}}))
        QCOMPARE(hitsIn(*index, text).size(), expected);
}

//! The memory behind a text, and before it, may belong to nobody.
void TestLiteralIndex::readsNothingBesideTheText()
{
    std::vector<Literal> literals;
    QRandomGenerator random(7);
    const auto word = [&random](int length) {
        std::string text;
        for (int i = 0; i < length; ++i)
            text += static_cast<char>('a' + random.bounded(26));
        return text;
    };
    for (int i = 0; i < 900; ++i)
        literals.push_back({word(2 + i % 12), i % 3 == 0});
    const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const pages = ::mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    QVERIFY(pages != MAP_FAILED);
    char* const middle = static_cast<char*>(pages) + page;
    QVERIFY(::mprotect(middle, page, PROT_READ | PROT_WRITE) == 0);
    for (const auto& index : indexes(literals)) {
        for (std::size_t length = 1; length < 300; ++length) {
            const std::string text = word(static_cast<int>(length));
            const Hits expected = hitsIn(*index, text);
            for (char* const at : {middle, middle + page - length}) {
                std::copy(text.begin(), text.end(), at);
                QVERIFY(hitsIn(*index, {at, length}) == expected);
            }
        }
    }
    // What the library once read on behind, found by the fuzzer.
    const SecretScanner scanner(builtInRules());
    for (const char* base64 :
         {"eXl5eXl5eU5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OeXl5eXl5eUAyZnl5eXl5eXl5eXl5eXlAMmY=",
          "MDBERERxJTQwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlMmFEJUDPz8//ceXl5eXl5eXl5eXl5eX/cTY="}) {
        const std::string text = QByteArray::fromBase64(base64).toStdString();
        char* const at = middle + page - text.size();
        std::copy(text.begin(), text.end(), at);
        QVERIFY(scanner.scanText({at, text.size()}).empty());
    }
    ::munmap(pages, 3 * page);
}

QTEST_GUILESS_MAIN(TestLiteralIndex)
#include "test_literal_index.moc"
