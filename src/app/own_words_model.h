// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QAbstractListModel>

#include <vector>

namespace sharelock::app {

//! \brief The words and patterns that the person always wants hidden, for the page Settings.
class OwnWordsModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    //! \brief Why the last word was not taken.
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged)
public:
    enum Role
    {
        WordRole = Qt::UserRole + 1,
        PatternRole,
        NumberRole
    };

    explicit OwnWordsModel(CoreThread& core, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_words.size()); }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    //! \brief Adds a word, or changes the one of that number; saved() when it was taken.
    Q_INVOKABLE void save(int number, const QString& text, bool isPattern);
    Q_INVOKABLE void remove(int number);
    Q_INVOKABLE void dropError();

    void begin();
    void clear();

Q_SIGNALS:
    void changed();
    void errorChanged();
    void saved();
    //! \brief What is hidden in every session is different now.
    void wordsChanged();

private:
    using Answer = Expected<std::vector<redaction::OwnWord>>;

    template <typename Act>
    void ask(Act act, bool isChange);
    void accept(const Answer& answer, bool isChange);
    void setErrorText(const QString& text);

    CoreThread& m_core;
    std::vector<redaction::OwnWord> m_words;
    QString m_errorText;
    quint64 m_world = 0; //!< Answers of an earlier one are ignored.
};

} // namespace sharelock::app
