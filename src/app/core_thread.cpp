// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/core_thread.h"

#include "sharing/share_modes.h"

#include <QThread>

#include <algorithm>
#include <list>

namespace sharelock::app {

//! \brief One thread with one manager. Built and joined on the GUI thread; all else happens on its own.
class CoreHost : public QObject
{
    Q_OBJECT
public:
    explicit CoreHost(CoreSetupFunction setup)
        : m_setup(std::move(setup))
    {
        m_thread.setObjectName(QStringLiteral("core"));
        moveToThread(&m_thread);
        m_thread.start();
    }

    ~CoreHost() override { m_thread.wait(); }

    [[nodiscard]] bool isFinished() const { return m_thread.isFinished(); }
    [[nodiscard]] QThread* hostThread() { return &m_thread; }

    void post(std::function<void(CoreHost&, sharing::ShareManager&)> job)
    {
        QMetaObject::invokeMethod(
            this,
            [this, job = std::move(job)] {
                if (m_manager && !m_closing)
                    job(*this, *m_manager);
            },
            Qt::QueuedConnection);
    }

    //! \brief Called once, after the signals are connected.
    void begin()
    {
        QMetaObject::invokeMethod(
            this, [this] { setUp(); }, Qt::QueuedConnection);
    }

    void end()
    {
        QMetaObject::invokeMethod(
            this, [this] { close(); }, Qt::QueuedConnection);
    }

    [[nodiscard]] std::shared_ptr<void> registerJob(const std::stop_source& stop)
    {
        const auto place = m_jobs.insert(m_jobs.end(), stop);
        // The token dies inside the coroutine's frame: what follows waits for the frame to be gone.
        return std::shared_ptr<void>(nullptr, [this, place](void*) {
            m_jobs.erase(place);
            if (m_closing && m_jobs.empty())
                QMetaObject::invokeMethod(
                    this, [this] { tearDown(); }, Qt::QueuedConnection);
        });
    }

Q_SIGNALS:
    void started(const sharelock::Environment& environment);
    void setupFailed(const sharelock::Error& error);
    void sessionsChanged();
    void linksChanged();
    void rulesChanged();
    void modesChanged();
    void scanned(const sharelock::sharing::ScanNews& news);

private:
    void setUp()
    {
        if (m_closing)
            return;
        auto setup = m_setup();
        m_setup = {};
        if (!setup) {
            Q_EMIT setupFailed(setup.error());
            return;
        }
        const Environment environment = setup->options.environment;
        m_world = std::move(setup->world);
        m_manager = std::make_unique<sharing::ShareManager>(std::move(setup->options));
        connect(m_manager.get(), &sharing::ShareManager::sessionsChanged, this, &CoreHost::sessionsChanged);
        connect(m_manager.get(), &sharing::ShareManager::linksChanged, this, &CoreHost::linksChanged);
        connect(m_manager.get(), &sharing::ShareManager::otherFoldersChanged, this, &CoreHost::linksChanged);
        connect(m_manager.get(), &sharing::ShareManager::rulesChanged, this, &CoreHost::rulesChanged);
        connect(&m_manager->modes(), &sharing::ShareModes::changed, this, &CoreHost::modesChanged);
        connect(m_manager.get(), &sharing::ShareManager::scanned, this, &CoreHost::scanned);
        Q_EMIT started(environment);
    }

    void close()
    {
        m_closing = true;
        if (m_jobs.empty()) {
            tearDown();
            return;
        }
        // A stop may end its job at once, and with it this list's entry.
        const std::vector<std::stop_source> jobs(m_jobs.begin(), m_jobs.end());
        for (const std::stop_source& job : jobs)
            job.request_stop();
    }

    void tearDown()
    {
        m_manager.reset();
        m_world.reset();
        m_thread.quit();
    }

    QThread m_thread;
    CoreSetupFunction m_setup;
    std::shared_ptr<void> m_world;
    std::unique_ptr<sharing::ShareManager> m_manager;
    std::list<std::stop_source> m_jobs; //!< One for each coroutine under way.
    bool m_closing = false;
};

CoreThread::CoreThread(QObject* parent)
    : QObject(parent)
{
    qRegisterMetaType<Environment>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<sharing::ScanNews>();
}

CoreThread::~CoreThread()
{
    retire();
}

void CoreThread::run(CoreSetupFunction setup)
{
    retire();
    m_environment = {};
    m_host = std::make_unique<CoreHost>(std::move(setup));
    auto* host = m_host.get();
    const auto present = [this, host] { return m_host.get() == host; };
    connect(host, &CoreHost::started, this, [this, present](const Environment& environment) {
        if (!present())
            return;
        m_environment = environment;
        Q_EMIT started();
    });
    connect(host, &CoreHost::setupFailed, this, [this, present](const Error& error) {
        if (present())
            Q_EMIT setupFailed(error);
    });
    connect(host, &CoreHost::sessionsChanged, this, [this, present] {
        if (present())
            Q_EMIT sessionsChanged();
    });
    connect(host, &CoreHost::linksChanged, this, [this, present] {
        if (present())
            Q_EMIT linksChanged();
    });
    connect(host, &CoreHost::rulesChanged, this, [this, present] {
        if (present())
            Q_EMIT rulesChanged();
    });
    connect(host, &CoreHost::modesChanged, this, [this, present] {
        if (present())
            Q_EMIT modesChanged();
    });
    connect(host, &CoreHost::scanned, this, [this, present](const sharing::ScanNews& news) {
        if (present())
            Q_EMIT scanned(news);
    });
    host->begin();
}

void CoreThread::retire()
{
    if (!m_host)
        return;
    auto* host = m_host.get();
    m_retired.push_back(std::move(m_host));
    connect(host->hostThread(), &QThread::finished, this,
            [this] { std::erase_if(m_retired, [](const auto& one) { return one->isFinished(); }); });
    host->end();
}

void CoreThread::post(Job job)
{
    if (m_host)
        m_host->post(std::move(job));
}

void CoreThread::cancel(std::stop_source stop)
{
    if (!stop.stop_possible())
        return;
    post([stop](CoreHost&, sharing::ShareManager&) mutable { stop.request_stop(); });
}

std::shared_ptr<void> CoreThread::registerJob(CoreHost& host, const std::stop_source& stop)
{
    return host.registerJob(stop);
}

} // namespace sharelock::app

#include "core_thread.moc"
