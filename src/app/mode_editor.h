// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/mode_rows.h"

#include <QObject>

#include <optional>

namespace sharelock::app {

//! \brief The change of one place's share mode: chosen, shown, written, proved, taken back. Lives on the GUI
//! thread; reading and writing do not.
class ModeEditor : public QObject
{
    Q_OBJECT
    //! \brief The mode that is chosen and not saved; empty: none. `unset`: the place's own word goes.
    Q_PROPERTY(QString wanted READ wanted NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    //! \brief A file can be written: the place's own, or with `instead` one that holds for others, too.
    Q_PROPERTY(bool ready READ isReady NOTIFY changed)
    Q_PROPERTY(bool instead READ isInstead NOTIFY changed)
    //! \brief What stands in the way or is worth knowing, in a sentence.
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(bool locked READ isLocked NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed)
    //! \brief Maps: kind (-1 removed, 0 context, 1 added), text.
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    //! \brief What auto means here; empty for the other modes.
    Q_PROPERTY(QString autoText READ autoText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY changed)
    //! \brief What the last save came to; empty when there was none for this place.
    Q_PROPERTY(QString savedText READ savedText NOTIFY changed)
    //! \brief opencode itself was asked and says something else, or could not be asked.
    Q_PROPERTY(bool savedDoubt READ hasDoubt NOTIFY changed)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed)
public:
    explicit ModeEditor(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] QString wanted() const { return m_wanted; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isReady() const { return change() != nullptr; }
    [[nodiscard]] bool isInstead() const { return m_plan && !m_plan->change && m_plan->instead; }
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] bool isLocked() const;
    [[nodiscard]] QString file() const;
    [[nodiscard]] QVariantList lines() const { return m_lines; }
    [[nodiscard]] QString autoText() const;
    [[nodiscard]] QString errorText() const { return m_error ? caption(*m_error) : QString(); }
    [[nodiscard]] QString errorDetail() const { return m_error ? m_error->detail : QString(); }
    [[nodiscard]] QString savedText() const { return m_saved; }
    [[nodiscard]] bool hasDoubt() const { return m_doubt; }
    [[nodiscard]] bool canUndo() const { return m_undo.has_value(); }

    //! \brief Another place: what was chosen and not saved is forgotten.
    void show(const QString& directory, double sessionsPerDay);
    void clear();
    //! \brief Files changed: what was shown of them is made anew.
    void refresh();

    Q_INVOKABLE void choose(const QString& modeKey);
    Q_INVOKABLE void discard();
    Q_INVOKABLE void save();
    Q_INVOKABLE void undo();

Q_SIGNALS:
    void changed();
    //! \brief A file was written.
    void written();

private:
    //! \brief What the core found out, and how it is shown.
    struct Planned
    {
        Expected<opencode::ModePlan> plan;
        QVariantList lines;
    };
    static Planned planFor(sharing::ShareManager& manager, const QString& directory, const QString& key);
    //! \brief What the core did: the place's mode afterwards, and what opencode says of it.
    struct Outcome
    {
        Expected<opencode::ModeReport> report;
        Expected<opencode::ShareMode> echo;
        opencode::ModeChange undo;
    };
    static QCoro::Task<Outcome> write(sharing::ShareManager& manager, opencode::ModeChange change,
                                      std::stop_token stop);

    [[nodiscard]] const opencode::ModeChange* change() const;
    void plan();
    void accept(const Planned& planned);
    void acceptOutcome(const Outcome& outcome);
    [[nodiscard]] QString noteOf(const opencode::ModePlan& plan) const;
    void forgetPlan();
    [[nodiscard]] QString place(const QString& path) const;

    CoreThread& m_core;
    QString m_directory;
    double m_perDay = 0;
    QString m_wanted;
    std::optional<opencode::ModePlan> m_plan;
    QVariantList m_lines;
    QString m_note;
    std::optional<Error> m_error;
    QString m_saved;
    bool m_doubt = false;
    std::optional<opencode::ModeChange> m_undo;
    bool m_busy = false;
    quint64 m_round = 0; //!< Answers for an earlier choice are ignored.
};

} // namespace sharelock::app
