// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_model.h"

#include "app/row_update.h"
#include "app/transcript_loader.h"
#include "app/when_done.h"

#include <algorithm>

namespace sharelock::app {

namespace {
//! \brief Rows that appear at once, and rows of each later slice: a slice must not hold up a frame.
constexpr std::size_t firstRows = 200;
constexpr std::size_t sliceRows = 1000;

//! \brief A number for the marks of the body, or of title and subtitle.
int markState(const TranscriptRow& row, bool ofHead)
{
    const bool any = std::any_of(row.marks.begin(), row.marks.end(), [ofHead](const TextMark& mark) {
        return ofHead ? mark.field == MarkField::Title || mark.field == MarkField::Subtitle
                      : mark.field == MarkField::Body;
    });
    constexpr std::size_t bits = 0x3FFF'FFFF;
    return any ? static_cast<int>(row.digest & bits) + 1 : 0;
}
} // namespace

TranscriptModel::TranscriptModel(CoreThread& core, QObject* parent)
    : QAbstractListModel(parent)
    , m_core(core)
{
    connect(&m_core, &CoreThread::sessionsChanged, this, &TranscriptModel::followChange);
}

TranscriptModel::~TranscriptModel()
{
    ++*m_newest;
    m_core.cancel(m_stop);
}

int TranscriptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TranscriptRow& row = *m_rows[static_cast<std::size_t>(index.row())].row;
    switch (role) {
    case KindRole:
        return QVariant::fromValue(static_cast<Kind>(row.kind));
    case TitleRole:
        return row.title;
    case SubtitleRole:
        return row.subtitle;
    case Qt::DisplayRole:
    case BodyRole:
        return row.body;
    case StatusRole:
        return row.status;
    case TimeRole:
        return row.time;
    case LinesRole:
        return row.lines;
    case BytesRole:
        return row.bytes;
    case TruncatedRole:
        return row.truncated;
    case OwnTextRole:
        return row.ownText;
    case ItemKeyRole:
        return row.key;
    case NewRole:
        return static_cast<std::size_t>(index.row()) >= m_firstNew ? QStringLiteral("new") : QString();
    case MarkStateRole:
        return markState(row, false);
    case HeadMarksRole:
        return markState(row, true);
    case RestMarksRole:
        return static_cast<int>(std::count_if(row.marks.begin(), row.marks.end(), [](const TextMark& mark) {
            return mark.field == MarkField::Rest;
        }));
    case MarksTextRole:
        return row.marksText;
    default:
        return {};
    }
}

QHash<int, QByteArray> TranscriptModel::roleNames() const
{
    return {
        {KindRole, "kind"},           {TitleRole, "title"},         {SubtitleRole, "subtitle"},
        {BodyRole, "body"},           {StatusRole, "status"},       {TimeRole, "time"},
        {LinesRole, "lines"},         {BytesRole, "bytes"},         {TruncatedRole, "truncated"},
        {OwnTextRole, "ownText"},     {ItemKeyRole, "itemKey"},     {MarkStateRole, "markState"},
        {NewRole, "newness"},         {HeadMarksRole, "headMarks"}, {RestMarksRole, "restMarks"},
        {MarksTextRole, "marksText"},
    };
}

void TranscriptModel::setSessionId(const QString& id)
{
    if (id == m_sessionId && !m_link)
        return;
    forget();
    m_sessionId = id;
    Q_EMIT sessionIdChanged();
    if (id.isEmpty())
        setStatus(false);
    else
        load({});
}

void TranscriptModel::setLink(const sharing::LinkId& id)
{
    if (m_link == id)
        return;
    forget();
    m_sessionId.clear();
    m_link = id;
    Q_EMIT sessionIdChanged();
    askPublic();
}

void TranscriptModel::clear()
{
    forget();
    m_sessionId.clear();
    Q_EMIT sessionIdChanged();
    setStatus(false);
}

void TranscriptModel::setOriginal(bool on)
{
    if (on == m_original)
        return;
    m_original = on;
    Q_EMIT originalChanged();
    if (!m_source)
        setShown({on});
    showView();
}

void TranscriptModel::showView()
{
    if (m_sessionId.isEmpty())
        return;
    // A look for changes that is under way is overtaken now, and made up for afterwards.
    m_changed = m_changed || m_looking;
    if (showsNews() && m_offer && !m_loading) {
        askNews();
        return;
    }
    const auto document = m_original ? m_document : publishedDocument(m_offer);
    if (!document || m_loading) {
        load({});
        return;
    }
    // The rows that are shown stay until the others are there, so that the place is kept.
    setStatus(true);
    ask([document, original = m_document, offer = m_offer](sharing::ShareManager&,
                                                           const Request& asked) -> Expected<Loaded> {
        Loaded loaded;
        loaded.rows = transcriptRows(document, markSource(offer.get(), asked.original), original.get());
        loaded.whole = true;
        return loaded;
    });
}

void TranscriptModel::reload()
{
    // Nobody may publish what is about to be replaced.
    if (m_offer) {
        m_offer.reset();
        Q_EMIT offerChanged();
    }
    if (m_link)
        askPublic();
    else if (!m_sessionId.isEmpty())
        load({});
}

void TranscriptModel::followChange()
{
    if (m_sessionId.isEmpty())
        return;
    if (m_loading)
        m_changed = true;
    else
        load(m_fingerprint);
}

TranscriptModel::Request TranscriptModel::request(const QString& knownFingerprint)
{
    return {m_sessionId, knownFingerprint, m_original, ++*m_newest, m_newest};
}

//! \brief Runs one step on the core thread, unless a newer request came first.
template <typename Fn>
void TranscriptModel::ask(Fn fn, const QString& knownFingerprint)
{
    m_askingNews = false;
    const Request asked = request(knownFingerprint);
    const auto step = [fn = std::move(fn), asked](sharing::ShareManager& manager) -> Expected<Loaded> {
        if (asked.isStale())
            return sharelock::fail(ErrorCode::Cancelled);
        return fn(manager, asked);
    };
    whenDone(m_core.call(step), this, [this, asked](const Expected<Loaded>& answer) {
        if (!asked.isStale())
            take(answer);
    });
}

void TranscriptModel::load(const QString& knownFingerprint)
{
    // A look whether anything changed is no loading that a person should see.
    m_looking = !knownFingerprint.isEmpty();
    if (!m_looking)
        setStatus(true);
    const bool atOnce = m_source != nullptr;
    ask(
        [atOnce](sharing::ShareManager& manager, const Request& asked) {
            return atOnce ? loadWhole(manager, asked) : loadFirst(manager, asked);
        },
        knownFingerprint);
}

void TranscriptModel::askServer(ServerStep step)
{
    m_core.cancel(std::exchange(m_stop, std::stop_source()));
    setStatus(true);
    const Request asked = request();
    whenDone(m_core.start(std::move(step), m_stop), this, [this, asked](const Expected<Loaded>& answer) {
        if (!asked.isStale())
            take(answer);
    });
}

void TranscriptModel::askPublic()
{
    askServer([id = *m_link](sharing::ShareManager& manager, std::stop_token stop) {
        return loadPublic(&manager, id, stop);
    });
}

void TranscriptModel::take(const Expected<Loaded>& answer)
{
    m_looking = false;
    const bool wasNews = std::exchange(m_askingNews, false);
    if (!answer && wasNews) {
        // The conversation itself is as it was.
        setStatus(false, answer.error());
        return;
    }
    if (!answer) {
        fail(answer.error());
        return;
    }
    if (answer->original)
        m_document = answer->original;
    if (!answer->fingerprint.isEmpty())
        m_fingerprint = answer->fingerprint;
    if (answer->facts) {
        m_facts = *answer->facts;
        Q_EMIT countsChanged();
    }
    if (answer->offer) {
        m_offer = answer->offer;
        Q_EMIT offerChanged();
    }
    if (!answer->rows) {
        setStatus(false);
        return;
    }
    // All of it is not what is wanted, but what it is told from.
    if (showsNews() && !answer->news && answer->whole) {
        askNews();
        return;
    }
    if (answer->news) {
        m_news = answer->news;
        Q_EMIT newOnlyChanged();
    }
    show(answer->rows, answer->whole);
    if (!answer->whole) {
        ask([](sharing::ShareManager& manager, const Request& asked) {
            return completeFirst(manager, asked);
        });
        Q_EMIT statusChanged();
        return;
    }
    deliverRest(m_newest->load());
}

void TranscriptModel::findFirstNew()
{
    m_firstNew = SIZE_MAX;
    if (!m_newSince.isValid() || m_link || !m_source)
        return;
    const auto& rows = m_source->rows;
    const auto found = std::find_if(rows.begin(), rows.end(), [this](const TranscriptRow& row) {
        const bool isMessage =
            row.kind == document::BlockKind::User || row.kind == document::BlockKind::Assistant;
        return isMessage && row.time > m_newSince;
    });
    if (found != rows.end())
        m_firstNew = static_cast<std::size_t>(found - rows.begin());
}

void TranscriptModel::show(TranscriptRowsPtr rows, bool isWhole)
{
    // Rows that are shown point into the old source until the update is through.
    const auto old = std::exchange(m_source, std::move(rows));
    const std::size_t before = m_firstNew;
    findFirstNew();
    const std::size_t count = std::min(m_source->rows.size(), std::max(firstRows, m_rows.size()));
    std::vector<Shown> next(count);
    for (std::size_t i = 0; i < count; ++i)
        next[i].row = &m_source->rows[i];
    RowUpdate::apply(*this, m_rows, std::move(next),
                     [](const Shown& shown) -> const QString& { return shown.row->key; });
    if (before != m_firstNew && !m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {NewRole});
    setShown(shownView(m_source->marks.get(), m_original, isWhole));
    Q_EMIT sourceChanged();
}

void TranscriptModel::setShown(const ShownView& shown)
{
    if (std::exchange(m_shown, shown) != shown)
        Q_EMIT shownChanged();
}

void TranscriptModel::deliverRest(quint64 request)
{
    if (request != m_newest->load())
        return;
    const std::size_t from = m_rows.size();
    const std::size_t to = std::min(m_source->rows.size(), from + sliceRows);
    if (from == to) {
        setStatus(false);
        return;
    }
    if (!m_loading)
        setStatus(true);
    else
        Q_EMIT statusChanged();
    QMetaObject::invokeMethod(
        this,
        [this, request, from, to] {
            if (request != m_newest->load())
                return;
            beginInsertRows({}, static_cast<int>(from), static_cast<int>(to) - 1);
            for (std::size_t i = from; i < to; ++i)
                m_rows.push_back({&m_source->rows[i]});
            endInsertRows();
            deliverRest(request);
        },
        Qt::QueuedConnection);
}

void TranscriptModel::forget()
{
    ++*m_newest;
    m_core.cancel(std::exchange(m_stop, std::stop_source(std::nostopstate)));
    m_link.reset();
    m_changed = false;
    m_looking = false;
    m_askingNews = false;
    m_document.reset();
    m_fingerprint.clear();
    m_facts = {};
    if (!m_rows.empty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_rows.size()) - 1);
        m_rows.clear();
        endRemoveRows();
    }
    m_source.reset();
    setShown({m_original});
    m_fullText = {};
    m_firstNew = SIZE_MAX;
    m_news.reset();
    m_newOnly = false;
    Q_EMIT newOnlyChanged();
    Q_EMIT sourceChanged();
    Q_EMIT countsChanged();
    if (m_offer) {
        m_offer.reset();
        Q_EMIT offerChanged();
    }
}

void TranscriptModel::fail(const Error& error)
{
    // A later look that fails leaves what was read before, with the reason.
    if (m_offer) {
        m_offer.reset();
        Q_EMIT offerChanged();
    }
    setStatus(false, error);
}

QString TranscriptModel::errorText() const
{
    return m_failed ? caption(m_error) : QString();
}

void TranscriptModel::setStatus(bool loading, const std::optional<Error>& error)
{
    m_loading = loading;
    m_failed = error.has_value();
    m_error = error.value_or(Error());
    Q_EMIT statusChanged();
    if (!loading && std::exchange(m_changed, false))
        load(m_fingerprint);
}

int TranscriptModel::rowOfKey(const QString& itemKey) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Shown& shown) { return shown.row->key == itemKey; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

} // namespace sharelock::app
