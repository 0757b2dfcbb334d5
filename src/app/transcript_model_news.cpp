// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_model.h"

#include "app/link_rows.h"
#include "app/when_done.h"

#include <utility>

// What a snapshot of the conversation does not have yet, and the whole text of a block.
namespace sharelock::app {

void TranscriptModel::setSnapshot(const QString& linkName, const QDateTime& through)
{
    const bool isOther = std::exchange(m_snapshot, linkName) != linkName;
    if (through != m_newSince) {
        m_newSince = through;
        const std::size_t before = m_firstNew;
        findFirstNew();
        if (before != m_firstNew && !m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {NewRole});
    }
    if (!isOther || !m_newOnly)
        return;
    if (m_snapshot.isEmpty())
        setNewOnly(false);
    else
        compareAgain();
}

void TranscriptModel::setNewOnly(bool on)
{
    if (on == m_newOnly)
        return;
    m_newOnly = on;
    m_news.reset();
    Q_EMIT newOnlyChanged();
    if (!m_original)
        showView();
}

void TranscriptModel::compareAgain()
{
    if (showsNews())
        showView();
}

void TranscriptModel::askNews()
{
    m_askingNews = true;
    askServer([id = linkOfName(m_snapshot), offer = m_offer,
               original = m_document](sharing::ShareManager& manager, std::stop_token stop) {
        return loadNews(&manager, id, offer, original, stop);
    });
}

QString TranscriptModel::newsText() const
{
    if (!m_news)
        return {};
    QStringList parts;
    if (m_news->messages > 0)
        parts += tr("%Ln new message(s)", nullptr, m_news->messages);
    if (m_news->changed > 0)
        parts += tr("%Ln changed item(s)", nullptr, m_news->changed);
    if (m_news->blanked > 0)
        parts += tr("%Ln item(s) to be blanked", nullptr, m_news->blanked);
    return parts.isEmpty() ? tr("Nothing that is not public yet") : parts.join(tr(", "));
}

void TranscriptModel::fullText(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const TranscriptRow* shown = m_rows[static_cast<std::size_t>(row)].row;
    const auto index = static_cast<std::size_t>(shown - m_source->rows.data());
    const auto text = [source = m_source, index](sharing::ShareManager&) {
        return app::fullText(*source, index);
    };
    whenDone(m_core.call(text), this, [this, key = shown->key, source = m_source](const FullText& whole) {
        if (source != m_source)
            return;
        m_fullText = whole;
        const int now = rowOfKey(key);
        if (now >= 0)
            Q_EMIT fullTextReady(now, m_fullText.text);
    });
}

} // namespace sharelock::app
