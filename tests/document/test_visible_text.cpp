// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/visible_text.h"

#include <QString>
#include <QTest>

using namespace sharelock::document;

namespace {

std::string shown(std::string_view text, const TextCap& cap = {})
{
    return visibleText(text, cap).text;
}

} // namespace

class TestVisibleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlsAreSeenOrGone()
    {
        QCOMPARE(shown("a\x1b[31mb\tc\nd"), std::string("a\xE2\x90\x9B[31mb\tc\nd"));
        QCOMPARE(shown(std::string_view("\0\x7f", 2)), std::string("\xE2\x90\x80\xE2\x90\xA1"));
        QCOMPARE(shown("a\r\nb\rc"), std::string("a\nb\xE2\x90\x8D"
                                                 "c"));
        QCOMPARE(shown("a\u202Eb\u2066c\u200Fd\u061Ce\u0085f"), std::string("abcdef"));
        QCOMPARE(shown("a\u2028b"), std::string("a\nb"));
        QCOMPARE(shown("\u00E9 \u4E2D \U0001F600"), std::string("\u00E9 \u4E2D \U0001F600"));
    }

    void countsTheWhole()
    {
        const VisibleText text = visibleText("a\nb\nc\n", {4000, 2, 0});
        QCOMPARE(text.text, std::string("a\nb"));
        QCOMPARE(text.lines, std::size_t(3));
        QCOMPARE(text.bytes, std::size_t(6));
        QVERIFY(text.truncated);
        QVERIFY(!visibleText("a\nb\n", {4000, 2, 0}).truncated);
        QVERIFY(!visibleText("", {}).truncated);
        QCOMPARE(visibleText("", {}).lines, std::size_t(0));
        QVERIFY(visibleText("abc", {2, 9, 0}).truncated);
        QVERIFY(visibleText("a\nb", {4000, 1, 0}).truncated);
    }

    void neverCutsACharacter()
    {
        const std::string text = "\u00E9\u4E2D\U0001F600\u00E9\u4E2D\U0001F600";
        for (std::size_t bytes = 0; bytes <= text.size(); ++bytes) {
            const std::string cut = shown(text, {bytes, 10, 0});
            QVERIFY(QUtf8StringView(cut.data(), qsizetype(cut.size())).isValidUtf8());
            QVERIFY(cut.size() <= bytes && cut.size() + 4 > bytes);
        }
        const std::string broken = shown(text, {4000, 10, 3});
        QVERIFY(QUtf8StringView(broken.data(), qsizetype(broken.size())).isValidUtf8());
    }

    void brokenUtf8DoesNotCrash()
    {
        for (const char* text : {"\xff\xfe", "\xC3", "\xE2\x80", "\xF0\x9F", "a\x80z", "\xE2"})
            (void)shown(text);
    }

    void longRunsAreBroken()
    {
        QCOMPARE(shown("abcdef gh", {100, 9, 3}), std::string("abc\u200Bdef gh"));
        QCOMPARE(shown("abcdef", {100, 9, 0}), std::string("abcdef"));
    }

    void titlesAreOneLine()
    {
        QCOMPARE(oneLine("a\nb\tc\x1b"), std::string("a b c\xE2\x90\x9B"));
        QCOMPARE(oneLine("abcdef", 3), std::string("abc\u2026"));
        QCOMPARE(oneLine(""), std::string());
    }
};

QTEST_GUILESS_MAIN(TestVisibleText)
#include "test_visible_text.moc"
