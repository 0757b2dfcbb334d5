// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "value_maker.h"

#include <QByteArray>

#include <array>
#include <fstream>

namespace sharelock::redaction {

namespace {

constexpr std::string_view opening = "\u00AB";
constexpr std::string_view closing = "\u00BB";

constexpr const char* words[] = {"sommer", "winter", "dragon", "football", "monkey", "berlin", "banana",
                                 "tiger",  "river",  "orange", "castle",   "rocket", "coffee", "silver",
                                 "hunter", "forest", "planet", "cookie",   "guitar", "shadow", "copper",
                                 "velvet", "garden", "lemon",  "purple",   "yellow", "wizard", "ginger",
                                 "sunny",  "marble", "turtle", "walnut"};
constexpr const char* fronts[] = {"DB",   "MYSQL",   "POSTGRES", "APP",     "ADMIN",    "REDIS", "SMTP",
                                  "ACME", "LDAP",    "FTP",      "SERVICE", "BACKUP",   "PROD",  "STAGING",
                                  "USER", "GRAFANA", "MAIL",     "BILLING", "KEYSTORE", "ROOT",  "WIFI"};
constexpr const char* users[] = {"alice", "bob",      "svc_deploy", "root",
                                 "admin", "app_user", "j.smith",    "maria"};
constexpr const char* hosts[] = {"db.acme.dev", "10.2.3.4", "localhost", "mysql-prod.internal",
                                 "db-1.eu-west.acme.io"};

std::string alphabetOf(const std::string& name)
{
    const std::string digits = "0123456789";
    const std::string lower = "abcdefghijklmnopqrstuvwxyz";
    const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const std::map<std::string, std::string> known = {
        {"dig", digits},
        {"hex", digits + "abcdef"},
        {"HEX", digits + "ABCDEF"},
        {"az", lower},
        {"AZ", upper},
        {"alpha", lower + upper},
        {"low", lower + digits},
        {"up", upper + digits},
        {"b62", digits + upper + lower},
        {"b64", digits + upper + lower + "+/"},
        {"b64u", digits + upper + lower + "-_"},
        {"b32", upper + "234567"},
        {"b32low", lower + "234567"},
        {"b58", "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"},
        {"BECH", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"}};
    if (name.front() == '[')
        return name.substr(1, name.size() - 2);
    const auto found = known.find(name);
    return found == known.end() ? std::string() : found->second;
}

template <std::size_t size>
std::string pick(ValueMaker& maker, const char* const (&choices)[size])
{
    return choices[maker.below(size)];
}

std::string capitalized(std::string text)
{
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string lowered(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::string unescaped(const std::string& line)
{
    std::string text;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char next = line[at] == '\\' && at + 1 < line.size() ? line[at + 1] : ' ';
        if (next == 'n' || next == 'r') {
            text.push_back(next == 'n' ? '\n' : '\r');
            ++at;
        } else {
            text.push_back(line[at]);
            at += next == '\\' ? 1 : 0;
        }
    }
    return text;
}

std::string base64Url(const std::string& text)
{
    return QByteArray::fromStdString(text)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

} // namespace

FormGroups readForms(const std::string& path)
{
    FormGroups groups;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("== "))
            groups.emplace_back(line.substr(3), std::vector<std::string>());
        else if (!line.empty() && !groups.empty())
            groups.back().second.push_back(unescaped(line));
    }
    return groups;
}

ValueMaker::ValueMaker(std::uint64_t seed)
    : m_random(seed)
{
}

std::string ValueMaker::characters(std::string_view alphabet, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text.push_back(alphabet[below(alphabet.size())]);
    return text;
}

std::string ValueMaker::uuid()
{
    const std::string hex = alphabetOf("hex");
    return characters(hex, 8) + "-" + characters(hex, 4) + "-4" + characters(hex, 3) + "-a" +
           characters(hex, 3) + "-" + characters(hex, 12);
}

std::string ValueMaker::password(bool forUrl)
{
    const std::string base62 = alphabetOf("b62");
    const std::string signs = forUrl ? "!_-.~*+" : "!@#%^*_+=.?-";
    switch (below(8)) {
    case 0:
        return characters(base62, 10 + below(15));
    case 1:
        return characters(alphabetOf("hex"), std::array{16, 24, 32}[below(3)]);
    case 2:
        return characters(alphabetOf("low"), 10 + below(7));
    case 3:
    case 4: {
        std::string made = characters(base62, 9 + below(10));
        for (int i = 0; i < 2; ++i)
            made[1 + below(made.size() - 2)] = signs[below(signs.size())];
        return made;
    }
    case 5:
        return capitalized(pick(*this, words)) + std::to_string(10 + below(9990)) +
               std::array{"!", "?", "", "#"}[below(forUrl ? 1 : 4)];
    case 6:
        return pick(*this, words) + "_-."[below(3)] + capitalized(pick(*this, words)) +
               std::to_string(10 + below(990));
    default:
        return pick(*this, words) + std::to_string(10 + below(990));
    }
}

std::string ValueMaker::key()
{
    switch (below(5)) {
    case 0:
        return characters(alphabetOf("hex"), std::array{32, 40, 64}[below(3)]);
    case 1:
        return characters(alphabetOf("b64u"), 32 + below(16));
    case 2:
        return characters(alphabetOf("b64"), 43) + "=";
    case 3:
        return characters(alphabetOf("low"), 24 + below(16));
    default:
        return characters(alphabetOf("b62"), 20 + below(30));
    }
}

std::string ValueMaker::filled(const std::string& name, bool forUrl)
{
    if (name == "p")
        return password(forUrl);
    if (name == "k")
        return key();
    if (name == "P")
        return pick(*this, fronts);
    if (name == "l")
        return lowered(pick(*this, fronts));
    if (name == "c")
        return capitalized(lowered(pick(*this, fronts)));
    if (name == "u")
        return pick(*this, users);
    if (name == "h")
        return pick(*this, hosts);
    if (name == "w")
        return pick(*this, words);
    if (name == "W")
        return capitalized(pick(*this, words));
    if (name == "n")
        return std::to_string(1 + below(99));
    if (name == "uuid")
        return uuid();
    if (name == "snowflake")
        return base64Url("1" + characters(alphabetOf("dig"), 17));
    if (name == "jwt")
        return base64Url(R"({"alg":"HS256","typ":"JWT"})") + "." +
               base64Url(R"({"sub":")" + characters(alphabetOf("dig"), 10) + R"(","exp":1795000000})");
    const std::size_t colon = name.rfind(':');
    const std::string alphabet =
        colon == std::string::npos ? std::string() : alphabetOf(name.substr(0, colon));
    if (alphabet.empty())
        return {};
    const std::string count = name.substr(colon + 1);
    const std::size_t least = std::stoul(count);
    const std::size_t dash = count.find('-');
    const std::size_t most = dash == std::string::npos ? least : std::stoul(count.substr(dash + 1));
    return characters(alphabet, least + below(most - least + 1));
}

Planted ValueMaker::plant(const std::string& form, bool forUrl)
{
    Planted planted;
    std::size_t marked = std::string::npos;
    const std::string secret = password(forUrl);
    for (std::size_t at = 0; at < form.size();) {
        const std::string_view rest = std::string_view(form).substr(at);
        if (rest.starts_with(opening)) {
            marked = planted.text.size();
            at += opening.size();
            continue;
        }
        if (rest.starts_with(closing)) {
            planted.offset = marked;
            planted.length = planted.text.size() - marked;
            at += closing.size();
            continue;
        }
        const std::size_t end = rest.front() == '{' ? rest.find('}') : std::string_view::npos;
        const std::string name(end == std::string_view::npos ? "" : rest.substr(1, end - 1));
        // The same password twice in one form is one password.
        const std::string value = name.empty() ? std::string() : name == "p" ? secret : filled(name, forUrl);
        if (value.empty()) {
            planted.text.push_back(form[at++]);
            continue;
        }
        if (name == "p" || name == "k") {
            planted.offset = planted.text.size();
            planted.length = value.size();
        }
        planted.text += value;
        at += end + 1;
    }
    if (planted.length == 0)
        planted.length = planted.text.size();
    return planted;
}

Planted ValueMaker::within(const std::string& context, const Planted& planted)
{
    const std::size_t at = context.find("{t}");
    Planted placed = planted;
    placed.text = context.substr(0, at) + planted.text + context.substr(at + 3);
    placed.offset += at;
    return placed;
}

Planted ValueMaker::privateKey(const std::string& label)
{
    const std::string base64 = alphabetOf("b64");
    const std::string lineEnd = below(3) == 0 ? "\\n" : "\n";
    std::string text = "-----BEGIN " + label + "-----" + lineEnd;
    if (label.starts_with("PGP"))
        text += lineEnd;
    for (std::size_t lines = 3 + below(25); lines > 0; --lines)
        text += characters(base64, 64) + lineEnd;
    text += characters(base64, 20 + below(40)) + "==" + lineEnd;
    if (label.starts_with("PGP"))
        text += "=" + characters(base64, 4) + lineEnd;
    text += "-----END " + label + "-----";
    const std::size_t size = text.size();
    return {std::move(text), 0, size};
}

} // namespace sharelock::redaction
