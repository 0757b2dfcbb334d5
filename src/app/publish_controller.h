// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace sharelock::app {

class ProgressRelay;

//! \brief The publish dialog: what would leave, and the one explicit act that sends it.
class PublishController : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY kindChanged)
    Q_PROPERTY(QString sessionId READ sessionId NOTIFY offerChanged)
    Q_PROPERTY(bool preparing READ isPreparing NOTIFY offerChanged)
    Q_PROPERTY(bool ready READ isReady NOTIFY offerChanged)
    Q_PROPERTY(bool canPublish READ canPublish NOTIFY canPublishChanged)
    Q_PROPERTY(QString title READ title NOTIFY offerChanged)
    Q_PROPERTY(QString server READ server NOTIFY offerChanged)
    Q_PROPERTY(int messages READ messages NOTIFY offerChanged)
    Q_PROPERTY(double bytes READ bytes NOTIFY offerChanged)
    Q_PROPERTY(int replacedValues READ replacedValues NOTIFY offerChanged)
    Q_PROPERTY(int replacedPlaces READ replacedPlaces NOTIFY offerChanged)
    Q_PROPERTY(QString gateText READ gateText NOTIFY offerChanged)
    // Of an update, beside `messages`, which are the new ones then:
    Q_PROPERTY(int changedItems READ changedItems NOTIFY offerChanged)
    //! \brief Of these: what hides something that is public.
    Q_PROPERTY(int hiddenItems READ hiddenItems NOTIFY offerChanged)
    Q_PROPERTY(int blankedItems READ blankedItems NOTIFY offerChanged)
    //! \brief Nothing is to be sent.
    Q_PROPERTY(bool upToDate READ isUpToDate NOTIFY offerChanged)
    //! \brief Findings that nobody has decided about: a snapshot waits for them.
    Q_PROPERTY(int openFindings READ openFindings NOTIFY offerChanged)
    //! \brief Sure secrets that the person keeps: a snapshot with them needs a reason.
    Q_PROPERTY(int keptSecrets READ keptSecrets NOTIFY offerChanged)
    //! \brief Kinds of content that are left out, each with its number.
    Q_PROPERTY(QString leftOut READ leftOut NOTIFY offerChanged)
    //! \brief Secrets in the original: what a live link would expose.
    Q_PROPERTY(int secrets READ secrets NOTIFY offerChanged)
    Q_PROPERTY(QString keptReason READ keptReason WRITE setKeptReason NOTIFY keptReasonChanged)
    //! \brief Why that reason will not do; empty if it will, or is not there yet.
    Q_PROPERTY(QString keptReasonProblem READ keptReasonProblem NOTIFY keptReasonChanged)
    //! \brief A snapshot goes after so many days; 0: never.
    Q_PROPERTY(int removeAfterDays READ removeAfterDays WRITE setRemoveAfterDays NOTIFY removeAfterChanged)
    Q_PROPERTY(QString disabledReason READ disabledReason NOTIFY offerChanged)
    Q_PROPERTY(QString vaultProblem READ vaultProblem NOTIFY vaultChanged)
    Q_PROPERTY(bool vaultFileOffered READ vaultFileOffered NOTIFY vaultChanged)
    Q_PROPERTY(bool opencodeMissing READ opencodeMissing NOTIFY offerChanged)
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged)
    Q_PROPERTY(QString stage READ stage NOTIFY progressChanged)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    Q_PROPERTY(double sentBytes READ sentBytes NOTIFY progressChanged)
    Q_PROPERTY(double totalBytes READ totalBytes NOTIFY progressChanged)
    Q_PROPERTY(QString linkUrl READ linkUrl NOTIFY resultChanged)
    // Of a replacement:
    //! \brief 1 while the snapshot is published, 2 while the old link is taken down.
    Q_PROPERTY(int step READ step NOTIFY progressChanged)
    //! \brief The snapshot is public; why the old link may be so too. Empty when it is proved to be gone.
    Q_PROPERTY(QString oldLinkDoubt READ oldLinkDoubt NOTIFY resultChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY resultChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY resultChanged)
public:
    enum class Kind
    {
        Snapshot,
        Live,
        Update, //!< Of the snapshot that there is.
        Replace //!< A snapshot, and then a live link goes.
    };
    Q_ENUM(Kind)

    using OfferPtr = std::shared_ptr<const sharing::PublishOffer>;
    //! \brief The offer that the preview shows for a session; null when it shows none.
    using OfferSource = std::function<OfferPtr(const QString& sessionId)>;

    explicit PublishController(CoreThread& core, OfferSource previewed, QObject* parent = nullptr);
    ~PublishController() override;

    [[nodiscard]] Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    [[nodiscard]] QString sessionId() const { return m_sessionId; }
    [[nodiscard]] bool isPreparing() const { return m_preparing; }
    [[nodiscard]] bool isReady() const { return m_prepared.offer != nullptr; }
    [[nodiscard]] bool canPublish() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString server() const;
    [[nodiscard]] int messages() const { return m_prepared.messages; }
    [[nodiscard]] double bytes() const { return m_prepared.bytes; }
    [[nodiscard]] int replacedValues() const;
    [[nodiscard]] int replacedPlaces() const;
    [[nodiscard]] QString gateText() const;
    [[nodiscard]] int changedItems() const { return static_cast<int>(difference().changed); }
    [[nodiscard]] int hiddenItems() const { return static_cast<int>(difference().hidden); }
    [[nodiscard]] int blankedItems() const { return static_cast<int>(difference().blanked); }
    [[nodiscard]] bool isUpToDate() const { return m_prepared.update && difference().isEmpty(); }
    [[nodiscard]] int openFindings() const;
    [[nodiscard]] int keptSecrets() const;
    [[nodiscard]] QString leftOut() const;
    [[nodiscard]] int secrets() const { return m_prepared.secrets; }
    [[nodiscard]] QString keptReason() const { return m_keptReason; }
    [[nodiscard]] QString keptReasonProblem() const;
    void setKeptReason(const QString& reason);
    [[nodiscard]] int removeAfterDays() const { return m_removeAfterDays; }
    void setRemoveAfterDays(int days);
    [[nodiscard]] QString disabledReason() const;
    [[nodiscard]] QString vaultProblem() const;
    [[nodiscard]] bool vaultFileOffered() const;
    [[nodiscard]] bool opencodeMissing() const { return m_prepared.opencodeMissing; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] QString stage() const { return m_stage; }
    [[nodiscard]] double progress() const;
    [[nodiscard]] double sentBytes() const { return m_sent; }
    [[nodiscard]] double totalBytes() const { return m_totalBytes; }
    [[nodiscard]] QString linkUrl() const { return m_linkUrl; }
    [[nodiscard]] int step() const { return m_step; }
    [[nodiscard]] QString oldLinkDoubt() const { return m_oldLinkDoubt; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString errorDetail() const { return m_error.detail; }

    //! \brief Computes the offer, or takes the one that is previewed. Forgets the last result.
    Q_INVOKABLE void prepare(const QString& sessionId);
    //! \brief As prepare(), to bring the snapshot \p linkName of that session up to date.
    Q_INVOKABLE void prepareUpdate(const QString& sessionId, const QString& linkName);
    //! \brief As prepare(), to publish a snapshot in the place of the live link \p linkName of that session.
    Q_INVOKABLE void prepareReplace(const QString& sessionId, const QString& linkName);
    //! \brief Takes the old link down once more, after a replacement that left a doubt.
    Q_INVOKABLE void retryTakedown();
    //! \brief The explicit choice to keep the master key in a file.
    Q_INVOKABLE void useVaultFile();
    Q_INVOKABLE void retryVault();
    Q_INVOKABLE void publish();
    //! \brief Stops a running publish; what was sent is taken down again. What an update has sent stays.
    Q_INVOKABLE void cancel();

    //! \brief Forgets all: another world comes.
    void clear();
    //! \brief What is known of the vault, from whoever asked it.
    void setVault(const sharing::VaultReport& report);

Q_SIGNALS:
    void kindChanged();
    void offerChanged();
    void canPublishChanged();
    void keptReasonChanged();
    void removeAfterChanged();
    void vaultChanged();
    void runningChanged();
    void progressChanged();
    void resultChanged();
    void finished(bool ok);
    //! \brief The offer was sent: its IDs must not be used again.
    void offerUsed(const QString& sessionId);
    void published(const QString& url);
    //! \brief A snapshot is public in its place. \p doubt as oldLinkDoubt().
    void replaced(const QString& linkName, const QString& doubt);
    //! \brief From the dialog: the person wants to see what is undecided in that session.
    void reviewWanted(const QString& sessionId);
    void vaultReported(const sharelock::sharing::VaultReport& report);

private:
    struct Prepared
    {
        OfferPtr offer; //!< That of `update` where there is one.
        std::shared_ptr<const sharing::UpdateOffer> update;
        int messages = 0;
        double bytes = 0;
        int secrets = 0; //!< In the original.
        bool opencodeMissing = false;
        int expiryDays = 0; //!< As is usual.
    };
    static Expected<Prepared> prepareOffer(sharing::ShareManager& manager, const QString& sessionId,
                                           const Environment& environment, OfferPtr previewed);
    static QCoro::Task<Expected<Prepared>> compareUpdate(sharing::ShareManager* manager, sharing::LinkId id,
                                                         OfferPtr previewed, std::stop_token stop);
    //! \brief Of the update; empty without one.
    [[nodiscard]] const sharing::SnapshotDifference& difference() const;
    void begin(const QString& sessionId, Kind kind);
    void prepareAs(Kind kind, const QString& sessionId);
    void accept(const Expected<Prepared>& prepared);
    void send();
    void replace();
    void onReplaced(const Expected<sharing::Replacement>& replacement);
    void acceptOld(const Expected<sharing::Link>& old);
    //! \brief Carries the progress of either step here.
    [[nodiscard]] std::shared_ptr<ProgressRelay> relay();
    //! \brief \p offer with what the dialog adds to it.
    [[nodiscard]] static sharing::PublishOffer decided(const sharing::PublishOffer& offer,
                                                       const QString& reason, int days);

    [[nodiscard]] bool isDecided() const;
    //! \brief Whether a reason will do for the secrets that are kept.
    [[nodiscard]] Expected<void> checkReason() const;
    //! \brief In what would be sent.
    [[nodiscard]] const std::vector<redaction::FoundValue>& found() const;
    template <typename Test>
    [[nodiscard]] int countFindings(Test test) const;
    void askVault(bool again);
    void onProgress(int stage, qint64 sent, qint64 total);
    void onTakedown(sharing::TakedownStage stage);
    void onDone(const Expected<sharing::Link>& link);
    void setRunning(bool running);
    void setError(const std::optional<Error>& error);
    [[nodiscard]] bool isVaultOpen() const { return m_vault.status == sharing::VaultStatus::Open; }

    CoreThread& m_core;
    OfferSource m_previewed;
    Kind m_kind = Kind::Snapshot;
    QString m_sessionId;
    Prepared m_prepared;
    bool m_preparing = false;
    bool m_running = false;
    sharing::VaultReport m_vault;
    QString m_keptReason;
    int m_removeAfterDays = 0;
    QString m_stage;
    double m_sent = 0;
    double m_totalBytes = 0;
    QString m_linkUrl;
    sharing::LinkId m_replaced; //!< Kind::Replace: the link that is to go.
    int m_step = 0;
    QString m_oldLinkDoubt;
    Error m_error;
    bool m_failed = false; //!< m_error says something.
    std::stop_source m_stop{std::nostopstate};
    quint64 m_request = 0;
    quint64 m_world = 0; //!< Answers of an earlier one are ignored.
};

} // namespace sharelock::app
