#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Runs a command as on a server or in a container: no D-Bus session, and no display that could start one.
set -eu
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY || true
exec "$@"
