// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "clean_text.h"
#include "document/json_text.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QTest>

#include <map>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

#ifdef SHARELOCK_SANITIZED
constexpr std::size_t size = 3'000'000;
constexpr int opaqueValues = 2'000;
#else
constexpr std::size_t size = 24'000'000;
constexpr int opaqueValues = 10'000;
#endif
constexpr double mostPerByte = 12.0 / 100'000'000;

//! \brief How often each rule found something, with an example.
QByteArray described(const std::vector<Finding>& findings)
{
    std::map<std::string, std::pair<int, std::string>> byRule;
    for (const Finding& finding : findings) {
        auto& [count, example] = byRule[finding.rule->id];
        example = ++count == 1 ? finding.value.reveal() : example;
    }
    QByteArray text = QByteArray::number(qulonglong(findings.size())) + " findings\n";
    for (const auto& [rule, found] : byRule)
        text +=
            QByteArray::fromStdString(rule + " " + std::to_string(found.first) + " " + found.second + "\n");
    return text;
}

} // namespace

//! \brief Text that speaks of secrets and holds none gives no more findings than promised.
class TestCleanText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opaqueValuesAreNoFindings()
    {
        ValueMaker maker(3);
        const FormGroups forms = readForms(SHARELOCK_ACCURACY_DIR "/opaque.txt");
        QCOMPARE(forms.size(), std::size_t(2));
        document::ShareDocument document;
        for (int i = 0; i < opaqueValues; ++i) {
            const auto& [group, lines] = forms[maker.below(2)];
            const std::string made = maker.plant(lines[maker.below(lines.size())]).text;
            document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(i),
                              group == "members" ? "{" + made + "}"
                                                 : "{\"output\":" + document::quoted(made) + "}");
        }
        const auto scanned = SecretScanner(builtInRules()).scan(document);
        QVERIFY(scanned);
        QVERIFY2(scanned->findings.empty(), described(scanned->findings).constData());
    }

    void hasHardlyAnyFindings_data()
    {
        QTest::addColumn<int>("seed");
        QTest::newRow("first") << 1;
        QTest::newRow("second") << 2;
    }

    void hasHardlyAnyFindings()
    {
        QFETCH(int, seed);
        ValueMaker maker(static_cast<std::uint64_t>(seed));
        const FormGroups forms = readForms(SHARELOCK_ACCURACY_DIR "/clean.txt");
        QVERIFY(!forms.empty());
        const auto document = asConversation(cleanText(maker, forms, size / 2));
        const auto scanned = SecretScanner(builtInRules()).scan(document);
        QVERIFY(scanned);
        const auto most = static_cast<std::size_t>(mostPerByte * double(size / 2));
        QVERIFY2(scanned->findings.size() <= most, described(scanned->findings).constData());
    }
};

QTEST_GUILESS_MAIN(TestCleanText)
#include "test_clean_text.moc"
