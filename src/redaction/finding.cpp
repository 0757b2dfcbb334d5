// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/finding.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace sharelock::redaction {

SecretText::SecretText(std::string value)
    : m_value(std::move(value))
{
}

SecretText::SecretText(SecretText&& other) noexcept
    : m_value(std::move(other.m_value))
{
    other.wipeMoved(m_value);
}

SecretText& SecretText::operator=(const SecretText& other)
{
    if (this != &other) {
        wipe();
        m_value = other.m_value;
    }
    return *this;
}

SecretText& SecretText::operator=(SecretText&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_value = std::move(other.m_value);
        other.wipeMoved(m_value);
    }
    return *this;
}

SecretText::~SecretText()
{
    wipe();
}

void SecretText::wipeMoved(const std::string& target)
{
    // A short value stands in the object itself, also after it was moved away. Of a long one nothing is left.
    static const std::size_t shortCapacity = std::string().capacity();
    if (target.capacity() > shortCapacity)
        return;
    m_value.resize(m_value.capacity());
    sodium_memzero(m_value.data(), m_value.size());
    m_value.clear();
}

void SecretText::wipe()
{
    // Nothing but this function ever makes it empty.
    if (m_value.empty())
        return;
    m_value.resize(m_value.capacity());
    sodium_memzero(m_value.data(), m_value.size());
    m_value.clear();
}

QDebug operator<<(QDebug debug, const SecretText&)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "***";
}

namespace {

std::string shownBeginning(std::string_view value)
{
    constexpr std::size_t mostShown = 4;
    constexpr std::size_t leastShown = 2;
    std::size_t shown = std::min(mostShown, value.size() / 4);
    if (shown < leastShown)
        shown = 0;
    // Never half a character.
    while (shown > 0 && (static_cast<unsigned char>(value[shown]) & 0xC0) == 0x80)
        --shown;
    std::string text(value.substr(0, shown));
    // A line end in a list of findings would break it.
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

} // namespace

std::string masked(std::string_view value)
{
    return shownBeginning(value) + "\u2026 (" + std::to_string(value.size()) + ")";
}

std::string maskedBriefly(std::string_view value)
{
    return shownBeginning(value) + "\u2022\u2022\u2022\u2022\u2022\u2022";
}

} // namespace sharelock::redaction
