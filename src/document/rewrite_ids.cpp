// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/rewrite_ids.h"

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "document/json_tree.h"
#include "document/opencode_id.h"

#include <sodium.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sharelock::document {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
// In the order of their bytes, so that numbers of equal length compare like texts.
constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t tailSize = 14;
constexpr std::uint64_t lastPrefix = (std::uint64_t(1) << 48) - 1;

//! \brief \p size characters of \p alphabet that only the seed's holder can compute from \p text.
std::string keyedCharacters(const IdRewriting& rewriting, std::string_view text, std::string_view alphabet,
                            std::size_t size)
{
    std::string out;
    std::string input(text);
    while (out.size() < size) {
        std::array<unsigned char, crypto_generichash_BYTES_MAX> hash{};
        crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(input.data()),
                           input.size(), rewriting.seed.data(), rewriting.seed.size());
        for (const unsigned char byte : hash)
            out.push_back(alphabet[byte % alphabet.size()]);
        input.push_back('\0');
    }
    out.resize(size);
    return out;
}

std::string hexPrefix(std::uint64_t value)
{
    std::string out(opencodeIdPrefixSize, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, value >>= 4)
        *digit = hexDigits[value & 0xF];
    return out;
}

bool countsDown(const OpencodeId& id)
{
    return id.kind == OpencodeId::Kind::Session;
}

//! \brief Session IDs count down in time, the others up: a shift into the past is an addition there.
std::uint64_t shifted(const OpencodeId& id, std::uint64_t shift)
{
    return (countsDown(id) ? id.prefix() + shift : id.prefix() - shift) & lastPrefix;
}

//! \brief The shift was chosen for the IDs of that time; one from before them all may have no room for it.
bool hasRoom(const OpencodeId& id, std::uint64_t shift)
{
    return countsDown(id) ? id.prefix() <= lastPrefix - shift : id.prefix() >= shift;
}

//! \brief Nine digits hold any prefix.
std::string base62Digits(std::uint64_t value)
{
    std::string out(9, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, value /= base62.size())
        *digit = base62[value % base62.size()];
    return out;
}

//! \brief Time and tail of an ID that has both. Without room for the shift it goes to the very end, where no
//! shifted ID is, and its own order moves into the tail.
std::string shiftedBody(const IdRewriting& rewriting, const OpencodeId& id)
{
    const std::uint64_t value = shifted(id, rewriting.shift);
    const std::size_t tail = id.body().size() - opencodeIdPrefixSize;
    if (hasRoom(id, rewriting.shift))
        return hexPrefix(value) + keyedCharacters(rewriting, id.text, base62, tail);
    constexpr std::size_t random = 8;
    const std::string order = base62Digits(value);
    return hexPrefix(countsDown(id) ? lastPrefix : 0) + order +
           keyedCharacters(rewriting, id.text, base62, std::max(tail, order.size() + random) - order.size());
}

//! \brief For IDs without a time in front: adds one secret number to all of them, as digits, so that order is
//! kept.
std::string shiftedDigits(const IdRewriting& rewriting, std::string_view body)
{
    constexpr std::size_t digits = 32;
    const std::string offset = keyedCharacters(rewriting, "offset", base62, digits);
    std::string out(digits + 1, '0');
    std::size_t carry = 0;
    for (std::size_t i = digits; i-- > 0;) {
        const std::size_t sum = carry + base62.find(offset[i]) + (i < body.size() ? base62.find(body[i]) : 0);
        out[i + 1] = base62[sum % base62.size()];
        carry = sum / base62.size();
    }
    out[0] = base62[carry];
    return out;
}

//! \brief Replaces IDs in texts, remembering each so that it is computed once.
class Rewriter
{
public:
    Rewriter(const IdRewriting& rewriting, const std::string& oldSessionId)
        : m_rewriting(rewriting)
    {
        m_newIds.emplace(oldSessionId, rewriting.sessionId);
        if (const auto id = firstOpencodeId(oldSessionId, 0); !id || id->text != oldSessionId)
            m_words.emplace_back(oldSessionId, rewriting.sessionId);
    }

    //! \brief An ID of an unusual shape, met where an ID stands; elsewhere it is replaced only because of
    //! this.
    void know(const OpencodeId& id) { newId(id); }

    //! \brief Project or workspace.
    void addWord(const std::string& word)
    {
        constexpr std::size_t shortest = 8; // `global` is a word, not an ID.
        if (word.size() < shortest)
            return;
        const std::size_t underscore = word.rfind('_');
        const std::size_t kept = underscore == std::string::npos ? 0 : underscore + 1;
        const bool isHex = word.find_first_not_of(hexDigits, kept) == std::string::npos;
        std::string replacement = word.substr(0, kept);
        replacement += keyedCharacters(m_rewriting, word, isHex ? hexDigits : base62, word.size() - kept);
        m_words.emplace_back(word, std::move(replacement));
    }

    [[nodiscard]] std::optional<std::string> rewritten(std::string_view text)
    {
        std::optional<std::string> out = rewrittenIds(text);
        for (const auto& [word, replacement] : m_words)
            replaceWord(out, text, word, replacement);
        return out;
    }

private:
    std::optional<std::string> rewrittenIds(std::string_view text)
    {
        std::optional<std::string> out;
        std::size_t copied = 0;
        std::size_t from = 0;
        while (const auto id = firstOpencodeId(text, from)) {
            from = id->offset + id->text.size();
            const std::string* replacement = nullptr;
            if (id->hasTime())
                replacement = &newId(*id);
            else if (const auto known = m_newIds.find(std::string(id->text)); known != m_newIds.end())
                replacement = &known->second;
            if (replacement == nullptr)
                continue;
            if (!out)
                out.emplace();
            out->append(text, copied, id->offset - copied).append(*replacement);
            copied = from;
        }
        if (out)
            out->append(text, copied);
        return out;
    }

    static void replaceWord(std::optional<std::string>& out, std::string_view text, const std::string& word,
                            const std::string& replacement)
    {
        const std::string_view current = out ? std::string_view(*out) : text;
        std::size_t found = current.find(word);
        if (found == std::string_view::npos)
            return;
        std::string replaced;
        std::size_t copied = 0;
        for (; found != std::string_view::npos; found = current.find(word, copied)) {
            replaced.append(current, copied, found - copied).append(replacement);
            copied = found + word.size();
        }
        out = replaced.append(current, copied);
    }

    const std::string& newId(const OpencodeId& id)
    {
        const auto [place, isNew] = m_newIds.try_emplace(std::string(id.text));
        if (isNew) {
            std::string& made = place->second;
            made = id.text.substr(0, opencodeIdNameSize);
            if (id.hasTime())
                made += shiftedBody(m_rewriting, id);
            else
                made += shiftedDigits(m_rewriting, id.body()) +
                        keyedCharacters(m_rewriting, id.text, base62, tailSize);
        }
        return place->second;
    }

    const IdRewriting& m_rewriting;
    std::unordered_map<std::string, std::string> m_newIds;
    std::vector<std::pair<std::string, std::string>> m_words;
};

bool namesAnId(std::string_view pointer)
{
    return pointer.size() > 2 &&
           (pointer.ends_with("ID") || pointer.ends_with("Id") || pointer.ends_with("/id"));
}

Expected<void> learnUnusualIds(const ShareDocument& document, Rewriter& rewriter)
{
    const auto visit = [&rewriter](const TextPlace& place, std::string_view text) {
        if (place.isKey || !namesAnId(place.pointer))
            return;
        if (const auto id = firstOpencodeId(text, 0); id && id->text.size() == text.size() && !id->hasTime())
            rewriter.know(*id);
    };
    for (const ShareItem& item : document.items()) {
        if (const auto walked = forEachText(item.data, visit); !walked)
            return tl::unexpected(walked.error());
    }
    return {};
}

std::string withoutMembers(std::string_view json, const JsonTree& tree,
                           std::initializer_list<std::string_view> names)
{
    std::string out = "{";
    for (const JsonValue member : tree.root()) {
        if (std::any_of(names.begin(), names.end(),
                        [member](std::string_view name) { return member.hasName(name); }))
            continue;
        if (out.size() > 1)
            out.push_back(',');
        out.append(json, member.memberBegin(), member.span().end - member.memberBegin());
    }
    return out.append("}");
}

} // namespace

Expected<IdRewriting> randomRewriting(const ShareDocument& document)
{
    assertOffGuiThread("making new IDs");
    const std::string oldSessionId = document.sessionId();
    if (oldSessionId.empty())
        return fail(ErrorCode::DocumentInvalid);
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal);
    std::uint64_t room = lastPrefix;
    for (const ShareItem& item : document.items()) {
        std::size_t from = 0;
        while (const auto id = firstOpencodeId(item.data, from)) {
            from = id->offset + id->text.size();
            if (!id->hasTime())
                continue;
            room = std::min(room, countsDown(*id) ? lastPrefix - id->prefix() : id->prefix());
        }
    }
    IdRewriting rewriting;
    randombytes_buf(rewriting.seed.data(), rewriting.seed.size());
    std::uint64_t random = 0;
    randombytes_buf(&random, sizeof random);
    // The very end stays free for IDs of a later update that have no room.
    rewriting.shift = room > 0 ? random % room : 0;
    const auto old = firstOpencodeId(oldSessionId, 0);
    std::uint64_t prefix = random >> 16;
    if (old && old->hasTime())
        prefix = shifted(*old, rewriting.shift);
    rewriting.sessionId = "ses_" + hexPrefix(prefix);
    for (std::size_t i = 0; i < tailSize; ++i)
        rewriting.sessionId.push_back(base62[randombytes_uniform(static_cast<std::uint32_t>(base62.size()))]);
    return rewriting;
}

Expected<ShareDocument> withNewIds(const ShareDocument& document, const IdRewriting& rewriting)
{
    assertOffGuiThread("rewriting IDs");
    const std::string oldSessionId = document.sessionId();
    if (oldSessionId.empty() || rewriting.sessionId.empty())
        return fail(ErrorCode::DocumentInvalid);
    Rewriter rewriter(rewriting, oldSessionId);
    if (const auto learned = learnUnusualIds(document, rewriter); !learned)
        return tl::unexpected(learned.error());
    ShareDocument rewritten;
    const auto map = [&rewriter](const TextPlace&, std::string_view text) {
        return rewriter.rewritten(text);
    };
    for (const ShareItem& item : document.items()) {
        if (item.type != ItemType::Session)
            continue;
        const auto tree = JsonTree::parse(item.data, 1);
        if (!tree)
            return tl::unexpected(tree.error());
        for (const std::string_view name : {"projectID", "workspaceID"})
            rewriter.addWord(tree->root()[name].text());
    }
    for (const ShareItem& item : document.items()) {
        ShareItem copy = item;
        if (item.type == ItemType::Session) {
            const auto tree = JsonTree::parse(item.data, 1);
            if (tree && tree->root().isObject())
                copy.data = withoutMembers(item.data, *tree, {"share", "parentID"});
        }
        auto data = mapTexts(copy.data, map);
        if (!data)
            return tl::unexpected(data.error());
        copy.data = std::move(*data);
        copy.key = rewriter.rewritten(item.key).value_or(item.key);
        rewritten.addItem(std::move(copy));
    }
    return rewritten;
}

} // namespace sharelock::document
