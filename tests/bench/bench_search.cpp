// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

//! \file
//! \brief How long the search in all messages of a database takes: `bench_search OPENCODE.DB WORD…`.

#include "opencode/session_store.h"
#include "opencode/text_search.h"

#include <QElapsedTimer>

#include <cstdio>

#include <sys/resource.h>

using namespace sharelock;

int main(int count, char** arguments)
{
    if (count < 3)
        return 2;
    const auto store = opencode::SessionStore::open(QString::fromLocal8Bit(arguments[1]));
    if (!store)
        return 1;
    const auto sessions = (*store)->sessions();
    if (!sessions)
        return 1;
    for (int argument = 2; argument < count; ++argument) {
        const opencode::TextWords words(
            QString::fromLocal8Bit(arguments[argument]).split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QElapsedTimer timer;
        timer.start();
        qint64 first = -1;
        int found = 0;
        for (const opencode::SessionSummary& session : *sessions) {
            const auto holds = (*store)->mentions(session.id, words, {});
            if (!holds)
                return 1;
            found += *holds ? 1 : 0;
            if (*holds && first < 0)
                first = timer.elapsed();
        }
        rusage used = {};
        ::getrusage(RUSAGE_SELF, &used);
        std::printf("%-16s %.2f s, first after %lld ms, in %d of %zu sessions, %ld MB RSS\n",
                    arguments[argument], double(timer.elapsed()) / 1000, static_cast<long long>(first), found,
                    sessions->size(), used.ru_maxrss / 1024);
    }
    return 0;
}
