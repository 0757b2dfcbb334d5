// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QObject>

#include <stop_token>

namespace sharelock::app {

//! \brief The search for the lost key of one link. Lives on the GUI thread; the work does not.
class KeySearch : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY changed)
    //! \brief From 0 to 1, below 0 while its length is not known.
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    //! \brief What is being done, or what was: files, bytes, candidates.
    Q_PROPERTY(QString text READ text NOTIFY changed)
    //! \brief A ready-made removal request; empty unless the key was not found.
    Q_PROPERTY(QString request READ request NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)
public:
    enum class State
    {
        Idle,
        Searching,
        Found,
        NotFound,
        Failed
    };
    Q_ENUM(State)

    explicit KeySearch(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] double progress() const { return m_progress; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QString request() const { return m_request; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString errorDetail() const { return m_errorDetail; }

    //! \brief Which link is looked at; another one ends the search.
    Q_INVOKABLE void show(const QString& url);
    Q_INVOKABLE void start();
    Q_INVOKABLE void cancel();
    //! \brief Another world comes.
    void clear();

Q_SIGNALS:
    void changed();
    //! \brief The link may be another than before.
    void ended();

private:
    void onProgress(const sharing::RecoveryProgress& progress);
    void onDone(const Expected<sharing::KeyRecovery>& recovery);
    void stop();

    CoreThread& m_core;
    QString m_url;
    State m_state = State::Idle;
    double m_progress = -1;
    QString m_text;
    QString m_request;
    QString m_errorText;
    QString m_errorDetail;
    std::stop_source m_stop;
    quint64 m_round = 0;
};

} // namespace sharelock::app
