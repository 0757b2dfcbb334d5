// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief A text with one secret in it.
struct Planted
{
    std::string text;
    std::size_t offset = 0; //!< Of the secret, in bytes.
    std::size_t length = 0;

    [[nodiscard]] std::string secret() const { return text.substr(offset, length); }
};

//! \brief Lines of a file of forms by group, in the order of the file.
using FormGroups = std::vector<std::pair<std::string, std::vector<std::string>>>;

//! \brief `== name` starts a group; what stands in front of the first one is a comment. `\n` becomes a line's
//! end and `\r` its return. Empty when the file cannot be read.
[[nodiscard]] FormGroups readForms(const std::string& path);

//! \brief Fills forms with random values. It shares nothing with the templates of the rules' own examples, so
//! that a mistake there does not hide itself.
//!
//! `{class:n}` and `{class:n-m}` are that many characters, of: dig hex HEX az AZ alpha low (a-z0-9) up
//! (A-Z0-9) b62 b64 b64u b32 b32low b58 BECH, or of those in brackets; `{uuid}` is one, `{jwt}` the first two
//! parts of a JSON web token, `{snowflake}` the first of a Discord token. `{p}` is a password, `{k}` a key,
//! `{P}` `{l}` `{c}` what stands in front of such a name, `{u}` a user, `{h}` a host;
//! `{w}` a word, `{W}` one with a capital, `{n}` a number below 100.
class ValueMaker
{
public:
    explicit ValueMaker(std::uint64_t seed);

    //! \brief The secret is what `{p}` or `{k}` became, the last of them; what stands between « and » (that
    //! are left out); else everything.
    [[nodiscard]] Planted plant(const std::string& form, bool forUrl = false);
    //! \brief \p planted in place of `{t}` in \p context.
    [[nodiscard]] static Planted within(const std::string& context, const Planted& planted);
    //! \brief A private key in PEM, or as PuTTY or PGP write it, over several lines or, with `\n`, in one.
    [[nodiscard]] Planted privateKey(const std::string& label);

    [[nodiscard]] std::string characters(std::string_view alphabet, std::size_t count);
    [[nodiscard]] std::size_t below(std::size_t limit)
    {
        return static_cast<std::size_t>(m_random() % limit);
    }
    [[nodiscard]] std::string password(bool forUrl);
    [[nodiscard]] std::string key();
    [[nodiscard]] std::string uuid();

private:
    std::string filled(const std::string& name, bool forUrl);

    std::mt19937_64 m_random;
};

} // namespace sharelock::redaction
