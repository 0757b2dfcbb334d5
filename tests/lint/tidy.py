#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The allow-list of .clang-tidy over our own sources.

Usage: tidy.py BUILD_FOLDER [SOURCE...]

Most of clang-tidy's time goes into the headers of Qt, which are the same for every source. So common headers are
precompiled, and sources of one folder are read many at a time, through a file that includes them. Where two of them
use one name for different things, which an anonymous namespace allows, the second waits for another file.
"""

import collections
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from multiprocessing.pool import ThreadPool

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLANG, TIDY = "clang++-16", "clang-tidy-16"
AT_ONCE = 32
# The analyzer looks into included sources only where the one that includes them has such a name (the habit of WebKit).
BATCH_NAME = "UnifiedSource"
OURS = r"/(src|qml|tests|include)/[a-z/_]*\.(h|cpp)$"
# The analyzer follows every path into the templates of Qt and the standard library, which took nine tenths of its time
# and found no more in a source of seeded mistakes. Its own shallow mode follows only small functions.
SHALLOW = ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"]
# Clang knows neither -fcoroutines (C++20 has them on) nor some warnings. The others are for the compilers to give: what
# one source shadows of another does not matter.
UNKNOWN = re.compile(r"-fcoroutines|-Wno-(restrict|stringop-\w+|maybe-uninitialized)|-W(all|extra|pedantic|shadow|error|invalid-pch)")


def flags_of(entry):
    """What the compiler is told, without the files; and the precompiled header of it, if any."""
    words = iter(shlex.split(entry["command"])[1:])
    flags, header = [], None
    for word in words:
        if word in ("-o", "-c"):
            next(words)
        elif word == "-include":
            header = next(words)
        elif not UNKNOWN.fullmatch(word):
            flags.append(word)
    return flags, header


class Tidy:
    def __init__(self, build, folder):
        self.folder = folder
        self.common = {}
        self.files = 0
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            self.entries = {os.path.relpath(e["file"], ROOT): e for e in json.load(file)}

    def flags(self, source):
        flags, header = flags_of(self.entries[source])
        return flags + (["-include-pch", self.precompiled(header, flags)] if header else [])

    def precompiled(self, header, flags):
        if header not in self.common:
            compiled = os.path.join(self.folder, f"common{len(self.common)}.pch")
            plain = compiled[:-3] + "h"
            with open(plain, "w", encoding="utf-8") as file:
                file.write(f'#include "{header}"\n')
            subprocess.run([CLANG, *flags, "-x", "c++-header", plain, "-o", compiled], check=True)
            self.common[header] = compiled
        return self.common[header]

    def batches(self, sources):
        alike = collections.defaultdict(list)
        for source in sources:
            alike[os.path.dirname(source), tuple(self.flags(source))].append(source)
        for (_, flags), left in alike.items():
            while left:
                path, members = self.unified(flags, left)
                left = [source for source in left if source not in members]
                yield flags, path, members

    def unified(self, flags, sources):
        """A file that includes as many of these as get along, the first of them always; and which they are."""
        self.files += 1
        path = os.path.join(self.folder, f"{BATCH_NAME}{self.files}.cpp")
        members = sources[:AT_ONCE]
        while len(members) > 1:
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(f'#include "{os.path.join(ROOT, member)}"\n' for member in members)
            read = subprocess.run([CLANG, *flags, "-fsyntax-only", "-w", "-ferror-limit=0", path],
                                  capture_output=True, text=True, check=False)
            if read.returncode == 0:
                return path, members
            blamed = set(re.findall(r"^(.+?):\d+:\d+: (?:fatal )?error:", read.stderr, re.MULTILINE))
            odd = [member for member in members[1:] if os.path.join(ROOT, member) in blamed]
            members = [member for member in members if member not in odd] if odd else members[:1]
        return members[0], members

    def check(self, batch):
        flags, path, _ = batch
        command = [TIDY, "--quiet", f"--config-file={ROOT}/.clang-tidy", f"--header-filter={OURS}", path, "--", *flags,
                   *SHALLOW]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return ""
        return done.stdout or f"{path}: {TIDY} ended with {done.returncode}\n{done.stderr}"


def main():
    build, chosen = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="sharelock-tidy.") as folder, ThreadPool(os.cpu_count()) as pool:
        tidy = Tidy(build, folder)
        every = (os.path.join(at, name) for top in ("src", "qml") for at, _, names in os.walk(os.path.join(ROOT, top))
                 for name in names if name.endswith(".cpp"))
        sources = chosen or sorted(os.path.relpath(path, ROOT) for path in every)
        findings = [text for text in pool.imap(tidy.check, tidy.batches(sources)) if text]
    print("".join(findings), end="")
    print(f"{len(sources)} sources, {'with findings' if findings else 'no findings'}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
