// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "random_text.h"

#include "document/json_text.h"

#include <QByteArray>
#include <QString>

namespace sharelock::redaction {

namespace {

std::string escapedAsNumbers(const std::string& text)
{
    std::string out;
    for (const char16_t c : QString::fromStdString(text).toStdU16String())
        out += QString::asprintf("\\u%04x", unsigned(c)).toStdString();
    return out;
}

std::string inside(const std::string& literal)
{
    return literal.substr(1, literal.size() - 2);
}

} // namespace

RandomText::RandomText(quint32 seed)
    : m_random(seed)
{
    const std::string user = pick({"alice", "nina", "ubu", "zo\u00EB", "\u043C\u0430\u0448\u0430", "al ex",
                                   "j.doe", "tim-o", "f00d", "bob_", "p%40t", "%41d", "x%25y"});
    const std::string home = pick({"/home/", "/Users/", "C:\\Users\\", "/srv/a/b/", "/"}) + user;
    m_plan.hidden = {{HiddenKind::HomeFolder, home, "~", HiddenShape::Folder},
                     {HiddenKind::UserName, user, "<user>", HiddenShape::Name},
                     {HiddenKind::HostName, pick({"box-7", "wonder", "nautilus.example.org"}), "<host>",
                      HiddenShape::Name},
                     {HiddenKind::Secret,
                      pick({"p%40ss:word", "%2Bplus/%C3%A9", "100%25 sure", "hunter2\\x\"y", "a%2540b%zz"}),
                      "<secret-1>", HiddenShape::Value}};
}

std::string RandomText::pick(std::initializer_list<const char*> choices)
{
    return choices.begin()[m_random.bounded(quint32(choices.size()))];
}

std::string RandomText::encoded(std::string text)
{
    for (quint32 layer = m_random.bounded(3U); layer > 0; --layer) {
        const QByteArray bytes = QByteArray::fromStdString(text);
        switch (m_random.bounded(9)) {
        case 0:
            text = inside(document::quoted(text));
            break;
        case 1:
            text = QString::fromStdString(text).replace(u'/', QStringLiteral("\\/")).toStdString();
            break;
        case 2:
            text = bytes.toPercentEncoding().toStdString();
            break;
        case 3:
            text = bytes.toPercentEncoding({}, "/").toLower().toStdString();
            break;
        case 4:
            text = escapedAsNumbers(text);
            break;
        case 5:
            text = "data:text/plain;base64," + bytes.toBase64().toStdString();
            break;
        case 6:
            text = QString::fromStdString(text).replace(u'/', u'-').replace(u'\\', u'-').toStdString();
            break;
        case 7:
            text =
                QString::fromStdString(text).normalized(QString::NormalizationForm_D).toUpper().toStdString();
            break;
        default:
            text = "{\"k\":" + document::quoted(text) + "}";
        }
    }
    return text;
}

std::string RandomText::piece()
{
    switch (m_random.bounded(4)) {
    case 0:
        return encoded(m_plan.hidden[m_random.bounded(quint32(m_plan.hidden.size()))].value);
    case 1: {
        std::string part = m_plan.hidden[m_random.bounded(quint32(m_plan.hidden.size()))].value;
        part.resize(m_random.bounded(quint32(part.size() + 1)));
        return QString::fromStdString(part).toStdString();
    }
    case 2:
        return pick({"\\",     "\\\\",   "\\n",        "\\\"",   "\\u", "\\u00",    "\\u0025", "%",
                     "%2",     "%25",    "%5C",        "%0a",    "%C3", "/",        "//",      "-",
                     "--",     ".",      "_",          "\"",     "'",   "\n",       "\t",      " ",
                     "+",      ":",      ",",          "<user>", "~",   ";base64,", "data:",   "=",
                     "\u00E9", "\u0308", "\U0001F600", "0",      "25",  "2F",       "u002f"});
    default:
        return pick({"a", "n", "C:", "src", "home", "Users", "app.ts", "file://",
                     "msg_0123456789abABCDEFGHIJKLMN", "http://", "YWxpY2U", "bmluYQ==", "word ", "x"});
    }
}

std::string RandomText::text()
{
    std::string out;
    for (quint32 pieces = 1 + m_random.bounded(8U); pieces > 0; --pieces)
        out += piece();
    return m_random.bounded(6) == 0 ? encoded(out) : out;
}

document::ShareDocument RandomText::document()
{
    document::ShareDocument made;
    const auto literal = [this] { return document::quoted(text()); };
    made.addKeyed(document::ItemType::Session, "session", "{\"id\":\"ses_1\",\"title\":" + literal() + "}");
    for (int i = 0; i < 4; ++i) {
        const std::string id = std::to_string(i);
        made.addKeyed(document::ItemType::Part, "part/msg_1/prt_" + id,
                      "{\"id\":\"prt_" + id + "\",\"messageID\":\"msg_1\",\"text\":" + literal() +
                          ",\"map\":{" + literal() + ":" + literal() + "," + literal() + ":[" + literal() +
                          ",1.50,null]}}");
    }
    return made;
}

} // namespace sharelock::redaction
