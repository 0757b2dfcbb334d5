#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# tour.sh PROGRAM FOLDER: walks the real window through the main job on sample data, on an offscreen X server, and
# leaves a picture of every page in FOLDER.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/tests/ui/with_screen.sh" 1280x800 /usr/bin/python3 "$root/tests/ui/tour.py" "$1" "$2"
