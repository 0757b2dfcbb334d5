// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_ids.h"

namespace sharelock::demo {

namespace {

constexpr std::uint64_t mask48 = 0xFFFF'FFFF'FFFFULL;
const QString letters = QStringLiteral("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

} // namespace

QString SampleIds::ascending(const QString& prefix, Timestamp at)
{
    return made(prefix, timeBits(at) & mask48);
}

QString SampleIds::descending(const QString& prefix, Timestamp at)
{
    return made(prefix, ~timeBits(at) & mask48);
}

QString SampleIds::hash()
{
    QString text;
    for (int i = 0; i < 40; ++i)
        text += QString::number(m_random() % 16, 16);
    return text;
}

int SampleIds::number(int from, int to)
{
    return from + static_cast<int>(m_random() % static_cast<std::uint64_t>(to - from + 1));
}

std::uint64_t SampleIds::timeBits(Timestamp at)
{
    const qint64 time = toMilliseconds(at);
    m_counter = time == m_lastTime ? m_counter + 1 : 1;
    m_lastTime = time;
    return static_cast<std::uint64_t>(time) * 0x1000 + m_counter;
}

QString SampleIds::made(const QString& prefix, std::uint64_t bits)
{
    QString id = prefix + QStringLiteral("%1").arg(bits, 12, 16, QLatin1Char('0'));
    for (int i = 0; i < 14; ++i)
        id += letters.at(static_cast<qsizetype>(m_random() % 62));
    return id;
}

} // namespace sharelock::demo
