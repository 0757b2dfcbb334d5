// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/findings_model.h"

#include <QAbstractListModel>

#include <functional>

namespace sharelock::app {

//! \brief The kinds of content of the session that is shown, how much there is of each, and whether a
//! snapshot carries it. A switch is remembered at once, as a step that can be undone.
class ContentModel : public QAbstractListModel
{
    Q_OBJECT
    //! \brief What is left out is known; before, nothing can be switched.
    Q_PROPERTY(bool ready READ isReady NOTIFY readyChanged)
public:
    enum Role
    {
        KeyRole = Qt::UserRole + 1, //!< `tools`, `system-prompts`.
        TitleRole,
        AmountRole, //!< How many there are in the original.
        BytesRole,  //!< Of all of them in the original.
        IncludedRole,
        HintRole //!< What there is to know before switching; may be empty.
    };

    using TakeStep = std::function<void(FindingsModel::Step step)>;
    explicit ContentModel(TakeStep take, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] bool isReady() const { return m_ready; }

    //! \brief What is shown now. Null: nothing is known yet, or a newer one is on its way.
    void setOffer(const QString& sessionId, const FindingsModel::OfferPtr& offer);

    Q_INVOKABLE void setIncluded(int row, bool included);

    [[nodiscard]] static QString title(redaction::ContentKind kind);

Q_SIGNALS:
    void readyChanged();

private:
    void show(redaction::ContentKind kind, bool leftOut);
    void setReady(bool ready);

    TakeStep m_take;
    QString m_sessionId;
    document::ContentCounts m_counts;
    redaction::ContentSet m_leftOut = redaction::ContentSet::leftOutByDefault();
    bool m_ready = false;
};

} // namespace sharelock::app
