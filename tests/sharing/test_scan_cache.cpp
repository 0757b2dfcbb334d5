// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/cached_scan.h"
#include "sharing/scan_rules.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace sharelock;
using namespace sharelock::sharing;
using document::ItemType;
using document::ShareDocument;
using redaction::Finding;

namespace {

const std::string key(32, 'k');
//! \brief Made up here, in the format of a GitHub token; its checksum is wrong, which lowers the confidence
//! only.
const std::string token = "ghp_" + std::string("Zq8Lw3Xn5Tb7Vc1Rm9Kd2Hs4Jf6Gp0Yx8Qa2");
const std::string mail = "grace.hopper@navy-research-sample.org";

ShareDocument conversation(int messages, const std::string& lastText = "nothing here")
{
    ShareDocument document;
    document.addKeyed(ItemType::Session, "session", R"({"id":"ses_1","title":"T"})");
    for (int i = 0; i < messages; ++i) {
        const std::string n = std::to_string(i);
        document.addKeyed(ItemType::Message, "message/msg_" + n,
                          R"({"id":"msg_)" + n + R"(","role":"user"})");
    }
    for (int i = 0; i < messages; ++i) {
        const std::string n = std::to_string(i);
        std::string text = "step " + n;
        if (i % 3 == 1)
            text += "\\nexport GITHUB_TOKEN=" + token + "\\n";
        if (i % 3 == 2)
            text += " mail " + mail + " about it";
        if (i == messages - 1)
            text += lastText;
        document.addKeyed(ItemType::Part, "part/msg_" + n + "/prt_1",
                          R"({"type":"text","text":")" + text + R"(","id":"prt_)" + n + R"("})");
    }
    return document;
}

bool same(const std::vector<Finding>& a, const std::vector<Finding>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Finding& x, const Finding& y) {
        return x.rule == y.rule && x.item == y.item && x.pointer == y.pointer && x.inKey == y.inKey &&
               x.offset == y.offset && x.length == y.length && x.confidence == y.confidence &&
               x.value == y.value;
    });
}

std::vector<Finding> plainScan(const ShareDocument& document)
{
    const auto scanned = scanner().scan(document);
    return scanned ? scanned->findings : std::vector<Finding>();
}

} // namespace

//! What was scanned is remembered, without a value, and never in the way.
class TestScanCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void secondScanFindsTheSame();
    void onlyWhatIsNewIsScanned();
    void encodedValuesAreFoundEachTime();
    void valuesInNamesLeaveNoTrace();
    void wrongPlacesAreNotBelieved();
    void sessionsAreRemembered();
    void otherVersionKnowsNothing();
    void versionFollowsRulesAndNames();
    void brokenFileIsMadeAnew_data();
    void brokenFileIsMadeAnew();
    void newerFileIsLeftAlone();
    void foreignFileIsLeftAlone();
    void lockedFileIsPassedBy();
    void readOnlyFolderIsPassedBy();
    void twoAtOnce();
    void deletedWhileOpen();
    void isPrivate();
    void holdsNoValue();
    void staysSmall();

private:
    [[nodiscard]] ScanCache cache(const std::string& version = "v1") const
    {
        return ScanCache(m_folder->path(), key, version);
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("scan.db")); }
    [[nodiscard]] static std::vector<Finding> scan(ScanCache& cache, const ShareDocument& document)
    {
        const auto scanned = cachedScan(scanner(), document, &cache, {2, {}}, 0);
        return scanned ? scanned->findings : std::vector<Finding>();
    }
    [[nodiscard]] static std::size_t scannedBytes(ScanCache& cache, const ShareDocument& document)
    {
        const auto scanned = cachedScan(scanner(), document, &cache, {1, {}}, 0);
        return scanned ? scanned->work.searched : 0;
    }
    void write(const QByteArray& bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestScanCache::secondScanFindsTheSame()
{
    const ShareDocument document = conversation(400);
    const auto expected = plainScan(document);
    QVERIFY(expected.size() > 200);
    {
        ScanCache first = cache();
        QVERIFY(same(scan(first, document), expected));
    }
    ScanCache second = cache();
    QVERIFY(same(scan(second, document), expected));
    QCOMPARE(scannedBytes(second, document), std::size_t{0});
}

void TestScanCache::onlyWhatIsNewIsScanned()
{
    ScanCache known = cache();
    (void)scan(known, conversation(400));
    const ShareDocument changed = conversation(400, " now with " + mail);
    QVERIFY(same(scan(known, changed), plainScan(changed)));
    const ShareDocument again = conversation(400, "\\nGITHUB_TOKEN=" + token);
    const std::size_t few = scannedBytes(known, again);
    ScanCache unknown = cache("v2");
    QVERIFY(few > 0);
    QVERIFY(few * 10 < scannedBytes(unknown, again));
}

void TestScanCache::encodedValuesAreFoundEachTime()
{
    const std::string encoded =
        QByteArray::fromStdString("the token is " + token + " indeed").toBase64().toStdString();
    const ShareDocument document = conversation(9, " " + encoded);
    const auto expected = plainScan(document);
    QVERIFY(std::any_of(expected.begin(), expected.end(),
                        [&](const Finding& f) { return f.length != f.value.reveal().size(); }));
    ScanCache known = cache();
    QVERIFY(same(scan(known, document), expected));
    QVERIFY(same(scan(known, document), expected));
}

void TestScanCache::valuesInNamesLeaveNoTrace()
{
    ShareDocument document;
    document.addKeyed(ItemType::Part, "part/msg_1/prt_1",
                      R"({"input":{")" + token + R"(":{"mail":")" + mail + R"("}}})");
    const auto expected = plainScan(document);
    QVERIFY(expected.size() >= 2);
    ScanCache known = cache();
    QVERIFY(same(scan(known, document), expected));
    QVERIFY(same(scan(known, document), expected));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(token.c_str()));
}

void TestScanCache::wrongPlacesAreNotBelieved()
{
    const ShareDocument document = conversation(30);
    const ShareDocument other = conversation(30, mail);
    ScanCache known = cache();
    (void)scan(known, document);
    auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
    QVERIFY(database);
    // The places of one text under another's digest, as if digests had collided.
    QVERIFY(database->execute("UPDATE text SET places = (SELECT places FROM text WHERE length(places) > 0)"));
    QVERIFY(same(scan(known, document), plainScan(document)));
    QVERIFY(database->execute("UPDATE text SET places = x'0102030405'"));
    QVERIFY(same(scan(known, document), plainScan(document)));
    QVERIFY(same(scan(known, other), plainScan(other)));
}

void TestScanCache::sessionsAreRemembered()
{
    const ScannedSession session{"ses_a", fromMilliseconds(5), 7, "f", "marks"};
    const ScannedSession other{"ses_b", fromMilliseconds(6), 8, "g", ""};
    cache().save(std::vector{session, other});
    ScanCache again = cache();
    QCOMPARE(again.sessions().size(), std::size_t{2});
    const std::string gone = "ses_b";
    again.forget({&gone, 1});
    const auto known = again.sessions();
    QCOMPARE(known.size(), std::size_t{1});
    QCOMPARE(known[0].id, session.id);
    QCOMPARE(known[0].updated, session.updated);
    QCOMPARE(known[0].messages, 7);
    QCOMPARE(known[0].fingerprint, session.fingerprint);
    QCOMPARE(known[0].marks, session.marks);
    QCOMPARE(again.sweptStamp(), std::string());
    again.setSweptStamp("stamp");
    QCOMPARE(cache().sweptStamp(), std::string("stamp"));
}

void TestScanCache::otherVersionKnowsNothing()
{
    ScanCache first = cache("v1");
    first.save(std::vector{ScannedSession{"ses_a", {}, 1, "f", ""}});
    first.setSweptStamp("stamp");
    const ShareDocument document = conversation(30);
    (void)scan(first, document);
    ScanCache second = cache("v2");
    QVERIFY(second.sessions().empty());
    QCOMPARE(second.sweptStamp(), std::string());
    QVERIFY(scannedBytes(second, document) > 0);
}

void TestScanCache::versionFollowsRulesAndNames()
{
    std::vector<redaction::RuleSource> rules = scanRuleSources();
    redaction::RedactionPlan names;
    const std::string usual = scanVersion(key, rules, names);
    QCOMPARE(scanVersion(key, rules, names), usual);
    names.hidden.push_back({redaction::HiddenKind::UserName, "ada", "<user>", redaction::HiddenShape::Name});
    QVERIFY(scanVersion(key, rules, names) != usual);
    names.hidden.clear();
    QVERIFY(scanVersion(std::string(32, 'j'), rules, names) != usual);
    rules.back().literals.emplace_back("own-word");
    QVERIFY(scanVersion(key, rules, names) != usual);
    rules.back().literals.pop_back();
    rules.back().except.emplace_back("x*");
    QVERIFY(scanVersion(key, rules, names) != usual);
    rules.pop_back();
    QVERIFY(scanVersion(key, rules, names) != usual);
}

void TestScanCache::brokenFileIsMadeAnew_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("letter") << QByteArray("Dear reader, this is no database.\n").repeated(300);
    cache().save(std::vector{ScannedSession{"ses_a", {}, 1, "f", ""}});
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray torn = file.readAll();
    torn.replace(100, torn.size() - 100, QByteArray(torn.size() - 100, '\xa5'));
    QTest::newRow("torn") << torn;
}

void TestScanCache::brokenFileIsMadeAnew()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("failed")));
    ScanCache known = cache();
    QVERIFY(known.isUsable());
    const ShareDocument document = conversation(30);
    QVERIFY(same(scan(known, document), plainScan(document)));
    QCOMPARE(scannedBytes(known, document), std::size_t{0});
}

void TestScanCache::newerFileIsLeftAlone()
{
    cache().save(std::vector{ScannedSession{"ses_a", {}, 1, "f", ""}});
    {
        auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(database && database->execute("PRAGMA user_version = 99"));
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("newer")));
    ScanCache known = cache();
    QVERIFY(!known.isUsable());
    const ShareDocument document = conversation(30);
    QVERIFY(same(scan(known, document), plainScan(document)));
    auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadOnly);
    QVERIFY(database);
    QCOMPARE(database->integer("PRAGMA user_version").value_or(0), 99);
    QCOMPARE(database->integer("SELECT count(*) FROM session").value_or(0), 1);
}

void TestScanCache::foreignFileIsLeftAlone()
{
    {
        auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(database && database->execute("CREATE TABLE poems (text TEXT)"));
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("another program")));
    QVERIFY(!cache().isUsable());
    auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadOnly);
    QVERIFY(database && database->hasTable("poems") && !database->hasTable("session"));
}

void TestScanCache::lockedFileIsPassedBy()
{
    ScanCache known = cache();
    auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
    QVERIFY(database);
    const ShareDocument document = conversation(30);
    {
        auto held = sqlite::Transaction::begin(*database);
        QVERIFY(held);
        QVERIFY(same(scan(known, document), plainScan(document)));
        QVERIFY(known.isUsable());
    }
    QVERIFY(same(scan(known, document), plainScan(document)));
    QCOMPARE(scannedBytes(known, document), std::size_t{0});
}

void TestScanCache::readOnlyFolderIsPassedBy()
{
    const QString file = m_folder->filePath(QStringLiteral("file"));
    QFile blocker(file);
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not used")));
    // Even root can make no folder below a file.
    ScanCache known(file % u"/sharelock", key, "v1");
    QVERIFY(!known.isUsable());
    const ShareDocument document = conversation(30);
    QVERIFY(same(scan(known, document), plainScan(document)));
    QVERIFY(known.sessions().empty());
}

void TestScanCache::twoAtOnce()
{
    ScanCache one = cache();
    ScanCache two = cache();
    const ShareDocument document = conversation(90);
    QVERIFY(same(scan(one, document), plainScan(document)));
    QCOMPARE(scannedBytes(two, document), std::size_t{0});
    two.save(std::vector{ScannedSession{"ses_a", {}, 1, "f", ""}});
    one.save(std::vector{ScannedSession{"ses_b", {}, 1, "f", ""}});
    QCOMPARE(one.sessions().size(), std::size_t{2});
    QCOMPARE(two.sessions().size(), std::size_t{2});
}

void TestScanCache::deletedWhileOpen()
{
    ScanCache known = cache();
    const ShareDocument document = conversation(30);
    (void)scan(known, document);
    for (const char* end : {"", "-wal", "-shm"})
        QFile::remove(path() + QLatin1String(end));
    QVERIFY(same(scan(known, document), plainScan(document)));
    ScanCache fresh = cache();
    QVERIFY(fresh.isUsable());
    QVERIFY(same(scan(fresh, document), plainScan(document)));
}

void TestScanCache::isPrivate()
{
    cache().save(std::vector{ScannedSession{"ses_a", {}, 1, "f", ""}});
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(path()).permissions() & others));
}

void TestScanCache::holdsNoValue()
{
    ScanCache known = cache();
    const ShareDocument document = conversation(60);
    QVERIFY(same(scan(known, document), plainScan(document)));
    auto found = redaction::foundValues(plainScan(document));
    QVERIFY(found.size() >= 2);
    known.save(std::vector{
        ScannedSession{"ses_a",
                       {},
                       1,
                       "f",
                       findingMarks(found, std::vector<std::string>(found.size(), std::string(32, 'd')))}});
    int files = 0;
    QDirIterator each(m_folder->path(), QDir::Files | QDir::Hidden);
    while (each.hasNext()) {
        QFile file(each.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const redaction::FoundValue& value : found) {
            QVERIFY(!bytes.contains(value.value.reveal().c_str()));
            // Nor the half of it.
            QVERIFY(!bytes.contains(value.value.reveal().substr(0, value.value.reveal().size() / 2).c_str()));
        }
        ++files;
    }
    QVERIFY(files > 0);
}

void TestScanCache::staysSmall()
{
    ScanCache known = cache();
    std::vector<ScanCache::Text> texts;
    for (int i = 0; i < ScanCache::mostTexts + 10; ++i)
        texts.push_back({known.digestOf(std::to_string(i)), {}});
    known.saveTexts(texts);
    auto database = sqlite::Connection::open(path(), sqlite::Mode::ReadOnly);
    QVERIFY(database);
    const auto count = database->integer("SELECT count(*) FROM text").value_or(0);
    QVERIFY(count <= ScanCache::mostTexts);
    QVERIFY(count >= ScanCache::mostTexts / 2);
}

QTEST_GUILESS_MAIN(TestScanCache)
#include "test_scan_cache.moc"
