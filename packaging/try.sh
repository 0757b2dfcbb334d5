#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Installs what is missing, builds a release and opens Sharelock; arguments go to `sharelock`.
# Without a display and without a command, it walks through the window on an offscreen display instead
# and leaves pictures in build/tour/.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=packaging/setup.sh
. "$root/packaging/setup.sh"

# shellcheck disable=SC2086 # lists of words
install_packages $build_packages
cd "$root"
[ -f build/release/build.ninja ] || cmake --preset release >&2
cmake --build --preset release --target sharelock >&2

program="$root/build/release/bin/sharelock"
needs_display=yes
for word in "$@"; do
    case "$word" in
        --help | -h | --version | -v) needs_display=no ;;
        -*) ;;
        *) needs_display=no ;;
    esac
done
case " $* " in
    *" --theme "*) [ $# -gt 2 ] || needs_display=yes ;;
esac
if [ "$needs_display" = no ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$@"
fi

say "there is no display here, so the window can't be opened for you."
say "Walking through it on an offscreen display instead, on sample data:"
# shellcheck disable=SC2086
install_packages $tour_packages
exec "$root/packaging/tour.sh" "$program" "$root/build/tour"
