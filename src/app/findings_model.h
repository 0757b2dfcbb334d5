// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QAbstractListModel>

#include <functional>
#include <memory>
#include <variant>
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
    Q_PROPERTY(int hiddenSecrets READ hiddenSecrets NOTIFY changed)
    //! \brief All others that are hidden.
    Q_PROPERTY(int hiddenDetails READ hiddenDetails NOTIFY changed)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY undoChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged)
public:
    //! \brief As redaction::Decision, for QML.
    enum class Choice
    {
        Open,
        Redact,
        Keep
    };
    Q_ENUM(Choice)

    enum Role
    {
        TitleRole = Qt::UserRole + 1, //!< Of the rule.
        ReasonRole,
        KindRole, //!< `secret`, `personal`, `infrastructure`, `own-word`.
        MaskedRole,
        PlacesRole,
        PseudonymRole,
        ChoiceRole,
        SureRole
    };

    using OfferPtr = std::shared_ptr<const sharing::PublishOffer>;

    //! \brief A step that another part of the panel takes, undone and done again in line with the decisions.
    struct OtherStep
    {
        std::function<void(bool forward)> show; //!< At once, on this thread.
        std::function<Expected<void>(sharing::ShareManager& manager, bool forward)> keep;
    };

    explicit FindingsModel(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int open() const;
    [[nodiscard]] int hiddenSecrets() const;
    [[nodiscard]] int hiddenDetails() const;
    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < m_steps.size(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    //! \brief What is shown now. Rows keep their places as long as the values are the same; else what waits
    //! for the person comes first. Null: nothing is known yet.
    void setOffer(const QString& sessionId, const OfferPtr& offer);
    //! \brief Whether the last offer was made with all decisions: an older one would publish what was hidden
    //! since.
    [[nodiscard]] bool isSettled() const { return !m_awaitsOffer; }

    Q_INVOKABLE void decide(int row, sharelock::app::FindingsModel::Choice choice);
    //! \brief All that wait.
    Q_INVOKABLE void decideOpen(sharelock::app::FindingsModel::Choice choice);
    void take(OtherStep step);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    //! \brief The next row that waits, after \p row and around; -1 without one.
    Q_INVOKABLE [[nodiscard]] int nextOpen(int row) const;
    //! \brief The value itself, for the person who asks to see it.
    Q_INVOKABLE [[nodiscard]] QString revealed(int row) const;

Q_SIGNALS:
    void changed();
    void undoChanged();
    void errorChanged();
    //! \brief The decision is on disk.
    void decided();

private:
    using Row = redaction::FoundValue;
    //! \brief One value from one state to another.
    struct Change
    {
        redaction::SecretText value;
        redaction::Decision before = redaction::Decision::Open;
        bool beforeByPerson = false;
        redaction::Decision after = redaction::Decision::Open;
    };
    using Changes = std::vector<Change>;
    using Step = std::variant<Changes, OtherStep>;
    using Work = std::function<Expected<void>(sharing::ShareManager& manager)>;

    void add(Step step);
    void apply(const Step& step, bool forward);
    [[nodiscard]] Work apply(const Changes& changes, bool forward);
    void save(Work work);
    [[nodiscard]] bool hasSameValues(const std::vector<Row>& rows) const;
    void replaceRows(std::vector<Row> rows);
    void setErrorText(const QString& text);

    CoreThread& m_core;
    QString m_sessionId;
    OfferPtr m_offer; //!< Keeps the rules alive that the rows point to.
    std::vector<Row> m_rows;
    std::vector<Step> m_steps; //!< Of this session; those before m_done are in force.
    std::size_t m_done = 0;
    QString m_errorText;
    int m_saving = 0;
    bool m_awaitsOffer = false;
};

} // namespace sharelock::app
