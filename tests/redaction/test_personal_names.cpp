// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/common_names.h"
#include "redaction/personal_names.h"

#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

Environment environment(const char* home, const char* user, const char* host)
{
    Environment made;
    made.home = QString::fromUtf8(home);
    made.userName = QString::fromUtf8(user);
    made.hostName = QString::fromUtf8(host);
    return made;
}

QStringList hidden(const PersonalNames& names)
{
    QStringList found;
    for (const HiddenValue& value : names.plan.hidden)
        found.append(QString::fromStdString(value.value + "=" + value.pseudonym +
                                            (value.shape == HiddenShape::Folder ? "/" : "")));
    return found;
}

} // namespace

class TestPersonalNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hides_data()
    {
        QTest::addColumn<Environment>("surroundings");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<QStringList>("notHidden");
        const auto row = [](const char* name, const Environment& surroundings, const char* expected,
                            const char* not_) {
            QTest::newRow(name) << surroundings << QString::fromUtf8(expected).split(u'|', Qt::SkipEmptyParts)
                                << QString::fromUtf8(not_).split(u'|', Qt::SkipEmptyParts);
        };
        row("usual", environment("/home/alice", "alice", "wonder"),
            "/home/alice=~/|alice=<user>|wonder=<host>", "");
        row("two names", environment("/home/alice", "asmith", "wonder"),
            "/home/alice=~/|asmith=<user>|alice=<user>|wonder=<host>", "");
        row("same name in another case", environment("/home/alice", "Alice", ""),
            "/home/alice=~/|Alice=<user>", "");
        row("domain", environment("/home/alice", "alice", "wonder.example.org"),
            "/home/alice=~/|alice=<user>|wonder.example.org=<host>|wonder=<host>", "");
        row("address as host", environment("/home/alice", "alice", "10.0.0.7"),
            "/home/alice=~/|alice=<user>|10.0.0.7=<host>", "");
        row("common names", environment("/home/user", "user", "localhost"), "/home/user=~/",
            "user|localhost");
        row("protocol words", environment("/home/Text", "Text", "session"), "/home/Text=~/", "Text|session");
        row("short", environment("/home/al", "al", "x1"), "/home/al=~/", "al|x1");
        row("digits", environment("/home/1000", "1000", "2026"), "/home/1000=~/", "1000|2026");
        row("root", environment("/root", "root", "box7"), "/root=~/|box7=<host>", "root");
        row("root of the tree", environment("/", "nobody", ""), "", "nobody");
        row("tiny home", environment("/x", "kim", ""), "kim=<user>", "/x|x");
        row("trailing slash", environment("/home/kim/", "kim", ""), "/home/kim=~/|kim=<user>", "");
        row("Windows", environment("C:/Users/kim", "kim", "PC-7"), "C:/Users/kim=~/|kim=<user>|PC-7=<host>",
            "");
        row("nothing known", environment("", "", ""), "", "");
        row("host like user", environment("/home/kim", "kim", "KIM"), "/home/kim=~/|kim=<user>", "");
        row("Unicode", environment("/home/zo\u00EB", "zo\u00EB", ""), "/home/zo\u00EB=~/|zo\u00EB=<user>",
            "");
    }
    void hides()
    {
        QFETCH(Environment, surroundings);
        const PersonalNames names = personalNames(surroundings);
        QTEST(hidden(names), "expected");
        QTEST(names.notHidden, "notHidden");
    }

    void wordsOfTheProtocolAreCommon()
    {
        // Member names and values of real share items: hiding one of them would break the share page.
        const char* const words =
            "id sessionID messageID parentID projectID workspaceID slug version directory title "
            "time created updated completed start end share url summary additions deletions files "
            "diffs file before after patch status role user assistant system agent mode model "
            "providerID modelID path cwd root cost tokens total input output reasoning cache read "
            "write finish error name data message type text synthetic ignored metadata tool callID "
            "state pending running title attachments mime filename source value snapshot hash "
            "reason auto prompt description command attempt bash edit glob grep list task webfetch "
            "todowrite todoread plan build general explore null true false location parts info "
            "session part session_diff messages step-start step-finish compaction retry subtask";
        for (const QString& word : QString::fromLatin1(words).split(u' ')) {
            const bool tooShort = word.size() < 3;
            QVERIFY2(tooShort || isCommonName(word), qPrintable(word));
        }
        for (const char* name : {"alice", "kim", "zoe", "claude", "wonder", "thinkpad-x1"})
            QVERIFY(!isCommonName(QString::fromLatin1(name)));
    }

    void pseudonymsMatchNoHiddenValue()
    {
        for (const char* name : {"user", "host", "USER", "Host"})
            QVERIFY(isCommonName(QString::fromLatin1(name)));
    }
};

QTEST_GUILESS_MAIN(TestPersonalNames)
#include "test_personal_names.moc"
