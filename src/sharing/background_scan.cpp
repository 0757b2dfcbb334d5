// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/background_scan.h"

#include "sharing/background_scan_worker.h"

namespace sharelock::sharing {

BackgroundScan::BackgroundScan(const Environment& environment, std::shared_ptr<Precedence> precedence,
                               Pace pace)
    : m_precedence(std::move(precedence))
    , m_worker(new BackgroundScanWorker(environment, m_precedence, pace))
{
    qRegisterMetaType<ScanNews>();
    m_thread.setObjectName(QStringLiteral("scan"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_worker, &BackgroundScanWorker::begin);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &BackgroundScanWorker::news, this, &BackgroundScan::news);
    m_thread.start();
}

BackgroundScan::~BackgroundScan()
{
    m_worker->stop();
    m_thread.quit();
    m_thread.wait();
}

void BackgroundScan::sessionsChanged()
{
    QMetaObject::invokeMethod(m_worker, &BackgroundScanWorker::sessionsChanged, Qt::QueuedConnection);
}

void BackgroundScan::choicesChanged()
{
    QMetaObject::invokeMethod(m_worker, &BackgroundScanWorker::choicesChanged, Qt::QueuedConnection);
}

void BackgroundScan::rulesChanged()
{
    QMetaObject::invokeMethod(m_worker, &BackgroundScanWorker::look, Qt::QueuedConnection);
}

} // namespace sharelock::sharing
