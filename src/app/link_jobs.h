// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <deque>
#include <stop_token>

namespace sharelock::app {

//! \brief Runs takedowns and probes, and tells of each link. Lives on the GUI thread; the work does not.
class LinkJobs : public QObject
{
    Q_OBJECT
public:
    enum class Kind
    {
        Check,
        Unshare
    };

    explicit LinkJobs(CoreThread& core, QObject* parent = nullptr);
    ~LinkJobs() override;

    //! \brief Links that are queued or under way already are left out.
    void add(Kind kind, const std::vector<sharing::LinkId>& links);
    //! \brief Forgets what has not begun; what runs comes to its end, so that no link is left half done. How
    //! many takedowns have begun shows when the rest has been dropped.
    void cancel();
    //! \brief Another world comes: late answers are ignored.
    void clear();

    //! \brief For people: "Blanking…".
    [[nodiscard]] static QString stageText(sharing::TakedownStage stage);

    [[nodiscard]] bool isBusy() const { return !m_known.isEmpty(); }
    [[nodiscard]] int done() const { return m_done; }
    //! \brief Of the present round, those done included.
    [[nodiscard]] int todo() const { return m_todo; }

Q_SIGNALS:
    void countsChanged();
    //! \brief Empty text: no longer busy.
    void busy(const QString& linkName, const QString& text);
    //! \brief The link as it stands now: a takedown that was not proved counts as done too.
    void succeeded(const sharelock::sharing::Link& link, sharelock::app::LinkJobs::Kind kind);
    void failed(const QString& linkName, sharelock::app::LinkJobs::Kind kind, const sharelock::Error& error);
    //! \brief A round ended.
    void finished();

private:
    void pump();
    void check(const sharing::LinkId& id);
    void unshare(std::vector<sharing::LinkId> links);
    void onDone(Kind kind, const sharing::LinkId& id, const Expected<sharing::Link>& link);
    void drop(const sharing::LinkId& id);

    CoreThread& m_core;
    std::deque<sharing::LinkId> m_toCheck;
    int m_checking = 0;
    QSet<QString> m_known;     //!< All that are queued or under way.
    std::stop_source m_noMore; //!< Of the takedowns under way.
    int m_done = 0;
    int m_todo = 0;
    quint64 m_round = 0;
};

} // namespace sharelock::app
