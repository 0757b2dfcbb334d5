// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/config_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace sharelock;
using namespace sharelock::opencode;

namespace {

using Bytes = std::optional<QByteArray>;

constexpr QFileDevice::Permissions ownerAlone =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;

void put(const QString& path, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

Bytes read(const QString& path)
{
    const auto bytes = readConfigFile(path);
    return bytes ? *bytes : QByteArray("FAILED");
}

ErrorCode codeOf(const Expected<void>& result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

class TestConfigFile : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString at(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    //! Names in the folder, hidden ones too: what a failure may have left behind.
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot | QDir::System);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void missingIsNothing()
    {
        QCOMPARE(read(at("a")), Bytes());
        QVERIFY(QFile::link(at("nowhere"), at("link")));
        QCOMPARE(read(at("link")), Bytes());
        QCOMPARE(read(QStringLiteral("/dev/null")), Bytes(QByteArray()));
    }

    void whatIsNoFile()
    {
        QCOMPARE(::mkfifo(QFile::encodeName(at("pipe")).constData(), 0600), 0);
        for (const QString& path : {m_folder.path(), at("pipe")}) {
            const auto bytes = readConfigFile(path);
            QVERIFY(!bytes);
            QCOMPARE(bytes.error().code, ErrorCode::FileFailed);
            QCOMPARE(bytes.error().subject, path);
            QCOMPARE(codeOf(writeConfigFile(path, std::nullopt, QByteArray("x"))), ErrorCode::FileFailed);
        }
    }

    void tooLarge()
    {
        put(at("a"), QByteArray(16 * 1024 * 1024, ' '));
        QCOMPARE(read(at("a"))->size(), 16 * 1024 * 1024);
        put(at("a"), QByteArray(16 * 1024 * 1024 + 1, ' '));
        QCOMPARE(readConfigFile(at("a")).error().code, ErrorCode::ConfigBroken);
    }

    void replaces()
    {
        put(at("a"), "old");
        QVERIFY(QFile::setPermissions(at("a"), ownerAlone));
        QVERIFY(writeConfigFile(at("a"), QByteArray("old"), QByteArray("new")));
        QCOMPARE(read(at("a")), Bytes("new"));
        QCOMPARE(QFile::permissions(at("a")), ownerAlone);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
    }

    void keepsOddModes()
    {
        put(at("a"), "old");
        const auto mode = ownerAlone | QFileDevice::ExeOwner | QFileDevice::ExeUser |
                          QFileDevice::WriteGroup | QFileDevice::ReadOther;
        QVERIFY(QFile::setPermissions(at("a"), mode));
        QVERIFY(writeConfigFile(at("a"), QByteArray("old"), QByteArray("new")));
        QCOMPARE(QFile::permissions(at("a")), mode);
    }

    void makesFoldersAndUndoes()
    {
        QVERIFY(writeConfigFile(at("x/y/a"), std::nullopt, QByteArray("new")));
        QCOMPARE(read(at("x/y/a")), Bytes("new"));
        QVERIFY(writeConfigFile(at("x/y/a"), QByteArray("new"), std::nullopt));
        QVERIFY(!QFile::exists(at("x/y/a")));
        QVERIFY(writeConfigFile(at("x/y/a"), std::nullopt, std::nullopt));
    }

    void newFilesFollowTheMask()
    {
        const mode_t mask = ::umask(027);
        const auto written = writeConfigFile(at("a"), std::nullopt, QByteArray("new"));
        ::umask(mask);
        QVERIFY(written);
        QCOMPARE(QFile::permissions(at("a")), ownerAlone | QFileDevice::ReadGroup);
    }

    void changedMeanwhile_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<bool>("wasThere");
        QTest::addColumn<bool>("willBe");
        QTest::newRow("another text") << true << true << true;
        QTest::newRow("made meanwhile") << true << false << true;
        QTest::newRow("gone meanwhile") << false << true << true;
        QTest::newRow("another text, to remove") << true << true << false;
        QTest::newRow("made meanwhile, to keep none") << true << false << false;
    }

    void changedMeanwhile()
    {
        QFETCH(bool, isThere);
        QFETCH(bool, wasThere);
        QFETCH(bool, willBe);
        if (isThere) {
            put(at("sub/a"), "theirs");
        }
        const Bytes before = wasThere ? Bytes("old") : Bytes();
        const auto written = writeConfigFile(at("sub/a"), before, willBe ? Bytes("new") : Bytes());
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::ConfigChanged);
        QCOMPARE(written.error().subject, at("sub/a"));
        QCOMPARE(read(at("sub/a")), isThere ? Bytes("theirs") : Bytes());
        QCOMPARE(names().size(), isThere ? 1 : 0); // no folder and no half-written file
        const QDir folder(at("sub"));
        QVERIFY(!isThere || folder.entryList(QDir::Files | QDir::Hidden).size() == 1);
    }

    void sameTextIsNotWritten()
    {
        put(at("a"), "same");
        const auto inode = [this] {
            struct stat status = {};
            return ::stat(QFile::encodeName(at("a")).constData(), &status) == 0 ? status.st_ino : 0;
        };
        const auto first = inode();
        QVERIFY(writeConfigFile(at("a"), QByteArray("same"), QByteArray("same")));
        QCOMPARE(inode(), first);
        QCOMPARE(codeOf(writeConfigFile(at("a"), QByteArray("x"), QByteArray("x"))),
                 ErrorCode::ConfigChanged);
    }

    void symbolicLinkStays()
    {
        put(at("dotfiles/real"), "old");
        QVERIFY(QFile::link(QStringLiteral("dotfiles/real"), at("a")));
        QVERIFY(QFile::link(QStringLiteral("a"), at("b"))); // a link to a link
        QVERIFY(writeConfigFile(at("b"), QByteArray("old"), QByteArray("new")));
        QVERIFY(QFileInfo(at("a")).isSymLink());
        QVERIFY(QFileInfo(at("b")).isSymLink());
        QCOMPARE(read(at("dotfiles/real")), Bytes("new"));
        QCOMPARE(codeOf(writeConfigFile(at("b"), QByteArray("new"), std::nullopt)), ErrorCode::ConfigChanged);
        QCOMPARE(read(at("b")), Bytes("new"));
    }

    void linkToNowhere()
    {
        QVERIFY(QFile::link(QStringLiteral("gone"), at("a")));
        QVERIFY(QFile::link(QStringLiteral("loop"), at("loop")));
        for (const char* name : {"a", "loop"}) {
            const auto written = writeConfigFile(at(name), std::nullopt, QByteArray("new"));
            QCOMPARE(codeOf(written), ErrorCode::ConfigDangling);
            QCOMPARE(written.error().subject, at(name));
            QVERIFY(QFileInfo(at(name)).isSymLink());
        }
        QCOMPARE(names().size(), 2);
    }

    void hardLinksStay()
    {
        put(at("a"), "old and longer");
        QCOMPARE(::link(QFile::encodeName(at("a")).constData(), QFile::encodeName(at("b")).constData()), 0);
        QCOMPARE(codeOf(writeConfigFile(at("a"), QByteArray("other"), QByteArray("new"))),
                 ErrorCode::ConfigChanged);
        QVERIFY(writeConfigFile(at("a"), QByteArray("old and longer"), QByteArray("new")));
        QCOMPARE(read(at("b")), Bytes("new"));
    }

    void readOnly()
    {
        put(at("a"), "old");
        QVERIFY(QFile::setPermissions(at("a"), QFileDevice::ReadOwner | QFileDevice::ReadUser));
        const auto written = writeConfigFile(at("a"), QByteArray("old"), QByteArray("new"));
        QCOMPARE(codeOf(written), ErrorCode::FileFailed);
        QCOMPARE(written.error().subject, at("a"));
        QCOMPARE(read(at("a")), Bytes("old"));
        QCOMPARE(names().size(), 1);
    }

    void noFolderToWriteIn()
    {
        put(at("file"), "no folder");
        QCOMPARE(codeOf(writeConfigFile(at("file/x/a"), std::nullopt, QByteArray("new"))),
                 ErrorCode::FileFailed);
        // Root, too, makes no file here.
        const QString none = QStringLiteral("/proc/self/fd/opencode.json");
        QCOMPARE(codeOf(writeConfigFile(none, std::nullopt, QByteArray("new"))), ErrorCode::FileFailed);
        QCOMPARE(names().size(), 1);
    }

    void keepsItsOwner()
    {
        if (::geteuid() != 0) {
            // Nobody else can give a file away, so there is another's file to write only for root.
            put(at("a"), "old");
            QVERIFY(writeConfigFile(at("a"), QByteArray("old"), QByteArray("new")));
            QCOMPARE(QFileInfo(at("a")).ownerId(), ::geteuid());
            return;
        }
        put(at("a"), "old");
        QCOMPARE(::chown(QFile::encodeName(at("a")).constData(), 12345, 23456), 0);
        QVERIFY(writeConfigFile(at("a"), QByteArray("old"), QByteArray("new")));
        QCOMPARE(QFileInfo(at("a")).ownerId(), 12345U);
        QCOMPARE(QFileInfo(at("a")).groupId(), 23456U);
    }
};

QTEST_GUILESS_MAIN(TestConfigFile)
#include "test_config_file.moc"
