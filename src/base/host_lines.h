// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"

#include <QString>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace sharelock {

class HttpCall;

//! \brief Which calls may be sent when: so many with each host at once, the others in line; pauses before
//! another try, and the quiet that a host asks all of us for. Used from one thread, which tells it the time.
class HostLines
{
public:
    using Clock = std::chrono::steady_clock;
    using Call = std::shared_ptr<HttpCall>;

    explicit HostLines(const HttpPolicy& policy);

    //! \brief At the end of its host's line, or of that part of it which goes ahead.
    void join(Call call);
    //! \brief Gives a place to each that may be sent now. \returns them, to be sent.
    [[nodiscard]] std::vector<Call> admit(Clock::time_point now);
    //! \brief When admit() has something to do again, if nothing happens before; max() for never.
    [[nodiscard]] Clock::time_point nextAdmission() const;

    //! \brief Its place is free again.
    void leave(const HttpCall& call);
    //! \brief It is sent once more, not before \p until. Keeps its place: a host in trouble gets quiet.
    void pause(Call call, Clock::time_point until);
    //! \brief Nothing begins with this host before \p until.
    void keepQuiet(const QString& origin, Clock::time_point until);
    //! \brief Takes it out of the line or out of its pause. \returns false where it is in neither.
    [[nodiscard]] bool drop(const HttpCall& call);
    //! \brief Takes all out that are in line or in a pause.
    [[nodiscard]] std::vector<Call> dropAll();

private:
    struct Pausing
    {
        Call call;
        Clock::time_point until;
    };
    struct Line
    {
        int inside = 0; //!< Places that are taken: under way, or pausing.
        std::deque<Call> ahead;
        std::deque<Call> others;
        std::vector<Pausing> pausing;
        Clock::time_point quietUntil{};
    };
    using Lines = std::map<QString, Line>;

    void admit(Line& line, Clock::time_point now, std::vector<Call>& admitted) const;
    [[nodiscard]] Clock::time_point afterQuiet(const Line& line) const;
    void eraseIfIdle(Lines::iterator line);

    int m_perHost;
    std::chrono::milliseconds m_spread;
    Lines m_lines; // By origin.
};

} // namespace sharelock
