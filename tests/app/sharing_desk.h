// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/activity_model.h"
#include "app/app_world.h"
#include "app/links_page.h"
#include "app/publish_controller.h"
#include "app/settings_page.h"
#include "app/transcript_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace sharelock::test {

inline constexpr int patience = 30'000;

//! \brief All view models of one window that take part in sharing, on one core, wired as the window does it.
struct Desk
{
    explicit Desk(const AppWorld& world,
                  const std::optional<sharing::VaultKind>& vault = sharing::VaultKind::File)
        : transcript(core)
        , links(core)
        , publish(core,
                  [this](const QString& id) {
                      return id == transcript.sessionId() ? transcript.offer() : nullptr;
                  })
        , activity(core)
        , settings(core)
        , transcriptTester(&transcript, QAbstractItemModelTester::FailureReportingMode::Fatal)
        , linksTester(links.model(), QAbstractItemModelTester::FailureReportingMode::Fatal)
        , historyTester(links.detailHistory(), QAbstractItemModelTester::FailureReportingMode::Fatal)
        , activityTester(&activity, QAbstractItemModelTester::FailureReportingMode::Fatal)
        , detailTester(links.detail(), QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        QObject::connect(&core, &app::CoreThread::started, &links, &app::LinksPage::begin);
        QObject::connect(&core, &app::CoreThread::started, &settings, &app::SettingsPage::begin);
        QObject::connect(&links, &app::LinksPage::refreshed, &activity, &app::ActivityModel::refresh);
        QObject::connect(&links, &app::LinksPage::vaultReported, &settings, &app::SettingsPage::setVault);
        QObject::connect(&activity, &app::ActivityModel::refreshed, &links,
                         [this] { links.setHistory(activity.rows()); });
        QObject::connect(&publish, &app::PublishController::finished, &links, &app::LinksPage::refresh);
        auto options = world.options();
        options.vault = vault;
        core.run([options]() -> Expected<app::CoreSetup> { return app::CoreSetup{options, nullptr}; });
    }

    //! \brief Publishes through the dialog. \returns the link's URL, empty when it failed.
    QString publishNow(const QString& sessionId)
    {
        publish.prepare(sessionId);
        if (!QTest::qWaitFor([this] { return publish.canPublish(); }, patience))
            return {};
        QSignalSpy finished(&publish, &app::PublishController::finished);
        publish.publish();
        if (!finished.wait(patience) || !finished.at(0).at(0).toBool())
            return {};
        const QString url = publish.linkUrl();
        return QTest::qWaitFor([&] { return rowOf(url) >= 0; }, patience) ? url : QString();
    }
    [[nodiscard]] int rowOf(const QString& url)
    {
        for (int row = 0; row < links.model()->rowCount(); ++row) {
            if (at(row, app::LinkListModel::UrlRole).toString() == url)
                return row;
        }
        return -1;
    }
    [[nodiscard]] QVariant at(int row, int role) { return links.model()->index(row, 0).data(role); }
    [[nodiscard]] QString stateOf(const QString& url)
    {
        return at(rowOf(url), app::LinkListModel::StateKeyRole).toString();
    }
    [[nodiscard]] QString idOf(const QString& url)
    {
        return at(rowOf(url), app::LinkListModel::LinkIdRole).toString();
    }

    app::CoreThread core;
    app::TranscriptModel transcript;
    app::LinksPage links;
    app::PublishController publish;
    app::ActivityModel activity;
    app::SettingsPage settings;
    QAbstractItemModelTester transcriptTester;
    QAbstractItemModelTester linksTester;
    QAbstractItemModelTester historyTester;
    QAbstractItemModelTester activityTester;
    QAbstractItemModelTester detailTester;
};

} // namespace sharelock::test
