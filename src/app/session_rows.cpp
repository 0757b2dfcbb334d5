// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/session_rows.h"

#include "app/times.h"
#include "base/thread_guard.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace sharelock::app {

namespace {

//! \brief Deeper nesting is shown at this depth: it would leave no room for the title.
constexpr int deepest = 4;

//! \brief Places sessions under their parents.
class Tree
{
public:
    explicit Tree(const std::vector<opencode::SessionSummary>& sessions)
        : m_sessions(sessions)
        , m_order(sessions.size())
        , m_children(sessions.size())
        , m_done(sessions.size(), false)
    {
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
            return sessions[a].updated > sessions[b].updated;
        });
    }

    std::vector<SessionRow> rows()
    {
        QHash<QStringView, std::size_t> places;
        places.reserve(static_cast<qsizetype>(m_sessions.size()));
        for (std::size_t i = 0; i < m_sessions.size(); ++i)
            places.insert(m_sessions[i].id, i);
        std::vector<std::size_t> roots;
        for (const std::size_t i : m_order) {
            const auto parent =
                m_sessions[i].parentId.isEmpty() ? places.cend() : places.constFind(m_sessions[i].parentId);
            if (parent == places.cend() || parent.value() == i)
                roots.push_back(i);
            else
                m_children[parent.value()].push_back(i);
        }
        m_rows.reserve(m_sessions.size());
        for (const std::size_t root : roots)
            append(root);
        // What is left has parents that run in a circle.
        for (const std::size_t i : m_order)
            append(i);
        return std::move(m_rows);
    }

private:
    struct Pending
    {
        std::size_t session;
        int depth;
        int parent;
    };

    //! \brief With a stack of its own: a chain of parents may be as long as the list.
    void append(std::size_t root)
    {
        std::vector<Pending> stack{{root, 0, -1}};
        while (!stack.empty()) {
            const auto [at, depth, parent] = stack.back();
            stack.pop_back();
            if (m_done[at])
                continue;
            m_done[at] = true;
            const int place = static_cast<int>(m_rows.size());
            m_rows.push_back(row(m_sessions[at], depth, parent));
            const auto& children = m_children[at];
            for (auto child = children.rbegin(); child != children.rend(); ++child)
                stack.push_back({*child, std::min(depth + 1, deepest), place});
        }
    }

    static SessionRow row(const opencode::SessionSummary& session, int depth, int parent)
    {
        SessionRow result;
        result.id = session.id;
        result.title = session.title;
        result.project = session.project;
        result.directory = session.directory;
        result.key = (session.title + QLatin1Char('\n') + session.project).toLower();
        result.updated = dateTime(session.updated);
        result.messages = session.messages;
        result.depth = depth;
        result.parent = parent;
        result.archived = session.archived.has_value();
        return result;
    }

    const std::vector<opencode::SessionSummary>& m_sessions;
    std::vector<std::size_t> m_order;
    std::vector<std::vector<std::size_t>> m_children;
    std::vector<bool> m_done;
    std::vector<SessionRow> m_rows;
};

} // namespace

SessionRowsPtr sessionRows(const std::vector<opencode::SessionSummary>& sessions)
{
    assertOffGuiThread("ordering the sessions");
    auto result = std::make_shared<SessionRows>();
    result->rows = Tree(sessions).rows();
    QSet<QString> projects;
    for (const SessionRow& row : result->rows) {
        if (!row.project.isEmpty())
            projects.insert(row.project);
    }
    result->projects = projects.values();
    result->projects.sort(Qt::CaseInsensitive);
    return result;
}

} // namespace sharelock::app
