#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""A live link that exposes secrets gives way to a snapshot, in the real window: what was there is gone, the snapshot stays."""

import json
import os
import re
import sys
import urllib.request

import walk
from desk import Desk

LIVE = "Fix flaky login test"
REPLACE = "Replace by redacted snapshot…"


def public(url):
    origin, _, share = url.partition("/share/")
    with urllib.request.urlopen("%s/api/share/%s/data" % (origin, share), timeout=20) as answer:
        return answer.read().decode()


def address(desk):
    [line] = [text for text in desk.texts() if text.startswith("Address: ")]
    return line.partition(": ")[2]


def is_blank(document):
    """A server of this generation answers with what is left: no text of the conversation."""
    return all("login" not in json.dumps(item) for item in json.loads(document))


def main():
    options = ["--demo", "--theme", os.environ.get("THEME", "light")]
    with Desk(sys.argv[1], options, shots=os.environ.get("SHOTS")) as desk:
        walk.rail(desk, "Links")
        desk.press(name="Check now", role="push button")
        desk.find(contains="Live, 2 secrets")
        desk.press(contains=LIVE, role="push button")
        desk.find(contains="This is what the public sees: 2 secrets")
        old = address(desk)
        assert "/home/alex" in public(old), "the live link shows all"
        desk.shot("replace-offered")
        desk.press(name=REPLACE, role="push button")
        desk.find(contains="only then takes the old link down")
        desk.find(contains="Check of the final bytes, 0 of ")
        desk.has_focus(name="Cancel")
        desk.shot("replace-dialog")
        desk.press(name="Replace link", role="push button")
        desk.find(contains="The snapshot took the link's place.")
        desk.has_focus(name="Done")
        desk.shot("replaced")
        [new] = [text for text in desk.texts() if re.fullmatch(r"http://127\.0\.0\.1:\d+/share/\w+", text)]
        assert new != old
        desk.press(name="Done", role="push button")
        desk.gone(name="Done", role="push button")
        desk.find(contains="Removed, and proved.")
        desk.gone(name=REPLACE)
        assert is_blank(public(old)), "the old link is gone"
        snapshot = public(new)
        assert "login" in snapshot and "/home/alex" not in snapshot, "the snapshot is there, redacted"
        desk.press(name="Back to the list", role="push button")
        desk.find(contains="Snapshot, 127.0.0.1")


main()
