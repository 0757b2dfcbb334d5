// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QGuiApplication>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>
#include <vector>

namespace sharelock::bench {

//! \brief An application that knows how long the GUI thread works without a rest: what a person feels as a
//! frame that comes late. Events that follow each other without a pause are one block, since nothing else
//! gets a turn in between.
class MeasuredApplication : public QGuiApplication
{
public:
    //! \brief Milliseconds.
    struct Block
    {
        double work = 0; //!< Of the processor: what the thread did.
        double time = 0; //!< On the clock: also what others took from it.
    };

    MeasuredApplication(int& argc, char** argv)
        : QGuiApplication(argc, argv)
        , m_gui(QThread::currentThread())
    {
    }

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (QThread::currentThread() != m_gui || m_depth > 0)
            return QGuiApplication::notify(receiver, event);
        const auto begin = Clock::now();
        const double workBegin = workNow();
        ++m_depth;
        const bool result = QGuiApplication::notify(receiver, event);
        --m_depth;
        add(begin, workBegin);
        return result;
    }

    //! \brief To be called when a frame was handed over.
    void endFrame() { m_frameEnded = true; }

    //! \brief The blocks since the last call, longest work first.
    [[nodiscard]] std::vector<Block> takeBlocks()
    {
        std::vector<Block> blocks = std::move(m_blocks);
        m_blocks.clear();
        std::sort(blocks.begin(), blocks.end(), [](Block a, Block b) { return a.work > b.work; });
        return blocks;
    }

private:
    using Clock = std::chrono::steady_clock;

    //! \brief A thread that found nothing to do for this long has had its rest.
    static constexpr std::chrono::microseconds rest{200};

    static double workNow()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    void add(Clock::time_point begin, double workBegin)
    {
        if (m_blocks.empty() || m_blockEnded || begin - m_end > rest)
            m_blocks.push_back({});
        m_blockEnded = std::exchange(m_frameEnded, false);
        m_end = Clock::now();
        m_blocks.back().work += workNow() - workBegin;
        m_blocks.back().time += std::chrono::duration<double, std::milli>(m_end - begin).count();
    }

    QThread* m_gui;
    int m_depth = 0;
    bool m_frameEnded = false;
    bool m_blockEnded = false;
    Clock::time_point m_end;
    std::vector<Block> m_blocks;
};

} // namespace sharelock::bench
