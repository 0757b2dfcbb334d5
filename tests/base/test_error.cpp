// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/error.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace sharelock;

namespace {

constexpr int codeCount = static_cast<int>(ErrorCode::OpencodeShareFailed) + 1;

Error about(int code, const QString& subject)
{
    return {static_cast<ErrorCode>(code), subject, QStringLiteral("raw text of the system")};
}

} // namespace

class TestError : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCodeHasItsOwnName();
    void everyCodeHasWords();
    void mentionsTheSubject();
    void foreignSubjectStaysAsItIs();
    void unknownNumberIsNoCrash();
    void failMakesAnUnexpected();
};

void TestError::everyCodeHasItsOwnName()
{
    static const QRegularExpression kebab(QStringLiteral("^[a-z]+(-[a-z]+)*$"));
    QSet<QString> names;
    for (int code = 0; code < codeCount; ++code) {
        const QString name = codeName(static_cast<ErrorCode>(code));
        QVERIFY2(kebab.match(name).hasMatch(), qPrintable(name));
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
    }
    QCOMPARE(codeName(ErrorCode::DatabaseMissing), QStringLiteral("database-missing"));
    QCOMPARE(codeName(ErrorCode::OpencodeShareFailed), QStringLiteral("opencode-share-failed"));
}

void TestError::everyCodeHasWords()
{
    QSet<QString> captions;
    for (int code = 0; code < codeCount; ++code) {
        for (const QString& subject : {QString(), QStringLiteral("SUBJECT")}) {
            const QString text = caption(about(code, subject));
            QVERIFY2(text.size() > 15, qPrintable(text));
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
            QVERIFY2(!text.contains(u'%'), qPrintable(text));
            QVERIFY2(!text.contains(QStringLiteral("raw text")), qPrintable(text));
            QVERIFY2(text.count(QStringLiteral(". ")) <= 1, qPrintable(text));
        }
        const QString text = caption(about(code, {}));
        QVERIFY2(!captions.contains(text), qPrintable(text));
        captions.insert(text);
    }
}

void TestError::mentionsTheSubject()
{
    const QString path = QStringLiteral("/home/someone/opencode.db");
    for (const ErrorCode code :
         {ErrorCode::DatabaseMissing, ErrorCode::DatabaseCorrupt, ErrorCode::ConfigBroken,
          ErrorCode::ConfigChanged, ErrorCode::ConfigDangling, ErrorCode::ShareDisabled,
          ErrorCode::ServerUnreachable, ErrorCode::VaultFileBroken, ErrorCode::FileFailed,
          ErrorCode::LinkNotFound}) {
        QVERIFY2(caption({code, path, {}}).contains(path), qPrintable(codeName(code)));
    }
}

void TestError::foreignSubjectStaysAsItIs()
{
    const QString hostile = QStringLiteral("<img src=x> %1 %2 100%");
    QVERIFY(caption({ErrorCode::SessionNotFound, hostile, {}}).contains(hostile));
}

void TestError::unknownNumberIsNoCrash()
{
    QCOMPARE(codeName(static_cast<ErrorCode>(codeCount + 1000)), QStringLiteral("internal"));
    QVERIFY(!caption(about(-1, {})).isEmpty());
}

void TestError::failMakesAnUnexpected()
{
    const auto failing = []() -> Expected<int> {
        return fail(ErrorCode::DiskFull, QStringLiteral("/tmp/x"), QStringLiteral("ENOSPC"));
    };
    const Expected<int> result = failing();
    QVERIFY(!result);
    QCOMPARE(result.error(),
             (Error{ErrorCode::DiskFull, QStringLiteral("/tmp/x"), QStringLiteral("ENOSPC")}));
}

QTEST_GUILESS_MAIN(TestError)
#include "test_error.moc"
