// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <random>
#include <string>

namespace sharelock {

//! \brief Generated transcripts as JSON lines, one share item's data each: program texts, logs, diffs, prose
//! and listings. Nobody's. Deterministic, so that figures can be compared.
class Transcripts
{
public:
    explicit Transcripts(unsigned seed);

    //! \brief About \p bytes without a secret.
    [[nodiscard]] std::string clean(std::size_t bytes);
    //! \brief As above with short records, each of which holds a token.
    [[nodiscard]] std::string withSecrets(std::size_t bytes);

private:
    template <std::size_t size>
    const char* pick(const char* const (&choices)[size])
    {
        return choices[m_random() % size];
    }

    std::string word();
    std::string name();
    std::string hex(std::size_t digits);
    std::string code(int lines);
    std::string log(int lines);
    std::string diff(int lines);
    std::string prose(int sentences);
    std::string listing(int lines);
    std::string json(int members);
    std::string record(const std::string& text);

    std::mt19937_64 m_random;
    std::size_t m_serial = 0;
};

} // namespace sharelock
