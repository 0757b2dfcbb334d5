// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

namespace sharelock::cli {

//! \brief Where a command writes: results to standard output, everything else to standard error.
class Output
{
public:
    explicit Output(bool json);

    [[nodiscard]] bool json() const { return m_json; }

    //! \brief One line of plain result. Foreign text must have gone through visible().
    void line(const QString& text);
    void document(const QJsonArray& value);
    void document(const QJsonObject& value);
    //! \brief A file's text, as it is.
    void text(const QByteArray& bytes);
    //! \brief JSON text that is already serialised.
    void raw(std::string_view json);
    //! \brief Columns with equal widths; the last one is not padded.
    void table(const QStringList& header, const std::vector<QStringList>& rows);

    //! \brief A remark on standard error.
    void note(const QString& text);
    //! \brief On a terminal: rewrites one line of standard error; nothing elsewhere.
    void progress(const QString& text);
    void error(const Error& error);
    //! \brief Asks on the terminal; false when there is none (\p hasTerminal tells) or the answer is no.
    [[nodiscard]] bool confirm(const QString& question);
    [[nodiscard]] static bool hasTerminal();

private:
    void endProgress();
    bool m_json;
    bool m_progressOpen = false;
};

//! \brief A table that is written while it grows. Widths are those of what came so far.
class Table
{
public:
    Table(Output& out, QStringList header);

    void add(QStringList row);
    //! \brief Writes what is left; nothing at all for a table without rows.
    void end();

private:
    Output& m_out;
    QStringList m_header;
    std::vector<QStringList> m_rows; //!< Not written yet.
    std::vector<qsizetype> m_widths;
};

//! \brief A JSON object that is written while its list grows, one element a line.
class JsonList
{
public:
    //! \param member the list's name.
    JsonList(Output& out, QString member);

    //! \param element JSON text.
    void add(std::string_view element);
    //! \brief Ends the list; \p others follow it.
    void end(const QJsonObject& others);

private:
    void write();

    Output& m_out;
    QString m_member;
    QByteArray m_text; //!< Not written yet.
    bool m_isEmpty = true;
    bool m_hasBegun = false;
};

//! \brief Foreign text for a terminal: control characters (ESC!), line ends and bidi overrides are shown as
//! `·`.
[[nodiscard]] QString visible(const QString& foreign);

} // namespace sharelock::cli
