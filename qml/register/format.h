// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <QVariantMap>
#include <QtQml/qqml.h>

namespace sharelock::qml {

//! \brief How values read on the screen, and typed access to values that QML sees as a map.
//! Times take the present minute as an argument, so that a binding is computed anew when it changes.
class Format : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    //! \brief For a column: "12 min". Empty for no time.
    Q_INVOKABLE [[nodiscard]] QString age(const QDateTime& at, const QDateTime& minute) const;
    //! \brief Inside a sentence: "12 min ago", "yesterday", "18 Oct". Empty for no time.
    Q_INVOKABLE [[nodiscard]] QString since(const QDateTime& at, const QDateTime& minute) const;
    //! \brief For a column: "in 6 days", "in 3 h"; a dash for no time.
    Q_INVOKABLE [[nodiscard]] QString until(const QDateTime& at, const QDateTime& minute) const;
    //! \brief Time of the day, in the person's locale and time zone.
    Q_INVOKABLE [[nodiscard]] QString clock(const QDateTime& at) const;
    Q_INVOKABLE [[nodiscard]] QString number(int value) const;

    //! \brief The texts that are not empty, side by side.
    Q_INVOKABLE [[nodiscard]] QString parts(const QStringList& texts) const;
    //! \brief The sentences that are not empty.
    Q_INVOKABLE [[nodiscard]] QString sentences(const QStringList& texts) const;
    //! \brief The texts that are not empty, as a screen reader says them.
    Q_INVOKABLE [[nodiscard]] QString spoken(const QStringList& texts) const;

    Q_INVOKABLE [[nodiscard]] QString text(const QVariantMap& map, const QString& key) const;
    Q_INVOKABLE [[nodiscard]] QDateTime time(const QVariantMap& map, const QString& key) const;
    Q_INVOKABLE [[nodiscard]] int integer(const QVariantMap& map, const QString& key, int otherwise) const;
    Q_INVOKABLE [[nodiscard]] bool flag(const QVariantMap& map, const QString& key) const;
};

} // namespace sharelock::qml
