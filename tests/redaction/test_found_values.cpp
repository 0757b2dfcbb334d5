// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/found_values.h"

#include "document/json_text.h"
#include "redaction/longer_values.h"
#include "redaction/redact.h"
#include "redaction/rule_files.h"
#include "redaction/searched_document.h"
#include "redaction/secret_scanner.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

// Made of pieces, so that nothing here looks like one.
const std::string token = std::string("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const std::string password = "Tr0ub4dor"
                             "&3xyzzy";
const std::string email = "dana.whitfield@larkspur-goods.com";

document::ShareDocument saying(const std::string& text)
{
    document::ShareDocument document;
    document.addKeyed(document::ItemType::Part, "part/msg_1/prt_1",
                      R"({"id":"prt_1","messageID":"msg_1","type":"text","text":)" + document::quoted(text) +
                          "}");
    return document;
}

std::vector<FoundValue> foundIn(const std::string& text, Hiding hiding = Hiding::Usual)
{
    static const SecretScanner scanner(builtInRules());
    const auto result = scanner.scan(saying(text));
    return result ? foundValues(result->findings, hiding) : std::vector<FoundValue>();
}

const FoundValue* named(const std::vector<FoundValue>& values, const std::string& value)
{
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&value](const FoundValue& one) { return one.value.reveal() == value; });
    return found == values.end() ? nullptr : &*found;
}

} // namespace

class TestFoundValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groupsByValue();
    void putsTheGravestFirst();
    void leavesDoubtfulOnesOpen();
    void givesOrdinalPseudonyms();
    void hidesWhatIsDecided();
    void knowsNamesOfThePlan();
    void oneValueWithAndWithoutItsEnd();
};

void TestFoundValues::groupsByValue()
{
    const auto values =
        foundIn("STRIPE_KEY=" + token + "\nexport K=" + token + "\n" + "PASSWORD=\"" + password + "\"");
    QCOMPARE(values.size(), std::size_t(2));
    QVERIFY(named(values, token));
    QCOMPARE(named(values, token)->places, std::size_t(2));
    QCOMPARE(named(values, password)->places, std::size_t(1));
    QVERIFY(named(values, token)->isSureSecret());
}

void TestFoundValues::putsTheGravestFirst()
{
    const auto values = foundIn("Mail " + email + "; STRIPE_KEY=" + token);
    QCOMPARE(values.size(), std::size_t(2));
    QCOMPARE(values.front().value.reveal(), token);
    QCOMPARE(values.back().rule->kind, FindingKind::Personal);
}

void TestFoundValues::leavesDoubtfulOnesOpen()
{
    const std::string text = "ROTATION_KEY=9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";
    const auto usual = foundIn(text);
    QCOMPARE(usual.size(), std::size_t(1));
    QCOMPARE(usual.front().confidence, Confidence::Low);
    QCOMPARE(usual.front().decision, Decision::Open);
    QVERIFY(!usual.front().isSureSecret());
    QCOMPARE(foundIn(text, Hiding::All).front().decision, Decision::Redact);
    QCOMPARE(foundIn("STRIPE_KEY=" + token).front().decision, Decision::Redact);
    QCOMPARE(foundIn("Mail " + email).front().decision, Decision::Redact);
}

void TestFoundValues::givesOrdinalPseudonyms()
{
    const auto values = foundIn("PASSWORD=\"" + password + "\" and PASSWORD=\"other-" + password + "\"");
    QCOMPARE(values.size(), std::size_t(2));
    QCOMPARE(named(values, password)->pseudonym, std::string("<password-1>"));
    QCOMPARE(named(values, "other-" + password)->pseudonym, std::string("<password-2>"));
}

void TestFoundValues::hidesWhatIsDecided()
{
    const std::string text = "STRIPE_KEY=" + token + " PASSWORD=\"" + password + "\"";
    auto values = foundIn(text);
    for (FoundValue& found : values) {
        if (found.value.reveal() == password)
            found.decision = Decision::Keep;
    }
    RedactionPlan plan;
    hide(plan, values);
    QCOMPARE(plan.hidden.size(), std::size_t(1));
    const auto redacted = redact(saying(text), plan);
    QVERIFY(redacted);
    const std::string json = redacted->document.toJson();
    QVERIFY(json.find(token) == std::string::npos);
    QVERIFY(json.find("<secret-1>") != std::string::npos);
    QVERIFY(json.find(password) != std::string::npos);
    QVERIFY(SearchedDocument::search(redacted->document, plan));
    const auto unredacted = SearchedDocument::search(saying(text), plan);
    QVERIFY(!unredacted);
    QCOMPARE(unredacted.error().code, ErrorCode::LeakFound);
}

void TestFoundValues::knowsNamesOfThePlan()
{
    const auto values = foundIn("Mail " + email);
    const RedactionPlan plan{
        {{HiddenKind::UserName, "Dana.Whitfield@Larkspur-Goods.com", "<user>", HiddenShape::Name}}};
    QVERIFY(isNamedIn(plan, values.front()));
    QVERIFY(!isNamedIn(RedactionPlan(), values.front()));
}

void TestFoundValues::oneValueWithAndWithoutItsEnd()
{
    // In prose the last sign is none of the password's, in the command it is.
    const std::string whole = "Kidwttl-6824-ufco!";
    const std::string shorter = whole.substr(0, whole.size() - 1);
    const SecretScanner scanner(builtInRules());
    const auto values = [&](const std::string& text) {
        const auto document = saying(text);
        auto result = scanner.scan(document);
        takeLongerValues(document, result->findings);
        return foundValues(result->findings);
    };
    const std::string prose = "Log in as ops, the password is " + whole + ".\n";
    const std::string command = "curl -sS -u \"ops:" + whole + "\" https://example.com\n";
    QVERIFY(named(values(prose), shorter));
    QVERIFY(named(values(command), whole));
    const auto both = values(prose + command);
    QCOMPARE(both.size(), std::size_t(1));
    QCOMPARE(both.front().value.reveal(), whole);
    QCOMPARE(both.front().places, std::size_t(2));
    // A text by itself, too.
    std::vector<Finding> findings;
    for (TextFinding& found : scanner.scanText(prose + command)) {
        Finding finding;
        finding.rule = found.rule;
        finding.offset = found.offset;
        finding.length = found.length;
        finding.value = std::move(found.value);
        findings.push_back(std::move(finding));
    }
    takeLongerValues(prose + command, findings);
    QCOMPARE(findings.size(), std::size_t(2));
    QCOMPARE(findings.front().value.reveal(), whole);
    QCOMPARE(findings.front().length, whole.size());
    // Where it really stands without the end, it is another value, and hidden by itself.
    const auto apart = values("the password is " + shorter + " and\n" + command);
    QCOMPARE(apart.size(), std::size_t(2));
    QVERIFY(named(apart, shorter) && named(apart, whole));
    // Much longer is something else.
    const std::string other = shorter + "-and-much-more-of-it";
    QVERIFY(!named(values(prose + "curl -u \"ops:" + other + "\" https://example.com\n"), whole + other));
}

QTEST_GUILESS_MAIN(TestFoundValues)
#include "test_found_values.moc"
