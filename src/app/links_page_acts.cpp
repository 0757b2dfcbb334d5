// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/links_page.h"

#include "app/transcript_model.h"

#include <algorithm>

// What is chosen in the list, and what is done with it.
namespace sharelock::app {

namespace {

std::vector<sharing::LinkId> idsOf(const std::vector<const LinkRow*>& rows)
{
    std::vector<sharing::LinkId> result;
    result.reserve(rows.size());
    for (const LinkRow* row : rows)
        result.push_back(row->linkId);
    return result;
}

} // namespace

void LinksPage::toggle(int row)
{
    const auto ids = m_model.shownIds();
    if (row < 0 || row >= ids.size())
        return;
    auto selection = m_model.selection();
    if (!selection.remove(ids.at(row)))
        selection.insert(ids.at(row));
    setSelection(selection);
}

void LinksPage::selectRange(int from, int to)
{
    const auto ids = m_model.shownIds();
    auto selection = m_model.selection();
    for (int row = std::max(0, std::min(from, to)); row <= std::max(from, to) && row < ids.size(); ++row)
        selection.insert(ids.at(row));
    setSelection(selection);
}

void LinksPage::selectAll()
{
    const auto ids = m_model.shownIds();
    setSelection({ids.begin(), ids.end()});
}

void LinksPage::clearSelection()
{
    setSelection({});
}

void LinksPage::setSelection(const QSet<QString>& ids)
{
    if (ids == m_model.selection())
        return;
    m_model.setSelection(ids);
    Q_EMIT selectionChanged();
}

QStringList LinksPage::selectedTitles() const
{
    constexpr qsizetype most = 3;
    QStringList result;
    for (const LinkRow* row : m_model.selectedRows()) {
        if (result.size() == most)
            break;
        result.append(row->title);
    }
    return result;
}

void LinksPage::copySelected()
{
    QStringList urls;
    for (const LinkRow* row : m_model.selectedRows())
        urls.append(row->url);
    if (!urls.isEmpty())
        Q_EMIT copyRequested(urls.join(QLatin1Char('\n')));
}

void LinksPage::checkNow()
{
    auto rows = m_model.selectedRows();
    if (rows.empty()) {
        for (const QString& id : m_model.shownIds())
            rows.push_back(m_model.find(id));
    }
    run(LinkJobs::Kind::Check, rows);
}

void LinksPage::checkOne(const QString& linkId)
{
    if (const LinkRow* row = m_model.find(linkId))
        run(LinkJobs::Kind::Check, {row});
}

void LinksPage::checkUnknown()
{
    std::vector<const LinkRow*> rows;
    for (const QString& id : m_model.shownIds()) {
        const LinkRow* row = m_model.find(id);
        if (row->stateKey == sharing::stateName(sharing::LinkState::Unknown))
            rows.push_back(row);
    }
    run(LinkJobs::Kind::Check, rows);
}

void LinksPage::unshareSelected()
{
    run(LinkJobs::Kind::Unshare, m_model.selectedRows());
}

void LinksPage::unshareOne(const QString& linkId)
{
    if (const LinkRow* row = m_model.find(linkId))
        run(LinkJobs::Kind::Unshare, {row});
}

void LinksPage::unshareMany(const QList<sharing::LinkId>& links)
{
    std::vector<const LinkRow*> rows;
    for (const LinkRow& row : m_model.all().rows) {
        if (links.contains(row.linkId))
            rows.push_back(&row);
    }
    run(LinkJobs::Kind::Unshare, rows);
}

void LinksPage::retryFailed()
{
    std::vector<const LinkRow*> rows;
    for (const QString& id : m_model.failedIds()) {
        if (const LinkRow* row = m_model.find(id))
            rows.push_back(row);
    }
    run(LinkJobs::Kind::Unshare, rows);
}

void LinksPage::cancel()
{
    m_jobs.cancel();
}

void LinksPage::run(LinkJobs::Kind kind, const std::vector<const LinkRow*>& rows)
{
    if (kind == LinkJobs::Kind::Unshare) {
        for (const LinkRow* row : rows)
            m_model.setError(row->id, {});
    }
    m_jobs.add(kind, idsOf(rows));
}

void LinksPage::onSucceeded(const sharing::Link& link, LinkJobs::Kind kind)
{
    const QString id = linkName(link.id);
    if (kind == LinkJobs::Kind::Unshare) {
        // Only proved removal counts; what still answers stays selected, with the reason.
        if (link.state == sharing::LinkState::Removed) {
            auto selection = m_model.selection();
            selection.remove(id);
            setSelection(selection);
        } else {
            m_model.setError(id, doubtText(link));
        }
    } else if (link.state == sharing::LinkState::Removed) {
        m_model.setError(id, {});
    }
    if (id == m_detailId)
        m_detail->reload();
    refresh();
}

void LinksPage::acceptReplaced(const QString& linkId, const QString& doubt)
{
    m_model.setError(linkId, doubt);
    if (linkId == m_detailId)
        m_detail->reload();
    refresh();
}

void LinksPage::onFailed(const QString& id, LinkJobs::Kind kind, const Error& error)
{
    if (kind == LinkJobs::Kind::Unshare || error.code != ErrorCode::Cancelled)
        m_model.setError(id, caption(error));
    refresh();
}

} // namespace sharelock::app
