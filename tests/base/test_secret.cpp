// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/secret.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace sharelock;

namespace {

//! \brief The line of /proc that begins with \p name.
QByteArray line(const QByteArray& text, const QByteArray& name)
{
    const auto lines = text.split('\n');
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const QByteArray& one) { return one.startsWith(name); });
    return found == lines.end() ? QByteArray() : found->mid(name.size()).trimmed();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! \brief What the kernel says of the mapping that \p place is in, from proc_pid_smaps(5): `dd` for left out
//! of core files, `lo` for locked.
QByteArrayList flagsOf(const char* place)
{
    const auto address = reinterpret_cast<quintptr>(place);
    bool isIn = false;
    for (const QByteArray& one : contentOf(QStringLiteral("/proc/self/smaps")).split('\n')) {
        const QByteArrayList ends = one.left(one.indexOf(' ')).split('-');
        bool isFirst = false;
        bool isSecond = false;
        const quintptr begin = ends.front().toULongLong(&isFirst, 16);
        const quintptr end = ends.back().toULongLong(&isSecond, 16);
        if (ends.size() == 2 && isFirst && isSecond)
            isIn = begin <= address && address < end;
        else if (isIn && one.startsWith("VmFlags:"))
            return one.mid(8).trimmed().split(' ');
    }
    return {};
}

} // namespace

class TestSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsStars();
    void comparesByContent();
    void copiesShareAndOutlive();
    void holdsAnyBytes();
    void huge();
    void isLeftOutOfCoreFiles_data();
    void isLeftOutOfCoreFiles();
    void isWipedWithItsLastCopy();
    void manyTakeLittleLockedMemory();
    void threadsShareThePlaces();
};

void TestSecret::printsStars()
{
    QString text;
    QDebug(&text) << "key" << Secret("hunter2") << Secret() << 7;
    QVERIFY2(!text.contains(QStringLiteral("hunter2")), "a secret was printed");
    QCOMPARE(text.count(QStringLiteral("***")), 2); // An empty one looks the same.
    QVERIFY(text.contains(u'7'));
}

void TestSecret::comparesByContent()
{
    QCOMPARE(Secret("same"), Secret("same"));
    QVERIFY(!(Secret("same") == Secret("sama")));
    QVERIFY(!(Secret("same") == Secret("sam")));
    QVERIFY(!(Secret("same") == Secret()));
    QCOMPARE(Secret(), Secret(""));
}

void TestSecret::copiesShareAndOutlive()
{
    Secret copy;
    {
        const Secret first("short-lived");
        copy = first;
        QVERIFY(copy.reveal().data() == first.reveal().data());
    }
    QVERIFY(copy.reveal() == "short-lived");
}

void TestSecret::holdsAnyBytes()
{
    using namespace std::string_view_literals;
    const auto bytes = "a\0\xff\xfe\0b"sv;
    const Secret secret(bytes);
    QCOMPARE(secret.size(), bytes.size());
    QVERIFY(secret.reveal() == bytes);
    QVERIFY(!secret.isEmpty());
    QVERIFY(Secret().isEmpty());
    QCOMPARE(Secret().size(), std::size_t(0));
    QVERIFY(Secret().reveal().empty());
}

void TestSecret::huge()
{
    const std::string bytes(1024 * 1024, 'x');
    QVERIFY(Secret(bytes).reveal() == bytes);
}

void TestSecret::isLeftOutOfCoreFiles_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("a share key") << 36;
    QTest::newRow("the longest of the short ones") << 128;
    QTest::newRow("longer") << 129;
    QTest::newRow("a page and more") << 5000;
}

void TestSecret::isLeftOutOfCoreFiles()
{
    QFETCH(int, size);
    const Secret secret(std::string(std::size_t(size), 'x'));
    const QByteArrayList flags = flagsOf(secret.reveal().data());
    QVERIFY2(flags.contains("dd"), flags.join(' ').constData());
    // Whether it may be locked is up to the machine's limit.
    const std::string elsewhere(4096, 'x');
    QVERIFY(!flagsOf(elsewhere.data()).contains("dd"));
}

void TestSecret::isWipedWithItsLastCopy()
{
    const std::string bytes(36, 'k');
    const Secret holdsThePlaces("so that the memory stays");
    const char* place = nullptr;
    {
        const Secret secret(bytes);
        place = secret.reveal().data();
        const Secret copy = secret;
    }
    QVERIFY(std::all_of(place, place + bytes.size(), [](char c) { return c == 0; }));
    // The next one may well be there, and holds nothing of it.
    const Secret next("short");
    QVERIFY(next.reveal() == "short");
    QVERIFY(std::all_of(place + next.size(), place + bytes.size(), [](char c) { return c == 0; }));
}

void TestSecret::manyTakeLittleLockedMemory()
{
    const auto lockedKilobytes = [] {
        return line(contentOf(QStringLiteral("/proc/self/status")), "VmLck:").split(' ').front().toInt();
    };
    constexpr int many = 2000;
    const int before = lockedKilobytes();
    std::vector<Secret> all;
    for (int i = 0; i < many; ++i)
        all.emplace_back(std::to_string(i));
    const int taken = lockedKilobytes() - before;
    QVERIFY2(taken < 1024, QByteArray::number(taken).constData());
    for (int i = 0; i < many; ++i)
        QVERIFY(all[std::size_t(i)].reveal() == std::to_string(i));
}

void TestSecret::threadsShareThePlaces()
{
    constexpr int each = 500;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([number, &wrong] {
            for (int i = 0; i < each; ++i) {
                const std::string bytes = std::to_string(number) + ':' + std::to_string(i);
                const Secret secret(bytes);
                const Secret copy = secret;
                if (copy.reveal() != bytes)
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(TestSecret)
#include "test_secret.moc"
