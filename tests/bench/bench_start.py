#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Whole-process start-up: sharelock's interactive list against an empty Qt Quick window and against opencode.

Usage: bench_start.py BUILD_FOLDER DATABASE [RUNS]
Needs a display (run it under xvfb-run). The real opencode is taken from $SHARELOCK_OPENCODE; without it those
two rows are left out.
"""

import base64
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SETTLED = 4.0  # by then the links are read too, and the change follower has looked around

REPORT = re.compile(rb"list at (\d+) ms")


def surroundings(database, home):
    env = dict(os.environ)
    env.update(
        HOME=home,
        XDG_DATA_HOME=home + "/data",
        XDG_CONFIG_HOME=home + "/config",
        XDG_CACHE_HOME=home + "/cache",
        OPENCODE_DB=database,
        QT_QUICK_BACKEND="software",
        QT_LOGGING_RULES="sharelock.start.info=true",
        OPENCODE_DISABLE_MODELS_FETCH="1",
        OPENCODE_DISABLE_AUTOUPDATE="1",
    )
    return env


def resident_megabytes(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def window(command, env, settle=0.0):
    """Seconds from process start to the report, and resident memory then, or after so many seconds more."""
    begin = time.time()
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        for line in process.stderr:
            found = REPORT.search(line)
            if found:
                time.sleep(settle)
                return int(found.group(1)) / 1000 - begin, resident_megabytes(process.pid)
        raise RuntimeError(f"{command[0]} ended without a report")
    finally:
        process.kill()
        process.wait()


def command_seconds(command, env):
    begin = time.time()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.time() - begin


def serve_seconds(program, env):
    """Until `opencode serve` has answered /experimental/session."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = dict(env, OPENCODE_SERVER_PASSWORD="bench")
    begin = time.time()
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        for line in process.stdout:
            if b"listening on" in line:
                break
        token = base64.b64encode(b"opencode:bench").decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/experimental/session?limit=10000", headers={"Authorization": "Basic " + token}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()
        return time.time() - begin
    finally:
        process.kill()
        process.wait()


def row(what, seconds, memory=(), per=()):
    """One line: fastest and median time, memory, and the median of the ratios within each round."""
    ratio = f"{statistics.median(per):6.2f}" if per else ""
    megabytes = f"{statistics.median(memory):6.1f} MB" if memory else ""
    print(f"{what:<34}{min(seconds):7.3f} s {statistics.median(seconds):7.3f} s  {ratio:>6}  {megabytes}")


def main():
    build, database = sys.argv[1], os.path.abspath(sys.argv[2])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    home = tempfile.mkdtemp(prefix="sharelock-bench.")
    try:
        env = surroundings(database, home)
        program = [os.path.join(build, "bin", "sharelock"), "--vault", "file"]
        blank = [os.path.join(build, "tests", "bench_empty_window")]
        window(blank, env), window(program, env)  # warm the file cache
        load = os.getloadavg()[0]
        rounds = [(window(program, env), window(blank, env)) for _ in range(runs)]
        ours = [round[0][0] for round in rounds]
        empty = [round[1][0] for round in rounds]
        memory = [round[0][1] for round in rounds]
        empty_memory = [round[1][1] for round in rounds]
        print(f"{runs} rounds, load {load:.1f} before\n{'':<34}{'fastest':>9} {'median':>9}  {'ratio':>6}")
        row("empty window, first frame", empty, empty_memory)
        row("sharelock, interactive list", ours, memory, [a / b for a, b in zip(ours, empty)])
        print(f"memory: {statistics.median(memory) / statistics.median(empty_memory):.2f} times the empty window's")
        later, empty_later = window(program, env, SETTLED)[1], window(blank, env, SETTLED)[1]
        print(f"memory {SETTLED:.0f} s later: {later:.1f} and {empty_later:.1f} MB, {later / empty_later:.2f} times")
        opencode = os.environ.get("SHARELOCK_OPENCODE")
        if opencode:
            mine = statistics.median(ours)
            listing = [command_seconds([opencode, "session", "list"], env) for _ in range(3)]
            row("opencode session list", listing, per=[one / mine for one in listing])
            serving = [serve_seconds(opencode, env) for _ in range(3)]
            row("opencode serve, list answered", serving, per=[one / mine for one in serving])
    finally:
        shutil.rmtree(home, ignore_errors=True)


main()
