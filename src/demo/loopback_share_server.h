// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace sharelock::demo {

//! \brief The measured behaviours of real share servers.
enum class Generation
{
    First, //!< Of `https://opencode.ai/s/ID`, a protocol of its own.
    March2026,
    June2026,
    Next
};

//! \brief What goes wrong, once per matching request.
enum class Fault
{
    None,
    // Not carried out:
    Refuse, //!< Connection closed before any byte.
    Status500,
    Status429, //!< With Retry-After when one is given.
    Status413,
    Status404,   //!< As a gateway answers that knows no such path.
    Echo400,     //!< With the request in the answer, its secret included.
    WrongSecret, //!< As if the secret were another one.
    // Carried out, but the answer does not arrive as it should:
    Reset,     //!< TCP reset before any byte.
    Slow,      //!< First byte after 3 s, or what setSlowness() says.
    Truncated, //!< Half of what Content-Length promises, then the connection is closed.
    WrongJson, //!< 200 with some other JSON object.
    WrongType, //!< 200 with an HTML page.
    Huge,      //!< 200 with 4 MB of JSON.
};

struct SeenRequest
{
    QByteArray verb;
    QByteArray path; //!< With query.
    QByteArray body;
};

//! \brief A share server on 127.0.0.1, in memory, on threads of its own (cpp-httplib), with a readable public
//! page. Serves the demo and the tests. Thread-safe.
class LoopbackShareServer
{
public:
    //! \param port 0 takes any free one. It stays ours until the end, also while stopped.
    explicit LoopbackShareServer(Generation generation, int port = 0);
    ~LoopbackShareServer();

    [[nodiscard]] Generation generation() const;
    [[nodiscard]] QUrl origin() const;      //!< `http://127.0.0.1:PORT`
    [[nodiscard]] bool isListening() const; //!< False when stopped, or when the given port was taken.

    //! \brief The next \p times requests whose "VERB path" contains \p match get \p fault.
    void inject(Fault fault, const QByteArray& match, int times = 1,
                std::chrono::seconds retryAfter = std::chrono::seconds(0));
    //! \brief Requests for which \p match holds (called on server threads, one at a time) get the fault that
    //! it returns. Replaces inject() for them.
    void injectWhere(std::function<Fault(const SeenRequest&)> match);
    //! \brief Takes back every fault.
    void heal();
    void setSlowness(std::chrono::milliseconds firstByte);
    //! \brief Called (on a server thread) after a request was read and before it is carried out. Blocks the
    //! answer. May block for good: stop() does not wait for it, and its request is then not carried out.
    void onRequest(std::function<void(const SeenRequest&)> hook);
    //! \brief As \p hook above, but after it was carried out and before it is answered.
    void onCarriedOut(std::function<void(const SeenRequest&)> hook);

    //! \brief In the order of arrival; the oldest are dropped beyond 256 MB of bodies.
    [[nodiscard]] std::vector<SeenRequest> requests() const;
    //! \brief The raw answer that `/data` would give now; for assertions.
    [[nodiscard]] QByteArray dataOf(const QString& shareId) const;
    //! \brief Share IDs with any stored data.
    [[nodiscard]] std::vector<QString> shareIds() const;

    //! \brief What brings back all that is stored now, as often as it is called.
    [[nodiscard]] std::function<void()> remember() const;

    //! \brief A cache in front of `/data`: plain requests get the last answer for this long, those with a
    //! query do not.
    void setCacheSeconds(int seconds);
    //! \brief Ends all connections and refuses new ones; start() listens again on the same port. What was
    //! stored stays. For one thread at a time.
    void stop();
    void start();

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace sharelock::demo
