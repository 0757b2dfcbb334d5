// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "redaction/finding.h"
#include "redaction/own_words.h"

#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace sharelock::cli {

namespace {

using redaction::OwnWord;
using Words = std::vector<OwnWord>;

//! \brief What of a word may stand in a terminal: it is kept because nobody should read it.
QString shown(const OwnWord& word, bool reveal)
{
    return QString::fromStdString(reveal ? word.text : redaction::masked(word.text));
}

QJsonObject wordJson(const OwnWord& word, bool reveal)
{
    QJsonObject json{
        {QStringLiteral("number"), static_cast<qint64>(word.number)},
        {QStringLiteral("kind"), word.isPattern ? QStringLiteral("pattern") : QStringLiteral("word")},
        {QStringLiteral("masked"), shown(word, false)}};
    if (reveal)
        json[QStringLiteral("word")] = shown(word, true);
    return json;
}

void print(const Invocation& invocation, const Words& words)
{
    const bool reveal = invocation.options.isSet(QStringLiteral("reveal"));
    if (invocation.out.json()) {
        QJsonArray array;
        for (const OwnWord& word : words)
            array.append(wordJson(word, reveal));
        invocation.out.document(array);
        return;
    }
    std::vector<QStringList> rows;
    for (const OwnWord& word : words)
        rows.push_back({QString::number(word.number),
                        word.isPattern ? QStringLiteral("pattern") : QStringLiteral("word"),
                        visible(shown(word, reveal))});
    if (rows.empty())
        invocation.out.note(QStringLiteral("There are no own words yet. “sharelock words add” adds one."));
    else
        invocation.out.table({QStringLiteral("NUMBER"), QStringLiteral("KIND"), QStringLiteral("WORD")},
                             rows);
}

//! \brief The words that were named; else those on standard input, one a line: there they stand in no history
//! of a shell. From a terminal one line is read.
QStringList wordsFrom(const Invocation& invocation)
{
    if (invocation.names.size() > 1)
        return invocation.names.mid(1);
    QTextStream input(stdin);
    if (Output::hasTerminal()) {
        invocation.out.note(QStringLiteral("Word or pattern, then Enter:"));
        return {input.readLine().trimmed()};
    }
    QStringList lines;
    QString line;
    while (input.readLineInto(&line)) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

Words::const_iterator find(const Words& words, const std::string& text, bool isPattern)
{
    return std::find_if(words.begin(), words.end(), [&](const OwnWord& word) {
        return word.text == text && word.isPattern == isPattern;
    });
}

Expected<Words> add(const Invocation& invocation)
{
    const bool isPattern = invocation.options.isSet(QStringLiteral("pattern"));
    const QStringList texts = wordsFrom(invocation);
    if (texts.isEmpty())
        return fail(ErrorCode::OwnWordEmpty);
    auto known = invocation.manager.ownWords();
    if (!known)
        return known;
    // All of them, or none.
    for (const QString& text : texts) {
        if (const auto fits = redaction::checkOwnWord({0, text.toStdString(), isPattern}); !fits)
            return tl::unexpected(fits.error());
    }
    for (const QString& text : texts) {
        if (find(*known, text.toStdString(), isPattern) != known->end())
            continue;
        if (const auto saved = invocation.manager.saveOwnWord({0, text.toStdString(), isPattern}); !saved)
            return tl::unexpected(saved.error());
        known = invocation.manager.ownWords();
        if (!known)
            return known;
    }
    Words added;
    for (const QString& text : texts) {
        if (const auto word = find(*known, text.toStdString(), isPattern); word != known->end())
            added.push_back(*word);
    }
    return added;
}

//! \brief By number, as they are listed, or by the word itself.
Words::const_iterator named(const Words& words, const QString& name)
{
    bool isNumber = false;
    const qint64 number = name.toLongLong(&isNumber);
    const auto byNumber = std::find_if(
        words.begin(), words.end(), [&](const OwnWord& word) { return isNumber && word.number == number; });
    if (byNumber != words.end())
        return byNumber;
    const std::string text = name.toStdString();
    return std::find_if(words.begin(), words.end(), [&](const OwnWord& word) { return word.text == text; });
}

//! \brief Nothing when one is unknown: all of them, or none.
Expected<std::optional<Words>> remove(const Invocation& invocation)
{
    const auto words = invocation.manager.ownWords();
    if (!words)
        return tl::unexpected(words.error());
    const QStringList names = wordsFrom(invocation);
    if (names.isEmpty())
        return fail(ErrorCode::OwnWordEmpty);
    Words removed;
    for (const QString& name : names) {
        const auto word = named(*words, name);
        if (word == words->end()) {
            invocation.out.note(QStringLiteral("sharelock: there is no such word: %1")
                                    .arg(visible(shown({0, name.toStdString(), false}, false))));
            return std::nullopt;
        }
        removed.push_back(*word);
    }
    for (const OwnWord& word : removed) {
        if (const auto done = invocation.manager.removeOwnWord(word.number); !done)
            return tl::unexpected(done.error());
    }
    return removed;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const QString act = invocation.names.value(0, QStringLiteral("list"));
    Expected<Words> words;
    if (act == QLatin1String("add")) {
        words = add(invocation);
    } else if (act == QLatin1String("remove")) {
        const auto removed = remove(invocation);
        if (removed && !*removed)
            co_return NotDone;
        if (removed)
            words = **removed;
        else
            words = tl::unexpected(removed.error());
    } else if (act == QLatin1String("list") && invocation.names.size() <= 1) {
        words = invocation.manager.ownWords();
    } else {
        invocation.out.note(QStringLiteral("sharelock: words takes list, add or remove."));
        co_return Usage;
    }
    if (!words) {
        invocation.out.error(words.error());
        co_return statusFor(words.error());
    }
    print(invocation, *words);
    co_return Done;
}

} // namespace

Command wordsCommand()
{
    return {"words", "[list|add|remove WORD…]",
            "List, add or remove words and patterns that are hidden in every session.",
            [](QCommandLineParser& parser) {
                parser.addOption({QStringLiteral("pattern"),
                                  QStringLiteral("What is added is a pattern, in the syntax of RE2.")});
                parser.addOption({QStringLiteral("reveal"), QStringLiteral("Print words as they are.")});
            },
            run};
}

} // namespace sharelock::cli
