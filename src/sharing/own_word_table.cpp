// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/own_word_table.h"

#include "sharing/scan_rules.h"

#include <QByteArray>

#include <utility>

namespace sharelock::sharing {

namespace {

std::string printable(const std::string& digest)
{
    constexpr std::size_t enough = 16;
    return QByteArray::fromStdString(digest.substr(0, enough)).toHex().toStdString();
}

std::string inOne(const std::vector<redaction::OwnWord>& words)
{
    std::string all;
    for (const redaction::OwnWord& word : words)
        all.append(std::to_string(word.text.size())).append(word.isPattern ? "p" : "w").append(word.text);
    return all;
}

} // namespace

Expected<OwnWordTable> OwnWordTable::read(const LinkLedger& ledger)
{
    auto key = ledger.digestKey(scanCachePurpose);
    if (!key)
        return tl::unexpected(key.error());
    auto words = ledger.ownWords();
    if (!words)
        return tl::unexpected(words.error());
    auto texts = ledger.ownTextDigests();
    if (!texts)
        return tl::unexpected(texts.error());
    OwnWordTable table;
    table.m_key = *std::move(key);
    table.m_words = *std::move(words);
    table.m_texts = *std::move(texts);
    if (!table.m_words.empty())
        table.m_wordsDigest = redaction::keyedDigest(inOne(table.m_words), table.m_key);
    return table;
}

std::string OwnWordTable::version(const std::string& sessionId) const
{
    const auto texts = m_texts.find(sessionId);
    if (texts == m_texts.end())
        return printable(m_wordsDigest);
    return printable(redaction::keyedDigest(m_wordsDigest + texts->second, m_key));
}

std::string OwnWordTable::version() const
{
    std::string all = m_wordsDigest;
    for (const auto& [sessionId, digests] : m_texts)
        all.append(sessionId).append(digests);
    return all.empty() ? all : printable(redaction::keyedDigest(all, m_key));
}

Expected<std::shared_ptr<const redaction::OwnSearch>> OwnWordTable::search(const LinkLedger& ledger,
                                                                           const std::string& sessionId)
{
    if (!m_texts.contains(sessionId)) {
        if (!m_words.empty() && !m_search)
            m_search = std::make_shared<const redaction::OwnSearch>(m_words, redaction::TextPrints());
        return m_search;
    }
    auto texts = ledger.ownTexts(QString::fromStdString(sessionId));
    if (!texts)
        return tl::unexpected(texts.error());
    return std::make_shared<const redaction::OwnSearch>(m_words, *std::move(texts));
}

} // namespace sharelock::sharing
