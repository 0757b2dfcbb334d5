// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/text_marks.h"
#include "document/transcript.h"

#include <QDateTime>
#include <QString>

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace sharelock::app {

//! \brief One block as the list shows it.
struct TranscriptRow
{
    //! \brief Names the block by its place in the conversation ("part/3/5", and which block of it), so that
    //! it is the same in the original and in the published document, whose IDs differ, and after the session
    //! grew.
    QString key;
    QString title;
    QString subtitle;
    QString body;
    QString status;
    QDateTime time;
    document::BlockKind kind = document::BlockKind::Unknown;
    int lines = 0;
    double bytes = 0;
    std::vector<TextMark> marks; //!< By field and place.
    QString marksText;           //!< What is marked, in words.
    std::size_t digest = 0;      //!< Of all texts and marks.
    bool truncated = false;
    bool ownText = false;

    //! \brief By digest: comparing the texts of a long conversation would take the GUI thread too long.
    friend bool operator==(const TranscriptRow& a, const TranscriptRow& b)
    {
        return a.key == b.key && a.digest == b.digest && a.kind == b.kind && a.time == b.time &&
               a.lines == b.lines && a.bytes == b.bytes && a.truncated == b.truncated &&
               a.ownText == b.ownText;
    }
};

//! \brief One mark of a conversation.
struct MarkPlace
{
    int row = 0;
    int mark = 0; //!< In the row's marks.
    int value = 0;
};

//! \brief A document with its blocks; `rows[i]` shows `blocks[i]`. Immutable, shared between threads.
struct TranscriptRows
{
    std::shared_ptr<const document::ShareDocument> document;
    std::vector<document::Block> blocks; //!< Without their texts.
    std::vector<TranscriptRow> rows;
    MarkSourcePtr marks;             //!< Null: nothing is marked.
    std::vector<MarkPlace> places;   //!< In reading order.
    std::vector<QString> whereFound; //!< By place in marks->values(): the first place in words, if known.
};
using TranscriptRowsPtr = std::shared_ptr<const TranscriptRows>;

//! \brief Keys of share items.
using ItemKeys = std::unordered_set<std::string>;

//! \brief All blocks of \p document, with \p marks in place; or those of the items in \p only, each below who
//! said it. In the published view, \p original tells which pseudonyms the person's own text holds, and how
//! much was left out where no stub can stand. Not on the GUI thread. Linear.
[[nodiscard]] TranscriptRowsPtr transcriptRows(std::shared_ptr<const document::ShareDocument> document,
                                               MarkSourcePtr marks = {},
                                               const document::ShareDocument* original = nullptr,
                                               const ItemKeys* only = nullptr);

//! \brief The session item and the first messages with their parts, up to about \p bytes: enough for the
//! first screens of a long conversation. Their keys are those that the whole document gives.
[[nodiscard]] document::ShareDocument firstMessages(const document::ShareDocument& document,
                                                    std::size_t messages, std::size_t bytes);

} // namespace sharelock::app
