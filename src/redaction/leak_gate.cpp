// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/leak_gate.h"

#include "base/thread_guard.h"
#include "redaction/leak_needles.h"
#include "redaction/leak_views.h"

#include <QString>

#include <functional>
#include <optional>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr int deepestEscapes = 3; //!< JSON inside of a text.
constexpr int deepestPercent = 2; //!< `%252F`.
constexpr int deepestPayload = 3; //!< A base64 text inside of a base64 text.

using Hit = LeakNeedles::Hit;

QString kindName(HiddenKind kind)
{
    switch (kind) {
    case HiddenKind::HomeFolder:
        return QStringLiteral("home folder");
    case HiddenKind::UserName:
        return QStringLiteral("user name");
    case HiddenKind::HostName:
        return QStringLiteral("host name");
    case HiddenKind::Secret:
        return QStringLiteral("secret");
    case HiddenKind::Personal:
        return QStringLiteral("personal detail");
    case HiddenKind::Infrastructure:
        return QStringLiteral("infrastructure detail");
    case HiddenKind::OwnWord:
        return QStringLiteral("own word");
    }
    return {};
}

//! \brief Searches \p text with one layer of encoding after the other taken off. The hit's offset is one in
//! \p text.
std::optional<Hit> searchLayers(const LeakNeedles& needles, std::string_view text, LeakView::Layer layer,
                                int depth)
{
    if (depth == 0)
        return std::nullopt;
    const LeakView view(text, layer, LeakView::Extent::Encoded);
    if (view.text().empty())
        return std::nullopt;
    std::optional<Hit> hit = needles.firstIn(view.text());
    if (!hit)
        hit = searchLayers(needles, view.text(), layer, depth - 1);
    if (hit)
        hit->offset = view.sourceOffset(hit->offset);
    return hit;
}

std::optional<Hit> searchText(const LeakNeedles& needles, std::string_view text, int payloadDepth)
{
    if (auto hit = needles.firstIn(text))
        return hit;
    if (auto hit = searchLayers(needles, text, LeakView::Layer::JsonEscapes, deepestEscapes))
        return hit;
    if (auto hit = searchLayers(needles, text, LeakView::Layer::Percent, deepestPercent))
        return hit;
    if (payloadDepth == 0)
        return std::nullopt;
    for (auto payload = nextTextPayload(text, 0); payload; payload = nextTextPayload(text, payload->offset)) {
        if (auto hit = searchText(needles, payload->text, payloadDepth - 1))
            return Hit{payload->offset, hit->kind};
    }
    return std::nullopt;
}

} // namespace

LeakGate::LeakGate(const RedactionPlan& plan)
    : m_needles(std::make_shared<const LeakNeedles>(plan))
    , m_hiddenValues(plan.hidden.size())
{
}

Expected<GateVerdict> LeakGate::check(std::string_view requestBytes) const
{
    assertOffGuiThread("searching for leaks");
    const LeakView texts(requestBytes, LeakView::Layer::JsonEscapes, LeakView::Extent::All);
    if (const auto hit = searchText(*m_needles, texts.text(), deepestPayload)) {
        const auto offset = static_cast<qulonglong>(texts.sourceOffset(hit->offset));
        return fail(ErrorCode::LeakFound,
                    QStringLiteral("%1 at byte %2").arg(kindName(hit->kind)).arg(offset));
    }
    return GateVerdict{m_hiddenValues, requestBytes.size()};
}

} // namespace sharelock::redaction
