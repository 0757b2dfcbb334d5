// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "one_of_each.h"

#include <QByteArray>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

constexpr const char* token = "tok_a8Kd02mmQx91Zb7Lp3Rt";

std::string listed(const std::vector<TextFinding>& findings)
{
    std::string text;
    for (const TextFinding& finding : findings)
        text += finding.rule->id + '=' + finding.value.reveal() + ' ';
    return text;
}

std::string listed(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings)
        text += std::to_string(finding.item) + finding.pointer + (finding.inKey ? "(key)" : "") + '@' +
                std::to_string(finding.offset) + '+' + std::to_string(finding.length) + '=' +
                finding.value.reveal() + ' ';
    return text;
}

document::ShareDocument documentOf(const std::vector<std::string>& parts)
{
    document::ShareDocument document;
    for (std::size_t i = 0; i < parts.size(); ++i)
        document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(i), parts[i]);
    return document;
}

std::string base64(const std::string& text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

} // namespace

class TestSecretScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsInTexts_data();
    void findsInTexts();
    void tellsWhereEncodedOnesStand();
    void masksValues();
    void settlesOverlaps();
    void placesInDocuments();
    void joinsNameAndValue();
    void searchesTypeNames();
    void findsRepeats();
    void agreesInThreadsAndIndexes();
    void cancels();
    void refusesBrokenJson();
    void findsAcrossPieces();
    void filtersByValue();

private:
    SecretScanner m_scanner{compiledOrDie(oneOfEach())};
};

void TestSecretScanner::findsInTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* name, const std::string& text, const std::string& found) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(found);
    };
    const std::string hex = "0123456789abcdef0123456789abcdef";
    const std::string t = token;
    row("empty", {}, {});
    row("prefix", t, "prefix=" + t + " ");
    row("between", "(" + t + ")", "prefix=" + t + " ");
    row("twice", t + " " + t, "prefix=" + t + " prefix=" + t + " ");
    row("too long", t + "x", {});
    row("too short", t.substr(0, 20), {});
    row("no boundary before", "x" + t, {});
    row("no boundary behind", t + "-", {});
    row("other case", "TOK_a8Kd02mmQx91Zb7Lp3Rt", {});
    row("behind an escape", "a\\n" + t + "\\n", "prefix=" + t + " ");
    row("behind a deep escape", "a\\\\\\\\n" + t + "\\\\\\\\n", "prefix=" + t + " ");
    row("behind an escaped quote", "\\u0022" + t + "\\u0022", "prefix=" + t + " ");
    row("removed line", "x\n-" + t + "\n", "prefix=" + t + " ");
    row("coloured", "\x1b[32m" + t + "\x1b[0m", "prefix=" + t + " ");
    row("percent-encoded around", "x%3D" + t + "%26", "prefix=" + t + " ");
    row("beside Chinese", "\u662F" + t + "\u3002", "prefix=" + t + " ");
    row("invalid UTF-8 around", "\xFF\xC3" + t + "\x80", "prefix=" + t + " ");
    row("zero bytes around", std::string("\0", 1) + t + std::string("\0", 1), "prefix=" + t + " ");
    row("short one", "id_1234 id_12345", "short=id_1234 ");
    row("near its name", "ACME_KEY = " + hex, "near=" + hex + " ");
    row("far from its name", "ACME" + std::string(60, '.') + hex, {});
    row("name on another line", "ACME\n" + hex, {});
    row("two near one name", "acme " + hex + "\nacme: '" + hex + "'", "near=" + hex + " near=" + hex + " ");
    row("address", "mail me@example.org now", "address=me@example.org ");
    row("address behind an escape", "a\\nme@example.org\\n", "address=me@example.org ");
    row("no address", "git@example.org:a/b x@1.2.3 a@b y@example.service", {});
    row("mailto", "mailto:me@example.org", "address=me@example.org ");
    row("URL", "postgres://me:s3cret@db.example.org/x", "url=s3cret ");
    row("URL with escaped slashes", "postgres:\\/\\/me:s3cret@db\\/x", "url=s3cret ");
    row("URL, percent-encoded", "u=postgres%3A%2F%2Fme%3As3cret%40db%2Fx", "url=s3cret ");
    row("assignment", "password = \"s3cret!x\"", "name=s3cret!x ");
    row("base64 of a text", base64("DB_PASSWORD=s3cret!x\n"), "name=s3cret!x ");
    row("base64 of base64", base64("data: " + base64("the password: s3cret!x and more")), "name=s3cret!x ");
    row("base64 of JSON", base64("{\"password\":\"s3cret!x\"}"), "name=s3cret!x ");
    row("base64 in a data URL", "data:text/plain;base64," + base64("user=me password=s3cret!x"),
        "name=s3cret!x ");
    row("base64 of nothing", base64(std::string(60, '\x81')), {});
    const std::string pem = "-----BEGIN KEY-----\nabcdefgh\nabcdefgh\n-----END KEY-----";
    row("lines", pem, "pem=" + pem + " ");
    row("lines in JSON", document::quoted(pem), "pem=" + pem + " ");
    row("lines in JSON in JSON", document::quoted(document::quoted(pem)), "pem=" + pem + " ");
    row("unterminated lines", pem.substr(0, 40), {});
}

void TestSecretScanner::findsInTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    const std::string plain = text.toStdString();
    QCOMPARE(QByteArray::fromStdString(listed(m_scanner.scanText(plain))), found);
    // In the middle of much else, and through the other index.
    const std::string filler(5000, ' ');
    QCOMPARE(QByteArray::fromStdString(listed(m_scanner.scanText(filler + plain + filler))), found);
    const SecretScanner portable(compiledOrDie(oneOfEach(), IndexKind::Portable));
    QCOMPARE(QByteArray::fromStdString(listed(portable.scanText(plain))), found);
}

void TestSecretScanner::tellsWhereEncodedOnesStand()
{
    const auto encodedRun = [this](const std::string& text) {
        const auto found = m_scanner.scanText(text);
        return found.size() == 1 ? text.substr(found[0].offset, found[0].length) : std::string();
    };
    QCOMPARE(encodedRun("x postgres%3A%2F%2Fme%3As3%2Bret%40db"), std::string("s3%2Bret"));
    QCOMPARE(encodedRun("{\"a\":\"postgres:\\/\\/me:s3\\\"ret@db\"}"), std::string("s3\\\"ret"));
    const std::string inner = "DB_PASSWORD=s3cret!x\n";
    const std::string found = encodedRun("> " + base64(inner) + " <");
    QVERIFY(base64(inner).find(found) != std::string::npos);
    QVERIFY(found.size() >= 11 && found.size() <= 12); // eight bytes
}

void TestSecretScanner::masksValues()
{
    QCOMPARE(masked("tok_a8Kd02mmQx91"), std::string("tok_\u2026 (16)"));
    QCOMPARE(masked("hunter2x"), std::string("hu\u2026 (8)"));
    QCOMPARE(masked("short"), std::string("\u2026 (5)"));
    QCOMPARE(masked(""), std::string("\u2026 (0)"));
    QCOMPARE(masked("\u043F\u0430\u0440\u043E\u043B\u044C\u043F\u0430\u0440"),
             std::string("\u043F\u0430\u2026 (18)"));
    QCOMPARE(masked("a\nb\ncdefghijklmnop"), std::string("a b \u2026 (18)"));
    QString printed;
    QDebug(&printed) << SecretText("hunter2x");
    QCOMPARE(printed.trimmed(), QStringLiteral("***"));
    SecretText text("hunter2x");
    const SecretText moved(std::move(text));
    QCOMPARE(moved.reveal(), std::string("hunter2x"));
}

void TestSecretScanner::settlesOverlaps()
{
    std::vector<RuleSource> rules;
    const auto add = [&rules](const char* id, const char* pattern, FindingKind kind, Confidence confidence) {
        RuleSource source = patternRule(id, "abcd", pattern);
        source.kind = kind;
        source.confidence = confidence;
        source.boundaryBefore = source.boundaryAfter = false;
        rules.push_back(source);
    };
    add("personal", "abcd[0-9]{12}", FindingKind::Personal, Confidence::High);
    add("long", "abcd[0-9]{10}", FindingKind::Secret, Confidence::Medium);
    add("sure", "abcd[0-9]{4}", FindingKind::Secret, Confidence::High);
    add("shorter", "abcd[0-9]{2}", FindingKind::Secret, Confidence::High);
    const SecretScanner scanner(compiledOrDie(rules));
    QCOMPARE(listed(scanner.scanText("abcd012345678901")), std::string("sure=abcd0123 "));
    QCOMPARE(listed(scanner.scanText("abcd01x abcd0123")), std::string("shorter=abcd01 sure=abcd0123 "));
    // What the loser covers alone is left to others.
    QCOMPARE(listed(scanner.scanText("abcd0123abcd0123")), std::string("sure=abcd0123 sure=abcd0123 "));
}

void TestSecretScanner::placesInDocuments()
{
    const std::string t = token;
    const auto document = documentOf({
        "{\"a\":\"nothing\"}",
        "{\"a\":{\"b~/c\":[\"x\",\"see " + t + " here\"]},\"n\":1}",
        "{\"" + t + "\":\"me@example.org\",\"id_1234\":null}",
        "[\"\\u00e9 \\\"id_1234\\\" id_5678\"]",
        "\"" + t + "\"",
    });
    const auto scanned = m_scanner.scan(document);
    QVERIFY(scanned);
    QCOMPARE(listed(scanned->findings), "1/a/b~0~1c/1@4+24=" + t + " 2/" + t + "(key)@0+24=" + t + " 2/" + t +
                                            "@0+14=me@example.org 2/id_1234(key)@0+7=id_1234 " +
                                            "3/0@4+7=id_1234 3/0@13+7=id_5678 4@0+24=" + t + " ");
    QCOMPARE(scanned->bytes, document.byteCount());
}

void TestSecretScanner::joinsNameAndValue()
{
    const auto document = documentOf({
        "{\"env\":{\"DB_PASSWORD\":\"s3cret!x\",\"password\":\"a b\\\"c7\",\"other\":\"s3cret!x\"}}",
        "{\"acme\":\"0123456789abcdef0123456789abcdef\"}",
        "{\"password\":\"required\",\"user\":\"id_12\",\"x\":\"34\"}",
    });
    const auto scanned = m_scanner.scan(document);
    QVERIFY(scanned);
    QCOMPARE(listed(scanned->findings),
             std::string("0/env/DB_PASSWORD@0+8=s3cret!x 0/env/password@0+6=a b\"c7 "
                         "1/acme@0+32=0123456789abcdef0123456789abcdef "));
}

void TestSecretScanner::searchesTypeNames()
{
    auto document = document::ShareDocument::parse("[{\"type\":\"id_1234\",\"data\":{\"a\":\"id_5678\"}}]");
    QVERIFY(document);
    const auto scanned = m_scanner.scan(*document);
    QVERIFY(scanned);
    QCOMPARE(listed(scanned->findings), std::string("0/a@0+7=id_5678 0(key)@0+7=id_1234 "));
}

void TestSecretScanner::findsRepeats()
{
    const std::string text(3000, 'x');
    const std::string part = "{\"output\":\"" + text + " " + token + "\",\"metadata\":{\"output\":\"" + text +
                             " " + token + "\"},\"short\":\"" + token + "\"}";
    const auto scanned = m_scanner.scan(documentOf({part, part}));
    QVERIFY(scanned);
    QCOMPARE(scanned->findings.size(), std::size_t(6));
    const std::string place = "@3001+24=" + std::string(token) + " ";
    const std::string each = "/output" + place + "0/metadata/output" + place;
    QVERIFY2(listed(scanned->findings).starts_with("0" + each), listed(scanned->findings).c_str());
}

void TestSecretScanner::agreesInThreadsAndIndexes()
{
    std::vector<std::string> parts;
    std::string text;
    for (int i = 0; i < 4000; ++i) {
        const std::string line = "line " + std::to_string(i) + (i % 7 == 0 ? std::string(" ") + token : "") +
                                 (i % 5 == 0 ? " password: s3cret!" + std::to_string(i) : "") +
                                 std::string(900, ' ');
        parts.push_back("{\"text\":" + document::quoted(line) + "}");
        text += line + "\n";
    }
    const auto document = documentOf(parts);
    const auto one = m_scanner.scan(document, {1, {}});
    QVERIFY(one);
    QVERIFY(one->findings.size() > 1000);
    const auto oneText = m_scanner.scanText(text, {1, {}});
    QVERIFY(oneText);
    QCOMPARE(oneText->findings.size(), one->findings.size());
    const SecretScanner portable(compiledOrDie(oneOfEach(), IndexKind::Portable));
    for (const int threads : {0, 2, 5}) {
        const auto many = m_scanner.scan(document, {threads, {}});
        QVERIFY(many);
        QCOMPARE(listed(many->findings), listed(one->findings));
        const auto other = portable.scan(document, {threads, {}});
        QVERIFY(other);
        QCOMPARE(listed(other->findings), listed(one->findings));
        const auto manyText = m_scanner.scanText(text, {threads, {}});
        QVERIFY(manyText);
        QCOMPARE(listed(manyText->findings), listed(oneText->findings));
    }
}

void TestSecretScanner::cancels()
{
    std::stop_source stop;
    stop.request_stop();
    const auto scanned = m_scanner.scan(documentOf({"{\"a\":\"id_1234\"}"}), {2, stop.get_token()});
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::Cancelled);
    const auto text = m_scanner.scanText("id_1234", {2, stop.get_token()});
    QVERIFY(!text);
    QCOMPARE(text.error().code, ErrorCode::Cancelled);
    QVERIFY(m_scanner.scan({}));
}

void TestSecretScanner::refusesBrokenJson()
{
    const auto scanned = m_scanner.scan(documentOf({"{}", "{\"a\":\"id_1234"}));
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::InvalidJson);
    QCOMPARE(scanned.error().subject, QStringLiteral("part/msg_1/1"));
}

//! \brief Long texts are searched in pieces; what stands on a border is found once.
void TestSecretScanner::findsAcrossPieces()
{
    for (const std::size_t border : {256UL * 1024, 2UL * 1024 * 1024}) {
        for (std::size_t before = 0; before < 60; before += 3) {
            std::string text(border - before, '.');
            text += " " + std::string(token) + " password: s3cret!x acme 0123456789abcdef0123456789abcdef ";
            text += std::string(1000, '.');
            const auto found = m_scanner.scanText(text, {2, {}});
            QVERIFY(found);
            QCOMPARE(listed(found->findings), std::string("prefix=") + token +
                                                  " name=s3cret!x near=0123456789abcdef0123456789abcdef ");
        }
    }
}

void TestSecretScanner::filtersByValue()
{
    RuleSource source = patternRule("value", "abcd", "abcd_([a-z0-9.@]{3,20})");
    source.secretGroup = 1;
    source.except = {"*.Example", "root*", "exact", "*mid*"};
    const SecretScanner scanner(compiledOrDie({source}));
    QCOMPARE(
        listed(scanner.scanText("abcd_a.example abcd_root7 abcd_exact abcd_amidb abcd_exactly abcd_aroot")),
        std::string("value=exactly value=aroot "));
    source.except.clear();
    source.only = {"a*"};
    source.entropy = 1.5;
    const SecretScanner only(compiledOrDie({source}));
    QCOMPARE(listed(only.scanText("abcd_a7k2 abcd_b7k2 abcd_aaaaaa")), std::string("value=a7k2 "));
}

QTEST_GUILESS_MAIN(TestSecretScanner)
#include "test_secret_scanner.moc"
