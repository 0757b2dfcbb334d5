// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "example_text.h"
#include "redaction/placeholders.h"
#include "redaction/validators.h"

#include <QTest>

using namespace sharelock::redaction;

Q_DECLARE_METATYPE(sharelock::redaction::Validator)

class TestValidators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validates_data();
    void validates();
    void checksums();
    void entropy();
    void decodesBase64();
    void recognisesPlaceholders_data();
    void recognisesPlaceholders();
    void keepsRandomValues();
};

void TestValidators::validates_data()
{
    QTest::addColumn<Validator>("validator");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isGood");
    const auto row = [](Validator validator, const char* value, bool isGood) {
        QTest::newRow(*value == '\0' ? "empty" : value) << validator << QByteArray(value) << isGood;
    };
    row(Validator::Luhn, "4111111111111111", true);
    row(Validator::Luhn, "4111 1111 1111 1111", true);
    row(Validator::Luhn, "4111-1111-1111-1111", true);
    row(Validator::Luhn, "4111111111111112", false);
    row(Validator::Luhn, "0000000000000000", false);
    row(Validator::Luhn, "79927398713", false); // too short for a card
    row(Validator::Luhn, "4111x11111111111", false);
    row(Validator::Luhn, "", false);
    row(Validator::Iban, "DE89370400440532013000", true);
    row(Validator::Iban, "DE89 3704 0044 0532 0130 00", true);
    row(Validator::Iban, "GB29NWBK60161331926819", true);
    row(Validator::Iban, "DE89370400440532013001", false);
    row(Validator::Iban, "DE89", false);
    row(Validator::Iban, "", false);
    row(Validator::PrivateIp, "10.0.0.1", true);
    row(Validator::PrivateIp, "172.31.255.255", true);
    row(Validator::PrivateIp, "192.168.1.20", true);
    row(Validator::PrivateIp, "100.64.0.1", true);
    row(Validator::PrivateIp, "172.32.0.1", false);
    row(Validator::PrivateIp, "8.8.8.8", false);
    row(Validator::PrivateIp, "10.0.0", false);
    row(Validator::PrivateIp, "10.0.0.256", false);
    row(Validator::PrivateIp, "10.0.0.1.2", false);
    row(Validator::PrivateIp, "fd12:3456::1", true);
    row(Validator::PrivateIp, "fe80::1", true);
    row(Validator::PrivateIp, "2001:db8::1", false);
    row(Validator::PrivateIp, "10.1", false);
    row(Validator::PrivateIp, "", false);
    row(Validator::Jwt, "eyJhbGciOiJkaXIifQ..c2ln.c2ln.c2ln", true);
    row(Validator::UuidNot, "123e4567-e89b-12d3-a456-426614174000", false);
    row(Validator::UuidNot, "123e4567-e89b-12d3-a456-42661417400", true);
    row(Validator::Base64Json, "eyJhIjoxfQ==", true);
    row(Validator::Base64Json, "eyJhIjoxfQ", true);
    row(Validator::Base64Json, "WzFd", false); // a list
    row(Validator::Base64Json, "eyJhIjox", false);
    row(Validator::Base64Json, "!!!!", false);
    row(Validator::Jwt, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", true);
    row(Validator::Jwt, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", false);
    row(Validator::Jwt, "eyJhbGciOiJIUzI1NiJ9.c2ln.c2ln", false);
    row(Validator::Jwt, "..", false);
    row(Validator::None, "anything", true);
}

void TestValidators::validates()
{
    QFETCH(Validator, validator);
    QFETCH(QByteArray, value);
    QFETCH(bool, isGood);
    QCOMPARE(validated(validator, value.toStdString(), Confidence::Medium).has_value(), isGood);
}

void TestValidators::checksums()
{
    // CRC-32 of "123456789" is 0xCBF43926, in base62 with the digits 0-9A-Za-z.
    QCOMPARE(base62Checksum("123456789"), std::string("3jZRME"));
    QCOMPARE(base62Checksum("").size(), std::size_t(6));
    ExampleText random(3);
    for (int i = 0; i < 50; ++i) {
        std::string token = random.checksummed("ghp_");
        QCOMPARE(validated(Validator::Crc32Base62, token, Confidence::Medium),
                 std::optional(Confidence::High));
        token[10] = token[10] == 'a' ? 'b' : 'a';
        QCOMPARE(validated(Validator::Crc32Base62, token, Confidence::High), std::optional(Confidence::Low));
    }
    QCOMPARE(validated(Validator::Crc32Base62, "ghp_", Confidence::High), std::optional(Confidence::Low));
}

void TestValidators::entropy()
{
    QCOMPARE(entropyOf(""), 0.0);
    QCOMPARE(entropyOf("aaaa"), 0.0);
    QCOMPARE(entropyOf("abab"), 1.0);
    QCOMPARE(entropyOf("abcdefgh"), 3.0);
}

void TestValidators::decodesBase64()
{
    QCOMPARE(fromBase64("aGVsbG8="), std::optional<std::string>("hello"));
    QCOMPARE(fromBase64("aGVsbG8"), std::optional<std::string>("hello"));
    QCOMPARE(fromBase64("Pz8_"), std::optional<std::string>("???"));
    QCOMPARE(fromBase64(""), std::optional<std::string>(""));
    QVERIFY(!fromBase64("a b"));
    QVERIFY(isUuid("123E4567-e89b-12d3-a456-426614174000"));
    QVERIFY(!isUuid("123e4567ae89b-12d3-a456-426614174000"));
    QVERIFY(isHex("00ffAA"));
    QVERIFY(!isHex("00fg"));
}

void TestValidators::recognisesPlaceholders_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isPlaceholder");
    for (const char* value : {"<token>",
                              "<your password>",
                              "${TOKEN}",
                              "$TOKEN",
                              "$(pass show x)",
                              "{{ token }}",
                              "%s",
                              "%d",
                              "%TOKEN%",
                              "#{token}",
                              "xxxxxxxx",
                              "XXXXXXXX",
                              "********",
                              "........",
                              "ghp_xxxxxxxxxxxxxxxx",
                              "sk-...",
                              "abc\u2026",
                              "YOUR_API_KEY",
                              "your-api-key-here",
                              "yourApiKey",
                              "changeme",
                              "CHANGE_ME",
                              "example",
                              "example-token",
                              "password",
                              "my-secret-password",
                              "test",
                              "placeholder",
                              "replace_me",
                              "12345678",
                              "00000000",
                              "abcdefgh",
                              "insert token here",
                              "REDACTED",
                              "[REDACTED]",
                              "__TOKEN__",
                              "password123",
                              "todo"})
        QTest::newRow(value) << QByteArray(value) << true;
    for (const char* value :
         {"hunter2", "x8Kd02mmQ", "correct-horse", "S3cr3t!pw", "testX9k2LmQp", "exampleZ7q1Vb",
          "changeme-9fK2xQ71", "a1b2c3d4e5", "P@ssw0rd", "%7Bx9Qm2", "$ecret9Qx!"})
        QTest::newRow(value) << QByteArray(value) << false;
}

void TestValidators::recognisesPlaceholders()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isPlaceholder);
    QCOMPARE(sharelock::redaction::isPlaceholder(value.toStdString()), isPlaceholder);
}

void TestValidators::keepsRandomValues()
{
    ExampleText random(7);
    for (const char* alphabet : {"base62", "hex", "base64", "base64url", "upperalnum", "loweralnum"}) {
        for (int i = 0; i < 2000; ++i) {
            const std::string value = random.random(alphabet, 12 + random.below(40));
            QVERIFY2(!isPlaceholder(value) && !isMasked(value), value.c_str());
        }
    }
    // A word of placeholders inside does not make a random value one.
    QVERIFY(!isPlaceholder("example" + random.random("base62", 20)));
    QVERIFY(!isPlaceholder(random.random("base62", 20) + "test"));
    QVERIFY(isMasked("AKIAIOSFODNN7"
                     "EXAMPLE"));
}

QTEST_GUILESS_MAIN(TestValidators)
#include "test_validators.moc"
