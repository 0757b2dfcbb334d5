// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "redaction/found_values.h"
#include "redaction/leak_gate.h"
#include "redaction/plain_escapes.h"
#include "redaction/redact.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

constexpr int mostLayers = 3;

//! \brief As JSON inside of a text has it.
std::string quotedInside(const std::string& text)
{
    const std::string literal = document::quoted(text);
    return literal.substr(1, literal.size() - 2);
}

document::ShareDocument saying(const std::string& text)
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1",
                      R"({"id":"prt_1","messageID":"msg_1","type":"text","text":)" + document::quoted(text) +
                          "}");
    return document;
}

std::string listed(const std::vector<TextFinding>& findings)
{
    std::string text;
    for (const TextFinding& finding : findings) {
        if (finding.rule->kind == FindingKind::Secret)
            text += finding.value.reveal() + ' ';
    }
    return text;
}

} // namespace

//! \brief JSON encoders that write signs as escapes which JSON does not ask for.
class TestEscapedSigns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areRead_data();
    void areRead();
    void areFoundThrough_data();
    void areFoundThrough();
    void areHidden_data() { areFoundThrough_data(); }
    void areHidden();
    void standInMembers();
    void areReadNearEachOther();
    void doNotCutNames();
    void doNotCutTokens();

private:
    SecretScanner m_scanner{builtInRules()};
};

void TestEscapedSigns::areRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plain");
    const auto row = [](const char* name, const char* text, const char* plain) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(plain);
    };
    row("nothing", "a", "a");
    row("signs", R"(\u0026\u003C\u003e\u0027\u003d\u002B)", "&<>'=+");
    row("slashes", R"(a\/b\\/c\\\/d\\\\/e)", "a/b/c/d/e");
    row("deeper", R"(\\u0026 \\\\u003c \\\\\\\\u003e)", "& < >");
    row("quotes stay escaped", R"(\u0022 \\u0022 \\\\u0022)", R"(\" \\\" \\\\\\\")");
    row("backslashes stay escaped", R"(\u005c \\u005C)", R"(\\ \\\\)");
    row("behind backslashes", R"(\\\u0026 \\\u0022 \\\\\\u0026)", R"(\\& \\\" \\\\&)");
    row("letters and digits", R"(\u0061\u0030)", R"(\u0061\u0030)");
    row("others", R"(\n \\n \" \\ \u00e9 \u001b[1m \u20ac)", R"(\n \\n \" \\ \u00e9 \u001b[1m \u20ac)");
    row("none", R"(\u \u002 \u00g6 \)", R"(\u \u002 \u00g6 \)");
}

void TestEscapedSigns::areRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plain);
    DecodedText decoded;
    QCOMPARE(decodeSigns(text.toStdString(), decoded), text != plain);
    QCOMPARE(QByteArray::fromStdString(decoded.text), plain);
    QCOMPARE(decoded.origins.size(), decoded.text.size() + 1);
    QVERIFY(std::is_sorted(decoded.origins.begin(), decoded.origins.end()));
    QCOMPARE(std::size_t(decoded.origins.back()), std::size_t(text.size()));
}

void TestEscapedSigns::areFoundThrough_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("written"); // where it differs
    const auto row = [](const char* name, const char* text, const char* value, const char* written = "") {
        QTest::newRow(name) << QByteArray(text) << QByteArray(value)
                            << QByteArray(*written == '\0' ? value : written);
    };
    // Signs for the sake of HTML
    row("Azure SAS",
        R"("u":"https://acme.blob.core.windows.net/c/b?sv=2022-11-02\u0026sr=b\u0026sp=r\u0026)"
        R"(sig=3DLMLksj7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4tLs8Q\u0026se=2025-01-01")",
        "3DLMLksj7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4tLs8Q");
    row("Logic Apps",
        R"("https://prod-05.westus.logic.azure.com/workflows/0f3c/triggers/manual/paths/invoke?)"
        R"(sp=a\u0026sv=1.0\u0026sig=S-VQMpm8Jw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGm")",
        "S-VQMpm8Jw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGm");
    row("hash rocket", R"({"body":"['user' =\u003e 'app', 'password' =\u003e 'DUice2ufakwB5g69']"})",
        "DUice2ufakwB5g69");
    row("element", R"({"body":"\u003cpassword\u003es3BDtzMYt8kLw\u003c/password\u003e"})", "s3BDtzMYt8kLw");
    row("reference", R"({"body":"const DB_PASSWORD: \u0026str = \"DaeZ^Ro7qLw2\";"})", "DaeZ^Ro7qLw2");
    row("sign of the value", R"({"a":"{\u0027password\u0027: \u0027q8WcTz\u0026R5yU\u0027}"})", "q8WcTz&R5yU",
        R"(q8WcTz\u0026R5yU)");
    row("form", R"({"a":"password\u003dq8WcTzR5yU\u0026user\u003dx"})", "q8WcTzR5yU");
    row(".NET", R"({"a":"{\u0022password\u0022:\u0022q8WcTz\u002BR5yU\u0022}"})", "q8WcTz+R5yU",
        R"(q8WcTz\u002BR5yU)");
    row("quote of the value", R"({"a":"{\u0022password\u0022:\u0022q8WcTz\\\u0022R5yU\u0022}"})",
        R"(q8WcTz"R5yU)", R"(q8WcTz\\\u0022R5yU)");
    // Slashes
    row("Slack",
        R"("{\"a\":\"https:\\/\\/hooks.slack.com\\/services\\/T2ABCDEFG\\/B3HJKLMNP\\/)"
        R"(2nbNq8WcTzR5yUeKp2XnBd9A\"}")",
        "T2ABCDEFG/B3HJKLMNP/2nbNq8WcTzR5yUeKp2XnBd9A",
        R"(T2ABCDEFG\\/B3HJKLMNP\\/2nbNq8WcTzR5yUeKp2XnBd9A)");
    row("Discord",
        R"("{\"a\":\"https:\\/\\/discordapp.com\\/api\\/webhooks\\/142412345678901234\\/)"
        R"(IaNJq8WcTzR5yUeKp2XnBd9AfGmJw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4tL\"}")",
        "IaNJq8WcTzR5yUeKp2XnBd9AfGmJw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4tL");
    row("Google",
        R"("{\"a\":\"1\\/\\/09nSjq8WcTzR5yUeKp2XnBd9AfGmJw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4\"}")",
        "1//09nSjq8WcTzR5yUeKp2XnBd9AfGmJw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4",
        R"(1\\/\\/09nSjq8WcTzR5yUeKp2XnBd9AfGmJw4tLs8Qo7Hq0vWcTzR5yUeKp2XnBd9AfGmJw4)");
    row("MongoDB", R"("{\"a\":\"mongodb:\\/\\/deploy:saZtch3IEu5h@prod.acme.io\"}")", "saZtch3IEu5h");
    row("address", R"("{\"a\":\"https:\\/\\/root:xVJwUWTk-kxgHT.LT@localhost\"}")", "xVJwUWTk-kxgHT.LT");
    row("closed element", R"({"a":"<password>s3BDtzMYt8kLw<\/password>"})", "s3BDtzMYt8kLw");
}

void TestEscapedSigns::areFoundThrough()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, written);
    std::string layered = text.toStdString();
    std::string encoded = written.toStdString();
    for (int layer = 0; layer < mostLayers; ++layer) {
        for (const std::size_t fill : {0, 40'000}) {
            const std::string whole = std::string(fill, ' ') + layered + std::string(fill, ' ');
            const auto found = m_scanner.scanText(whole);
            QCOMPARE(QByteArray::fromStdString(listed(found)), value + ' ');
            const auto secret = std::find_if(found.begin(), found.end(), [](const TextFinding& finding) {
                return finding.rule->kind == FindingKind::Secret;
            });
            QCOMPARE(QByteArray::fromStdString(whole.substr(secret->offset, secret->length)),
                     QByteArray::fromStdString(encoded));
        }
        layered = quotedInside(layered);
        encoded = quotedInside(encoded);
    }
}

void TestEscapedSigns::areHidden()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, written);
    std::string layered = text.toStdString();
    std::string encoded = written.toStdString();
    for (int layer = 0; layer < mostLayers; ++layer) {
        // Also where it stands elsewhere, as it is.
        const auto document = saying(layered + "\nseen: " + value.toStdString() + "\n");
        const auto scanned = m_scanner.scan(document);
        QVERIFY(scanned);
        RedactionPlan plan;
        auto values = foundValues(scanned->findings, Hiding::All);
        hide(plan, values);
        QVERIFY(!LeakGate(plan).check(document.toJson()));
        const auto redacted = redact(document, plan);
        QVERIFY(redacted);
        const std::string json = redacted->document.toJson();
        QVERIFY2(LeakGate(plan).check(json), json.c_str());
        QVERIFY2(json.find(document::quoted(encoded).substr(1, encoded.size())) == std::string::npos,
                 json.c_str());
        QVERIFY2(json.find(quotedInside(value.toStdString())) == std::string::npos, json.c_str());
        QVERIFY2(json.find("-1>") != std::string::npos, json.c_str());
        layered = quotedInside(layered);
        encoded = quotedInside(encoded);
    }
}

void TestEscapedSigns::standInMembers()
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1",
                      R"({"password":"q8WcTz\\u0026R5yU","a\\u0026b":"x",)"
                      R"("body":"'password' =\\u003e 'DUice2ufakwB5g69'"})");
    const auto scanned = m_scanner.scan(document);
    QVERIFY(scanned);
    QCOMPARE(scanned->findings.size(), std::size_t(2));
    QCOMPARE(scanned->findings[0].pointer, std::string("/password"));
    QCOMPARE(scanned->findings[0].offset, std::size_t(0));
    QCOMPARE(scanned->findings[1].pointer, std::string("/body"));
    QCOMPARE(scanned->findings[1].value.reveal(), std::string("DUice2ufakwB5g69"));
    QCOMPARE(scanned->findings[1].offset, std::string(R"('password' =\u003e ')").size());
}

//! \brief However far apart they stand, and wherever the parts end that are read at once.
void TestEscapedSigns::areReadNearEachOther()
{
    const std::string secret = R"('password' =\u003e 'DUice2ufakwB5g69', )";
    const std::string sign = R"(a \u0026 b )";
    for (const std::size_t fill : {1, 300, 500, 520, 1000, 15'900, 16'000, 16'300, 16'380}) {
        std::string text;
        while (text.size() < fill)
            text += sign;
        text += secret;
        const std::string many = text + text + std::string(fill, '.') + ' ' + text;
        const auto found = m_scanner.scanText(many);
        QCOMPARE(found.size(), std::size_t(3));
        for (const TextFinding& finding : found)
            QCOMPARE(many.substr(finding.offset, finding.length), std::string("DUice2ufakwB5g69"));
    }
}

//! \brief What is read once more begins with whole words.
void TestEscapedSigns::doNotCutNames()
{
    const std::string name = "a.public_key: ";
    const std::string line = name + "906ef78d64e429aa013ad2827b2ce2546f1874e896fd20d9da7c2ba1e73fcc98\n";
    for (std::size_t fill = 400; fill < 520; ++fill) {
        const auto found = m_scanner.scanText("x\n" + line + std::string(fill, '.') + R"( a \\/ b)");
        QVERIFY2(found.empty(), qPrintable(QString::number(fill)));
    }
}

void TestEscapedSigns::doNotCutTokens()
{
    const std::string token =
        std::string("sntrys_") +
        "eyJpYXQiOjE3MDAwMDAwMDAuMSwidXJsIjoiaHR0cHM6Ly9zZW50cnkuaW8iLCJyZWdpb25fdXJsIjo"
        "iaHR0cHM6Ly91cy5zZW50cnkuaW8iLCJvcmciOiJhY21lIn0=_BEEOZ8yPOD1MIiiJ";
    const auto found = m_scanner.scanText("\"" + token + R"(\/u4JIelsFsdcP2ijESg+c9EF\/G")");
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].value.reveal(), token + "/u4JIelsFsdcP2ijESg+c9EF/G");
}

QTEST_GUILESS_MAIN(TestEscapedSigns)
#include "test_escaped_signs.moc"
