// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "contract/config_trees.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sharelock::test {

namespace {

const QList<QByteArray> modes{"manual", "auto", "disabled"};

} // namespace

ConfigTree::ConfigTree(RealOpencode& opencode, quint32 seed)
    : m_opencode(opencode)
    , m_random(seed)
{
    const QString home = m_opencode.home();
    set("OPENCODE_TEST_MANAGED_CONFIG_DIR", home + u"/managed");
    chooseDirectory();
    const QString global = m_opencode.environment().opencodeConfigFolder();
    if (chance(30)) {
        addFile(global + u"/config.json");
    }
    addFolder(global);
    for (QString folder = m_directory; folder.startsWith(home); folder = QFileInfo(folder).path()) {
        addFolder(folder);
        addDotFolder(folder);
    }
    if (chance(25)) {
        addFolder(home + u"/managed");
    }
    addVariables();
}

//! At some depth in the project, or in a folder that is in no work tree.
void ConfigTree::chooseDirectory()
{
    const bool isProject = chance(75);
    const QString top = isProject ? m_opencode.project() : m_opencode.home() + u"/plain";
    m_worktree = isProject ? top : QStringLiteral("/");
    const QStringList depths{QString(), QStringLiteral("/a"), QStringLiteral("/a/b"),
                             QStringLiteral("/.opencode")};
    m_directory = top + oneOf(depths);
    QDir().mkpath(m_directory);
    m_given = m_directory;
    if (chance(20)) {
        m_given = m_opencode.home() + u"/link";
        QFile::link(m_directory, m_given);
    }
    m_description += u"directory " + m_given + u" = " + m_directory + u'\n';
}

void ConfigTree::addFolder(const QString& folder)
{
    for (const char* name : {"/opencode.json", "/opencode.jsonc"}) {
        if (chance(30)) {
            addFile(folder + QLatin1String(name));
        }
    }
}

void ConfigTree::addDotFolder(const QString& parent)
{
    const QString folder = parent + u"/.opencode";
    if (!chance(40) || QFileInfo::exists(folder)) {
        return;
    }
    if (chance(15)) {
        const QString real = m_opencode.home() + u"/dot" + QString::number(++m_names);
        QDir().mkpath(real);
        QFile::link(real, folder);
        m_description += u"link " + folder + u" -> " + real + u'\n';
    }
    addFolder(folder);
}

void ConfigTree::addVariables()
{
    const QString home = m_opencode.home();
    if (chance(25)) {
        const QString path = chance(20) ? QStringLiteral("../named.json") : home + u"/named.json";
        set("OPENCODE_CONFIG", path);
        if (chance(80)) {
            addFile(QDir(m_directory).absoluteFilePath(path));
        }
    }
    if (chance(25)) {
        const QString global = m_opencode.environment().opencodeConfigFolder();
        const QStringList folders{
            home + u"/extra", home + u"/extra",   home + u"/extra/", global, m_directory + u"/.opencode",
            global + u'/',    QStringLiteral("x")};
        const QString folder = oneOf(folders);
        set("OPENCODE_CONFIG_DIR", folder);
        addFolder(QDir(m_directory).absoluteFilePath(folder));
    }
    if (chance(20)) {
        set("OPENCODE_CONFIG_CONTENT", QString::fromUtf8(text(m_directory)).remove(QChar::ByteOrderMark));
    }
    if (chance(15)) {
        const QStringList words{QStringLiteral("1"), QStringLiteral("true"), QStringLiteral("TRUE"),
                                QStringLiteral("0"), QStringLiteral("yes"),  QString()};
        set("OPENCODE_DISABLE_PROJECT_CONFIG", oneOf(words));
    }
}

void ConfigTree::addFile(const QString& path)
{
    const QString folder = QFileInfo(path).path();
    if (!chance(8)) {
        write(path, text(folder));
        return;
    }
    // References start from the link's folder, not from its target's.
    const QString real = m_opencode.home() + u"/real" + QString::number(++m_names) + u"/x.json";
    write(real, text(folder));
    QDir().mkpath(folder);
    QFile::link(real, path);
    m_description += u"link " + path + u" -> " + real + u'\n';
}

void ConfigTree::write(const QString& path, const QByteArray& text)
{
    RealOpencode::writeFile(path, text);
    m_description +=
        u"file " + path + u": " + QString::fromUtf8(text.toPercentEncoding(" {}[]\":,/*$")) + u'\n';
}

void ConfigTree::set(const char* name, const QString& value)
{
    m_opencode.setVariable(QLatin1String(name), value);
    m_description += u"variable " + QLatin1String(name) + u'=' + value + u'\n';
}

QByteArray ConfigTree::text(const QString& folder)
{
    if (chance(5)) {
        return {};
    }
    if (chance(2)) {
        return broken();
    }
    const QByteArray end = oneOf(QList<QByteArray>{"\n", "\n", "\r\n"});
    const QByteArray mark = chance(8) ? "\xef\xbb\xbf" : "";
    const QByteArray head = chance(20) ? "// \"share\": \"auto\", {" + end : QByteArray();
    const QByteArray tail = chance(20) ? end + "/* } */" : QByteArray();
    return mark + head + '{' + end + members(folder) + end + '}' + tail;
}

QByteArray ConfigTree::members(const QString& folder)
{
    QList<QByteArray> list;
    const auto add = [this, &list](const QByteArray& name, const QByteArray& value) {
        const QByteArray colon = oneOf(QList<QByteArray>{":", ": ", " : ", "/* : */:\n\t"});
        list.insert(below(static_cast<int>(list.size()) + 1), '"' + name + '"' + colon + value);
    };
    for (int percent : {65, 8}) { // now and then twice
        if (chance(percent)) {
            add(chance(90) ? "share" : "sh\\u0061re", mode(folder));
        }
    }
    if (chance(12)) {
        add("autoshare", chance(70) ? "true" : "false");
    }
    for (int percent : {30, 5}) {
        if (chance(percent)) {
            add("enterprise", server(folder));
        }
    }
    if (chance(30)) {
        add("$schema", "\"https://opencode.ai/config.json\"");
    }
    if (chance(20)) {
        add("username", "\"a // \\\"share\\\" /* \"");
    }
    QByteArray text;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const bool needsComma = i + 1 < list.size() || chance(20);
        text += list.at(i) + (needsComma ? "," : "") +
                oneOf(QList<QByteArray>{"", "\n", " // }, x\n", "/* , */\r\n"});
    }
    return text;
}

QByteArray ConfigTree::mode(const QString& folder)
{
    const QByteArray word = oneOf(modes);
    return '"' + (chance(15) ? filled(folder, word) : word) + '"';
}

QByteArray ConfigTree::server(const QString& folder)
{
    if (chance(10)) {
        return "{}";
    }
    const QByteArray host = "h" + QByteArray::number(below(1000)) + ".example";
    return "{ \"url\": \"https://" + (chance(20) ? filled(folder, host) : host) +
           oneOf(QList<QByteArray>{"", ":8443", "/share"}) + "\", }";
}

//! A reference that opencode fills in with \p value.
QByteArray ConfigTree::filled(const QString& folder, const QByteArray& value)
{
    const QString name = QStringLiteral("FILL_%1").arg(++m_names);
    if (chance(40)) {
        set(name.toLatin1().constData(), QString::fromUtf8(value));
        return "{env:" + name.toLatin1() + '}';
    }
    const QString home = m_opencode.home();
    if (chance(30)) {
        write(home + u'/' + name, value + '\n');
        return "{file:~/" + name.toLatin1() + '}';
    }
    write(folder + u'/' + name, ' ' + value + "\r\n");
    return "{file:./" + name.toLatin1() + '}';
}

//! What opencode does not start with.
QByteArray ConfigTree::broken()
{
    return oneOf(QList<QByteArray>{
        "{\"share\":",
        "{\"share\":\"sometimes\"}",
        "{\"share\":null}",
        "{\"share\":true}",
        "{\"share\":\"\"}",
        "{\"share\":\"Auto\"}",
        "{\"share\":\"{env:NOWHERE_SET}\"}",
        "{\"enterprise\":{\"url\":\"{file:./gone}\"}}",
        "{\"autoshare\":\"yes\"}",
        "{\"enterprise\":{\"url\":1}}",
        "{\"enterprise\":[]}",
        "[]",
        "\"auto\"",
        "null",
        "{} {}",
        "{\"share\":\"auto\",,}",
        "{,}",
        "{\"share\" \"auto\"}",
        "{share:\"auto\"}",
        "{'share':'auto'}",
        "  \n",
        "// nothing\n",
        "/* open",
        "{\"username\":\"a\nb\"}",
        "{\"username\":\"a\tb\"}",
        "{\"username\":\"\\q\"}",
        "{\"username\":\"\\u12\"}",
        "{\"username\":01}",
        "{ // x\r\"share\":\"disabled\"}",
        "{ # x\n}",
    });
}

} // namespace sharelock::test
