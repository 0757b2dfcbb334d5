// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/content_set.h"

#include <QRandomGenerator>

#include <string>
#include <vector>

namespace sharelock::redaction {

#ifdef SHARELOCK_SANITIZED
constexpr quint32 rounds = 300;
#else
constexpr quint32 rounds = 2'000;
#endif

[[nodiscard]] ContentSet everything();

//! \brief A random conversation in which every text that is content is a mark of its own, and what is known
//! of each: it goes with any of these kinds.
class MarkedDocument
{
public:
    struct Mark
    {
        std::string text;
        ContentSet goesWith; //!< Empty: it stays always.
    };

    explicit MarkedDocument(quint32 seed);

    document::ShareDocument document;
    std::vector<Mark> marks;

    //! \brief A random set, the same one for the same seed.
    [[nodiscard]] ContentSet someKinds() const { return m_kinds; }

private:
    using Kind = ContentKind;
    //! \brief A JSON literal of a new mark; the mark may stand in the middle of other text.
    std::string mark(ContentSet goesWith);
    std::string url(ContentSet goesWith);
    std::string part(const std::string& message, bool besideFile);
    std::string tool();
    std::string editTool();
    std::string diffs();
    std::string file(ContentSet more = {});
    std::string message(const std::string& id);
    std::string id(const char* prefix) { return prefix + std::to_string(m_number++); }
    quint32 dice(quint32 sides) { return m_random.bounded(sides); }

    QRandomGenerator m_random;
    ContentSet m_kinds;
    int m_number = 0;
};

} // namespace sharelock::redaction
