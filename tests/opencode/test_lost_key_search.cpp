// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/lost_key_search.h"
#include "support/opencode_database.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <algorithm>

#include <sys/stat.h>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

namespace {

const QByteArray sessionId = "ses_5f1c2d3e4a5bAbCdEfGhIjKlM1";
const QByteArray shareId = "GhIjKlM1";
const QByteArray url = "https://opncd.ai/share/GhIjKlM1";

QByteArray uuid()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

LostShare lost()
{
    return {QUrl(QStringLiteral("https://opncd.ai")), QString::fromLatin1(shareId),
            QString::fromLatin1(sessionId)};
}

Secret secret(const QByteArray& key)
{
    return Secret(std::string_view(key.constData(), std::size_t(key.size())));
}

//! Where \p key stands among the candidates; -1 for not at all.
int placeOf(const LostKeySearch& search, const QByteArray& key)
{
    const auto found = std::find(search.candidates.begin(), search.candidates.end(), secret(key));
    return found == search.candidates.end() ? -1 : int(found - search.candidates.begin());
}

} // namespace

//! opencode deletes a share's row; its bytes stay where SQLite had put them.
class TestLostKeySearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsADeletedRow_data();
    void findsADeletedRow();
    void findsItInOtherFiles_data();
    void findsItInOtherFiles();
    void findsItAcrossBlocks();
    void nearestComesFirst();
    void handsOutNoKeyOfAnother_data();
    void handsOutNoKeyOfAnother();
    void believesTheNearestAddress();
    void isBounded();
    void findsNothingWhereNothingIs();
    void saysWhatItCouldNotRead();
    void isCancelled();
    void changesNothing();

private:
    [[nodiscard]] QString path(const QString& name = QStringLiteral("opencode.db")) const
    {
        return m_folder->filePath(name);
    }
    void put(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] LostKeySearch search() const
    {
        return searchLostKey(filesWithLostKeys(path()), lost()).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLostKeySearch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestLostKeySearch::put(const QString& name, const QByteArray& bytes) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).absolutePath()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestLostKeySearch::findsADeletedRow_data()
{
    QTest::addColumn<bool>("checkpointBefore");
    QTest::addColumn<bool>("checkpointAfter");
    QTest::addColumn<QByteArray>("deletion");
    const QByteArray one = "DELETE FROM session_share WHERE session_id = '" + sessionId + "'";
    QTest::newRow("in the log") << false << false << one;
    QTest::newRow("in the page, deletion in the log") << true << false << one;
    QTest::newRow("in a free block of its page") << true << true << one;
    QTest::newRow("in a free page") << true << true << QByteArray("DROP TABLE session_share");
}

void TestLostKeySearch::findsADeletedRow()
{
    QFETCH(bool, checkpointBefore);
    QFETCH(bool, checkpointAfter);
    QFETCH(QByteArray, deletion);
    const QByteArray key = uuid();
    OpencodeDatabase database(path());
    // opencode's SQLite is built without it, the system's may not be.
    database.execute("PRAGMA secure_delete = OFF");
    database.addProject("project1", "/p");
    database.addSession({.id = sessionId});
    for (int i = 0; i < 100; ++i) {
        const QByteArray id = "ses_other" + QByteArray::number(1000 + i);
        database.addSession({.id = id});
        database.addShare(id, id.right(8), "https://opncd.ai/share/" + id.right(8), uuid());
        if (i == 50)
            database.addShare(sessionId, shareId, url, key);
    }
    if (checkpointBefore)
        database.checkpoint();
    database.execute(deletion);
    if (checkpointAfter)
        database.checkpoint();

    const LostKeySearch found = search();
    QCOMPARE(placeOf(found, key), 0);
    // Its neighbours are keys too, of shares that are not meant.
    QCOMPARE(found.candidates.size(), 1U);
    QVERIFY(found.files.contains(path()));
    QVERIFY(found.bytes > 4096);
}

void TestLostKeySearch::findsItInOtherFiles_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"opencode.db.2025-11-01", "opencode.db-wal", "opencode.db-journal", "old.bak",
                             "opencode.db~", "storage/session_share/ses_1.json", "storage/share/ses_1.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLostKeySearch::findsItInOtherFiles()
{
    QFETCH(QString, name);
    const QByteArray key = uuid();
    put(name, R"({"id":"GhIjKlM1","secret":")" + key + R"(","url":"https://opncd.ai/share/GhIjKlM1"})");
    put(QStringLiteral("notes.txt"), shareId + uuid());
    const LostKeySearch found = search();
    QCOMPARE(placeOf(found, key), 0);
    QCOMPARE(found.candidates.size(), 1U);
    QCOMPARE(found.files, QStringList{path(name)});
}

void TestLostKeySearch::findsItAcrossBlocks()
{
    const QByteArray row = sessionId + shareId + "%" + url + '\x01';
    constexpr int block = 1 << 20;
    for (int at = block - 140; at <= block + 10; at += 5) {
        const QByteArray key = uuid();
        QByteArray bytes(2 * block, '\0');
        bytes.replace(at, row.size(), row);
        bytes.replace(at + row.indexOf('%'), 1, key);
        put(QStringLiteral("opencode.db"), bytes);
        QCOMPARE(placeOf(search(), key), 0);
    }
}

void TestLostKeySearch::nearestComesFirst()
{
    const QByteArray key = uuid();
    const QByteArray near = uuid();
    const QByteArray far = uuid();
    const QByteArray tooFar = uuid();
    put(QStringLiteral("opencode.db"), far + QByteArray(300, '.') + "see " + shareId + " or " + near +
                                           QByteArray(3000, '.') + tooFar + QByteArray(600, '.') + sessionId +
                                           shareId + key + url + QByteArray(2000, '\0') + shareId + ' ' +
                                           near);
    const LostKeySearch found = search();
    QCOMPARE(found.candidates.size(), 3U);
    QCOMPARE(placeOf(found, key), 0);
    QCOMPARE(placeOf(found, near), 1);
    QCOMPARE(placeOf(found, far), 2);
}

void TestLostKeySearch::handsOutNoKeyOfAnother_data()
{
    QTest::addColumn<QByteArray>("otherUrl");
    QTest::newRow("same share, other host") << QByteArray("https://share.example/share/GhIjKlM1");
    QTest::newRow("same share, other port") << QByteArray("https://opncd.ai:8443/share/GhIjKlM1");
    QTest::newRow("same share, other scheme") << QByteArray("http://opncd.ai/share/GhIjKlM1");
    QTest::newRow("first generation") << QByteArray("https://opencode.ai/s/GhIjKlM1");
    QTest::newRow("same host, other share") << QByteArray("https://opncd.ai/share/AbCdEfGh");
    QTest::newRow("host that begins alike") << QByteArray("https://opncd.ai.example/share/GhIjKlM1");
}

void TestLostKeySearch::handsOutNoKeyOfAnother()
{
    QFETCH(QByteArray, otherUrl);
    const QByteArray key = uuid();
    const QByteArray other = uuid();
    const QByteArray time("\x01\x9a\x00\x11\x22\x33", 6);
    // The same session was shared twice; later, only the ID and the other's key are left in one place.
    put(QStringLiteral("opencode.db"), sessionId + shareId + other + otherUrl + time + sessionId + shareId +
                                           key + url + time + QByteArray(2000, '\0') + shareId + other);
    const LostKeySearch found = search();
    QCOMPARE(placeOf(found, other), -1);
    QCOMPARE(placeOf(found, key), 0);
}

void TestLostKeySearch::believesTheNearestAddress()
{
    // What is left of a row where a page was split, beside another row; and the whole row.
    const QByteArray key = uuid();
    put(QStringLiteral("opencode.db"), sessionId + shareId + key + QByteArray(30, '\x01') +
                                           "https://opncd.ai/share/AbCdEfGh" + QByteArray(3000, '\0') +
                                           sessionId + shareId + key + url + '\x01');
    QCOMPARE(placeOf(search(), key), 0);
}

void TestLostKeySearch::isBounded()
{
    QByteArray bytes;
    for (int i = 0; i < 20'000; ++i)
        bytes += shareId + '.' + uuid() + QByteArray(100, '.');
    const QByteArray key = uuid();
    put(QStringLiteral("opencode.db"), bytes + shareId + key + bytes);
    const LostKeySearch found = search();
    QCOMPARE(found.candidates.size(), mostKeyCandidates);
    QCOMPARE(placeOf(found, key), 0);
}

void TestLostKeySearch::findsNothingWhereNothingIs()
{
    QVERIFY(search().candidates.empty());
    put(QStringLiteral("opencode.db"), QByteArray(5000, '-') + uuid() + QByteArray(5000, 'a') + shareId);
    QVERIFY(search().candidates.empty());
    put(QStringLiteral("opencode.db"), "abc" + uuid());
    LostShare tooShort = lost();
    tooShort.shareId = QStringLiteral("abc");
    tooShort.sessionId.clear();
    QVERIFY(searchLostKey({path()}, tooShort).value().candidates.empty());
}

void TestLostKeySearch::saysWhatItCouldNotRead()
{
    put(QStringLiteral("opencode.db"), shareId);
    const QString pipe = path(QStringLiteral("opencode.db.pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const LostKeySearch found = searchLostKey({path(), pipe, path(QStringLiteral("gone"))}, lost()).value();
    QCOMPARE(found.files, QStringList{path()});
    QCOMPARE(found.unreadable, (QStringList{pipe, path(QStringLiteral("gone"))}));
    QVERIFY(!filesWithLostKeys(path()).contains(pipe));
}

void TestLostKeySearch::isCancelled()
{
    put(QStringLiteral("opencode.db"), QByteArray(8 << 20, 'x'));
    std::stop_source stop;
    int news = 0;
    const auto found = searchLostKey({path()}, lost(), stop.get_token(), [&](qint64 bytes, qint64 total) {
        ++news;
        QCOMPARE(total, qint64(8 << 20));
        QVERIFY(bytes <= total);
        stop.request_stop();
    });
    QVERIFY(!found);
    QVERIFY(found.error().code == ErrorCode::Cancelled);
    QCOMPARE(news, 1);
}

void TestLostKeySearch::changesNothing()
{
    put(QStringLiteral("opencode.db"), QByteArray(100'000, 'x'));
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner));
    const QFileInfo before(path());
    QCOMPARE(search().files, QStringList{path()});
    QCOMPARE(QFileInfo(path()).lastModified(), before.lastModified());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

QTEST_GUILESS_MAIN(TestLostKeySearch)
#include "test_lost_key_search.moc"
