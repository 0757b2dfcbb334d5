// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/lost_key_search.h"

#include "base/thread_guard.h"
#include "opencode/near_uuids.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sodium.h>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sharelock::opencode {

namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 20;

class Descriptor
{
public:
    // Not blocking: somebody may have put a pipe there.
    explicit Descriptor(const QString& path)
        : m_number(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] qint64 size() const
    {
        struct stat status = {};
        const bool regular = m_number >= 0 && ::fstat(m_number, &status) == 0 && S_ISREG(status.st_mode);
        return regular ? qint64(status.st_size) : -1;
    }

private:
    int m_number;
};

//! \brief Wipes what it read: keys of other links may have been among it.
class Buffer
{
public:
    explicit Buffer(std::size_t size)
        : m_bytes(size, '\0')
    {
    }
    ~Buffer() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    [[nodiscard]] char* data() { return m_bytes.data(); }

private:
    std::string m_bytes;
};

//! \brief One search: what its files share.
class Search
{
public:
    Search(const LostShare& share, std::stop_token stop, const std::function<void(qint64, qint64)>& progress)
        : m_uuids(share.origin, share.shareId.toStdString(), share.sessionId.toStdString())
        , m_stop(std::move(stop))
        , m_progress(progress)
        , m_buffer(blockBytes + m_uuids.overlap())
    {
    }

    [[nodiscard]] Expected<LostKeySearch> run(const QStringList& files);

private:
    [[nodiscard]] bool read(const QString& path);

    NearUuids m_uuids;
    std::stop_token m_stop;
    const std::function<void(qint64, qint64)>& m_progress;
    Buffer m_buffer;
    LostKeySearch m_found;
    qint64 m_total = 0;
};

Expected<LostKeySearch> Search::run(const QStringList& files)
{
    for (const QString& path : files)
        m_total += std::max<qint64>(0, QFileInfo(path).size());
    for (const QString& path : files) {
        const bool whole = read(path);
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        (whole ? m_found.files : m_found.unreadable).append(path);
    }
    m_found.candidates = m_uuids.nearest(mostKeyCandidates);
    return std::move(m_found);
}

//! Block after block, each with the end of the one before, so that nothing is cut apart. \returns false when
//! the system did not hand out all of it. A file that another process cuts short meanwhile ends earlier.
bool Search::read(const QString& path)
{
    const Descriptor file(path);
    if (file.size() < 0)
        return false;
    (void)::posix_fadvise(file.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    std::size_t kept = 0;
    bool isFirst = true;
    for (off_t at = 0; !m_stop.stop_requested();) {
        const ssize_t got = ::pread(file.number(), m_buffer.data() + kept, blockBytes, at);
        if (got < 0 && errno == EINTR)
            continue;
        const std::size_t size = kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        m_uuids.search({m_buffer.data(), size}, isFirst, got <= 0);
        if (got <= 0)
            return got == 0;
        at += got;
        m_found.bytes += got;
        kept = std::min(size, m_uuids.overlap());
        isFirst = isFirst && kept == size;
        std::copy(m_buffer.data() + size - kept, m_buffer.data() + size, m_buffer.data());
        if (m_progress)
            m_progress(m_found.bytes, std::max(m_total, m_found.bytes));
    }
    return false;
}

bool mayBeBackup(const QString& name, const QString& database)
{
    return name.startsWith(database) || name.endsWith(QLatin1String(".bak")) ||
           name.endsWith(QLatin1Char('~'));
}

} // namespace

QStringList filesWithLostKeys(const QString& database)
{
    assertOffGuiThread("filesWithLostKeys");
    const QFileInfo main(database);
    const QDir folder(main.absolutePath());
    QStringList files;
    const QStringList names = folder.entryList(QDir::Files | QDir::Hidden, QDir::Name);
    for (const QString& name : names) {
        // The shared memory of a WAL holds numbers of pages only.
        if (mayBeBackup(name, main.fileName()) && !name.endsWith(QLatin1String("-shm")))
            files.append(folder.filePath(name));
    }
    for (const QString& older : {QStringLiteral("storage/session_share"), QStringLiteral("storage/share")}) {
        const QDir storage(folder.filePath(older));
        const QStringList shares = storage.entryList(QDir::Files | QDir::Hidden, QDir::Name);
        for (const QString& name : shares)
            files.append(storage.filePath(name));
    }
    return files;
}

Expected<LostKeySearch> searchLostKey(const QStringList& files, const LostShare& share, std::stop_token stop,
                                      const std::function<void(qint64, qint64)>& progress)
{
    assertOffGuiThread("searchLostKey");
    return Search(share, std::move(stop), progress).run(files);
}

} // namespace sharelock::opencode
