// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_text.h"
#include "random_text.h"
#include "redaction/leak_gate.h"
#include "redaction/redact.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

#ifdef SHARELOCK_SANITIZED
constexpr quint32 rounds = 1'000;
#else
constexpr quint32 rounds = 4'000;
#endif

QByteArray context(quint32 seed, const std::string& json)
{
    return QByteArray::number(seed) + ": " + QByteArray::fromStdString(json);
}

} // namespace

class TestRedactionProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redactedPassesTheGate()
    {
        for (quint32 seed = 0; seed < rounds; ++seed) {
            RandomText random(seed);
            const auto document = random.document();
            const auto redacted = redact(document, random.plan());
            QVERIFY2(redacted, context(seed, document.toJson()).constData());
            const std::string json = redacted->document.toJson();
            const auto checked = LeakGate(random.plan()).check(json);
            QVERIFY2(checked, context(seed, document.toJson() + "\n" + json).constData());
            QVERIFY2(document::ShareDocument::parse(json), context(seed, json).constData());
        }
    }

    void redactingTwiceChangesNothing()
    {
        for (quint32 seed = 0; seed < rounds; ++seed) {
            RandomText random(seed);
            const auto document = random.document();
            const auto once = redact(document, random.plan());
            QVERIFY(once);
            const auto twice = redact(once->document, random.plan());
            QVERIFY(twice);
            QVERIFY2(twice->document == once->document, context(seed, document.toJson()).constData());
            QCOMPARE(twice->places, std::size_t(0));
        }
    }

    void theGateFindsWhatRedactReplaces()
    {
        int leaks = 0;
        for (quint32 seed = 0; seed < rounds; ++seed) {
            RandomText random(seed);
            const auto document = random.document();
            const auto redacted = redact(document, random.plan());
            QVERIFY(redacted);
            if (!LeakGate(random.plan()).check(document.toJson()).has_value()) {
                ++leaks;
                QVERIFY2(redacted->places > 0, context(seed, document.toJson()).constData());
            }
        }
        QVERIFY2(leaks > int(rounds) / 2, "the random documents hold what is looked for");
    }

    void onlyTextsWithHiddenValuesChange()
    {
        for (quint32 seed = 0; seed < rounds; ++seed) {
            RandomText random(seed);
            const auto document = random.document();
            RedactionPlan other;
            other.hidden = {{HiddenKind::UserName, "nobodyhere", "<user>", HiddenShape::Name},
                            {HiddenKind::HomeFolder, "/nowhere/nobodyhere", "~", HiddenShape::Folder}};
            const auto redacted = redact(document, other);
            QVERIFY(redacted);
            QVERIFY2(redacted->document == document, context(seed, document.toJson()).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestRedactionProperties)
#include "test_redaction_properties.moc"
