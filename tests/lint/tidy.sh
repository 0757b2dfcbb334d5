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
    "$build/compile_commands.json" >"$copy/commands.json"
# Common headers, precompiled once by clang in the place of GCC's: reading them takes a third of the time.
headers=$(grep -o '[^ "]*cmake_pch.hxx ' "$copy/commands.json" | head -n 1 | tr -d ' ')
if [ -n "$headers" ]; then
    echo "#include \"$headers\"" >"$copy/common.h"
    command=$(grep -o '"command": ".*-x c++-header .*"' "$copy/commands.json" | head -n 1 |
        sed -e 's/^"command": "\(.*\)"$/\1/' -e 's/\\\\\\"/\\"/g' \
            -e 's/^.* -DQT_CORE_LIB/clang++-16 -DQT_CORE_LIB/' -e 's/ -Winvalid-pch .*$//')
    sh -c "$command -x c++-header '$copy/common.h' -o '$copy/common.pch'"
fi
sed -e "s| -Winvalid-pch -include [^ ]*cmake_pch.hxx | -include-pch $copy/common.pch |g" \
    "$copy/commands.json" >"$copy/compile_commands.json"
find src qml -name '*.cpp' -print0 | xargs -0 -n 4 -P "$(nproc)" clang-tidy-16 -p "$copy" --quiet
