// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/http_listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace sharelock::demo {

namespace {

constexpr std::size_t largestBody = 64 * 1024 * 1024;
constexpr int mostConnections = 32;
constexpr int idleMilliseconds = 15'000;
constexpr int requestsPerConnection = 1000;

// SO_REUSEADDR only: cpp-httplib's own SO_REUSEPORT would let another process share the port unseen.
void setListeningOptions(int socket)
{
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    fcntl(socket, F_SETFD, FD_CLOEXEC);
}

} // namespace

HeldPort::HeldPort(int port)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    setListeningOptions(m_socket);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    socklen_t length = sizeof address;
    if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length) == 0)
        m_number = ntohs(address.sin_port);
}

HeldPort::~HeldPort()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

//! A socket as cpp-httplib wants to see it: buffered reading, and writing that can be refused.
class HttpListener::Connection : public httplib::Stream
{
public:
    explicit Connection(int socket)
        : m_socket(socket)
    {
    }

    [[nodiscard]] bool hasBuffered() const { return m_start < m_end; }
    void doom(HttpEnding ending) { m_ending = ending; }
    [[nodiscard]] HttpEnding ending() const { return m_ending; }
    //! cpp-httplib does not look at every result of write().
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

    [[nodiscard]] bool is_readable() const override
    {
        return hasBuffered() || waitFor(POLLIN, idleMilliseconds);
    }
    [[nodiscard]] bool is_writable() const override
    {
        return isSound() && waitFor(POLLOUT, idleMilliseconds);
    }

    ssize_t read(char* bytes, size_t size) override
    {
        if (!hasBuffered()) {
            if (!waitFor(POLLIN, idleMilliseconds))
                return -1;
            // Bodies go straight to their place, header lines (asked for byte by byte) through the buffer.
            if (size >= m_buffer.size())
                return ::recv(m_socket, bytes, size, 0);
            const ssize_t got = ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
            if (got <= 0)
                return got;
            m_start = 0;
            m_end = static_cast<std::size_t>(got);
        }
        const std::size_t count = std::min(size, m_end - m_start);
        std::memcpy(bytes, m_buffer.data() + m_start, count);
        m_start += count;
        return static_cast<ssize_t>(count);
    }

    ssize_t write(const char* bytes, size_t size) override
    {
        const ssize_t sent = is_writable() ? ::send(m_socket, bytes, size, MSG_NOSIGNAL) : -1;
        m_isBroken = m_isBroken || sent < 0;
        return sent;
    }

    void get_remote_ip_and_port(std::string& ip, int& port) const override
    {
        ip = "127.0.0.1";
        port = 0;
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override
    {
        get_remote_ip_and_port(ip, port);
    }
    [[nodiscard]] socket_t socket() const override { return m_socket; }

    [[nodiscard]] bool waitFor(short what, int milliseconds) const
    {
        pollfd watched{m_socket, what, 0};
        return ::poll(&watched, 1, milliseconds) > 0;
    }

    //! The one that this thread serves: cpp-httplib does not tell its handlers.
    static thread_local Connection* current;

private:
    [[nodiscard]] bool isSound() const
    {
        return m_ending == HttpEnding::Whole || m_ending == HttpEnding::CutOff;
    }

    int m_socket;
    HttpEnding m_ending = HttpEnding::Whole;
    bool m_isBroken = false;
    std::array<char, 4096> m_buffer{};
    std::size_t m_start = 0;
    std::size_t m_end = 0;
};

thread_local HttpListener::Connection* HttpListener::Connection::current = nullptr;

//! Hands cpp-httplib's connections to threads that HttpListener counts.
class HttpListener::Threads : public httplib::TaskQueue
{
public:
    explicit Threads(HttpListener& listener)
        : m_listener(listener)
    {
    }
    void enqueue(std::function<void()> job) override { m_listener.run(std::move(job)); }
    void shutdown() override {}

private:
    HttpListener& m_listener;
};

HttpListener::HttpListener(Answerer answerer)
    : m_answerer(std::move(answerer))
{
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
        answer(request, response);
    };
    Get(".*", handler);
    Post(".*", handler);
    Put(".*", handler);
    Delete(".*", handler);
    set_payload_max_length(largestBody);
    set_keep_alive_max_count(requestsPerConnection);
    set_keep_alive_timeout(idleMilliseconds / 1000);
    set_socket_options([](socket_t socket) { setListeningOptions(socket); });
    // Made by the accepting thread when it is about to accept.
    new_task_queue = [this]() -> httplib::TaskQueue* {
        m_accepts.set_value();
        return new Threads(*this);
    };
}

bool HttpListener::start(int port)
{
    if (!bind_to_port("127.0.0.1", port))
        return false;
    m_accepting = std::thread([this] { listen_after_bind(); });
    m_accepts.get_future().wait();
    return true;
}

void HttpListener::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    httplib::Server::stop();
    if (m_accepting.joinable())
        m_accepting.join();
    // Only now: whoever sees its connection end may count on the port being free.
    std::unique_lock lock(m_mutex);
    for (const int socket : m_sockets)
        ::shutdown(socket, SHUT_RDWR);
    m_changed.wait(lock, [this] { return m_threads == m_calledOut; });
}

bool HttpListener::callOut(const std::function<void()>& code)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return false;
        ++m_calledOut;
        m_changed.notify_all();
    }
    code();
    const std::lock_guard lock(m_mutex);
    --m_calledOut;
    return !m_stopping;
}

bool HttpListener::pause(std::chrono::milliseconds duration)
{
    std::unique_lock lock(m_mutex);
    return !m_changed.wait_for(lock, duration, [this] { return m_stopping; });
}

void HttpListener::run(std::function<void()> job)
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_threads < mostConnections || m_stopping; });
        ++m_threads;
    }
    // Detached, and keeping the listener alive: a thread whose hook blocks may outlast stop().
    std::thread([self = shared_from_this(), work = std::move(job)] {
        work();
        {
            const std::lock_guard lock(self->m_mutex);
            --self->m_threads;
        }
        self->m_changed.notify_all();
    }).detach();
}

bool HttpListener::process_and_close_socket(socket_t socket)
{
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    // cpp-httplib sends head and body apart; held back, the second waits 40 ms for the first's
    // acknowledgement.
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            ::shutdown(socket, SHUT_RDWR);
        m_sockets.insert(socket);
    }
    Connection connection(socket);
    Connection::current = &connection;
    bool isOpen = true;
    for (int left = requestsPerConnection; isOpen && left > 0; --left) {
        if (!connection.is_readable())
            break;
        bool isClosed = false;
        isOpen =
            process_request(connection, left == 1, isClosed, nullptr) && !isClosed && !connection.isBroken();
    }
    Connection::current = nullptr;

    if (connection.ending() == HttpEnding::Reset) {
        const linger atOnce{1, 0};
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    } else {
        ::shutdown(socket, SHUT_RDWR);
    }
    const std::lock_guard lock(m_mutex);
    m_sockets.erase(socket);
    ::close(socket);
    return isOpen;
}

void HttpListener::answer(const httplib::Request& request, httplib::Response& response)
{
    HttpReply reply = m_answerer({request.method, request.target, request.path, request.body}, *this);
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers)
        response.set_header(name, value);
    if (reply.ending == HttpEnding::CutOff) {
        const std::size_t promised = reply.body.size() + 1;
        const auto half = [text = reply.body.substr(0, reply.body.size() / 2)](std::size_t, std::size_t,
                                                                               httplib::DataSink& sink) {
            sink.write(text.data(), text.size());
            return false;
        };
        response.set_content_provider(promised, reply.contentType, half);
        return;
    }
    Connection::current->doom(reply.ending);
    response.body = std::move(reply.body);
    response.set_header("Content-Type", reply.contentType);
}

} // namespace sharelock::demo
