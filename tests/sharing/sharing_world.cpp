// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing_world.h"

#include "redaction/redact.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace sharelock::test {

using namespace std::chrono_literals;

HttpPolicy SharingWorld::fast()
{
    HttpPolicy policy;
    policy.idleTimeout = 1500ms; // Half of what a slow server of the tests takes.
    policy.totalTimeout = 20s;
    policy.tries = 2;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

SharingWorld::SharingWorld(HttpPolicy policy)
    : http(policy)
{
    auto opened = sharing::LinkLedger::open(ledgerPath());
    if (opened)
        ledger = *std::move(opened);
}

std::unique_ptr<sharing::LinkLedger> SharingWorld::anotherLedger() const
{
    auto opened = sharing::LinkLedger::open(ledgerPath());
    return opened ? *std::move(opened) : nullptr;
}

std::vector<QByteArray> SharingWorld::keysOf(const sharing::LinkId& id) const
{
    std::vector<QByteArray> keys;
    const auto sealedKeys = ledger->sealedKeys(id);
    if (!sealedKeys)
        return keys;
    for (const sharing::SealedKey& sealed : *sealedKeys) {
        const auto key = vault.open(id, sealed);
        if (key)
            keys.push_back(QByteArray::fromStdString(std::string(key->reveal())));
    }
    return keys;
}

std::vector<sharing::Link> SharingWorld::links() const
{
    return ledger->links().value_or(std::vector<sharing::Link>{});
}

QString SharingWorld::receiptsText() const
{
    QString text;
    const auto receipts = ledger->receipts();
    if (!receipts)
        return text;
    for (const sharing::Receipt& receipt : *receipts)
        text += receipt.act % u' ' % receipt.outcome % u' ' % receipt.link.shareId % u' ' % receipt.detail %
                u'\n';
    return text;
}

QByteArray SharingWorld::ledgerBytes() const
{
    QByteArray bytes;
    const QDir dir(folder.path());
    for (const QString& name : dir.entryList(QDir::Files)) {
        QFile file(dir.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

redaction::RedactionPlan planOfAda()
{
    using redaction::HiddenKind;
    redaction::RedactionPlan plan;
    plan.hidden.push_back({HiddenKind::HomeFolder, "/home/ada", "~", redaction::HiddenShape::Folder});
    plan.hidden.push_back({HiddenKind::UserName, "ada", "<user>", redaction::HiddenShape::Name});
    plan.hidden.push_back({HiddenKind::HostName, "engine", "<host>", redaction::HiddenShape::Name});
    return plan;
}

bool namesAda(const QByteArray& bytes)
{
    static const QRegularExpression word(QStringLiteral("\\bada\\b"));
    return word.match(QString::fromUtf8(bytes)).hasMatch();
}

document::ShareDocument conversation(int messages, int textBytes)
{
    const std::string session = "ses_5f1c2d3e4a5bAbCdEfGhIjKlMn";
    const auto id = [](const char* name, int number) {
        const QByteArray prefix = QByteArray::number(0xa0e3d2c10000 + qint64(number) * 4096, 16);
        return name + prefix.toStdString() + "QrStUvWxYz0123";
    };
    document::ShareDocument document;
    (void)document.add("session",
                       R"({"id":")" + session +
                           R"(","title":"Ask ada about /home/ada/notes","directory":"/home/ada/work",)"
                           R"("time":{"created":1760000000000,"updated":1760000100000}})");
    for (int number = 0; number < messages; ++number) {
        const std::string message = id("msg_", number);
        const std::string ids = R"(,"sessionID":")" + session + R"(")";
        (void)document.add("message", R"({"id":")" + message + R"(")" + ids +
                                          R"(,"role":"user","time":{"created":1760000000000}})");
        std::string text = "ada@engine:/home/ada/work$ make # " + std::to_string(number) + ' ';
        text.append(std::size_t(textBytes), 'x');
        (void)document.add("part", R"({"id":")" + id("prt_", number) + R"(")" + ids + R"(,"messageID":")" +
                                       message + R"(","type":"text","text":")" + text + R"("})");
    }
    (void)document.add("session_diff", R"([{"file":"/home/ada/work/a.c","additions":1,"deletions":0}])");
    return document;
}

sharing::PreparedSnapshot prepared(const document::ShareDocument& document)
{
    sharing::PreparedSnapshot snapshot;
    const auto redacted = redaction::redact(document, planOfAda());
    if (!redacted)
        qFatal("redact: %s", qPrintable(codeName(redacted.error().code)));
    const auto rewriting = document::randomRewriting(redacted->document);
    if (!rewriting)
        qFatal("randomRewriting: %s", qPrintable(codeName(rewriting.error().code)));
    auto renamed = document::withNewIds(redacted->document, *rewriting);
    if (!renamed)
        qFatal("withNewIds: %s", qPrintable(codeName(renamed.error().code)));
    auto searched = redaction::SearchedDocument::search(*std::move(renamed), planOfAda());
    if (!searched)
        qFatal("search: %s", qPrintable(codeName(searched.error().code)));
    snapshot.searched = *std::move(searched);
    snapshot.rewriting = *rewriting;
    snapshot.places = redacted->places;
    snapshot.values = redacted->values;
    snapshot.sourceSessionId = QString::fromStdString(document.sessionId());
    snapshot.title = QStringLiteral("Ask ada about /home/ada/notes");
    snapshot.project = QStringLiteral("work");
    snapshot.directory = QStringLiteral("/home/ada/work");
    return snapshot;
}

document::ShareDocument parsed(const QByteArray& json)
{
    const auto document =
        document::ShareDocument::parse(std::string_view(json.constData(), std::size_t(json.size())));
    return document.value_or(document::ShareDocument());
}

std::vector<demo::SeenRequest> requestsFor(const demo::LoopbackShareServer& server, const QByteArray& match)
{
    std::vector<demo::SeenRequest> found;
    for (const demo::SeenRequest& request : server.requests()) {
        if (QByteArray(request.verb + ' ' + request.path).contains(match))
            found.push_back(request);
    }
    return found;
}

} // namespace sharelock::test
