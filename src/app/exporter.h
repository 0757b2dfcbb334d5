// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QObject>

namespace sharelock::app {

//! \brief Writes all receipts, or all links, to a file. The file is written on the core thread.
class Exporter : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    //! \brief There is a file of this name: write() with \c replace goes on.
    Q_PROPERTY(bool exists READ exists NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)
public:
    enum class What
    {
        Receipts,
        Links
    };
    Q_ENUM(What)

    explicit Exporter(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool exists() const { return m_exists; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString errorDetail() const { return m_errorDetail; }

    //! \brief A path in the person's documents, with today's date.
    Q_INVOKABLE [[nodiscard]] QString suggestion(sharelock::app::Exporter::What what, bool json) const;
    //! \brief \p path with the ending of the format, where it had that of the other.
    Q_INVOKABLE [[nodiscard]] QString renamed(const QString& path, bool json) const;
    //! \brief A relative path is taken in the home folder. written() or a change of exists or errorText
    //! follows.
    Q_INVOKABLE void write(sharelock::app::Exporter::What what, const QString& path, bool json, bool replace);
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void changed();
    void written(const QString& path, int count);

private:
    CoreThread& m_core;
    bool m_busy = false;
    bool m_exists = false;
    QString m_errorText;
    QString m_errorDetail;
    quint64 m_request = 0;
};

} // namespace sharelock::app
