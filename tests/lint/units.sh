#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# The systemd units are ones that systemd takes. Arguments: the program, and the units.
set -eu
program="$1"
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/sharelock-units.XXXXXX")
trap 'rm -rf "$folder"' EXIT
for unit in "$@"; do
    # The program that is installed later is not there yet, and no manual page is.
    sed -e "s|^ExecStart=[^ ]*|ExecStart=$program|" -e '/^Documentation=/d' "$unit" >"$folder/$(basename "$unit")"
done
if command -v systemd-analyze >/dev/null 2>&1; then
    XDG_RUNTIME_DIR="$folder"
    export XDG_RUNTIME_DIR
    said=$(systemd-analyze --user verify "$folder"/* 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }
    # It ends with 0 for lines that it does not know.
    if printf '%s\n' "$said" | grep -F "$folder" >&2; then
        exit 1
    fi
else
    # At least: sections, and assignments in them.
    ! grep -nvE '^(#.*|\[[A-Z][a-z]+\]|[A-Z][A-Za-z]+=.*|)$' "$folder"/*
fi
