// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/output.h"

#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

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

void widen(std::vector<qsizetype>& widths, const QStringList& row)
{
    for (qsizetype i = 0; i < row.size(); ++i)
        widths[static_cast<std::size_t>(i)] = std::max(widths[static_cast<std::size_t>(i)], row[i].size());
}

QString rowText(const QStringList& row, const std::vector<qsizetype>& widths)
{
    QString text;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const bool last = i + 1 == row.size();
        text += last ? row[i] : row[i].leftJustified(widths[static_cast<std::size_t>(i)] + 2);
    }
    return text + QLatin1Char('\n');
}

constexpr std::size_t rowsAtOnce = 1000;

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
    std::vector<qsizetype> widths(static_cast<std::size_t>(header.size()), 0);
    widen(widths, header);
    for (const QStringList& row : rows)
        widen(widths, row);
    QString text = rowText(header, widths);
    for (const QStringList& row : rows)
        text += rowText(row, widths);
    this->text(text.toUtf8());
}

Table::Table(Output& out, QStringList header)
    : m_out(out)
    , m_header(std::move(header))
    , m_widths(static_cast<std::size_t>(m_header.size()), 0)
{
    widen(m_widths, m_header);
}

void Table::add(QStringList row)
{
    widen(m_widths, row);
    m_rows.push_back(std::move(row));
    if (m_rows.size() >= rowsAtOnce)
        end();
}

void Table::end()
{
    if (m_rows.empty())
        return;
    QString text;
    if (!m_header.isEmpty())
        text = rowText(std::exchange(m_header, {}), m_widths);
    for (const QStringList& row : m_rows)
        text += rowText(row, m_widths);
    m_rows.clear();
    m_out.text(text.toUtf8());
}

JsonList::JsonList(Output& out, QString member)
    : m_out(out)
    , m_member(std::move(member))
{
}

void JsonList::add(std::string_view element)
{
    m_text.append(std::exchange(m_isEmpty, false) ? "\n" : ",\n");
    m_text.append(element.data(), static_cast<qsizetype>(element.size()));
    constexpr qsizetype enough = 256 * 1024;
    if (m_text.size() >= enough)
        write();
}

void JsonList::end(const QJsonObject& others)
{
    m_text += m_isEmpty ? "]" : "\n]";
    // Its own opening bracket is the list's comma.
    m_text += ',' + QJsonDocument(others).toJson(QJsonDocument::Compact).mid(1) + '\n';
    write();
}

void JsonList::write()
{
    if (!std::exchange(m_hasBegun, true))
        m_text.prepend("{\"" + m_member.toUtf8() + "\":[");
    m_out.text(m_text);
    m_text.clear();
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
