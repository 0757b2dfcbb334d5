// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/publish_controller.h"

#include "app/link_rows.h"
#include "app/progress_relay.h"
#include "app/when_done.h"

#include <chrono>

namespace sharelock::app {

namespace {

QString stageText(sharing::PublishStage stage)
{
    switch (stage) {
    case sharing::PublishStage::Reserving:
        return PublishController::tr("Preparing…");
    case sharing::PublishStage::Creating:
        return PublishController::tr("Creating the link…");
    case sharing::PublishStage::Sealing:
        return PublishController::tr("Keeping the key safe…");
    case sharing::PublishStage::Comparing:
        return PublishController::tr("Comparing with what is public…");
    case sharing::PublishStage::Uploading:
        return PublishController::tr("Uploading…");
    case sharing::PublishStage::Verifying:
        return PublishController::tr("Reading it back…");
    }
    return {};
}

} // namespace

PublishController::PublishController(CoreThread& core, OfferSource previewed, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_previewed(std::move(previewed))
{
    for (const auto changed : {&PublishController::offerChanged, &PublishController::vaultChanged,
                               &PublishController::runningChanged, &PublishController::kindChanged,
                               &PublishController::keptReasonChanged})
        connect(this, changed, this, &PublishController::canPublishChanged);
}

PublishController::~PublishController()
{
    m_core.cancel(m_stop);
}

void PublishController::setKind(Kind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    Q_EMIT kindChanged();
}

Expected<PublishController::Prepared> PublishController::prepareOffer(sharing::ShareManager& manager,
                                                                      const QString& sessionId,
                                                                      const Environment& environment,
                                                                      OfferPtr previewed)
{
    Prepared result;
    result.offer = std::move(previewed);
    if (!result.offer) {
        auto offer = manager.offer(sessionId);
        if (!offer)
            return tl::unexpected(offer.error());
        result.offer = std::make_shared<const sharing::PublishOffer>(std::move(*offer));
    }
    const auto secrets = manager.secretsInOriginal(*result.offer);
    if (!secrets)
        return tl::unexpected(secrets.error());
    result.secrets = static_cast<int>(*secrets);
    result.messages = static_cast<int>(result.offer->snapshot.document().messageCount());
    result.bytes = static_cast<double>(result.offer->snapshot.document().byteCount());
    const auto configured = manager.opencodeServerUrl();
    result.opencodeMissing =
        !(configured && !configured->isEmpty()) && opencode::opencodeProgram(environment).isEmpty();
    const auto expiry = manager.defaultExpiry().value_or(std::nullopt);
    result.expiryDays = expiry ? static_cast<int>(std::chrono::ceil<std::chrono::days>(*expiry).count()) : 0;
    return result;
}

QCoro::Task<Expected<PublishController::Prepared>>
PublishController::compareUpdate(sharing::ShareManager* manager, sharing::LinkId id, OfferPtr previewed,
                                 std::stop_token stop)
{
    auto update = co_await manager->offerUpdate(id, redaction::Hiding::Usual, std::move(previewed), stop);
    if (!update)
        co_return tl::unexpected(update.error());
    Prepared result;
    result.update = std::make_shared<const sharing::UpdateOffer>(*std::move(update));
    result.offer = OfferPtr(result.update, &result.update->offer);
    result.messages = static_cast<int>(result.update->difference.addedMessages);
    result.bytes = static_cast<double>(result.update->difference.bytes);
    co_return result;
}

const sharing::SnapshotDifference& PublishController::difference() const
{
    static const sharing::SnapshotDifference none;
    return m_prepared.update ? m_prepared.update->difference : none;
}

void PublishController::begin(const QString& sessionId, Kind kind)
{
    m_sessionId = sessionId;
    m_prepared = {};
    m_preparing = true;
    m_kind = kind;
    m_linkUrl.clear();
    m_stage.clear();
    m_sent = 0;
    m_totalBytes = 0;
    m_step = 0;
    m_oldLinkDoubt.clear();
    setError({});
    setKeptReason({});
    Q_EMIT kindChanged();
    Q_EMIT progressChanged();
    Q_EMIT offerChanged();
    askVault(false);
}

void PublishController::accept(const Expected<Prepared>& prepared)
{
    m_preparing = false;
    if (prepared) {
        m_prepared = *prepared;
        setRemoveAfterDays(m_prepared.expiryDays);
    } else
        setError(prepared.error());
    Q_EMIT offerChanged();
}

void PublishController::prepareUpdate(const QString& sessionId, const QString& linkName)
{
    if (m_running)
        return;
    begin(sessionId, Kind::Update);
    const auto compare = [id = linkOfName(linkName), previewed = m_previewed(sessionId)](
                             sharing::ShareManager& manager, std::stop_token stop) {
        return compareUpdate(&manager, id, previewed, std::move(stop));
    };
    whenDone(m_core.start(compare), this, [this, request = ++m_request](const Expected<Prepared>& prepared) {
        if (request == m_request)
            accept(prepared);
    });
}

void PublishController::prepare(const QString& sessionId)
{
    prepareAs(Kind::Snapshot, sessionId);
}

void PublishController::prepareAs(Kind kind, const QString& sessionId)
{
    if (m_running)
        return;
    begin(sessionId, kind);
    const auto work = [sessionId, environment = m_core.environment(),
                       previewed = m_previewed(sessionId)](sharing::ShareManager& manager) {
        return prepareOffer(manager, sessionId, environment, previewed);
    };
    whenDone(m_core.call(work), this, [this, request = ++m_request](const Expected<Prepared>& prepared) {
        if (request == m_request)
            accept(prepared);
    });
}

void PublishController::askVault(bool again)
{
    const auto open = [again](sharing::ShareManager& manager, std::stop_token) {
        return manager.openVault(again);
    };
    whenDone(m_core.start(open), this, [this, world = m_world](const sharing::VaultReport& report) {
        if (world != m_world)
            return;
        setVault(report);
        Q_EMIT vaultReported(report);
    });
}

void PublishController::retryVault()
{
    askVault(true);
}

void PublishController::useVaultFile()
{
    const auto move = [](sharing::ShareManager& manager, std::stop_token) {
        return manager.moveVault(sharing::VaultKind::File);
    };
    whenDone(m_core.start(move), this, [this, world = m_world](const Expected<sharing::VaultReport>& report) {
        if (world != m_world)
            return;
        if (!report) {
            setError(report.error());
            return;
        }
        setVault(*report);
        Q_EMIT vaultReported(*report);
    });
}

void PublishController::setVault(const sharing::VaultReport& report)
{
    if (report == m_vault)
        return;
    m_vault = report;
    Q_EMIT vaultChanged();
}

void PublishController::publish()
{
    if (!canPublish())
        return;
    setError({});
    m_linkUrl.clear();
    m_stop = std::stop_source();
    setRunning(true);
    if (m_kind == Kind::Replace) {
        replace();
        return;
    }
    if (m_kind != Kind::Live) {
        send();
        return;
    }
    m_stage = tr("Sharing through opencode…");
    Q_EMIT progressChanged();
    const auto share = [id = m_sessionId](sharing::ShareManager& manager, std::stop_token stop) {
        return manager.publishLive(id, stop);
    };
    whenDone(m_core.start(share, m_stop), this,
             [this, request = m_request](const Expected<sharing::Link>& link) {
                 if (request == m_request)
                     onDone(link);
             });
}

void PublishController::send()
{
    // The very document that was previewed.
    const auto send =
        [offer = m_prepared.offer, update = m_prepared.update, relay = relay(), days = m_removeAfterDays,
         reason = m_keptReason.trimmed()](sharing::ShareManager& manager, std::stop_token stop) {
            const auto observe = [relay](const sharing::PublishProgress& progress) { relay->tell(progress); };
            if (update) {
                sharing::UpdateOffer decidedUpdate = *update;
                decidedUpdate.offer.snapshot.keptReason = reason;
                return manager.update(std::move(decidedUpdate), observe, stop);
            }
            return manager.publish(decided(*offer, reason, days), observe, stop);
        };
    whenDone(m_core.start(send, m_stop), this,
             [this, request = m_request](const Expected<sharing::Link>& link) {
                 if (request == m_request)
                     onDone(link);
             });
}

std::shared_ptr<ProgressRelay> PublishController::relay()
{
    auto relay = ProgressRelay::make();
    connect(relay.get(), &ProgressRelay::published, this,
            [this, request = m_request](int stage, qint64 sent, qint64 total) {
                if (request == m_request && m_running)
                    onProgress(stage, sent, total);
            });
    connect(relay.get(), &ProgressRelay::takedown, this,
            [this, request = m_request](const sharing::LinkId&, int stage) {
                if (request == m_request && m_running)
                    onTakedown(static_cast<sharing::TakedownStage>(stage));
            });
    return relay;
}

sharing::PublishOffer PublishController::decided(const sharing::PublishOffer& offer, const QString& reason,
                                                 int days)
{
    sharing::PublishOffer result = offer;
    result.snapshot.keptReason = reason;
    if (days > 0)
        result.snapshot.removeAfter = std::chrono::days(days);
    return result;
}

void PublishController::setRemoveAfterDays(int days)
{
    if (days == m_removeAfterDays)
        return;
    m_removeAfterDays = days;
    Q_EMIT removeAfterChanged();
}

void PublishController::cancel()
{
    m_core.cancel(m_stop);
}

void PublishController::onProgress(int stage, qint64 sent, qint64 total)
{
    m_stage = stageText(static_cast<sharing::PublishStage>(stage));
    // Only the upload counts bytes; the stages around it leave the bar where it is.
    if (total > 0) {
        m_sent = static_cast<double>(sent);
        m_totalBytes = static_cast<double>(total);
    }
    Q_EMIT progressChanged();
}

void PublishController::onDone(const Expected<sharing::Link>& link)
{
    if (m_kind == Kind::Update) {
        // What is public has changed, so a next try compares anew.
        m_prepared = {};
        Q_EMIT offerChanged();
    } else if (m_kind == Kind::Snapshot || m_kind == Kind::Replace) {
        // Sent or half sent: its IDs are used up, and what a next try sends is prepared anew.
        m_prepared.offer.reset();
        Q_EMIT offerChanged();
        Q_EMIT offerUsed(m_sessionId);
    }
    if (link)
        m_linkUrl = link->url.toString();
    setError(link ? std::nullopt : std::optional(link.error()));
    setRunning(false);
    if (link && m_kind != Kind::Update)
        Q_EMIT published(m_linkUrl);
    Q_EMIT finished(link.has_value());
}

void PublishController::clear()
{
    cancel();
    ++m_request;
    ++m_world;
    m_sessionId.clear();
    m_prepared = {};
    m_preparing = false;
    m_linkUrl.clear();
    m_oldLinkDoubt.clear();
    m_vault = {};
    setError({});
    setRunning(false);
    Q_EMIT offerChanged();
    Q_EMIT vaultChanged();
}

void PublishController::setRunning(bool running)
{
    if (running == m_running)
        return;
    m_running = running;
    Q_EMIT runningChanged();
}

void PublishController::setError(const std::optional<Error>& error)
{
    m_failed = error.has_value();
    m_error = error.value_or(Error());
    Q_EMIT resultChanged();
}

} // namespace sharelock::app
