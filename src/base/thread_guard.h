// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

namespace sharelock {

//! \brief Names the calling thread as the one that draws the window. Called once, by the window's start.
//! A command-line run never calls it: there, the main thread may do slow work.
void markGuiThread();

//! \brief Ends the program (all builds) if the calling thread draws the window.
//! Every function that reads files, runs SQL, parses JSON or scans starts with it.
//! \param what names the work, for the message.
void assertOffGuiThread(const char* what);

} // namespace sharelock
