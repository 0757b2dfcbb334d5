// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/tray_menu.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QVariantMap>

#include <algorithm>

namespace sharelock::app {

//! \brief The interface's `(ia{sv}av)`: an entry with those below it.
struct MenuLayout
{
    int id = 0;
    QVariantMap properties;
    QList<QDBusVariant> children;
};

//! \brief `(ia{sv})`.
struct MenuProperties
{
    int id = 0;
    QVariantMap properties;
};

//! \brief `(isvu)`: something that happened to an entry.
struct MenuEvent
{
    int id = 0;
    QString event;
    QDBusVariant data;
    uint time = 0;
};

QDBusArgument& operator<<(QDBusArgument& argument, const MenuLayout& layout)
{
    argument.beginStructure();
    argument << layout.id << layout.properties << layout.children;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, MenuLayout& layout)
{
    argument.beginStructure();
    argument >> layout.id >> layout.properties >> layout.children;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const MenuProperties& properties)
{
    argument.beginStructure();
    argument << properties.id << properties.properties;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, MenuProperties& properties)
{
    argument.beginStructure();
    argument >> properties.id >> properties.properties;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const MenuEvent& event)
{
    argument.beginStructure();
    argument << event.id << event.event << event.data << event.time;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, MenuEvent& event)
{
    argument.beginStructure();
    argument >> event.id >> event.event >> event.data >> event.time;
    argument.endStructure();
    return argument;
}

namespace {

constexpr int rootId = 0;
constexpr uint onlyRevision = 1;

} // namespace

//! \brief What the tray reads and calls. Entries are numbered from 1; 0 is the menu itself. Types are written
//! out in full: Qt's D-Bus knows them by these names.
class TrayMenuObject : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "com.canonical.dbusmenu")
    // NOLINTBEGIN(readability-identifier-naming): the interface's own names.
    Q_PROPERTY(uint Version READ version CONSTANT)
    Q_PROPERTY(QString TextDirection READ textDirection CONSTANT)
    Q_PROPERTY(QString Status READ status CONSTANT)
    Q_PROPERTY(QStringList IconThemePath READ iconThemePath CONSTANT)
public:
    explicit TrayMenuObject(QStringList entries)
        : m_entries(std::move(entries))
    {
    }

    [[nodiscard]] static uint version() { return 3; }
    [[nodiscard]] static QString textDirection() { return QStringLiteral("ltr"); }
    [[nodiscard]] static QString status() { return QStringLiteral("normal"); }
    [[nodiscard]] static QStringList iconThemePath() { return {}; }

public Q_SLOTS:
    uint GetLayout(int parentId, int depth, const QStringList&, sharelock::app::MenuLayout& layout)
    {
        layout = {parentId, properties(parentId), {}};
        if (parentId != rootId || depth == 0)
            return onlyRevision;
        for (int id = 1; id <= m_entries.size(); ++id)
            layout.children.append(QDBusVariant(QVariant::fromValue(MenuLayout{id, properties(id), {}})));
        return onlyRevision;
    }

    QList<sharelock::app::MenuProperties> GetGroupProperties(const QList<int>& ids, const QStringList&)
    {
        QList<MenuProperties> all;
        for (int id = rootId; id <= m_entries.size(); ++id) {
            if (ids.isEmpty() || ids.contains(id))
                all.append({id, properties(id)});
        }
        return all;
    }

    QDBusVariant GetProperty(int id, const QString& name)
    {
        return QDBusVariant(properties(id).value(name, QString()));
    }

    void Event(int id, const QString& event, const QDBusVariant&, uint)
    {
        if (event == QLatin1String("clicked") && isEntry(id))
            Q_EMIT chosen(id - 1);
    }

    QList<int> EventGroup(const QList<sharelock::app::MenuEvent>& events)
    {
        QList<int> unknown;
        for (const MenuEvent& event : events) {
            if (event.id != rootId && !isEntry(event.id))
                unknown.append(event.id);
            Event(event.id, event.event, event.data, event.time);
        }
        return unknown;
    }

    bool AboutToShow(int) { return false; }

    QList<int> AboutToShowGroup(const QList<int>&, QList<int>& unknown)
    {
        unknown.clear();
        return {};
    }

    // NOLINTEND(readability-identifier-naming)

Q_SIGNALS:
    void chosen(int index);

private:
    [[nodiscard]] bool isEntry(int id) const
    {
        return id >= 1 && id <= m_entries.size() && !m_entries.at(id - 1).isEmpty();
    }

    [[nodiscard]] QVariantMap properties(int id) const
    {
        if (id == rootId)
            return {{QStringLiteral("children-display"), QStringLiteral("submenu")}};
        if (id < 1 || id > m_entries.size())
            return {};
        if (!isEntry(id))
            return {{QStringLiteral("type"), QStringLiteral("separator")}};
        // An underscore would mark the letter behind it.
        QString label = m_entries.at(id - 1);
        return {{QStringLiteral("label"), label.replace(QLatin1Char('_'), QLatin1String("__"))}};
    }

    QStringList m_entries;
};

TrayMenu::TrayMenu(const QStringList& entries, QObject* parent)
    : QObject(parent)
    , m_object(std::make_unique<TrayMenuObject>(entries))
{
    connect(m_object.get(), &TrayMenuObject::chosen, this, &TrayMenu::chosen);
}

TrayMenu::~TrayMenu() = default;

QString TrayMenu::path()
{
    return QStringLiteral("/MenuBar");
}

void TrayMenu::exportTo(QDBusConnection& bus)
{
    qDBusRegisterMetaType<MenuLayout>();
    qDBusRegisterMetaType<MenuProperties>();
    qDBusRegisterMetaType<QList<MenuProperties>>();
    qDBusRegisterMetaType<MenuEvent>();
    qDBusRegisterMetaType<QList<MenuEvent>>();
    qDBusRegisterMetaType<QList<int>>();
    bus.registerObject(path(), m_object.get(),
                       QDBusConnection::ExportAllProperties | QDBusConnection::ExportAllSlots);
}

} // namespace sharelock::app

Q_DECLARE_METATYPE(sharelock::app::MenuLayout)

#include "tray_menu.moc"
