// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/own_words_model.h"

#include "app/when_done.h"

#include <utility>

namespace sharelock::app {

OwnWordsModel::OwnWordsModel(CoreThread& core, QObject* parent)
    : QAbstractListModel(parent)
    , m_core(core)
{
}

int OwnWordsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant OwnWordsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const redaction::OwnWord& word = m_words[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case WordRole:
        return QString::fromStdString(word.text);
    case PatternRole:
        return word.isPattern;
    case NumberRole:
        return static_cast<int>(word.number);
    default:
        return {};
    }
}

QHash<int, QByteArray> OwnWordsModel::roleNames() const
{
    return {{WordRole, "word"}, {PatternRole, "isPattern"}, {NumberRole, "number"}};
}

template <typename Act>
void OwnWordsModel::ask(Act act, bool isChange)
{
    const auto work = [act](sharing::ShareManager& manager) -> Answer {
        if (const Expected<void> done = act(manager); !done)
            return tl::unexpected(done.error());
        return manager.ownWords();
    };
    whenDone(m_core.call(work), this, [this, isChange, world = m_world](const Answer& answer) {
        if (world == m_world)
            accept(answer, isChange);
    });
}

void OwnWordsModel::begin()
{
    ask([](sharing::ShareManager&) { return Expected<void>(); }, false);
}

void OwnWordsModel::save(int number, const QString& text, bool isPattern)
{
    const redaction::OwnWord word{number, text.trimmed().toStdString(), isPattern};
    ask([word](sharing::ShareManager& manager) { return manager.saveOwnWord(word); }, true);
}

void OwnWordsModel::remove(int number)
{
    ask([number](sharing::ShareManager& manager) { return manager.removeOwnWord(number); }, true);
}

void OwnWordsModel::accept(const Answer& answer, bool isChange)
{
    setErrorText(answer ? QString() : caption(answer.error()));
    if (!answer)
        return;
    if (*answer != m_words) {
        beginResetModel();
        m_words = *answer;
        endResetModel();
        Q_EMIT changed();
    }
    if (isChange) {
        Q_EMIT saved();
        Q_EMIT wordsChanged();
    }
}

void OwnWordsModel::dropError()
{
    setErrorText({});
}

void OwnWordsModel::clear()
{
    ++m_world;
    beginResetModel();
    m_words.clear();
    endResetModel();
    setErrorText({});
    Q_EMIT changed();
}

void OwnWordsModel::setErrorText(const QString& text)
{
    if (text == m_errorText)
        return;
    m_errorText = text;
    Q_EMIT errorChanged();
}

} // namespace sharelock::app
