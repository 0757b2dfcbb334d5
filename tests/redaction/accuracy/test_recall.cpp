// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "recall.h"
#include "redaction/rule_files.h"

#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

#ifdef SHARELOCK_SANITIZED
constexpr int rounds = 1;
#else
constexpr int rounds = 4;
#endif

//! \brief Always the same, but for who wants to look further: SHARELOCK_SEED.
std::uint64_t seed()
{
    const int wanted = qEnvironmentVariableIntValue("SHARELOCK_SEED");
    return wanted > 0 ? static_cast<std::uint64_t>(wanted) : 1;
}

FormGroups forms(const char* name)
{
    return readForms(std::string(SHARELOCK_ACCURACY_DIR "/") + name);
}

std::vector<Sample> tokens(ValueMaker& maker, int perForm)
{
    const FormGroups contexts = forms("contexts.txt");
    std::vector<Sample> samples;
    for (const auto& [group, lines] : forms("tokens.txt")) {
        for (const std::string& line : lines) {
            const std::size_t space = line.find(' ');
            for (int i = 0; i < perForm; ++i) {
                const auto& around = contexts.front().second;
                const std::string& context = around[maker.below(around.size())];
                samples.push_back({group, line.substr(0, space),
                                   ValueMaker::within(context, maker.plant(line.substr(space + 1)))});
            }
        }
    }
    return samples;
}

std::vector<Sample> passwords(ValueMaker& maker, const char* file, int perForm)
{
    std::vector<Sample> samples;
    for (const auto& [group, lines] : forms(file)) {
        for (const std::string& line : lines) {
            for (int i = 0; i < perForm; ++i)
                samples.push_back({group, line, maker.plant(line, group.ends_with('*'))});
        }
    }
    return samples;
}

void report(const char* what, const Recall& recall)
{
    qInfo().noquote() << what << QString::fromStdString(recall.report());
    if (!qEnvironmentVariableIsSet("SHARELOCK_MISSES"))
        return;
    QFile file(qEnvironmentVariable("SHARELOCK_MISSES") + QLatin1String(what));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const std::string& miss : recall.misses)
        file.write((miss + "\n").c_str());
}

} // namespace

//! \brief The share of secrets that is found, of forms and values that the rules were not written from.
class TestRecall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAreFound()
    {
        ValueMaker maker(seed());
        const Recall recall = measureRecall(m_scanner, tokens(maker, 2 * rounds));
        report("tokens", recall);
        QVERIFY(recall.total.share() >= 0.98);
    }

    void privateKeysAreFound()
    {
        ValueMaker maker(seed());
        std::vector<Sample> samples;
        for (const char* label :
             {"RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
              "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "SSH2 ENCRYPTED PRIVATE KEY"}) {
            for (int i = 0; i < 4 * rounds; ++i)
                samples.push_back({"private keys", label, maker.privateKey(label)});
        }
        const Recall recall = measureRecall(m_scanner, samples);
        report("private-keys", recall);
        QVERIFY(recall.total.share() >= 0.98);
    }

    void passwordsAreFound_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("passwords") << QByteArray("passwords.txt");
        QTest::newRow("assignments") << QByteArray("assignments.txt");
    }

    void passwordsAreFound()
    {
        QFETCH(QByteArray, file);
        ValueMaker maker(seed());
        const Recall recall = measureRecall(m_scanner, passwords(maker, file.constData(), 2 * rounds));
        report(file.constData(), recall);
        QVERIFY(recall.total.share() >= 0.95);
    }

private:
    SecretScanner m_scanner{builtInRules()};
};

QTEST_GUILESS_MAIN(TestRecall)
#include "test_recall.moc"
