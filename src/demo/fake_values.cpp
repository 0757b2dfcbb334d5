// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/fake_values.h"

#include <QRegularExpression>
#include <QStringList>

#include <cstdint>
#include <random>

namespace sharelock::demo {

namespace {

const QString digits = QStringLiteral("0123456789");
const QString hexDigits = QStringLiteral("0123456789abcdef");
const QString lower = QStringLiteral("abcdefghijklmnopqrstuvwxyz");
const QString upper = QStringLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const QString base62 = digits + upper + lower;
const QString base64 = upper + lower + digits + u"+/";

//! The same text for the same name, on every machine.
class Letters
{
public:
    explicit Letters(const QString& name)
    {
        std::uint64_t seed = 1469598103934665603ULL; // FNV-1a: std::hash may differ between libraries.
        for (const char c : name.toUtf8())
            seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        m_random.seed(seed);
    }

    QString operator()(const QString& alphabet, int count)
    {
        QString text;
        for (int i = 0; i < count; ++i)
            text +=
                alphabet.at(static_cast<qsizetype>(m_random() % static_cast<std::uint64_t>(alphabet.size())));
        return text;
    }

private:
    std::mt19937_64 m_random;
};

QString joined(std::initializer_list<QString> pieces)
{
    return QStringList(pieces).join(QString());
}

QString base64Url(const QByteArray& bytes)
{
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString privateKey(Letters& letters)
{
    const QString dashes(5, u'-');
    const QString name = joined({QStringLiteral("PRIVATE"), QStringLiteral(" KEY")});
    QString text = joined({dashes, QStringLiteral("BEGIN "), name, dashes, QStringLiteral("\n")});
    for (int i = 0; i < 12; ++i)
        text += letters(base64, 64) + u'\n';
    return joined(
        {text, letters(base64, 38), QStringLiteral("==\n"), dashes, QStringLiteral("END "), name, dashes});
}

// Right check digits, in a bank code that is not in use.
QString iban(Letters& letters)
{
    const QString account = QStringLiteral("00000000") + letters(digits, 10);
    int rest = 0;
    for (const QChar c : QString(account + QStringLiteral("131400"))) // "DE00" as numbers, at the end.
        rest = (rest * 10 + c.digitValue()) % 97;
    return QStringLiteral("DE%1%2").arg(98 - rest, 2, 10, QLatin1Char('0')).arg(account);
}

QString token(const QString& name, Letters& letters)
{
    if (name == QLatin1String("stripe-key"))
        return joined({QStringLiteral("sk_"), QStringLiteral("live_"), letters(base62, 24)});
    if (name == QLatin1String("stripe-webhook"))
        return joined({QStringLiteral("whsec"), QStringLiteral("_"), letters(base62, 32)});
    if (name == QLatin1String("sentry-dsn"))
        return joined({QStringLiteral("https://"), letters(hexDigits, 32),
                       QStringLiteral("@o450188.ingest.example.com/4507")});
    if (name == QLatin1String("github-token"))
        return joined({QStringLiteral("gh"), QStringLiteral("p_"), letters(base62, 36)});
    if (name == QLatin1String("gitlab-token"))
        return joined({QStringLiteral("glp"), QStringLiteral("at-"), letters(base62, 20)});
    if (name == QLatin1String("npm-token"))
        return joined({QStringLiteral("np"), QStringLiteral("m_"), letters(base62, 36)});
    if (name == QLatin1String("aws-id"))
        return joined(
            {QStringLiteral("AK"), QStringLiteral("IA"), letters(upper + QStringLiteral("234567"), 16)});
    if (name == QLatin1String("aws-secret"))
        return letters(base64, 40);
    if (name == QLatin1String("slack-hook"))
        return joined({QStringLiteral("https://hooks.slack"), QStringLiteral(".com/services/T0"),
                       letters(upper + digits, 9), QStringLiteral("/B0"), letters(upper + digits, 9),
                       QStringLiteral("/"), letters(base62, 24)});
    if (name == QLatin1String("jwt"))
        return joined({base64Url(R"({"alg":"HS256","typ":"JWT"})"), QStringLiteral("."),
                       base64Url(R"({"sub":"1","roles":["admin"],"exp":1798761600})"), QStringLiteral("."),
                       letters(base62, 43)});
    return {};
}

} // namespace

QString fakeSecret(const QString& name)
{
    Letters letters(name);
    if (name == QLatin1String("private-key"))
        return privateKey(letters);
    if (name == QLatin1String("iban"))
        return iban(letters);
    if (name == QLatin1String("door-code"))
        return letters(digits, 6);
    if (name == QLatin1String("db-password"))
        return QStringLiteral("hunter") + letters(base62, 6);
    if (name == QLatin1String("registry-auth"))
        return QString::fromLatin1(QByteArray("ci-push:" + letters(base62, 20).toLatin1()).toBase64());
    if (name == QLatin1String("session-secret"))
        return letters(hexDigits, 64);
    if (name.endsWith(QLatin1String("-password")))
        return letters(upper, 1) + letters(lower, 6) + u'-' + letters(digits, 4) + u'-' + letters(lower, 4) +
               u'!';
    return token(name, letters);
}

QString FakeValues::expanded(const QString& text) const
{
    static const QRegularExpression placeholder(
        QStringLiteral("\\{\\{(?:lines (\\d+) (.*?)|([a-z-]+))\\}\\}"));
    QString result;
    qsizetype from = 0;
    auto matches = placeholder.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        result += QStringView(text).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const int count = match.captured(1).toInt();
        const QString name = match.captured(3);
        if (count > 0) {
            QStringList lines;
            for (int i = 1; i <= count; ++i)
                lines += match.captured(2).replace(u'#', QString::number(i));
            result += lines.join(u'\n');
        } else if (const auto known = m_known.constFind(name); known != m_known.constEnd()) {
            result += *known;
        } else {
            result += fakeSecret(name);
        }
    }
    return result + QStringView(text).mid(from);
}

} // namespace sharelock::demo
