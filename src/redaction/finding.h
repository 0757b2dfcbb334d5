// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule.h"

#include <QDebug>

#include <cstddef>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief A value that was found and may be a secret. Prints as `***`; wiped when it goes.
class SecretText
{
public:
    SecretText() = default;
    explicit SecretText(std::string value);
    SecretText(const SecretText&) = default;
    SecretText(SecretText&& other) noexcept;
    SecretText& operator=(const SecretText& other);
    SecretText& operator=(SecretText&& other) noexcept;
    ~SecretText();

    //! \brief The value itself. Only to hide it, and to show it to the person who asks.
    [[nodiscard]] const std::string& reveal() const { return m_value; }
    bool operator==(const SecretText&) const = default;

private:
    void wipe();
    void wipeMoved(const std::string& target);

    std::string m_value;
};

QDebug operator<<(QDebug debug, const SecretText&);

//! \brief The first two to four characters, never more than a quarter, and the length: `ghp_… (40)`.
[[nodiscard]] std::string masked(std::string_view value);

//! \brief The same beginning and always as many dots: `ghp_••••••`. For where there is little room.
[[nodiscard]] std::string maskedBriefly(std::string_view value);

//! \brief A place in one text.
struct TextFinding
{
    const Rule* rule = nullptr; //!< Lives as long as the scanner's RuleSet.
    std::size_t offset = 0;     //!< In bytes of the text; of the encoded run, where the value is encoded.
    std::size_t length = 0;
    Confidence confidence = Confidence::Medium; //!< The rule's, or what its validator made of it.
    SecretText value;                           //!< Decoded, where it stands encoded in the text.
};

//! \brief A place in a document.
struct Finding
{
    const Rule* rule = nullptr; //!< Lives as long as the scanner's RuleSet.
    std::size_t item = 0;       //!< Place in ShareDocument::items().
    std::string pointer;        //!< RFC 6901, in the item's data.
    bool inKey = false;         //!< In the member's name. With an empty pointer: in the item's type name.
    std::size_t offset = 0;     //!< In bytes of the decoded text.
    std::size_t length = 0;
    Confidence confidence = Confidence::Medium;
    SecretText value;
};

} // namespace sharelock::redaction
