// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

namespace sharelock::app {

class FindingsModel;
class TranscriptModel;
struct MarkPlace;

//! \brief Goes from place to place of a finding in the conversation that is shown, and from finding to
//! finding. Lives on the GUI thread.
class MarkWalk : public QObject
{
    Q_OBJECT
    //! \brief Row of the findings whose places are gone through; -1 without one.
    Q_PROPERTY(int finding READ finding NOTIFY moved)
    //! \brief Which of its places, from 1; 0 before the first.
    Q_PROPERTY(int place READ place NOTIFY moved)
    Q_PROPERTY(int places READ places NOTIFY moved)
    //! \brief Row of the conversation, and the mark in it; -1 while nowhere.
    Q_PROPERTY(int row READ row NOTIFY moved)
    Q_PROPERTY(int mark READ mark NOTIFY moved)
    //! \brief The place is in what the block does not show.
    Q_PROPERTY(bool inRest READ isInRest NOTIFY moved)
public:
    MarkWalk(const TranscriptModel& transcript, const FindingsModel& findings, QObject* parent = nullptr);

    [[nodiscard]] int finding() const { return m_finding; }
    [[nodiscard]] int place() const { return m_place; }
    [[nodiscard]] int places() const { return m_places; }
    [[nodiscard]] int row() const { return m_row; }
    [[nodiscard]] int mark() const { return m_mark; }
    [[nodiscard]] bool isInRest() const { return m_inRest; }

    //! \brief To the first place of \p finding, or from where it is \p step places on, around.
    //! \returns whether it has one in the conversation.
    Q_INVOKABLE bool go(int finding, int step);
    //! \brief To the next mark of a finding behind (\p step 1) or before (-1) where it is, or else \p row.
    Q_INVOKABLE bool goOn(int row, int step);
    //! \brief To that very mark. \returns the finding's row; -1 where the mark is no finding's.
    Q_INVOKABLE int take(int row, int mark);
    //! \brief Nowhere.
    Q_INVOKABLE void leave();

Q_SIGNALS:
    void moved();
    //! \brief At a place, maybe the one where it was.
    void arrived();

private:
    [[nodiscard]] int findingOf(int value) const;
    void follow();
    void stand(int finding, int place, int places, const MarkPlace& at);

    const TranscriptModel& m_transcript;
    const FindingsModel& m_findings;
    int m_finding = -1;
    int m_place = 0;
    int m_places = 0;
    int m_row = -1;
    int m_mark = -1;
    bool m_inRest = false;
};

} // namespace sharelock::app
