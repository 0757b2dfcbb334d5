// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "opencode/session_store.h"
#include "support/real_opencode.h"
#include "support/scripted_model.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace sharelock;
using namespace sharelock::test;
using demo::LoopbackShareServer;
using document::ShareDocument;
using document::ShareItem;
using opencode::SessionStore;

//! What the real opencode uploads for a live link is what SessionStore::document() says it would.
class TestContractUpload : public QObject
{
    Q_OBJECT

private:
    static QJsonValue valueOf(const std::string& json)
    {
        // In an array, since Qt's parser takes no bare value.
        return QJsonDocument::fromJson("[" + QByteArray::fromStdString(json) + "]").array().first();
    }

    static QByteArray itemsIn(const demo::SeenRequest& request)
    {
        const auto data = QJsonDocument::fromJson(request.body).object().value(u"data").toArray();
        return QJsonDocument(data).toJson(QJsonDocument::Compact);
    }

    //! The items of all uploads to \p shareId so far, later ones over earlier ones.
    ShareDocument uploaded(const QString& shareId) const
    {
        ShareDocument all;
        for (const auto& request : m_shares->requests()) {
            if (request.verb != "POST" || request.path != "/api/share/" + shareId.toUtf8() + "/sync") {
                continue;
            }
            const auto part = ShareDocument::parse(itemsIn(request).toStdString());
            if (!part) {
                qFatal("opencode sent something that does not parse");
            }
            for (const ShareItem& item : part->items()) {
                all.addKeyed(item.type, item.key, item.data);
            }
        }
        return all;
    }

    ShareDocument stored(const QString& sessionId) const
    {
        const auto store = SessionStore::open(m_opencode->database());
        if (!store) {
            qFatal("%s", qPrintable(codeName(store.error().code)));
        }
        auto document = (*store)->document(sessionId);
        if (!document) {
            qFatal("%s", qPrintable(codeName(document.error().code)));
        }
        return std::move(*document);
    }

    static QStringList keysOf(const ShareDocument& document)
    {
        QStringList keys;
        for (const ShareItem& item : document.items()) {
            keys << QString::fromStdString(item.key);
        }
        return keys;
    }

    //! opencode's catalogue objects, reduced to what a database knows of a model.
    static QJsonArray modelNames(const QJsonValue& models)
    {
        QJsonArray names;
        for (const auto& model : models.toArray()) {
            const auto object = model.toObject();
            names.append(QJsonObject{{QStringLiteral("id"), object.value(u"id")},
                                     {QStringLiteral("providerID"), object.value(u"providerID")}});
        }
        return names;
    }

    //! Shares the session through opencode, waits for the upload, and compares item by item.
    void compareUpload(const QString& sessionId)
    {
        const auto answer = m_running->call("POST", u"/session/" + sessionId + u"/share");
        QCOMPARE(answer.status, 200);
        const QString shareId = sessionId.right(8);
        QTRY_VERIFY_WITH_TIMEOUT(!uploaded(shareId).isEmpty(), 30'000);

        const ShareDocument ours = stored(sessionId);
        const ShareDocument theirs = uploaded(shareId);
        QCOMPARE(keysOf(ours), keysOf(theirs));
        for (std::size_t i = 0; i < ours.items().size(); ++i) {
            const ShareItem& our = ours.items()[i];
            const ShareItem& their = theirs.items()[i];
            QCOMPARE(our.typeName, their.typeName);
            if (our.type == document::ItemType::Model) {
                QCOMPARE(modelNames(valueOf(our.data)), modelNames(valueOf(their.data)));
                continue;
            }
            if (valueOf(our.data) != valueOf(their.data)) {
                qWarning("ours:   %s", our.data.c_str());
                qWarning("theirs: %s", their.data.c_str());
            }
            QCOMPARE(valueOf(our.data), valueOf(their.data));
        }
    }

    //! How often a part of each type (and, for tools, state) is in the session.
    std::map<QString, int> partKinds(const QString& sessionId) const
    {
        std::map<QString, int> kinds;
        const ShareDocument all = stored(sessionId);
        for (const ShareItem& item : all.items()) {
            const auto part = valueOf(item.data).toObject();
            const QString type = part.value(u"type").toString();
            if (item.type == document::ItemType::Part) {
                const QString status = part.value(u"state").toObject().value(u"status").toString();
                ++kinds[status.isEmpty() ? type : QString(part.value(u"tool").toString() + u' ' + status)];
            }
        }
        return kinds;
    }

    static ToolCall call(const char* name, const QJsonObject& arguments) { return {name, arguments}; }

    std::unique_ptr<ScriptedModel> m_model;
    std::unique_ptr<LoopbackShareServer> m_shares;
    std::unique_ptr<RealOpencode> m_opencode;
    std::unique_ptr<RunningOpencode> m_running;

private Q_SLOTS:
    void initTestCase()
    {
        m_model = std::make_unique<ScriptedModel>();
        m_shares = std::make_unique<LoopbackShareServer>(demo::Generation::June2026);
        m_opencode = std::make_unique<RealOpencode>();
        QVERIFY2(m_opencode->problem().isEmpty(), qPrintable(m_opencode->problem()));
        QVERIFY(m_opencode->configure(m_shares->origin(), m_model->baseUrl()));
        m_running = std::make_unique<RunningOpencode>(*m_opencode);
        QVERIFY(m_running->isReady());
    }

    void cleanupTestCase() { m_running.reset(); }

    void emptySession() { compareUpload(m_running->createSession(QStringLiteral("Nothing yet"))); }

    void textWithoutModel()
    {
        const QString id = m_running->createSession(QStringLiteral("Quotes \" and \u202E bidi"));
        QVERIFY(m_running->note(id, QStringLiteral("line one\nline two \\ \U0001F600 \x1b[31mred")));
        QVERIFY(m_running->note(id, QStringLiteral("x").repeated(300'000)));
        compareUpload(id);
    }

    void toolsReasoningDiffs()
    {
        const QString file = m_opencode->project() + u"/new.txt";
        m_model->say({
            {.reasoning = "Let me think.",
             .text = "I will look.",
             .tools = {call("bash", {{QStringLiteral("command"), QStringLiteral("echo hello; pwd")},
                                     {QStringLiteral("description"), QStringLiteral("Say hello")}})}},
            {.tools = {call("write", {{QStringLiteral("filePath"), file},
                                      {QStringLiteral("content"), QStringLiteral("one\ntwo\n")}})}},
            {.tools = {call("read", {{QStringLiteral("filePath"), file}}),
                       call("read", {{QStringLiteral("filePath"), QStringLiteral("/no/such/file")}})}},
            {.tools = {call("todowrite", {{QStringLiteral("todos"),
                                           QJsonArray{QJsonObject{
                                               {QStringLiteral("content"), QStringLiteral("Check")},
                                               {QStringLiteral("status"), QStringLiteral("pending")},
                                               {QStringLiteral("priority"), QStringLiteral("high")}}}}})}},
            {.text = "All done."},
        });
        const QString id = m_running->createSession(QStringLiteral("Tools"));
        QVERIFY(m_running->prompt(id, {textInput(QStringLiteral("Please work."))}));
        auto kinds = partKinds(id);
        QCOMPARE(kinds[QStringLiteral("reasoning")], 1);
        QCOMPARE(kinds[QStringLiteral("bash completed")], 1);
        QCOMPARE(kinds[QStringLiteral("write completed")], 1);
        QCOMPARE(kinds[QStringLiteral("read completed")], 1);
        QCOMPARE(kinds[QStringLiteral("read error")], 1);
        QCOMPARE(kinds[QStringLiteral("todowrite completed")], 1);
        QVERIFY(kinds[QStringLiteral("step-finish")] >= 5);
        QCOMPARE(kinds[QStringLiteral("patch")], 1);
        compareUpload(id);
    }

    void attachments()
    {
        m_model->say({{.text = "I see."}});
        const QString id = m_running->createSession(QStringLiteral("Files"));
        const QByteArray pixel = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlE"
                                                        "QVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        QVERIFY(m_running->prompt(
            id, {textInput(QStringLiteral("Look")),
                 fileInput(QStringLiteral("a.txt"), QStringLiteral("text/plain"), "hi"),
                 fileInput(QStringLiteral("dot.png"), QStringLiteral("image/png"), pixel)}));
        QVERIFY(partKinds(id)[QStringLiteral("file")] >= 1);
        compareUpload(id);
    }

    void childSessions()
    {
        m_model->say({
            {.tools = {call("task", {{QStringLiteral("description"), QStringLiteral("Count files")},
                                     {QStringLiteral("prompt"), QStringLiteral("How many files?")},
                                     {QStringLiteral("subagent_type"), QStringLiteral("general")}})}},
            {.text = "There is one."},
            {.text = "One file."},
        });
        const QString id = m_running->createSession(QStringLiteral("Parent"));
        QVERIFY(m_running->prompt(id, {textInput(QStringLiteral("Count"))}));
        const auto children = m_running->call("GET", u"/session/" + id + u"/children").json.array();
        QCOMPARE(children.size(), 1);
        compareUpload(id);
        compareUpload(children.first().toObject().value(u"id").toString());
    }

    void reverted()
    {
        const QString file = m_opencode->project() + u"/undo.txt";
        m_model->say({{.tools = {call("write", {{QStringLiteral("filePath"), file},
                                                {QStringLiteral("content"), QStringLiteral("undo me\n")}})}},
                      {.text = "Written."}});
        const QString id = m_running->createSession(QStringLiteral("Reverted"));
        QVERIFY(m_running->prompt(id, {textInput(QStringLiteral("Write it"))}));
        const auto messages = m_running->call("GET", u"/session/" + id + u"/message").json.array();
        const QString first = messages.first().toObject().value(u"info").toObject().value(u"id").toString();
        const auto answer =
            m_running->call("POST", u"/session/" + id + u"/revert", {{QStringLiteral("messageID"), first}});
        QCOMPARE(answer.status, 200);
        QVERIFY(!QFile::exists(file));
        // opencode keeps a diff of the session now, and yet uploads none.
        QVERIFY(QFile::exists(m_opencode->environment().opencodeDataFolder() + u"/storage/session_diff/" +
                              id + u".json"));
        const auto session = valueOf(stored(id).items().front().data).toObject();
        QCOMPARE(session.value(u"revert").toObject().value(u"messageID").toString(), first);
        compareUpload(id);
    }
};

QTEST_GUILESS_MAIN(TestContractUpload)
#include "test_contract_upload.moc"
