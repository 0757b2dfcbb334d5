// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/content_model.h"

#include <utility>

namespace sharelock::app {

namespace {

using redaction::ContentKind;

constexpr int kinds = static_cast<int>(redaction::allContent.size());

ContentKind kindAt(int row)
{
    return redaction::allContent.at(static_cast<std::size_t>(row));
}

QString hintOf(ContentKind kind)
{
    switch (kind) {
    case ContentKind::Tools:
        return ContentModel::tr("Parts of unknown types go with them.");
    case ContentKind::Attachments:
        return ContentModel::tr("The search does not read text in images.");
    case ContentKind::SystemPrompts:
        return ContentModel::tr("Also what opencode added to your messages.");
    case ContentKind::Models:
        return ContentModel::tr("They may hold private addresses and headers. The name of the model stays.");
    case ContentKind::Reasoning:
    case ContentKind::Diffs:
        break;
    }
    return {};
}

} // namespace

ContentModel::ContentModel(TakeStep take, QObject* parent)
    : QAbstractListModel(parent)
    , m_take(std::move(take))
{
}

int ContentModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kinds;
}

QVariant ContentModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ContentKind kind = kindAt(index.row());
    switch (role) {
    case KeyRole: {
        const std::string_view name = redaction::contentName(kind);
        return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    }
    case Qt::DisplayRole:
    case TitleRole:
        return title(kind);
    case AmountRole:
        return static_cast<int>(sharing::amountOf(m_counts, kind).count);
    case BytesRole:
        return static_cast<double>(sharing::amountOf(m_counts, kind).bytes);
    case IncludedRole:
        return !m_leftOut.has(kind);
    case HintRole:
        return hintOf(kind);
    default:
        return {};
    }
}

QHash<int, QByteArray> ContentModel::roleNames() const
{
    return {{KeyRole, "key"},     {TitleRole, "title"},       {AmountRole, "amount"},
            {BytesRole, "bytes"}, {IncludedRole, "included"}, {HintRole, "hint"}};
}

void ContentModel::setOffer(const QString& sessionId, const FindingsModel::OfferPtr& offer)
{
    const bool isOther = std::exchange(m_sessionId, sessionId) != sessionId;
    if (!offer && !isOther)
        return;
    m_counts = offer ? offer->content : document::ContentCounts();
    m_leftOut = offer ? offer->leftOut : redaction::ContentSet::leftOutByDefault();
    Q_EMIT dataChanged(index(0), index(kinds - 1));
    setReady(offer != nullptr);
}

void ContentModel::setIncluded(int row, bool included)
{
    if (!m_ready || row < 0 || row >= kinds || m_leftOut.has(kindAt(row)) != included)
        return;
    const ContentKind kind = kindAt(row);
    const auto keeping = [kind, sessionId = m_sessionId](bool leftOut) {
        return [kind, sessionId, leftOut](sharing::ShareManager& manager) {
            return manager.setLeftOut(sessionId, kind, leftOut);
        };
    };
    const auto showing = [this, kind, included, sessionId = m_sessionId](bool forward) {
        if (sessionId == m_sessionId)
            show(kind, forward != included);
    };
    m_take({keeping(!included), keeping(included), showing});
}

void ContentModel::show(ContentKind kind, bool leftOut)
{
    m_leftOut.set(kind, leftOut);
    for (int row = 0; row < kinds; ++row) {
        if (kindAt(row) == kind)
            Q_EMIT dataChanged(index(row), index(row), {IncludedRole});
    }
}

void ContentModel::setReady(bool ready)
{
    if (ready == m_ready)
        return;
    m_ready = ready;
    Q_EMIT readyChanged();
}

QString ContentModel::title(ContentKind kind)
{
    switch (kind) {
    case ContentKind::Tools:
        return tr("Tool input and output");
    case ContentKind::Reasoning:
        return tr("Reasoning");
    case ContentKind::Diffs:
        return tr("File diffs");
    case ContentKind::Attachments:
        return tr("Attachments and images");
    case ContentKind::SystemPrompts:
        return tr("System prompts");
    case ContentKind::Models:
        return tr("Model and provider details");
    }
    return {};
}

} // namespace sharelock::app
