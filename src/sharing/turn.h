// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <QCoroTask>

#include <memory>

namespace sharelock::sharing {

//! \brief Lets coroutines of one thread pass one at a time. Must outlive those that wait or hold.
class Turn : public QObject
{
    Q_OBJECT
public:
    //! \brief Waits for the others. The turn is given back when the last copy of the result goes.
    [[nodiscard]] QCoro::Task<std::shared_ptr<void>> take();

Q_SIGNALS:
    void freed();

private:
    bool m_taken = false;
};

} // namespace sharelock::sharing
