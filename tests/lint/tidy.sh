#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# The allow-list of .clang-tidy over our own sources. Clang knows neither -fcoroutines (C++20 has them on) nor some of
# GCC's warnings and its precompiled headers, so the compile commands are copied without them.
set -eu
build="$1"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
sed -e 's/ -fcoroutines / /g' -e 's/ -Wno-\(restrict\|stringop-[a-z]*\|maybe-uninitialized\)//g' \
    -e 's/ -Winvalid-pch -include [^ ]*cmake_pch.hxx / /g' \
    "$build/compile_commands.json" >"$copy/compile_commands.json"
find src qml -name '*.cpp' -print0 | xargs -0 -n 4 -P "$(nproc)" clang-tidy-16 -p "$copy" --quiet
