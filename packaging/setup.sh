#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
#
# Sourced by try.sh and check.sh: installs what is missing, with the system's package manager.
# What is installed already is left alone, and nothing is asked of the network then.

# To build and run.
build_packages="
    build-essential cmake ninja-build pkg-config ccache
    qt6-base-dev qt6-base-dev-tools qt6-declarative-dev qt6-declarative-dev-tools qt6-svg-dev
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl-dev libvulkan-dev libxkbcommon-dev
    qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts qml6-module-qtquick-templates
    qml6-module-qtquick-window qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qcoro-qt6-dev qtkeychain-qt6-dev libsecret-1-0 libexpected-dev libsimdjson-dev libsodium-dev libsqlite3-dev
    libre2-dev libtomlplusplus-dev libcurl4-openssl-dev libcpp-httplib-dev libssl-dev zlib1g-dev
    fontconfig fonts-inter fonts-jetbrains-mono"
# The scanner's literal search: one API, two packages that exclude each other.
case "$(uname -m)" in
    x86_64 | i?86) build_packages="$build_packages libhyperscan-dev" ;;
    *) build_packages="$build_packages libvectorscan-dev" ;;
esac
# To walk through the window where there is no display.
tour_packages="
    xvfb xauth dbus dbus-x11 dbus-user-session at-spi2-core python3 python3-gi gir1.2-atspi-2.0 imagemagick"
# For the tests besides.
check_packages="
    gnome-keyring libsecret-tools clang-16 clang-format clang-tidy-16 libclang-rt-16-dev
    ca-certificates curl openssl sqlite3 git mandoc desktop-file-utils xdotool"

say() { printf '%s\n' "sharelock: $*" >&2; }

missing_of() {
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || printf '%s ' "$package"
    done
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "this system has no apt-get. Please install the counterparts of these Debian packages yourself:"
        say "$*"
        say "Trying to go on with what is here."
        return 0
    fi
    missing=$(missing_of "$@")
    [ -n "$missing" ] || return 0
    say "installing: $missing"
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || { say "run as root, or install sudo, or: apt-get install $missing"; return 1; }
        as_root=sudo
    fi
    $as_root apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# The real opencode for the contract tests: pinned by version and checksum in packaging/opencode.
fetch_opencode() {
    folder="$1"
    if ! command -v npm >/dev/null 2>&1; then
        install_packages npm || return 1
    fi
    [ "$(uname -m)" = x86_64 ] || { say "opencode is pinned for x86-64 only by now: the tests need it"; return 1; }
    cpu=x64
    if ! grep -qw avx2 /proc/cpuinfo; then
        cpu=x64-baseline
    fi
    SHARELOCK_OPENCODE="$folder/node_modules/opencode-linux-$cpu/bin/opencode"
    export SHARELOCK_OPENCODE
    if [ -x "$SHARELOCK_OPENCODE" ] && cmp -s "$root/packaging/opencode/package-lock.json" "$folder/package-lock.json"; then
        return 0
    fi
    mkdir -p "$folder"
    cp "$root/packaging/opencode/package.json" "$root/packaging/opencode/package-lock.json" "$folder/"
    say "fetching opencode (pinned) for the tests"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    [ -x "$SHARELOCK_OPENCODE" ]
}

# A second clone finds what the first one compiled.
CCACHE_BASEDIR="$root"
CCACHE_NOHASHDIR=true
export CCACHE_BASEDIR CCACHE_NOHASHDIR

# Qt wants a UTF-8 locale; a bare system has none but C.UTF-8.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *UTF-8 | *utf8) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac
