// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_rows.h"

#include "app/times.h"
#include "app/where_found.h"
#include "base/thread_guard.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace sharelock::app {

namespace {

using document::ItemType;

//! \brief The middle of `part/<messageID>/<id>`, the rest of `message/<id>`.
std::string_view messageOf(std::string_view key)
{
    const auto begin = key.find('/');
    if (begin == std::string_view::npos)
        return {};
    const auto end = key.find('/', begin + 1);
    return key.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

//! \brief Names items by their place among those of their kind.
class ItemNames
{
public:
    explicit ItemNames(const document::ShareDocument& document)
    {
        std::size_t others = 0;
        for (const document::ShareItem& item : document.items()) {
            if (item.type == ItemType::Message) {
                m_names.emplace(item.key, "message/" + std::to_string(numberOf(messageOf(item.key))));
            } else if (item.type == ItemType::Part) {
                const std::size_t message = numberOf(messageOf(item.key));
                m_names.emplace(item.key,
                                "part/" + std::to_string(message) + '/' + std::to_string(m_parts[message]++));
            } else {
                m_names.emplace(item.key, item.typeName + '/' + std::to_string(others++));
            }
        }
    }

    [[nodiscard]] std::string name(const std::string& key) const
    {
        const auto found = m_names.find(key);
        return found == m_names.end() ? "other/" + key : found->second;
    }

private:
    std::size_t numberOf(std::string_view message)
    {
        return m_messages.try_emplace(std::string(message), m_messages.size()).first->second;
    }

    std::unordered_map<std::string, std::string> m_names;
    std::unordered_map<std::string, std::size_t> m_messages;
    std::unordered_map<std::size_t, std::size_t> m_parts;
};

int number(std::size_t count)
{
    return static_cast<int>(std::min<std::size_t>(count, std::numeric_limits<int>::max()));
}

//! \brief "2 messages blanked, 1 item of unknown kind blanked"
QString whatIsBlanked(const document::Block& block)
{
    const int others = number(block.unknownItems);
    const int messages = number(block.lines) - others;
    QStringList said;
    if (messages > 0)
        said.append(QCoreApplication::translate("Transcript", "%Ln message(s) blanked", nullptr, messages));
    if (others > 0)
        said.append(QCoreApplication::translate("Transcript", "%Ln item(s) of unknown kind blanked", nullptr,
                                                others));
    return said.join(QStringLiteral(", "));
}

TranscriptRow row(const document::Block& block)
{
    TranscriptRow result;
    result.title = QString::fromStdString(block.title);
    result.subtitle = QString::fromStdString(block.subtitle);
    result.body = QString::fromStdString(block.text);
    result.status = QString::fromStdString(block.status);
    result.time = dateTime(block.time);
    result.kind = block.kind;
    result.lines = number(block.lines);
    result.bytes = static_cast<double>(block.bytes);
    result.truncated = block.truncated;
    result.ownText = block.ownText;
    if (block.kind == document::BlockKind::Blanked)
        result.body = whatIsBlanked(block);
    return result;
}

//! \brief "<email-1>: E-mail address, redacted", each value once.
QString inWords(const TranscriptRow& row, const std::vector<MarkedValue>& values)
{
    QStringList said;
    for (const TextMark& mark : row.marks) {
        const QString words = markInWords(values[static_cast<std::size_t>(mark.value)]);
        if (!said.contains(words))
            said.append(words);
    }
    return said.join(QStringLiteral("; "));
}

std::size_t digestOf(const TranscriptRow& row, const MarkSource* source)
{
    std::size_t digest = qHashMulti(0, row.title, row.subtitle, row.body, row.status);
    for (const TextMark& mark : row.marks) {
        const MarkedValue& value = source->values()[static_cast<std::size_t>(mark.value)];
        digest = qHashMulti(digest, static_cast<int>(mark.field), mark.begin, mark.length,
                            static_cast<int>(value.decision), value.isSecret, value.title);
    }
    return digest;
}

//! \brief Marks of the texts that are shown; those of the rest stand in \p row already.
void addMarks(TranscriptRow& row, const document::Block& block, const MarkSource& source)
{
    std::vector<TextMark> marks;
    source.addMarks(block.title, MarkField::Title, marks);
    source.addMarks(block.subtitle, MarkField::Subtitle, marks);
    source.addMarks(block.text, MarkField::Body, marks);
    marks.insert(marks.end(), row.marks.begin(), row.marks.end());
    row.marks = std::move(marks);
}

using CutMarks = std::unordered_map<std::size_t, std::vector<TextMark>>;

//! \brief Leaves the blocks of those items, and the lines that say who said them.
void keepOnly(std::vector<document::Block>& blocks, CutMarks& cut, const ItemKeys& items)
{
    std::unordered_set<std::string_view> messages;
    for (const std::string& key : items)
        messages.insert(messageOf(key));
    std::vector<document::Block> kept;
    CutMarks keptCut;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const std::string& key = blocks[i].itemKey;
        const bool saysWho =
            blocks[i].kind == document::BlockKind::User || blocks[i].kind == document::BlockKind::Assistant;
        if (!items.contains(key) && !(saysWho && messages.contains(messageOf(key))))
            continue;
        if (auto marks = cut.extract(i)) {
            marks.key() = kept.size();
            keptCut.insert(std::move(marks));
        }
        kept.push_back(std::move(blocks[i]));
    }
    blocks = std::move(kept);
    cut = std::move(keptCut);
}

void markRows(TranscriptRows& result, const CutMarks& cut, const NaturalPseudonyms& natural)
{
    const MarkSource& source = *result.marks;
    WhereFound where(source.values());
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        TranscriptRow& row = result.rows[i];
        if (const auto rest = cut.find(i); rest != cut.end())
            row.marks = rest->second;
        addMarks(row, result.blocks[i], source);
        natural.removeFrom(result.blocks[i].itemKey, row.marks);
        row.marksText = inWords(row, source.values());
        where.look(result.blocks[i], row.marks);
        for (std::size_t mark = 0; mark < row.marks.size(); ++mark)
            result.places.push_back({static_cast<int>(i), static_cast<int>(mark), row.marks[mark].value});
    }
    result.whereFound = where.take();
}

} // namespace

TranscriptRowsPtr transcriptRows(std::shared_ptr<const document::ShareDocument> document, MarkSourcePtr marks,
                                 const document::ShareDocument* original, const ItemKeys* only)
{
    assertOffGuiThread("making the blocks of a conversation");
    auto result = std::make_shared<TranscriptRows>();
    CutMarks cut;
    const auto onCut = [&](std::size_t block, std::string_view body, std::size_t shownBytes) {
        std::vector<TextMark> found;
        marks->addRest(body, shownBytes, found);
        if (!found.empty())
            cut.emplace(block, std::move(found));
    };
    const bool isPublished = original != nullptr && original != document.get();
    result->blocks = document::transcript(*document, {}, marks ? onCut : document::CutVisitor(),
                                          isPublished ? original : nullptr);
    if (only != nullptr)
        keepOnly(result->blocks, cut, *only);
    result->marks = std::move(marks);
    result->rows.reserve(result->blocks.size());
    const ItemNames names(*document);
    for (const document::Block& block : result->blocks) {
        result->rows.push_back(row(block));
        std::string key = names.name(block.itemKey);
        if (block.ordinal > 0)
            key += '#' + std::to_string(block.ordinal);
        result->rows.back().key = QString::fromStdString(key);
    }
    if (result->marks) {
        const bool compare = original && !result->marks->isOriginal();
        markRows(*result, cut,
                 compare
                     ? NaturalPseudonyms(*result->marks, *original, *document, ItemNames(*original), names)
                     : NaturalPseudonyms());
    }
    for (std::size_t i = 0; i < result->rows.size(); ++i) {
        result->rows[i].digest = digestOf(result->rows[i], result->marks.get());
        // The row has it now, and the whole text is made from the document.
        result->blocks[i].text = std::string();
    }
    result->document = std::move(document);
    return result;
}

document::ShareDocument firstMessages(const document::ShareDocument& document, std::size_t messages,
                                      std::size_t bytes)
{
    document::ShareDocument result;
    std::vector<std::string_view> wanted;
    std::size_t taken = 0;
    for (const document::ShareItem& item : document.items()) {
        const bool isMessage = item.type == ItemType::Message && wanted.size() < messages;
        const bool isPart = item.type == ItemType::Part &&
                            std::find(wanted.begin(), wanted.end(), messageOf(item.key)) != wanted.end();
        if (!isMessage && !isPart && item.type != ItemType::Session)
            continue;
        // The first part comes along whatever its size, lest nothing be seen.
        if (isPart && taken > bytes)
            break;
        if (isMessage)
            wanted.push_back(messageOf(item.key));
        taken += item.data.size();
        result.addKeyed(item.type, item.key, item.data);
    }
    return result;
}

} // namespace sharelock::app
