// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/mark_walk.h"

#include "app/findings_model.h"
#include "app/transcript_model.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace sharelock::app {

namespace {

//! \brief The places of one finding: of its value, or of the pseudonym that it shares with others.
std::vector<const MarkPlace*> placesOf(const TranscriptRows& rows, const redaction::SecretText& value)
{
    const std::vector<MarkedValue>& values = rows.marks->values();
    const auto own = std::find_if(values.begin(), values.end(),
                                  [&value](const MarkedValue& one) { return one.value == value; });
    std::vector<const MarkPlace*> result;
    if (own == values.end())
        return result;
    const bool byPseudonym = !rows.marks->isOriginal() && own->decision == redaction::Decision::Redact;
    std::vector<bool> isMeant(values.size(), false);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool shares = byPseudonym && values[i].decision == redaction::Decision::Redact &&
                            values[i].pseudonym == own->pseudonym;
        isMeant[i] = shares || &values[i] == &*own;
    }
    for (const MarkPlace& place : rows.places) {
        if (isMeant[static_cast<std::size_t>(place.value)])
            result.push_back(&place);
    }
    return result;
}

} // namespace

MarkWalk::MarkWalk(const TranscriptModel& transcript, const FindingsModel& findings, QObject* parent)
    : QObject(parent)
    , m_transcript(transcript)
    , m_findings(findings)
{
    connect(&m_transcript, &TranscriptModel::sourceChanged, this, &MarkWalk::follow);
    connect(&m_transcript, &TranscriptModel::sessionIdChanged, this, &MarkWalk::leave);
    connect(&m_findings, &QAbstractItemModel::modelReset, this, &MarkWalk::leave);
}

int MarkWalk::findingOf(int value) const
{
    const auto source = m_transcript.source();
    const redaction::SecretText& text = source->marks->values()[static_cast<std::size_t>(value)].value;
    return text.reveal().empty() ? -1 : m_findings.rowOf(text);
}

void MarkWalk::stand(int finding, int place, int places, const MarkPlace& at)
{
    m_finding = finding;
    m_place = place;
    m_places = places;
    m_row = at.row;
    m_mark = at.mark;
    const TranscriptRow& row = m_transcript.source()->rows[static_cast<std::size_t>(at.row)];
    m_inRest = row.marks[static_cast<std::size_t>(at.mark)].field == MarkField::Rest;
    Q_EMIT moved();
}

bool MarkWalk::go(int finding, int step)
{
    const auto source = m_transcript.source();
    const redaction::SecretText* value = m_findings.valueAt(finding);
    const auto places =
        source && source->marks && value ? placesOf(*source, *value) : std::vector<const MarkPlace*>();
    if (places.empty()) {
        leave();
        m_finding = finding;
        Q_EMIT moved();
        return false;
    }
    const int count = static_cast<int>(places.size());
    const bool goesOn = finding == m_finding && m_place > 0;
    const int next = goesOn ? ((m_place - 1 + step) % count + count) % count : step < 0 ? count - 1 : 0;
    stand(finding, next + 1, count, *places[static_cast<std::size_t>(next)]);
    Q_EMIT arrived();
    return true;
}

bool MarkWalk::goOn(int row, int step)
{
    const auto source = m_transcript.source();
    if (!source || !source->marks)
        return false;
    const auto isHere = [&](const MarkPlace& place) { return place.row == m_row && place.mark == m_mark; };
    const auto& places = source->places;
    const int count = static_cast<int>(places.size());
    const auto here = std::find_if(places.begin(), places.end(), isHere);
    // Where the person has looked elsewhere meanwhile, on from there.
    int at = static_cast<int>(here - places.begin());
    if (here == places.end() || m_row != row) {
        const auto behind = std::find_if(places.begin(), places.end(), [&](const MarkPlace& place) {
            return step > 0 ? place.row >= row : place.row > row;
        });
        at = static_cast<int>(behind - places.begin()) - (step > 0 ? 1 : 0);
    }
    for (int tries = 0; tries < count; ++tries) {
        at = ((at + step) % count + count) % count;
        const MarkPlace& place = places[static_cast<std::size_t>(at)];
        if (take(place.row, place.mark) >= 0) {
            Q_EMIT arrived();
            return true;
        }
    }
    return false;
}

int MarkWalk::take(int row, int mark)
{
    const auto source = m_transcript.source();
    if (!source || !source->marks)
        return -1;
    const auto at = std::find_if(source->places.begin(), source->places.end(), [&](const MarkPlace& place) {
        return place.row == row && place.mark == mark;
    });
    const int finding = at == source->places.end() ? -1 : findingOf(at->value);
    const redaction::SecretText* value = m_findings.valueAt(finding);
    if (!value)
        return -1;
    const auto places = placesOf(*source, *value);
    const auto own = std::find(places.begin(), places.end(), &*at);
    stand(finding, static_cast<int>(own - places.begin()) + 1, static_cast<int>(places.size()), *at);
    return finding;
}

void MarkWalk::leave()
{
    m_finding = -1;
    m_place = 0;
    m_places = 0;
    m_row = -1;
    m_mark = -1;
    m_inRest = false;
    Q_EMIT moved();
}

//! \brief The same finding in the conversation as it is now, at the place with the same number.
void MarkWalk::follow()
{
    if (m_place == 0)
        return;
    const auto source = m_transcript.source();
    const redaction::SecretText* value = m_findings.valueAt(m_finding);
    const auto places =
        source && source->marks && value ? placesOf(*source, *value) : std::vector<const MarkPlace*>();
    if (places.empty()) {
        leave();
        return;
    }
    const int count = static_cast<int>(places.size());
    const int place = std::min(m_place, count);
    stand(m_finding, place, count, *places[static_cast<std::size_t>(place) - 1]);
}

} // namespace sharelock::app
