// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/output.h"

#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <string>

#include <unistd.h>

namespace sharelock::cli {

namespace {

void write(std::FILE* file, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), file);
    std::fflush(file);
}

bool steersTerminal(QChar c)
{
    const ushort code = c.unicode();
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool bidi = (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
                      (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
    return control || bidi;
}

} // namespace

QString visible(const QString& foreign)
{
    QString text = foreign;
    for (QChar& c : text) {
        if (steersTerminal(c))
            c = QChar(0x00b7);
    }
    return text;
}

Output::Output(bool json)
    : m_json(json)
{
}

bool Output::hasTerminal()
{
    return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

void Output::line(const QString& text)
{
    endProgress();
    write(stdout, text + QLatin1Char('\n'));
}

void Output::document(const QJsonArray& value)
{
    endProgress();
    write(stdout, QString::fromUtf8(QJsonDocument(value).toJson(QJsonDocument::Indented)));
}

void Output::document(const QJsonObject& value)
{
    endProgress();
    write(stdout, QString::fromUtf8(QJsonDocument(value).toJson(QJsonDocument::Indented)));
}

void Output::text(const QByteArray& bytes)
{
    endProgress();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void Output::raw(std::string_view json)
{
    endProgress();
    std::fwrite(json.data(), 1, json.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void Output::table(const QStringList& header, const std::vector<QStringList>& rows)
{
    std::vector<qsizetype> widths;
    for (const QString& title : header)
        widths.push_back(title.size());
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[static_cast<std::size_t>(i)] =
                std::max(widths[static_cast<std::size_t>(i)], row[i].size());
    }
    const auto print = [&](const QStringList& row) {
        QString text;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            text += last ? row[i] : row[i].leftJustified(widths[static_cast<std::size_t>(i)] + 2);
        }
        line(text);
    };
    print(header);
    for (const QStringList& row : rows)
        print(row);
}

void Output::note(const QString& text)
{
    endProgress();
    write(stderr, text + QLatin1Char('\n'));
}

void Output::progress(const QString& text)
{
    if (isatty(STDERR_FILENO) != 1)
        return;
    write(stderr, QStringLiteral("\r\033[K") + text);
    m_progressOpen = true;
}

void Output::endProgress()
{
    if (!m_progressOpen)
        return;
    m_progressOpen = false;
    write(stderr, QStringLiteral("\r\033[K"));
}

void Output::error(const Error& error)
{
    note(QStringLiteral("sharelock: ") + visible(caption(error)));
    if (!error.detail.isEmpty())
        note(QStringLiteral("  ") + visible(error.detail));
    if (error.code == ErrorCode::KeyringMissing)
        note(QStringLiteral("  To keep the master key in a file that only you can read: --vault file"));
}

bool Output::confirm(const QString& question)
{
    endProgress();
    if (!hasTerminal())
        return false;
    write(stderr, question + QStringLiteral(" [y/N] "));
    QTextStream input(stdin);
    const QString answer = input.readLine().trimmed().toLower();
    return answer == QLatin1String("y") || answer == QLatin1String("yes");
}

} // namespace sharelock::cli
