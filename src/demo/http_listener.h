// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sharelock::demo {

//! \brief One request as it arrived.
struct HttpExchange
{
    std::string verb;
    std::string target; //!< Path with query.
    std::string path;
    std::string body;
};

//! \brief How an answer ends.
enum class HttpEnding
{
    Whole,
    CutOff, //!< Content-Length promises more than is sent.
    Closed, //!< The connection is closed before the answer's first byte.
    Reset,  //!< As Closed, with a TCP reset.
};

struct HttpReply
{
    int status = 200;
    std::string contentType;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    HttpEnding ending = HttpEnding::Whole;
};

//! \brief Keeps a port of 127.0.0.1 ours while nothing listens on it, so that a restart finds it free.
class HeldPort
{
public:
    //! \param port 0 takes any free one.
    explicit HeldPort(int port);
    ~HeldPort();
    HeldPort(const HeldPort&) = delete;
    HeldPort& operator=(const HeldPort&) = delete;

    [[nodiscard]] int number() const { return m_number; } //!< 0 when it could not be had.

private:
    int m_socket = -1;
    int m_number = 0;
};

//! \brief Serves HTTP on 127.0.0.1 until stopped; one thread per connection, at most 32.
//!
//! cpp-httplib parses and writes; connections are handled here, since a server for tests must break them
//! on purpose, and must end although a handler blocks.
class HttpListener : public httplib::Server, public std::enable_shared_from_this<HttpListener>
{
public:
    using Answerer = std::function<HttpReply(const HttpExchange&, HttpListener&)>;

    explicit HttpListener(Answerer answerer);

    //! \brief Returns once connections are accepted. \returns false when the port is taken.
    [[nodiscard]] bool start(int port);
    //! \brief Ends every connection. Waits for the threads, but for those inside of callOut(): these end by
    //! themselves, without another call of the answerer.
    void stop();

    //! \brief Runs foreign code that may block. To be called by the answerer.
    //! \returns false when the listener was stopped meanwhile.
    bool callOut(const std::function<void()>& code);
    //! \brief \returns false as soon as the listener is stopped.
    bool pause(std::chrono::milliseconds duration);

private:
    class Connection;
    class Threads;

    bool process_and_close_socket(socket_t socket) override;
    void answer(const httplib::Request& request, httplib::Response& response);
    void run(std::function<void()> job);

    Answerer m_answerer;
    std::thread m_accepting;
    std::promise<void> m_accepts;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stopping = false;
    int m_threads = 0;
    int m_calledOut = 0;
    std::set<int> m_sockets;
};

} // namespace sharelock::demo
