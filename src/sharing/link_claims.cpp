// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_claims.h"

#include <QCryptographicHash>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace sharelock::sharing {

namespace {

//! \brief A byte of the file for each link. The file stays empty: bytes behind its end can be locked too. Two
//! links that meet in one byte, which nobody will live to see, wait for each other.
qint64 placeOf(const LinkId& id)
{
    const QByteArray name = id.origin.toEncoded() + '\n' + id.shareId.toUtf8();
    const QByteArray digest = QCryptographicHash::hash(name, QCryptographicHash::Sha256);
    quint64 place = 0;
    std::memcpy(&place, digest.constData(), sizeof place);
    return static_cast<qint64>(place >> 2U);
}

// Of the open file rather than of the process, as plain fcntl() locks are: two managers in one process must
// not share a claim, and closing another descriptor of the file must not end it.
bool setLock(int descriptor, short kind, qint64 place)
{
    struct flock lock = {};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    return ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

} // namespace

struct LinkClaims::Claim::File
{
    explicit File(int opened)
        : descriptor(opened)
    {
    }
    ~File() { ::close(descriptor); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int descriptor;
    std::set<qint64> held; // The kernel lets an open file lock again what it has locked.
};

LinkClaims::Claim::Claim(std::shared_ptr<File> file, qint64 place)
    : m_file(std::move(file))
    , m_place(place)
{
}

LinkClaims::Claim& LinkClaims::Claim::operator=(Claim&& other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_place, other.m_place);
    return *this;
}

LinkClaims::Claim::~Claim()
{
    if (m_file == nullptr)
        return;
    m_file->held.erase(m_place);
    setLock(m_file->descriptor, F_UNLCK, m_place);
}

LinkClaims::LinkClaims(QString folder)
    : m_folder(std::move(folder))
{
}

LinkClaims::~LinkClaims() = default;

Expected<void> LinkClaims::open()
{
    if (m_file != nullptr)
        return {};
    const QString path = m_folder % u"/takedown.lock";
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        const int reason = errno;
        const bool full = reason == ENOSPC || reason == EDQUOT;
        return fail(full ? ErrorCode::DiskFull : ErrorCode::LedgerUnreadable, path,
                    QString::fromLocal8Bit(std::strerror(reason)));
    }
    m_file = std::make_shared<Claim::File>(descriptor);
    return {};
}

Expected<std::optional<LinkClaims::Claim>> LinkClaims::take(const LinkId& id)
{
    const auto opened = open();
    if (!opened)
        return tl::unexpected(opened.error());
    const qint64 place = placeOf(id);
    if (m_file->held.contains(place))
        return std::nullopt;
    const bool taken = setLock(m_file->descriptor, F_WRLCK, place);
    // A file system without locks has none for the ledger either; then there is one Sharelock or none.
    if (!taken && (errno == EAGAIN || errno == EACCES))
        return std::nullopt;
    m_file->held.insert(place);
    return Claim(m_file, place);
}

} // namespace sharelock::sharing
