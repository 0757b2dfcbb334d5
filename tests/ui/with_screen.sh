#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# with_screen.sh WIDTHxHEIGHT COMMAND…: runs a command on an X server without a screen, with a D-Bus session and an
# accessibility bus of its own.
set -eu
size="$1"
shift
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS || true
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_ACCESSIBILITY=1 NO_AT_BRIDGE=0
exec dbus-run-session -- xvfb-run -a -s "-screen 0 ${size}x24 -nolisten tcp" "$@"
