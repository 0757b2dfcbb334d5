// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/column_values.h"

#include <QTest>

#include <string>

using namespace sharelock::redaction;
using namespace std::string_literals;

namespace {

//! \brief What stands below each `password` of \p text, with a comma between.
std::string below(const std::string& text, std::size_t* parsed = nullptr)
{
    ColumnReader reader;
    reader.start(text);
    std::string found;
    std::size_t bytes = 0;
    const std::string name = "password";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        reader.below({at, at + name.size()}, bytes, [&](TextRun run, std::string_view value) {
            found.append(found.empty() ? "" : ",").append(value);
            // Where it is said to be.
            if (value.find('"') == std::string_view::npos &&
                text.substr(run.begin, run.end - run.begin) != value)
                found += "(elsewhere)";
        });
    }
    if (parsed != nullptr)
        *parsed = bytes;
    return found;
}

} // namespace

class TestColumnValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tables_data();
    void tables();
    void noTables_data();
    void noTables();
    void isLinear_data();
    void isLinear();
};

void TestColumnValues::tables_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("values");
    const auto row = [](const char* name, const std::string& text, const char* values) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(values);
    };
    row("Markdown", "| user | password |\n|---|:-:|\n| ann | one |\n| bob | `two` |\n\nand so on", "one,two");
    row("Markdown, first column", "|password|user|\n|-|-|\n|**one**|ann|", "one");
    row("psql", " user | password \n------+----------\n ann  | one\n bob  | two\n(2 rows)\n", "one,two");
    row("mysql",
        "+------+----------+\n| user | password |\n+------+----------+\n| ann  | one "
        "|\n+------+----------+\n",
        "one");
    row("commas", "user,password\nann,one\nbob,two\n", "one,two");
    row("CRLF", "user,password\r\nann,one\r\nbob,two\r\n", "one,two");
    row("semicolons, in the middle", "user;password;host\nann;one;x\nbob;two;y", "one,two");
    row("tabs", "id\tpassword\n1\tone\n2\ttwo", "one,two");
    row("blanks", "user, password\nann, one\n", "one");
    row("quotes", "\"user\",\"password\"\n\"ann, b\",\"o,ne\"\n\"bob\",\"t\"\"wo\"\n", "o,ne,t\"wo");
    row("a longer name", "user,db_password\nann,one", "one");
    row("other scripts", "\u540D\u524D,password\nann,one", "one");
    row("signs in it", "password,user\no<n'e,ann\n", "o<n'e");
    row("signs in a table", "| password | user |\n|---|---|\n| o<n\"e | ann |\n", "o<n\"e");
    row("quotes in the last cell", "user,password\nann,o'n\"e\nbob,t`wo\n", "o'n\"e,t`wo");
    row("backslashes", "user,password\nann,o\\e\nbob,\\\\two\n", "o\\e,\\\\two");
    row("backslashes before other cells", "password,user\no\\e,ann\n", "o\\e");
    row("names behind backslashes", "user,password\nCORP\\nancy,one\nCORP\\tom,t\\two\n", "one,t\\two");
    row("marks at one end", "| user | password |\n|---|---|\n| ann | one* |\n| bob | **two |\n",
        "one*,**two");
    row("marks at both ends", "| user | password |\n|---|---|\n| ann | **`one*`** |\n", "one*");
    row("nothing but marks", "| user | password |\n|---|---|\n| ann | ** |\n| bob | two |\n", "two");
    row("words drawn by lot", "user,password\nann,copper walnut lantern rocket\nbob,that is not one\n",
        "copper walnut lantern rocket");
    row("of a mail service", "| user | password |\n|---|---|\n| ann | socs ongd vqvl bdht |\n",
        "socs ongd vqvl bdht");
    row("aligned, a line below",
        "user  password\n----  --------\nann   one\n      two\nbob\neve   three four\n\nx     y", "one,two");
    row("aligned, first column", "password  user\n--------  ----\none       ann\n", "one");
    row("aligned, other signs before", "user    password\n------  --------\nJ\u00FCrgen  one\n", "one");
    row("aligned, in a string", R"({"output":"user  password\n----  --------\nann   one\n"})", "one");
    row("aligned, until another word", "user  password\n----  --------\nann   one\nthat was all\nann   two\n",
        "one");
    row("lines that are strings", "\"user,password\",\n\"ann,one\",\n\"bob,two\"\n", "");
    row("empty cells", "user,password\nann,\nbob,two", "two");
    row("ends where the columns differ", "user,password\nann,one\nthat is all\nbob,two", "one");
    row("two of them", "password,new password\none,two\n", "one,two");
    row("two tables", "user,password\nann,one\n\nuser,password\nbob,two\n", "one,two");
    row("diff", "+user,password\n+ann,one\n", "one");
    row("a listing", "00001| user,password\n00002| ann,one\n", "one");
    row("numbered by cat", "     1\tuser,password\n     2\tann,one\n", "one");
    row("a listing of a table", "00001| | user | password |\n00002| |---|---|\n00003| | ann | one |\n",
        "one");
    row("in a string", R"({"output":"user,password\nann,one\nbob,two"})", "one,two");
    row("in a string in a string", R"("{\"output\":\"user,password\\nann,one\\nbob,two\"}")", "one,two");
    row("tabs in a string", R"("user\tpassword\nann\tone")", "one");
    row("quotes in a string", R"("\"user\",\"password\"\n\"ann\",\"one\"\n")", "one");
    row("in a command", "echo 'user,password\nann,one' > users.csv", "one");
}

void TestColumnValues::tables()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, values);
    QCOMPARE(QByteArray::fromStdString(below(text.toStdString())), values);
}

void TestColumnValues::noTables_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("a list", "password,\nuser,\nhost,\n");
    row("prose", "Give me the user name, the account's password,\nand then, perhaps, one");
    row("parameters", "login(user, password)\nlogout(user, one)");
    row("a member", "{ user, password }\n{ ann, one }");
    row("SQL", "INSERT INTO users (name, password)\nVALUES ('ann', 'one')");
    row("a pipe", "cat password | sort\necho one | two");
    row("a table without a line", "user | password\nann | one");
    row("another name", "user,passwords\nann,one");
    row("a hint", "user,password hint\nann,one");
    row("the end", "user,password");
    row("nothing below", "user,password\n");
    row("a list of settings", "user      its name\npassword  its word\nipv4_a    its address\n");
    row("no line, no capitals", "user  password\nann   one\n");
    row("one name and a line", "  password\n  --------\n  one\n");
    row("one blank", "user password\n---- --------\nann  one\n");
}

void TestColumnValues::noTables()
{
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(below(text.toStdString())), QByteArray());
}

void TestColumnValues::isLinear_data()
{
    QTest::addColumn<QByteArray>("unit");
    const auto row = [](const char* name, const QByteArray& unit) { QTest::newRow(name) << unit; };
    row("names in a row", "password,");
    row("names in rows", "password,password\n");
    row("names in tables", "|password|password|\n|-|-|\n");
    row("long rows", QByteArray("password,").repeated(100) + "\n");
    row("changing signs", "password|password,password;password\tpassword\n");
    row("escaped ends", "password,password\\\\n");
    row("quotes", "\"password\",\"\n");
    row("aligned names", "password  ");
    row("aligned rows", "password  password\n--------  --------\n");
    row("aligned rows in capitals", "PASSWORD password  1\n");
}

void TestColumnValues::isLinear()
{
    QFETCH(QByteArray, unit);
    constexpr std::size_t size = 200'000;
    std::string text;
    while (text.size() < size)
        text += unit.toStdString();
    std::size_t parsed = 0;
    (void)below(text, &parsed);
    QVERIFY2(parsed <= 40 * text.size(), qPrintable(QString::number(double(parsed) / double(text.size()))));
}

QTEST_GUILESS_MAIN(TestColumnValues)
#include "test_column_values.moc"
