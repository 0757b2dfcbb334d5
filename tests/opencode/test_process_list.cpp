// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/process_list.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace sharelock;
using namespace sharelock::opencode;

//! With programs that only have opencode's name. The real one is in tests/contract.
class TestProcessList : public QObject
{
    Q_OBJECT

private:
    //! A copy of a program that waits.
    [[nodiscard]] QString waiter(const char* name) const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        if (!QFile::exists(path)) {
            QFile::copy(QFile::symLinkTarget(QStringLiteral("/proc/self/exe")), path);
        }
        return path;
    }

    [[nodiscard]] static const OpencodeProcess* find(const std::vector<OpencodeProcess>& all, qint64 pid)
    {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [pid](const OpencodeProcess& each) { return each.pid == pid; });
        return found == all.end() ? nullptr : &*found;
    }

    static void start(QProcess& process, const QString& program, const QStringList& arguments)
    {
        process.start(program, QStringList{QStringLiteral("--wait")} + arguments);
        QVERIFY(process.waitForReadyRead(60'000)); // it has said that it runs
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("parent");
        QTest::addColumn<int>("startTick");
        const QByteArray rest = " S 41 42 43 0 -1 4194304 101 0 0 0 1 2 3 4 20 0 1 0 2791818 3133440 410\n";
        QTest::newRow("plain") << "42 (opencode)" + rest << QByteArray("opencode") << 41 << 2791818;
        QTest::newRow("blanks") << "42 (a b  c)" + rest << QByteArray("a b  c") << 41 << 2791818;
        QTest::newRow("parentheses") << "42 (a) S 1 (b))" + rest << QByteArray("a) S 1 (b)") << 41 << 2791818;
        QTest::newRow("line end") << "42 (a\nb)" + rest << QByteArray("a\nb") << 41 << 2791818;
        QTest::newRow("no name") << "42 ()" + rest << QByteArray("") << 41 << 2791818;
    }

    void parses()
    {
        QFETCH(QByteArray, line);
        const auto stat = parseProcessStat(line);
        QVERIFY(stat);
        QTEST(stat->name, "name");
        QTEST(int(stat->parent), "parent");
        QTEST(int(stat->startTick), "startTick");
    }

    void parsesNothingElse()
    {
        for (const char* line : {"", "42", "42 (a", "42 a) S 1", "42 (a) S 1 2 3", ") S (",
                                 "42 (a) S x 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"}) {
            QVERIFY2(!parseProcessStat(line), line);
        }
    }

    void finds()
    {
        const Timestamp before = now();
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        start(process, waiter("opencode"), {});
        const Timestamp after = now();
        const auto all = runningOpencode(0);
        const OpencodeProcess* found = find(all, process.processId());
        QVERIFY(found);
        QCOMPARE(found->directory, QDir(m_folder.path()).canonicalPath());
        // The kernel counts hundredths, and our two clocks are read one after the other.
        constexpr std::chrono::milliseconds tolerance(100);
        QVERIFY2(found->startedAt >= before - tolerance && found->startedAt <= after + tolerance,
                 qPrintable(isoString(found->startedAt) + u' ' + isoString(before)));

        QVERIFY2(!find(runningOpencode(), process.processId()), "our own is none of the person's");
        QVERIFY(!find(runningOpencode(process.processId()), process.processId()));
        process.kill();
        process.waitForFinished();
        QVERIFY(!find(runningOpencode(0), process.processId()));
    }

    void countsOneOnce()
    {
        QProcess wrapper;
        start(wrapper, waiter("node"), {waiter("opencode"), waiter("opencode")});
        const auto all = runningOpencode(0);
        QVERIFY(!find(all, wrapper.processId()));
        qsizetype ours = 0;
        for (const OpencodeProcess& each : all) {
            ours += QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(each.pid)) == waiter("opencode");
        }
        QCOMPARE(ours, 1);
        QCOMPARE(runningOpencode(wrapper.processId()).size(), all.size() - 1);
        wrapper.kill();
        wrapper.waitForFinished();
    }

    void notWhatSharelockStarted()
    {
        QProcess other;
        start(other, waiter("sharelock"), {waiter("opencode")});
        for (const OpencodeProcess& each : runningOpencode(0)) {
            QVERIFY(QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(each.pid)) != waiter("opencode"));
        }
        other.kill();
        other.waitForFinished();
    }

    void knowsAReplacedProgram()
    {
        QProcess process;
        const QString program = waiter("opencode");
        start(process, program, {});
        QVERIFY(QFile::remove(program)); // as an update does
        QVERIFY(find(runningOpencode(0), process.processId()));
        process.kill();
        process.waitForFinished();
    }
};

namespace {

//! As a child of the test: starts what it is told, says so, and waits for its end.
int waitForEnd(const QStringList& programs)
{
    QProcess next;
    if (!programs.isEmpty()) {
        next.start(programs.first(), QStringList{QStringLiteral("--wait")} + programs.mid(1));
        if (!next.waitForReadyRead(60'000)) {
            return 1;
        }
    }
    const bool said = ::write(STDOUT_FILENO, "runs\n", 5) == 5;
    char byte = 0;
    // The pipe to us closes when who started us is gone.
    while (said && ::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    next.kill();
    next.waitForFinished();
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--wait") {
        return waitForEnd(arguments.mid(2));
    }
    TestProcessList test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_process_list.moc"
