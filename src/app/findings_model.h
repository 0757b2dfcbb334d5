// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/transcript_rows.h"

#include <QAbstractListModel>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sharelock::app {

//! \brief What the scanner found in the session that is shown, by value, and what is decided about each. A
//! decision is remembered at once; whoever shows the session reads it anew on decided().
class FindingsModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    //! \brief Waiting for the person: neither hidden nor kept.
    Q_PROPERTY(int open READ open NOTIFY changed)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY undoChanged)
    //! \brief Why the last choice was not taken.
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged)
    //! \brief What is wrong in files of the person's or the project's own rules, a line each: it was left
    //! out.
    Q_PROPERTY(QString rulesText READ rulesText NOTIFY changed)
    //! \brief How many pseudonyms there are of hidden values, each counted once.
    Q_PROPERTY(int hiddenNames READ hiddenNames NOTIFY changed)
    //! \brief Of the session that is shown. Foreign text.
    Q_PROPERTY(QString projectName READ projectName NOTIFY changed)
public:
    //! \brief As redaction::Decision, for QML.
    enum class Choice
    {
        Open,
        Redact,
        Keep
    };
    Q_ENUM(Choice)

    //! \brief As redaction::DecisionScope, for QML.
    enum class Scope
    {
        Session,
        Project,
        Always
    };
    Q_ENUM(Scope)

    enum Role
    {
        TitleRole = Qt::UserRole + 1, //!< Of the rule.
        ReasonRole,
        KindRole, //!< `secret`, `personal`, `infrastructure`, `own-word`.
        MaskedRole,
        PlacesRole,
        PseudonymRole,
        ChoiceRole,
        SureRole,
        ScopeRole,   //!< Of the person's choice; Session without one.
        RenamedRole, //!< The person gave it its pseudonym, or that of another value.
        WhereRole,   //!< Where it stands first, in words; empty while that is not known.
    };

    using Act = std::function<Expected<void>(sharing::ShareManager&)>;
    //! \brief A choice that can be taken back. Whoever has choices of its own about the session that is shown
    //! makes one of these, so that all choices are taken back in the order in which they were made.
    struct Step
    {
        Act forward;  //!< On the core thread. An error is shown, and the step forgotten.
        Act backward; //!< Undoes forward.
        //! \brief Shows at once what will be, on the thread that draws. True: forward. May be empty.
        std::function<void(bool forward)> show;
    };

    using OfferPtr = std::shared_ptr<const sharing::PublishOffer>;

    explicit FindingsModel(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int open() const;
    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < m_steps.size(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString rulesText() const;
    [[nodiscard]] int hiddenNames() const { return static_cast<int>(otherPseudonyms(-1).size()); }
    [[nodiscard]] QString projectName() const;

    //! \brief What is shown now. Rows keep their places as long as the values are the same; else what waits
    //! for the person comes first. Null: nothing is known yet.
    void setOffer(const QString& sessionId, const OfferPtr& offer);
    //! \brief Whether the last offer was made with all decisions: an older one would publish what was hidden
    //! since.
    [[nodiscard]] bool isSettled() const { return !m_awaitsOffer; }

    //! \brief Does the step and remembers it for undo(). Does nothing without a session.
    void take(Step step);

    //! \brief In this session.
    Q_INVOKABLE void decide(int row, sharelock::app::FindingsModel::Choice choice);
    Q_INVOKABLE void keep(int row, sharelock::app::FindingsModel::Scope scope);
    //! \brief All that wait.
    Q_INVOKABLE void decideOpen(sharelock::app::FindingsModel::Choice choice);
    //! \brief Hides a text everywhere in this session. errorText tells why it can't be.
    Q_INVOKABLE void redactText(const QString& text);
    //! \brief Another pseudonym; empty for the usual one.
    Q_INVOKABLE void rename(int row, const QString& name);
    //! \brief The same pseudonym as that of another value, one of otherPseudonyms().
    Q_INVOKABLE void merge(int row, const QString& pseudonym);
    //! \brief Those of the other values that are hidden, each once; of all, without a row.
    Q_INVOKABLE [[nodiscard]] QStringList otherPseudonyms(int row) const;
    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    //! \brief The next row that waits, after \p row and around; -1 without one.
    Q_INVOKABLE [[nodiscard]] int nextOpen(int row) const;
    //! \brief The value itself, for the person who asks to see it.
    Q_INVOKABLE [[nodiscard]] QString revealed(int row) const;
    //! \brief The value of a row; null without that row. Until the next change.
    [[nodiscard]] const redaction::SecretText* valueAt(int row) const;
    [[nodiscard]] int rowOf(const redaction::SecretText& value) const;
    //! \brief Where the values stand, in words, from the blocks that are shown.
    void setShown(const TranscriptRowsPtr& shown);

Q_SIGNALS:
    void changed();
    void undoChanged();
    void errorChanged();
    //! \brief A step was done and is on disk, or was not and errorText tells why.
    void taken(bool ok);
    //! \brief All steps so far are on disk.
    void decided();

private:
    using Row = redaction::FoundValue;
    //! \brief What is decided about one value, from one state to another.
    struct Change
    {
        redaction::SecretText value;
        redaction::ScopedDecisions before{};
        redaction::ScopedDecisions after{};
    };
    struct NumberedStep : Step
    {
        quint64 number = 0;
    };

    [[nodiscard]] Step deciding(std::vector<Change> changes);
    [[nodiscard]] static Change change(const Row& row, redaction::Decision decision,
                                       redaction::DecisionScope scope);
    void show(const std::vector<Change>& changes, bool forward);
    void name(int row, const QString& name, sharing::Naming naming);
    void run(const NumberedStep& step, bool forward);
    void forget(quint64 number);
    [[nodiscard]] const Row* rowAt(int row) const;
    [[nodiscard]] bool hasSameValues(const std::vector<Row>& rows) const;
    void replaceRows(std::vector<Row> rows);
    void setErrorText(const QString& text);
    [[nodiscard]] QString where(const redaction::SecretText& value) const;

    CoreThread& m_core;
    QString m_sessionId;
    OfferPtr m_offer; //!< Keeps the rules alive that the rows point to.
    std::vector<Row> m_rows;
    TranscriptRowsPtr m_shown;
    std::vector<NumberedStep> m_steps; //!< Of this session; those before m_done are in force.
    std::size_t m_done = 0;
    quint64 m_number = 0;
    QString m_errorText;
    int m_saving = 0;
    bool m_awaitsOffer = false;
};

} // namespace sharelock::app
