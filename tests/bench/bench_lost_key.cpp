// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

//! \file
//! \brief How long the search for a lost key takes: `bench_lost_key FILE [ROUNDS]`. FILE is made, of 1 GB,
//! when it is not there: rows as opencode has them, one in a hundred of the session that is searched for, its
//! key in the middle.

#include "opencode/lost_key_search.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QUuid>

#include <cstdio>

#include <sys/resource.h>

using namespace sharelock;

namespace {

constexpr qint64 fileBytes = 1'000'000'000;
const QByteArray session = "ses_5f1c2d3e4a5bAbCdEfGhIjKlM1";
const QByteArray share = session.right(8);

QByteArray uuid()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

bool make(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QRandomGenerator random(7);
    bool keyWritten = false;
    while (file.pos() < fileBytes) {
        const bool ours = random.bounded(100) == 0;
        QByteArray row = "prt_0123456789abQrStUvWxYz0123" + (ours ? session : QByteArray("ses_")) +
                         R"({"type":"tool","callID":")" + uuid() + R"(","state":{"output":")";
        for (int words = random.bounded(20, 600); words > 0; --words)
            row += QByteArray::number(random.bounded(100'000)) + (words % 9 == 0 ? "\\n" : " GhI -");
        if (!keyWritten && file.pos() > fileBytes / 2) {
            row += session + share + uuid() + "https://opncd.ai/share/" + share + '\x01';
            keyWritten = true;
        }
        file.write(row + "\"}}");
    }
    return file.flush();
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 2)
        return 2;
    const QString path = QString::fromLocal8Bit(arguments[1]);
    if (!QFile::exists(path) && !make(path))
        return 1;
    const opencode::LostShare lost{QUrl(QStringLiteral("https://opncd.ai")), QString::fromLatin1(share),
                                   QString::fromLatin1(session)};
    const int rounds = count > 2 ? QByteArray(arguments[2]).toInt() : 3;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        const auto found = opencode::searchLostKey({path}, lost);
        if (!found)
            return 1;
        rusage used = {};
        ::getrusage(RUSAGE_SELF, &used);
        std::printf("%.2f s, %.0f MB, %zu candidates, %ld MB RSS\n", double(timer.elapsed()) / 1000,
                    double(found->bytes) / 1e6, found->candidates.size(), used.ru_maxrss / 1024);
    }
    return 0;
}
