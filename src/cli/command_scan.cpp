// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "document/json_text.h"

#include <QElapsedTimer>
#include <QFile>

#include <set>

namespace sharelock::cli {

namespace {

using opencode::SessionSummary;
using redaction::Finding;
using sharing::DocumentScan;

QString qstring(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Expected<std::string> contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return file.readAll().toStdString();
}

//! \brief Put together by hand, since there may be millions: QJsonObject takes ten times as long.
void writeFinding(std::string& json, const Finding& finding, std::string_view session, bool reveal)
{
    const redaction::Rule& rule = *finding.rule;
    const auto text = [&json](std::string_view before, std::string_view value) {
        json.append(before);
        document::appendQuoted(json, value);
    };
    const auto number = [&json](std::string_view before, std::size_t value) {
        json.append(before).append(std::to_string(value));
    };
    text(R"({"rule":)", rule.id);
    text(R"(,"kind":)", redaction::kindName(rule.kind));
    text(R"(,"severity":)", redaction::severityName(rule.severity));
    text(R"(,"confidence":)", redaction::confidenceName(finding.confidence));
    number(R"(,"item":)", finding.item);
    text(R"(,"pointer":)", finding.pointer);
    number(R"(,"offset":)", finding.offset);
    number(R"(,"length":)", finding.length);
    text(R"(,"masked":)", redaction::masked(finding.value.reveal()));
    if (reveal)
        text(R"(,"value":)", finding.value.reveal());
    if (!session.empty())
        text(R"(,"session":)", session);
    json += '}';
}

//! \brief What the words of the command name.
Expected<std::vector<SessionSummary>> sessionsToScan(const Invocation& invocation)
{
    if (invocation.options.isSet(QStringLiteral("all")))
        return invocation.manager.sessions();
    std::vector<SessionSummary> sessions;
    for (const QString& name : invocation.names) {
        auto session = invocation.manager.findSession(name);
        if (!session)
            return tl::unexpected(session.error());
        sessions.push_back(*std::move(session));
    }
    return sessions;
}

//! \brief Writes what was found as it comes: there may be more of it than fits the memory.
class Report
{
public:
    explicit Report(const Invocation& invocation)
        : m_invocation(invocation)
        , m_reveal(invocation.options.isSet(QStringLiteral("reveal")))
        , m_list(invocation.out, QStringLiteral("findings"))
        , m_table(invocation.out, {QStringLiteral("SEVERITY"), QStringLiteral("WHAT"),
                                   QStringLiteral("VALUE"), QStringLiteral("WHERE")})
    {
        m_timer.start();
    }

    //! \param session its ID; empty for a file.
    void add(const QString& session, const DocumentScan& scanned)
    {
        m_bytes += scanned.bytes;
        for (const Error& problem : scanned.ruleProblems) {
            if (m_problems.insert({problem.subject, problem.detail}).second)
                m_invocation.out.error(problem);
        }
        for (const QString& note : scanned.scanning.notes) {
            if (m_notes.insert(note).second)
                m_invocation.out.note(visible(note));
        }
        const std::string sessionId = session.toStdString();
        for (const Finding& finding : scanned.findings) {
            ++m_count;
            if (m_invocation.out.json()) {
                m_line.clear();
                writeFinding(m_line, finding, sessionId, m_reveal);
                m_list.add(m_line);
            } else {
                m_table.add(row(finding, session));
            }
        }
    }

    //! \brief Also after an error, so that what is written is whole; the exit status tells of it.
    int end()
    {
        const double seconds = static_cast<double>(m_timer.nsecsElapsed()) / 1e9;
        if (m_invocation.out.json()) {
            m_list.end({{QStringLiteral("bytes"), static_cast<qint64>(m_bytes)},
                        {QStringLiteral("seconds"), seconds}});
        } else {
            m_table.end();
            m_invocation.out.note(
                QStringLiteral("%1 found. Automatic search does not find everything.").arg(m_count));
        }
        // Without all the rules that were asked for, nothing found is no answer.
        const int nothing = m_problems.empty() ? Done : CannotTell;
        return m_count == 0 ? nothing : NotDone;
    }

private:
    [[nodiscard]] QStringList row(const Finding& finding, const QString& session) const
    {
        const std::string& value = finding.value.reveal();
        return {qstring(redaction::severityName(finding.rule->severity)), qstring(finding.rule->title),
                visible(qstring(m_reveal ? value : redaction::masked(value))),
                visible(session + QStringLiteral(" ") + QString::number(finding.item) +
                        qstring(finding.pointer))};
    }

    const Invocation& m_invocation;
    bool m_reveal;
    QElapsedTimer m_timer;
    std::string m_line; //!< Kept for its room.
    JsonList m_list;
    Table m_table;
    std::set<std::pair<QString, QString>> m_problems;
    std::set<QString> m_notes;
    std::size_t m_bytes = 0;
    std::size_t m_count = 0;
};

int failed(const Invocation& invocation, const Error& error)
{
    invocation.out.error(error);
    // Not having looked is neither clean nor found.
    return CannotTell;
}

Expected<DocumentScan> scanFile(const Invocation& invocation, const QString& path, bool isDocument)
{
    const auto content = contentOf(path);
    if (!content)
        return tl::unexpected(content.error());
    const redaction::Scanning scanning =
        invocation.manager.scanning({}, invocation.options.values(QStringLiteral("rules")));
    const redaction::ScanOptions options{0, invocation.stop};
    if (!isDocument)
        return sharing::scanText(scanning, *content, options);
    const auto document = document::ShareDocument::parse(*content);
    if (!document)
        return tl::unexpected(document.error());
    auto scanned = sharing::scanDocument(scanning, *document, options);
    if (scanned)
        scanned->bytes = content->size();
    return scanned;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const QString document = invocation.options.value(QStringLiteral("document"));
    const QString text = invocation.options.value(QStringLiteral("text"));
    const int ways = (document.isEmpty() ? 0 : 1) + (text.isEmpty() ? 0 : 1) +
                     (invocation.names.isEmpty() ? 0 : 1) +
                     (invocation.options.isSet(QStringLiteral("all")) ? 1 : 0);
    if (ways != 1) {
        invocation.out.note(
            QStringLiteral("sharelock: scan takes one of SESSION, --all, --document FILE and --text FILE."));
        co_return Usage;
    }
    Report report(invocation);
    if (!document.isEmpty() || !text.isEmpty()) {
        const auto scanned = scanFile(invocation, document.isEmpty() ? text : document, !document.isEmpty());
        if (!scanned)
            co_return failed(invocation, scanned.error());
        report.add({}, *scanned);
        co_return report.end();
    }
    auto sessions = sessionsToScan(invocation);
    if (!sessions)
        co_return failed(invocation, sessions.error());
    const auto take = [&report](const QString& id, const DocumentScan& scan) { report.add(id, scan); };
    const auto scanned = co_await invocation.manager.scanSessions(
        *std::move(sessions), invocation.options.values(QStringLiteral("rules")), take, invocation.stop);
    const int status = report.end();
    if (!scanned)
        co_return failed(invocation, scanned.error());
    co_return status;
}

} // namespace

Command scanCommand()
{
    return {"scan", "[SESSION]", "Look for secrets and personal details.",
            [](QCommandLineParser& parser) {
                parser.addOption({QStringLiteral("all"), QStringLiteral("Every local session.")});
                parser.addOption({QStringLiteral("document"),
                                  QStringLiteral("A file as “show --json” or a share server writes it."),
                                  QStringLiteral("FILE")});
                parser.addOption({QStringLiteral("text"), QStringLiteral("A file of plain text."),
                                  QStringLiteral("FILE")});
                parser.addOption({QStringLiteral("rules"),
                                  QStringLiteral("More rules, in the format of gitleaks. May be repeated."),
                                  QStringLiteral("FILE")});
                parser.addOption({QStringLiteral("reveal"), QStringLiteral("Print the values themselves.")});
            },
            run};
}

} // namespace sharelock::cli
