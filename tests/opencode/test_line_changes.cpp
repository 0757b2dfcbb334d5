// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/line_changes.h"

#include <QTest>

using namespace sharelock::opencode;

class TestLineChanges : public QObject
{
    Q_OBJECT

private:
    //! As a diff writes it: one line each, with its sign.
    static QByteArray diff(const QByteArray& before, const QByteArray& after)
    {
        QByteArray text;
        for (const LineChange& change : lineChanges(before, after)) {
            const char sign = change.kind == LineChange::Kind::Removed
                                  ? '-'
                                  : (change.kind == LineChange::Kind::Added ? '+' : ' ');
            text += sign + change.text.toUtf8() + '\n';
        }
        return text;
    }

private Q_SLOTS:
    void changes_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* before, const char* after, const char* expected) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(expected);
        };
        row("same", "a\nb\n", "a\nb\n", "");
        row("new file", "", "a\nb\n", "+a\n+b\n");
        row("removed file", "a\nb\n", "", "-a\n-b\n");
        row("replaced", "a\nb\nc\nd\n", "a\nb\nX\nd\n", " b\n-c\n+X\n d\n");
        row("added", "a\nb\nc\n", "a\nb\nx\nc\n", " b\n+x\n c\n");
        row("added a line like the one before", "a\na\nb\n", "a\na\na\nb\n", " a\n+a\n b\n");
        row("removed a line like the one before", "a\na\na\n", "a\n", " a\n-a\n-a\n");
        row("comma and member", "{\n  1,\n  2\n}\n", "{\n  1\n}\n", " {\n-  1,\n-  2\n+  1\n }\n");
        row("first", "a\nb", "x\nb", "-a\n+x\n b\n");
        row("last", "a\nb", "a\nx", " a\n-b\n+x\n");
        row("line ends do not count", "a\r\nb\r\nc", "a\nb\nc\n", "");
        row("no carriage return is shown", "a\r\nb\r\n", "a\r\nc\r\n", " a\n-b\n+c\n");
        row("blank line", "a\n", "a\n\n", " a\n+\n");
    }

    void changes()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, expected);
        QCOMPARE(diff(before, after), expected);
    }
};

QTEST_GUILESS_MAIN(TestLineChanges)
#include "test_line_changes.moc"
