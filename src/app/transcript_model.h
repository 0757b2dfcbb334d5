// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "app/full_text.h"
#include "app/transcript_loader.h"

#include <QAbstractListModel>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace sharelock::app {

//! \brief One conversation as blocks: a local session, as it is or as it would be published, or what the
//! public sees behind a link. First blocks first; later changes touch only the blocks that changed.
class TranscriptModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(QString sessionId READ sessionId WRITE setSessionId NOTIFY sessionIdChanged)
    //! \brief The view that is wanted.
    Q_PROPERTY(bool original READ isOriginal WRITE setOriginal NOTIFY originalChanged)
    //! \brief The view that the blocks are of, until those of the wanted one are there. What is said about
    //! the view goes by this and by those that change with it.
    Q_PROPERTY(bool showsOriginal READ showsOriginal NOTIFY shownChanged)
    //! \brief The blocks are those of the whole conversation, so that the numbers say something.
    Q_PROPERTY(bool counted READ isCounted NOTIFY shownChanged)
    Q_PROPERTY(int openValues READ openValues NOTIFY shownChanged)
    Q_PROPERTY(int hiddenSecrets READ hiddenSecrets NOTIFY shownChanged)
    Q_PROPERTY(int hiddenDetails READ hiddenDetails NOTIFY shownChanged)
    //! \brief Of the published view: only what is not public behind the snapshot yet, or not so.
    Q_PROPERTY(bool newOnly READ isNewOnly WRITE setNewOnly NOTIFY newOnlyChanged)
    //! \brief What that is, in words; empty until it is known.
    Q_PROPERTY(QString newsText READ newsText NOTIFY newOnlyChanged)
    Q_PROPERTY(bool loading READ isLoading NOTIFY statusChanged)
    //! \brief Blocks are shown, perhaps not yet all.
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY statusChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY statusChanged)
    Q_PROPERTY(QString errorDetail READ errorDetail NOTIFY statusChanged)
    Q_PROPERTY(double publicBytes READ publicBytes NOTIFY countsChanged)
    Q_PROPERTY(int replacedPlaces READ replacedPlaces NOTIFY countsChanged)
    Q_PROPERTY(int replacedValues READ replacedValues NOTIFY countsChanged)
    Q_PROPERTY(QStringList notHidden READ notHidden NOTIFY countsChanged)
    Q_PROPERTY(int messages READ messages NOTIFY countsChanged)
public:
    //! \brief As document::BlockKind, for QML.
    enum class Kind
    {
        User,
        Assistant,
        Text,
        Reasoning,
        Tool,
        File,
        Patch,
        Diff,
        Step,
        Model,
        LeftOut,
        Blanked,
        Unknown
    };
    Q_ENUM(Kind)

    enum Role
    {
        KindRole = Qt::UserRole + 1,
        TitleRole,
        SubtitleRole,
        BodyRole,
        StatusRole,
        TimeRole,
        LinesRole,
        BytesRole,
        TruncatedRole,
        OwnTextRole,
        ItemKeyRole,
        NewRole,       //!< "new" from the first message on that a snapshot does not have yet; else empty.
        MarkStateRole, //!< 0: the body has no marks; else another number whenever they change.
        HeadMarksRole, //!< Of title and subtitle, as MarkStateRole.
        RestMarksRole, //!< Values in what of the body is not shown.
        MarksTextRole, //!< What is marked, in words.
    };

    explicit TranscriptModel(CoreThread& core, QObject* parent = nullptr);
    ~TranscriptModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString sessionId() const { return m_sessionId; }
    void setSessionId(const QString& id);
    [[nodiscard]] bool isOriginal() const { return m_original; }
    void setOriginal(bool on);
    [[nodiscard]] bool showsOriginal() const { return m_shown.original; }
    [[nodiscard]] bool isCounted() const { return m_shown.isWhole; }
    [[nodiscard]] int openValues() const { return m_shown.open; }
    [[nodiscard]] int hiddenSecrets() const { return m_shown.secrets; }
    [[nodiscard]] int hiddenDetails() const { return m_shown.details; }
    [[nodiscard]] bool isNewOnly() const { return m_newOnly; }
    void setNewOnly(bool on);
    [[nodiscard]] QString newsText() const;
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] bool isLoaded() const { return m_source != nullptr; }
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QString errorDetail() const { return m_error.detail; }
    [[nodiscard]] double publicBytes() const { return m_facts.publicBytes; }
    [[nodiscard]] double originalBytes() const { return m_facts.originalBytes; }
    [[nodiscard]] int replacedPlaces() const { return m_facts.places; }
    [[nodiscard]] int replacedValues() const { return m_facts.values; }
    [[nodiscard]] QStringList notHidden() const { return m_facts.notHidden; }
    [[nodiscard]] const document::ContentCounts& counts() const { return m_facts.counts; }
    [[nodiscard]] int messages() const { return static_cast<int>(m_facts.counts.messages); }

    //! \brief Answered by fullTextReady(), unless the row's conversation was left meanwhile.
    Q_INVOKABLE void fullText(int row);
    //! \brief Of the text that fullTextReady() told of last, in lines that can be laid out one by one.
    Q_INVOKABLE [[nodiscard]] QStringList fullTextLines() const { return m_fullText.lines; }
    [[nodiscard]] const FullText& lastFullText() const { return m_fullText; }
    //! \brief The row of the block with that key; -1 without one. Keeps the place across the toggle.
    Q_INVOKABLE [[nodiscard]] int rowOfKey(const QString& itemKey) const;

    //! \brief The mark of the body at \p position (UTF-16): its place in the row's marks; -1 without one.
    Q_INVOKABLE [[nodiscard]] int markAt(int row, int position) const;
    Q_INVOKABLE [[nodiscard]] int markBegin(int row, int mark) const;
    Q_INVOKABLE [[nodiscard]] int markEnd(int row, int mark) const;
    //! \brief What a mark says: "Stripe secret key, replaced by <secret-1>".
    Q_INVOKABLE [[nodiscard]] QString markHint(int row, int mark) const;
    //! \brief Whether the mark is in what the block does not show.
    Q_INVOKABLE [[nodiscard]] bool isInRest(int row, int mark) const;
    //! \brief The subtitle, behind the title if wanted, in pieces with one look each.
    Q_INVOKABLE [[nodiscard]] QStringList headTexts(int row, bool withTitle) const;
    //! \brief The mark of that piece; -1 for one without.
    Q_INVOKABLE [[nodiscard]] int headMark(int row, bool withTitle, int piece) const;

    //! \brief How a mark is drawn.
    enum class Look
    {
        Plain, //!< No mark.
        HiddenSecret,
        HiddenDetail,
        OpenSecret,
        OpenDetail,
        Kept
    };
    Q_ENUM(Look)
    Q_INVOKABLE [[nodiscard]] sharelock::app::TranscriptModel::Look look(int row, int mark) const;
    //! \brief The row with its marks; null where there is none.
    [[nodiscard]] const TranscriptRow* rowAt(int row) const;
    [[nodiscard]] Look lookOf(const TextMark& mark) const;
    [[nodiscard]] static Look lookOf(const MarkedValue& value);
    //! \brief All that is shown or about to be; null before anything is.
    [[nodiscard]] TranscriptRowsPtr source() const { return m_source; }

    //! \brief Shows what the public sees behind a link.
    void setLink(const sharing::LinkId& id);
    //! \brief The snapshot of this session: messages later than \p through are new. An empty name, or an
    //! invalid time: there is none.
    void setSnapshot(const QString& linkName, const QDateTime& through);
    //! \brief What is public behind the snapshot has changed.
    void compareAgain();
    //! \brief Shows nothing.
    void clear();
    //! \brief Reads again what is shown; rows change only where the text did.
    void reload();
    //! \brief As reload(), when the session's content changed.
    void followChange();
    //! \brief What publishing this session would send: the very document that is shown. Null until it is
    //! known.
    [[nodiscard]] std::shared_ptr<const sharing::PublishOffer> offer() const { return m_offer; }

Q_SIGNALS:
    void sessionIdChanged();
    void originalChanged();
    //! \brief In the same moment as the blocks.
    void shownChanged();
    void newOnlyChanged();
    void statusChanged();
    void countsChanged();
    void offerChanged();
    //! \brief source() is another one.
    void sourceChanged();
    void fullTextReady(int row, const QString& text);

private:
    friend struct RowUpdate;
    using Request = TranscriptRequest;
    using Loaded = TranscriptPart;
    struct Shown
    {
        const TranscriptRow* row = nullptr; //!< In m_source.
        friend bool operator==(const Shown& a, const Shown& b) { return *a.row == *b.row; }
    };

    void load(const QString& knownFingerprint);
    template <typename Fn>
    void ask(Fn fn, const QString& knownFingerprint = {});
    void askPublic();
    void askNews();
    using ServerStep = std::function<QCoro::Task<Expected<Loaded>>(sharing::ShareManager&, std::stop_token)>;
    //! \brief Runs a step that asks a server; it can be cancelled.
    void askServer(ServerStep step);
    //! \brief Shows the other view of what is loaded.
    void showView();
    [[nodiscard]] bool showsNews() const
    {
        return m_newOnly && !m_original && !m_snapshot.isEmpty() && !m_link;
    }
    void findFirstNew();
    void take(const Expected<Loaded>& answer);
    void show(TranscriptRowsPtr rows, bool isWhole);
    void setShown(const ShownView& shown);
    void deliverRest(quint64 request);
    void forget();
    void fail(const Error& error);
    void setStatus(bool loading, const std::optional<Error>& error = {});
    [[nodiscard]] Request request(const QString& knownFingerprint = {});

    CoreThread& m_core;
    QString m_sessionId;
    std::optional<sharing::LinkId> m_link;
    bool m_original = false;
    ShownView m_shown;
    bool m_loading = false;
    bool m_looking = false; //!< Whether anything changed; no loading that shows.
    bool m_failed = false;  //!< m_error says something.
    bool m_changed = false; //!< While it was loading.
    Error m_error;
    TranscriptFacts m_facts;
    std::vector<Shown> m_rows;
    TranscriptRowsPtr m_source; //!< Has more rows than m_rows while they are being delivered.
    std::shared_ptr<const document::ShareDocument> m_document; //!< The original.
    std::shared_ptr<const sharing::PublishOffer> m_offer;
    QString m_fingerprint;
    QString m_snapshot;
    bool m_newOnly = false;
    bool m_askingNews = false;
    std::optional<TranscriptNews> m_news;
    FullText m_fullText;
    QDateTime m_newSince;
    std::size_t m_firstNew = SIZE_MAX; //!< In m_source.
    std::stop_source m_stop{std::nostopstate};
    //! \brief Number of the newest request; work for an older one is skipped on the core thread too.
    std::shared_ptr<std::atomic<quint64>> m_newest = std::make_shared<std::atomic<quint64>>(0);
};

} // namespace sharelock::app
