#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Runs a command on a private D-Bus session with a real, unlocked gnome-keyring.
set -eu
exec dbus-run-session -- sh -c '
    printf "\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    "$@"
' keyring "$@"
