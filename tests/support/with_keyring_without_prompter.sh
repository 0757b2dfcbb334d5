#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Like with_keyring.sh, but nothing can ask the person to unlock a keyring that the command locks.
set -eu
unset DISPLAY WAYLAND_DISPLAY || true
exec "$(dirname "$0")/with_keyring.sh" "$@"
