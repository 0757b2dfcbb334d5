// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/session_rows.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>
#include <stop_token>

namespace sharelock::app {

//! \brief Finds the sessions in whose messages the words of a search stand that their title and project lack.
//! Begins when a person stops typing, ends when they go on, and looks again into sessions that change.
//! Lives on the GUI thread; the work does not.
class MessageSearch : public QObject
{
    Q_OBJECT
public:
    explicit MessageSearch(CoreThread& core, QObject* parent = nullptr);
    ~MessageSearch() override;

    //! \brief Forgets what was found, and begins anew.
    void find(const QStringList& words, SessionRowsPtr rows);
    //! \brief The sessions as they are now; those that are new or have changed are looked into.
    void follow(SessionRowsPtr rows);

    //! \brief IDs of sessions.
    [[nodiscard]] const QSet<QString>& found() const { return m_found; }
    //! \brief It goes on, or is about to begin.
    [[nodiscard]] bool isBusy() const { return m_isRunning || m_pause.isActive(); }
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int total() const { return m_total; }
    //! \brief Why it ended early; empty otherwise.
    [[nodiscard]] QString problem() const { return m_problem; }

Q_SIGNALS:
    void foundChanged();
    //! \brief isBusy(), done(), total(), problem().
    void progressChanged();

private:
    void cancel();
    void begin();
    void onProgress(const sharing::MessageSearchProgress& progress);
    void onDone(const std::vector<sharing::SearchedSession>& sessions, const Expected<QStringList>& found);

    CoreThread& m_core;
    QTimer m_pause; //!< While a person types.
    QStringList m_words;
    SessionRowsPtr m_rows;
    QSet<QString> m_found;
    QHash<QString, QDateTime> m_seen; //!< When the sessions that were looked into had been updated.
    bool m_isRunning = false;
    int m_done = 0;
    int m_total = 0;
    QString m_problem;
    std::stop_source m_stop{std::nostopstate};
    quint64 m_request = 0; //!< Answers to earlier ones are ignored.
};

} // namespace sharelock::app
