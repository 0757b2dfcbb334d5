// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "example_text.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

#ifdef SHARELOCK_SANITIZED
constexpr std::size_t size = 300'000;
#else
constexpr std::size_t size = 4'000'000;
#endif

std::string repeated(std::string_view piece, std::size_t bytes)
{
    std::string text;
    text.reserve(bytes + piece.size());
    while (text.size() < bytes)
        text += piece;
    return text;
}

struct Cost
{
    ScanWork work;
    qint64 milliseconds = 0;
};

} // namespace

//! \brief Time stays linear on every input: what is looked at is counted, for a text and one twice as long.
class TestHostileTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysLinear_data();
    void staysLinear();
    void manyTinyTexts();
    void secretInEveryRecord();
    void oneLongLine();

private:
    Cost cost(const std::string& text)
    {
        QElapsedTimer timer;
        timer.start();
        const auto scanned = m_scanner.scanText(text, {});
        if (!scanned)
            qFatal("not scanned");
        return {scanned->work, timer.elapsed()};
    }

    SecretScanner m_scanner{builtInRules(Infrastructure::Included)};
};

void TestHostileTexts::staysLinear_data()
{
    QTest::addColumn<QByteArray>("piece");
    const auto row = [](const char* name, const QByteArray& piece) { QTest::newRow(name) << piece; };
    row("assignments", "key=key=key=");
    row("quoted assignments", "password=\"");
    row("unterminated PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789\n");
    row("unterminated PEM heads", "-----BEGIN PRIVATE KEY-----");
    row("escaped PEM heads", "-----BEGIN PRIVATE KEY-----\\\\n");
    row("backslashes", "\\");
    row("escaped quotes", "\\\\\\\"password\\\\\\\":");
    row("escapes", "\\u0070\\u0061");
    row("escaped signs", "\\u0026\\u003d");
    row("escaped signs far apart", "\\u0026" + QByteArray(500, 'a'));
    row("escaped signs and words", "password=\\u0026 token ");
    row("escaped slashes", "\\\\/");
    row("escaped slashes and backslashes", "\\\\/" + QByteArray(600, '\\'));
    row("percents in escaped signs", "\\u0026a%253D%3A");
    row("percents", "%3D%3A%2F%2F");
    row("percents in percents", "%253D%25253D");
    row("base64", "cGFzc3dvcmQ9cGFzc3dvcmQ9");
    row("base64 lines", "cGFzc3dvcmQ9cGFzc3dvcmQ9\n");
    row("ats", "a@a.a@");
    row("addresses", "a@a.com@");
    row("URLs", "://a:a");
    row("user names", "https://a:b@");
    row("invalid UTF-8", "\xFF\xFEkey=\xC3\x28");
    row("zero bytes", QByteArray("key=\0", 5));
    row("JWT heads", "eyJhbGciOiJIUzI1NiJ9.");
    row("tokens", "ghp_ghp_ghp_");
    row("provider names", "asana github rollbar kubeadm ");
    row("provider names and runs", "github token 0123456789abcdef0123 ");
    row("long word", "a1B2c3D4");
    row("dashes", "-");
    row("digits", "4111 1111 ");
    row("cookies", "cookie: session=");
    row("homes", "/home/a/home/");
    row("XML", "<password><password>");
    row("quotes", "'\\''");
}

void TestHostileTexts::staysLinear()
{
    QFETCH(QByteArray, piece);
    const std::string_view view(piece.constData(), static_cast<std::size_t>(piece.size()));
    const Cost half = cost(repeated(view, size / 2));
    const Cost whole = cost(repeated(view, size));
    const auto total = [](const ScanWork& work) { return work.searched + work.parsed + work.decoded; };
    // Twice the text, twice the work, give or take what is fixed.
    QVERIFY2(total(whole.work) <= total(half.work) * 22 / 10 + size,
             qPrintable(QStringLiteral("%1 after %2").arg(total(whole.work)).arg(total(half.work))));
    QVERIFY2(whole.milliseconds < 30'000, qPrintable(QString::number(whole.milliseconds)));
}

void TestHostileTexts::manyTinyTexts()
{
    std::string data = "[";
    const std::size_t count = size / 4;
    for (std::size_t i = 0; i < count; ++i)
        data += "\"k=" + std::to_string(i % 10) + "\",";
    data += "\"\"]";
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/a/b", data);
    const auto scanned = m_scanner.scan(document);
    QVERIFY(scanned);
    QVERIFY(scanned->findings.empty());
    QVERIFY(scanned->work.searched < data.size());
}

void TestHostileTexts::secretInEveryRecord()
{
    ExampleText random(5);
    document::ShareDocument document;
    const std::size_t count = size / 1000;
    for (std::size_t i = 0; i < count; ++i)
        document.addKeyed(
            document::ItemType::Part, "part/a/" + std::to_string(i),
            "{\"output\":" +
                document::quoted("TOKEN=" + random.checksummed("ghp_") + "\n" + std::string(200, '.')) + "}");
    const auto scanned = m_scanner.scan(document, {2, {}});
    QVERIFY(scanned);
    QCOMPARE(scanned->findings.size(), count);
}

void TestHostileTexts::oneLongLine()
{
    ExampleText random(6);
    std::string line = repeated("lorem ipsum dolor sit amet ", size * 4);
    const std::string token = random.checksummed("ghp_");
    line.insert(line.size() / 2, " " + token + " ");
    const auto found = m_scanner.scanText(line);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].value.reveal() == token);
}

QTEST_GUILESS_MAIN(TestHostileTexts)
#include "test_hostile_texts.moc"
