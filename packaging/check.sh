#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# The same set-up as try.sh, then every check: sanitizer builds first, then the release build with all tests
# and the linters among them.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=packaging/setup.sh
. "$root/packaging/setup.sh"

# shellcheck disable=SC2086 # lists of words
install_packages $build_packages $tour_packages $check_packages
fetch_opencode "$root/build/opencode"
cd "$root"
jobs=$(nproc)

step() { say "== $* ($(date -u +%H:%M:%S))"; }

step "the libraries' tests under address and undefined behaviour sanitizers"
cmake --preset asan >&2
cmake --build --preset asan -j "$jobs" >&2
ctest --preset asan -j "$jobs" >&2

step "where threads meet, under the thread sanitizer"
cmake --preset tsan >&2
cmake --build --preset tsan -j "$jobs" >&2
ctest --preset tsan >&2

step "fuzzing, briefly"
cmake --preset fuzz >&2
cmake --build --preset fuzz -j "$jobs" >&2
ctest --preset fuzz -j "$jobs" >&2

step "release build; linters, the program, the window, the real opencode"
cmake --preset release -DSHARELOCK_TESTS=program >&2
cmake --build --preset release -j "$jobs" >&2
exec ctest --preset release -j "$jobs"
