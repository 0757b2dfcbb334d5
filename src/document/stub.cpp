// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/stub.h"

#include "document/visible_text.h"

#include <QLocale>
#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace sharelock::document {

namespace {

constexpr std::string_view separator = " · ";

constexpr std::array<std::pair<StubKind, std::string_view>, 7> heads{{
    {StubKind::ToolOutput, "Tool output left out"},
    {StubKind::Reasoning, "Reasoning left out"},
    {StubKind::Attachment, "Attachment left out"},
    {StubKind::FileDiff, "File changes left out"},
    {StubKind::SystemPrompt, "System prompt left out"},
    {StubKind::Models, "Model details left out"},
    {StubKind::Content, "Content left out"},
}};

std::string headOf(StubKind kind, std::string_view name)
{
    constexpr std::size_t longestName = 200;
    const auto* const found =
        std::find_if(heads.begin(), heads.end(), [kind](const auto& head) { return head.first == kind; });
    std::string text(found->second);
    if (!name.empty())
        text.append(separator).append(oneLine(name, longestName));
    return text;
}

bool isCount(std::string_view text)
{
    for (const std::string_view unit : {" lines", " line", " files", " file", " models", " model"}) {
        if (text.ends_with(unit)) {
            text.remove_suffix(unit.size());
            return !text.empty() && text.find_first_not_of("0123456789,") == std::string_view::npos;
        }
    }
    return false;
}

std::string_view unitText(StubUnit unit)
{
    switch (unit) {
    case StubUnit::Lines:
        return " line";
    case StubUnit::Files:
        return " file";
    case StubUnit::Models:
        return " model";
    }
    return {};
}

std::string numberText(std::size_t number)
{
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(number)).toStdString();
}

//! \brief Not sizeText(): the document is the same in every language.
std::string bytesText(std::size_t bytes)
{
    constexpr std::size_t kilobyte = 1000;
    return bytes < kilobyte ? numberText(bytes) + " B"
                            : numberText((bytes + kilobyte / 2) / kilobyte) + " KB";
}

} // namespace

std::string stubText(StubKind kind, std::string_view name, std::size_t count, StubUnit unit)
{
    std::string text = headOf(kind, name);
    if (count > 0) {
        text.append(separator).append(numberText(count));
        text.append(unitText(unit)).append(count == 1 ? "" : "s");
    }
    return text;
}

std::string attachmentStub(std::string_view fileName, std::size_t bytes)
{
    std::string text = headOf(StubKind::Attachment, fileName);
    if (bytes > 0)
        text.append(separator).append(bytesText(bytes));
    return text;
}

bool looksLikeStub(std::string_view text)
{
    return std::any_of(heads.begin(), heads.end(), [text](const auto& head) {
        return text.starts_with(head.second) &&
               (text.size() == head.second.size() || text.substr(head.second.size()).starts_with(separator));
    });
}

bool isStub(std::string_view text, StubKind kind, std::string_view name)
{
    const std::string head = headOf(kind, name);
    if (!text.starts_with(head))
        return false;
    text.remove_prefix(head.size());
    if (text.empty())
        return true;
    return text.starts_with(separator) && isCount(text.substr(separator.size()));
}

std::size_t lineCount(std::string_view text)
{
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return text.empty() || text.ends_with('\n') ? ends : ends + 1;
}

} // namespace sharelock::document
