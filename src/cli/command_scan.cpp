// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "redaction/longer_values.h"
#include "redaction/rule_library.h"

#include <QElapsedTimer>
#include <QFile>

#include <set>

namespace sharelock::cli {

namespace {

using document::ShareDocument;
using redaction::Finding;

//! \brief What is scanned: a document, or one text by itself.
struct Scanned
{
    QString session; //!< Empty for a file.
    ShareDocument document;
    std::vector<Finding> findings;
    redaction::Scanning scanning;    //!< Keeps the rules alive that the findings point to.
    std::vector<Error> ruleProblems; //!< Of files of rules: not everything was looked for.
};

Scanned scannedWith(const redaction::Scanning& scanning, const std::vector<const redaction::Rule*>& stopped)
{
    Scanned scanned;
    scanned.scanning = scanning;
    scanned.ruleProblems = scanning.problems;
    for (Error& error : redaction::stoppedProblems(stopped))
        scanned.ruleProblems.push_back(std::move(error));
    return scanned;
}

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

QJsonObject findingJson(const Finding& finding, const Scanned& scanned, bool reveal)
{
    const redaction::Rule& rule = *finding.rule;
    QJsonObject json{{QStringLiteral("rule"), qstring(rule.id)},
                     {QStringLiteral("kind"), qstring(redaction::kindName(rule.kind))},
                     {QStringLiteral("severity"), qstring(redaction::severityName(rule.severity))},
                     {QStringLiteral("confidence"), qstring(redaction::confidenceName(finding.confidence))},
                     {QStringLiteral("item"), static_cast<qint64>(finding.item)},
                     {QStringLiteral("pointer"), qstring(finding.pointer)},
                     {QStringLiteral("offset"), static_cast<qint64>(finding.offset)},
                     {QStringLiteral("length"), static_cast<qint64>(finding.length)},
                     {QStringLiteral("masked"), qstring(redaction::masked(finding.value.reveal()))}};
    if (reveal)
        json.insert(QStringLiteral("value"), qstring(finding.value.reveal()));
    if (!scanned.session.isEmpty())
        json.insert(QStringLiteral("session"), scanned.session);
    return json;
}

redaction::Scanning scanningOf(const Invocation& invocation, const QString& session)
{
    return invocation.manager.scanning(session, invocation.options.values(QStringLiteral("rules")));
}

Expected<Scanned> scanText(const Invocation& invocation, const std::string& text)
{
    const redaction::Scanning scanning = scanningOf(invocation, {});
    auto result = scanning.scanner->scanText(text, {0, invocation.stop});
    if (!result)
        return tl::unexpected(result.error());
    Scanned scanned = scannedWith(scanning, result->stopped);
    for (redaction::TextFinding& found : result->findings) {
        Finding finding;
        finding.rule = found.rule;
        finding.offset = found.offset;
        finding.length = found.length;
        finding.confidence = found.confidence;
        finding.value = std::move(found.value);
        scanned.findings.push_back(std::move(finding));
    }
    redaction::takeLongerValues(text, scanned.findings);
    return scanned;
}

Expected<Scanned> scanDocument(const Invocation& invocation, Expected<ShareDocument> document,
                               const QString& session)
{
    if (!document)
        return tl::unexpected(document.error());
    const redaction::Scanning scanning = scanningOf(invocation, session);
    auto result = scanning.scanner->scan(*document, {0, invocation.stop});
    if (!result)
        return tl::unexpected(result.error());
    Scanned scanned = scannedWith(scanning, result->stopped);
    scanned.session = session;
    redaction::takeLongerValues(*document, result->findings);
    scanned.document = *std::move(document);
    scanned.findings = std::move(result->findings);
    return scanned;
}

//! \brief What the words of the command name. One scan a session, so that a big store is never in memory at
//! once.
Expected<QStringList> sessionsToScan(const Invocation& invocation)
{
    QStringList ids;
    if (invocation.options.isSet(QStringLiteral("all"))) {
        const auto sessions = invocation.manager.sessions();
        if (!sessions)
            return tl::unexpected(sessions.error());
        for (const auto& session : *sessions)
            ids.append(session.id);
        return ids;
    }
    for (const QString& name : invocation.names) {
        const auto session = invocation.manager.findSession(name);
        if (!session)
            return tl::unexpected(session.error());
        ids.append(session->id);
    }
    return ids;
}

class Report
{
public:
    explicit Report(const Invocation& invocation)
        : m_invocation(invocation)
        , m_reveal(invocation.options.isSet(QStringLiteral("reveal")))
    {
        m_timer.start();
    }

    void add(const Scanned& scanned, std::size_t bytes)
    {
        m_bytes += bytes;
        for (const Error& problem : scanned.ruleProblems) {
            if (m_problems.insert({problem.subject, problem.detail}).second)
                m_invocation.out.error(problem);
        }
        for (const QString& note : scanned.scanning.notes) {
            if (m_notes.insert(note).second)
                m_invocation.out.note(visible(note));
        }
        for (const Finding& finding : scanned.findings) {
            ++m_count;
            if (m_invocation.out.json()) {
                m_json.append(findingJson(finding, scanned, m_reveal));
                continue;
            }
            const std::string& value = finding.value.reveal();
            m_rows.push_back({qstring(redaction::severityName(finding.rule->severity)),
                              qstring(finding.rule->title),
                              visible(qstring(m_reveal ? value : redaction::masked(value))),
                              visible(scanned.session + QStringLiteral(" ") + QString::number(finding.item) +
                                      qstring(finding.pointer))});
        }
    }

    int end()
    {
        const double seconds = static_cast<double>(m_timer.nsecsElapsed()) / 1e9;
        if (m_invocation.out.json()) {
            m_invocation.out.document(QJsonObject{{QStringLiteral("findings"), m_json},
                                                  {QStringLiteral("bytes"), static_cast<qint64>(m_bytes)},
                                                  {QStringLiteral("seconds"), seconds}});
        } else {
            if (!m_rows.empty())
                m_invocation.out.table({QStringLiteral("SEVERITY"), QStringLiteral("WHAT"),
                                        QStringLiteral("VALUE"), QStringLiteral("WHERE")},
                                       m_rows);
            m_invocation.out.note(
                QStringLiteral("%1 found. Automatic search does not find everything.").arg(m_count));
        }
        // Without all the rules that were asked for, nothing found is no answer.
        const int nothing = m_problems.empty() ? Done : CannotTell;
        return m_count == 0 ? nothing : NotDone;
    }

private:
    const Invocation& m_invocation;
    bool m_reveal;
    QElapsedTimer m_timer;
    QJsonArray m_json;
    std::vector<QStringList> m_rows;
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

int scanFile(const Invocation& invocation, const QString& path, bool isDocument)
{
    Report report(invocation);
    const auto content = contentOf(path);
    if (!content)
        return failed(invocation, content.error());
    const auto scanned = isDocument ? scanDocument(invocation, ShareDocument::parse(*content), {})
                                    : scanText(invocation, *content);
    if (!scanned)
        return failed(invocation, scanned.error());
    report.add(*scanned, content->size());
    return report.end();
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
    if (!document.isEmpty() || !text.isEmpty())
        co_return scanFile(invocation, document.isEmpty() ? text : document, !document.isEmpty());

    Report report(invocation);
    const auto sessions = sessionsToScan(invocation);
    if (!sessions)
        co_return failed(invocation, sessions.error());
    for (const QString& id : *sessions) {
        const auto scanned = scanDocument(invocation, invocation.manager.original(id), id);
        if (!scanned)
            co_return failed(invocation, scanned.error());
        report.add(*scanned, scanned->document.byteCount());
    }
    co_return report.end();
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
