// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/data_answer.h"

#include "base/thread_guard.h"
#include "document/blank_items.h"
#include "document/document_digest.h"
#include "sharing/first_generation.h"
#include "sharing/share_calls.h"

#include <simdjson.h>

#include <string_view>
#include <utility>

namespace sharelock::sharing {

namespace {

// A gateway that has lost the server behind it answers 404 as well, often with the path that was asked for.
// Only a share server says that there is no such share.
bool saysNoSuchShare(std::string_view json, const QString& shareId)
{
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS)
        return false;
    for (const char* member : {"error", "message"}) {
        std::string_view text;
        if (object[member].get(text) != simdjson::SUCCESS)
            continue;
        const QString said = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        const bool namesShare =
            said.contains(QLatin1String("share"), Qt::CaseInsensitive) || said.contains(shareId);
        if (namesShare && !said.contains(QLatin1Char('/')))
            return true;
    }
    return false;
}

} // namespace

const document::ShareDocument& DataAnswer::document() const
{
    static const document::ShareDocument none;
    return m_document == nullptr ? none : *m_document;
}

void DataAnswer::setDocument(document::ShareDocument document)
{
    m_document = std::make_shared<document::ShareDocument>(std::move(document));
    m_digest.clear();
}

document::ShareDocument DataAnswer::takeDocument()
{
    const auto taken = std::exchange(m_document, nullptr);
    if (taken == nullptr)
        return {};
    return taken.use_count() == 1 ? std::move(*taken) : *taken;
}

QByteArray DataAnswer::digest() const
{
    if (m_digest.isEmpty())
        m_digest = document::digest(document());
    return m_digest;
}

Expected<DataAnswer> readDataAnswer(const HttpAnswer& answer, const QUrl& origin, const QString& shareId,
                                    bool isFirst, ReadAnswer* once)
{
    assertOffGuiThread("ShareServer::data");
    DataAnswer found;
    found.status = answer.status;
    found.bytes = answer.body.size();
    // It is sent back as it came, so only what fits a header.
    constexpr qsizetype mostValidator = 256;
    if (answer.etag.size() <= mostValidator)
        found.validator = answer.etag;
    if (once != nullptr && once->read && once->status == answer.status && once->body == answer.body) {
        DataAnswer same = *once->read;
        same.validator = found.validator;
        return same;
    }
    const std::string_view json(answer.body.constData(), static_cast<std::size_t>(answer.body.size()));
    if (answer.status == 404) {
        // The first generation has no such answer.
        if (isFirst || !saysNoSuchShare(json, shareId))
            return failFor(answer.status, origin, callNames(isFirst).data);
        found.kind = DataAnswer::Kind::Gone;
        return found;
    }
    Expected<document::ShareDocument> parsed =
        isFirst ? first_generation::readData(json) : document::ShareDocument::parse(json);
    if (!parsed)
        return badAnswer(origin, isFirst ? "data: no share" : "data: no array of share items");
    found.setDocument(std::move(*parsed));
    if (found.document().isEmpty())
        found.kind = DataAnswer::Kind::Gone;
    else if (document::isBlank(found.document()))
        found.kind = DataAnswer::Kind::Blank;
    if (once != nullptr)
        *once = {answer.status, answer.body, found};
    return found;
}

} // namespace sharelock::sharing
