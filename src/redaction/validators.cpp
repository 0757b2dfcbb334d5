// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/validators.h"

#include "document/json_tree.h"
#include "redaction/ascii.h"
#include "redaction/word_shapes.h"

#include <QByteArray>
#include <QHostAddress>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace sharelock::redaction {

namespace {

bool passesLuhn(std::string_view value)
{
    constexpr int shortestCard = 12;
    constexpr int longestCard = 19;
    int sum = 0;
    int digits = 0;
    bool allSame = true;
    char first = 0;
    for (auto at = value.rbegin(); at != value.rend(); ++at) {
        if (*at == ' ' || *at == '-')
            continue;
        if (!isDigit(*at))
            return false;
        first = digits == 0 ? *at : first;
        allSame = allSame && *at == first;
        const int digit = (*at - '0') * (digits % 2 == 0 ? 1 : 2);
        sum += digit > 9 ? digit - 9 : digit;
        ++digits;
    }
    return digits >= shortestCard && digits <= longestCard && !allSame && sum % 10 == 0;
}

bool passesIban(std::string_view value)
{
    std::string compact;
    for (const char c : value) {
        if (c != ' ' && c != '-')
            compact.push_back(c);
    }
    constexpr std::size_t shortest = 15;
    constexpr std::size_t longest = 34;
    if (compact.size() < shortest || compact.size() > longest)
        return false;
    std::rotate(compact.begin(), compact.begin() + 4, compact.end());
    unsigned remainder = 0;
    for (const char c : compact) {
        if (isDigit(c))
            remainder = (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
        else if (isLetter(c))
            remainder = (remainder * 100 + static_cast<unsigned>((c | 0x20) - 'a' + 10)) % 97;
        else
            return false;
    }
    return remainder == 1;
}

bool isJsonObject(std::string_view base64)
{
    const auto decoded = fromBase64(base64);
    if (!decoded || decoded->empty() || decoded->front() != '{')
        return false;
    const auto tree = document::JsonTree::parse(*decoded, 0);
    return tree && tree->root().isObject();
}

//! \brief Two JSON objects and a signature, which is empty for `alg: none`; or one object and four encrypted
//! parts.
bool isJwt(std::string_view value)
{
    const std::size_t first = value.find('.');
    if (first == std::string_view::npos)
        return false;
    const std::size_t second = value.find('.', first + 1);
    if (second == std::string_view::npos)
        return false;
    const bool isEncrypted = std::count(value.begin(), value.end(), '.') == 4;
    return isJsonObject(value.substr(0, first)) &&
           (isEncrypted || isJsonObject(value.substr(first + 1, second - first - 1)));
}

bool isPrivateIp(std::string_view value)
{
    const QString text = QString::fromLatin1(value.data(), static_cast<qsizetype>(value.size()));
    // Qt reads `10.1` as an address, too.
    if (text.count(u'.') != 3 && !text.contains(u':'))
        return false;
    const QHostAddress address(text);
    for (const char* subnet :
         {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10"}) {
        if (address.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(subnet))))
            return true;
    }
    return false;
}

//! \brief Capitals, small letters and digits, as random base62 has and names seldom do; or without a digit
//! more capitals than words have.
bool isMixed(std::string_view value)
{
    constexpr std::ptrdiff_t manyCapitals = 6;
    const auto capitals = std::count_if(value.begin(), value.end(), isUpper);
    return capitals > 0 && std::any_of(value.begin(), value.end(), isLower) &&
           (capitals >= manyCapitals || std::any_of(value.begin(), value.end(), isDigit));
}

//! \brief Letters, with a digit or a sign that joins no words among them; or words drawn by lot, or letters
//! that sound like none.
bool isNoWord(std::string_view value)
{
    constexpr std::string_view joints = "_-. /:,;=()";
    constexpr std::size_t manyLetters = 8;
    if (isPassphrase(value))
        return true;
    if (value.size() >= manyLetters && std::all_of(value.begin(), value.end(), isLetter))
        return std::any_of(value.begin(), value.end(), isUpper) &&
               std::any_of(value.begin(), value.end(), isLower) && !isJoinedWords(value);
    return std::any_of(value.begin(), value.end(), isLetter) &&
           std::any_of(value.begin(), value.end(), [joints](char c) {
               return isDigit(c) || (!isLetter(c) && static_cast<unsigned char>(c) < 0x80 &&
                                     joints.find(c) == std::string_view::npos);
           });
}

//! \brief The body stands between the prefix, which ends with the last `_`, and the last six digits.
bool hasBase62Checksum(std::string_view value)
{
    constexpr std::size_t checksumSize = 6;
    const std::size_t underscore = value.rfind('_');
    const std::size_t begin = underscore == std::string_view::npos ? 0 : underscore + 1;
    if (value.size() - begin <= checksumSize)
        return false;
    const std::string_view body = value.substr(begin, value.size() - begin - checksumSize);
    return base62Checksum(body) == value.substr(value.size() - checksumSize);
}

} // namespace

std::optional<Confidence> validated(Validator validator, std::string_view value, Confidence confidence)
{
    const auto onlyIf = [confidence](bool fits) { return fits ? std::optional(confidence) : std::nullopt; };
    switch (validator) {
    case Validator::None:
        return confidence;
    case Validator::Crc32Base62:
        return hasBase62Checksum(value) ? Confidence::High : Confidence::Low;
    case Validator::Luhn:
        return onlyIf(passesLuhn(value));
    case Validator::Iban:
        return onlyIf(passesIban(value));
    case Validator::Jwt:
        return onlyIf(isJwt(value));
    case Validator::UuidNot:
        return onlyIf(!isUuid(value));
    case Validator::Base64Json:
        return onlyIf(isJsonObject(value));
    case Validator::PrivateIp:
        return onlyIf(isPrivateIp(value));
    case Validator::Mixed:
        return onlyIf(isMixed(value));
    case Validator::NoWord:
        return onlyIf(isNoWord(value));
    }
    return confidence;
}

double entropyOf(std::string_view value)
{
    if (value.empty())
        return 0;
    // The logarithms of small numbers, which is what nearly all are.
    static const std::array<double, 64> products = [] {
        std::array<double, 64> made{};
        for (std::size_t i = 2; i < made.size(); ++i)
            made[i] = static_cast<double>(i) * std::log2(static_cast<double>(i));
        return made;
    }();
    // Most values are short, and have few characters of the 256: only those are set back to zero.
    static thread_local std::array<std::uint32_t, 256> counts{};
    for (const char c : value)
        ++counts[static_cast<unsigned char>(c)];
    double sum = 0;
    for (const char c : value) {
        std::uint32_t& count = counts[static_cast<unsigned char>(c)];
        sum += count < products.size() ? products[count] : count * std::log2(static_cast<double>(count));
        count = 0;
    }
    const auto size = static_cast<double>(value.size());
    return std::log2(size) - sum / size;
}

std::string base62Checksum(std::string_view body)
{
    static constexpr std::string_view digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    auto rest = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    std::string checksum(6, '0');
    for (auto at = checksum.rbegin(); at != checksum.rend(); ++at) {
        *at = digits[rest % digits.size()];
        rest /= digits.size();
    }
    return checksum;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const bool urlSafe = text.find_first_of("-_") != std::string_view::npos;
    QByteArray::Base64Options options = QByteArray::AbortOnBase64DecodingErrors;
    options |= urlSafe ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const auto decoded = QByteArray::fromBase64Encoding(bytes, options);
    if (!decoded)
        return std::nullopt;
    return (*decoded).toStdString();
}

bool isHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isHexDigit);
}

bool isUuid(std::string_view text)
{
    constexpr std::size_t uuidSize = 36;
    if (text.size() != uuidSize)
        return false;
    for (std::size_t i = 0; i < uuidSize; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isHex(text.substr(i, 1)))
            return false;
    }
    return true;
}

} // namespace sharelock::redaction
