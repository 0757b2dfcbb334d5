// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QString>

#include <memory>

class QDBusServiceWatcher;

namespace sharelock::app {

class TrayItem;
class TrayMenu;

//! \brief Our place in the desktop's tray, as a StatusNotifierItem on the session bus: what KDE has, and
//! others with an extension. Straight on D-Bus, since Qt's own needs QtWidgets. Lives on the GUI thread and
//! never waits for the bus's answers.
class TrayIcon : public QObject
{
    Q_OBJECT
public:
    //! \param iconFile is read when it is shown.
    explicit TrayIcon(QString iconFile, QObject* parent = nullptr);
    ~TrayIcon() override;

    //! \brief Asks whether there is a tray, and follows it from then on. Once; availableChanged() tells.
    void look();
    [[nodiscard]] bool isAvailable() const { return m_isAvailable; }
    //! \brief Shown where, and for as long as, there is a tray.
    void setVisible(bool on);

Q_SIGNALS:
    void availableChanged();
    //! \brief The person clicked on it, or chose to open the window in its menu.
    void activated();
    //! \brief Chosen in its menu.
    void quitRequested();

private:
    void ask();
    void setAvailable(bool on);
    void update();

    QString m_iconFile;
    std::unique_ptr<QDBusServiceWatcher> m_watcher;
    std::unique_ptr<TrayItem> m_item;
    std::unique_ptr<TrayMenu> m_menu;
    bool m_isAvailable = false;
    bool m_isVisible = false;
};

} // namespace sharelock::app
