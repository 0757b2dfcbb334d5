#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Runs a command on a private D-Bus session whose gnome-keyring starts when it is called, but has no keyring yet and no
# display to ask for its password: a first login over SSH.
set -eu
unset DISPLAY WAYLAND_DISPLAY || true
exec dbus-run-session -- "$@"
