// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QStringList>

#include <memory>

namespace sharelock::app {

class TrayMenuObject;

//! \brief The menu of our place in the tray, as `com.canonical.dbusmenu` (version 3): the tray draws it. A
//! list of entries that never changes. Source: com.canonical.dbusmenu.xml of libdbusmenu.
class TrayMenu : public QObject
{
    Q_OBJECT
public:
    //! \param entries in their order, translated; an empty one is a line between the others.
    explicit TrayMenu(const QStringList& entries, QObject* parent = nullptr);
    ~TrayMenu() override;

    [[nodiscard]] static QString path();
    //! \brief Puts it at path() of a connection that has nothing there.
    void exportTo(QDBusConnection& bus);

Q_SIGNALS:
    //! \brief The person chose the entry with this index.
    void chosen(int index);

private:
    std::unique_ptr<TrayMenuObject> m_object;
};

} // namespace sharelock::app
