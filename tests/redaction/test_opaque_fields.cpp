// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "example_text.h"
#include "redaction/opaque_fields.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

std::string described(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings)
        text += finding.rule->id + " at " + finding.pointer + ": " + finding.value.reveal() + "\n";
    return text;
}

std::string member(const std::string& name, const std::string& value)
{
    return document::quoted(name) + ":" + document::quoted(value);
}

} // namespace

//! \brief Random values that mean nothing to a person are no findings.
class TestOpaqueFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPlacesAndShapes_data();
    void knowsPlacesAndShapes();
    void randomOnesAreNoFindings_data();
    void randomOnesAreNoFindings();
    void otherShapesAreSearched();
};

void TestOpaqueFields::knowsPlacesAndShapes_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isOpaque");
    const auto row = [](const char* name, const char* text, bool isOpaque) {
        QTest::addRow("%s=%.30s", name, text) << QByteArray(name) << QByteArray(text) << isOpaque;
    };
    row("signature", "EqQBCkYIBRgCKkBzdHVmZiBhbmQgbW9yZSBzdHVmZg==", true);
    row("encryptedContent", "gAAAAABmx8Kd02mmQx91_-abcdefghij", true);
    row("thoughtSignature", "CskBAVSoXO4x8Kd02mmQx91abcdefghij+/", true);
    row("signature", "fn main(password: &str) -> Result<()>", false);
    row("signature", "password=hunter2x", false);
    row("signature", "", false);
    row("text", "EqQBCkYIBRgCKkBzdHVmZiBhbmQgbW9yZSBzdHVmZg==", false);
    row("id", "prt_01b2c3d4e5f6AbCdEfGhIjKlMn", true);
    row("callID", "toolu_01A2b3C4d5E6f7G8h9", true);
    row("callID", "call_A2b3C4d5E6f7G8h9", true);
    row("text", "prt_01b2c3d4e5f6AbCdEfGhIjKlMn and more", false);
    row("snapshot", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", true);
    row("integrity", "sha512-EqQBCkYIBRgCKkBzdHVmZiBhbmQgbW9yZSBzdHVmZg==", true);
    row("hash", "see the password: hunter2x", false);
    row("password", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", false);
    row("url", "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==", true);
    row("url", "data:application/pdf;base64,JVBERi0xLjQK", true);
    row("url", "data:text/plain;base64,cGFzc3dvcmQ9aHVudGVyMng=", false);
    row("url", "data:image/svg+xml;base64,PHN2Zz4=", false);
    row("url", "data:image/png;base64,iVBORw0K password=hunter2x", false);
    row("url", "data:image/png,plain", false);
}

void TestOpaqueFields::knowsPlacesAndShapes()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(bool, isOpaque);
    QCOMPARE(isOpaqueField(name.toStdString(), text.toStdString()), isOpaque);
}

void TestOpaqueFields::randomOnesAreNoFindings_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const char* kind :
         {"signature", "encrypted", "id", "snapshot", "image", "integrity", "uuid", "lock file"})
        QTest::newRow(kind) << QByteArray(kind);
}

void TestOpaqueFields::randomOnesAreNoFindings()
{
    QFETCH(QByteArray, kind);
    ExampleText random(99);
    const auto make = [&](const QByteArray& wanted) -> std::string {
        if (wanted == "signature")
            return member("signature", random.random("base64", 200 + random.below(400)) + "==");
        if (wanted == "encrypted")
            return "\"metadata\":{\"openai\":{" +
                   member("reasoningEncryptedContent", "gAAAAAB" + random.random("base64url", 400)) + "}}";
        if (wanted == "id")
            return member("id", "prt_" + random.random("hex", 12) + random.random("base62", 14)) + "," +
                   member("callID", "toolu_" + random.random("base62", 24)) + "," +
                   member("messageID", "msg_" + random.random("hex", 12) + random.random("base62", 14));
        if (wanted == "snapshot")
            return member("snapshot", random.random("hex", 40));
        if (wanted == "image")
            return member("url", "data:image/png;base64," + random.random("base64", 1600));
        if (wanted == "integrity")
            return member("integrity", "sha512-" + random.random("base64", 86) + "==");
        if (wanted == "uuid")
            return member("requestId", random.uuid());
        return member("output",
                      "    \"node_modules/left-pad\": {\n      \"version\": \"1.3.0\",\n      \"resolved\": "
                      "\"https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz\",\n      \"integrity\": "
                      "\"sha512-" +
                          random.random("base64", 86) + "==\"\n    },\nchecksum = \"" +
                          random.random("hex", 64) + "\"\nhash: " + random.random("hex", 40) + "\n");
    };
#ifdef SHARELOCK_SANITIZED
    constexpr int count = 500;
#else
    constexpr int count = 10'000;
#endif
    document::ShareDocument document;
    for (int i = 0; i < count; ++i)
        document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(i),
                          "{" + make(kind) + "}");
    const auto scanned = SecretScanner(builtInRules()).scan(document);
    QVERIFY(scanned);
    QVERIFY2(scanned->findings.empty(), described(scanned->findings).c_str());
}

void TestOpaqueFields::otherShapesAreSearched()
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/a/b",
                      "{" + member("signature", "DB_PASSWORD=x7Kq02mPz") + "," +
                          member("hash", "password: \"x7Kq02mPz\"") + "," +
                          member("snapshot", "password=\"x7Kq02mPz\"") + "}");
    const auto scanned = SecretScanner(builtInRules()).scan(document);
    QVERIFY(scanned);
    QCOMPARE(scanned->findings.size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(TestOpaqueFields)
#include "test_opaque_fields.moc"
