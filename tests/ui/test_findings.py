#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The list says what each session holds; the filter and the decisions of the person change it."""

import re
import sys

import walk
from desk import Desk

KEY = "Stripe secret key"
COUNT = re.compile(r"(\d+) findings?")


def rows(desk, part):
    """Rows of the list whose name holds this."""
    return [node.get_name() for node in desk.all(contains=part) if node.get_name().count(",") >= 2]


def count(desk):
    """What the chip of the session that is walked through says; 0 when it says no number."""
    for name in rows(desk, walk.TITLE):
        found = COUNT.search(name)
        return int(found.group(1)) if found else 0
    return 0


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        desk.wait(lambda: count(desk) > 0, "the number of findings", 60)
        desk.wait(lambda: rows(desk, ", Clean"), "a clean session", 60)
        desk.gone(contains="Looked through")
        desk.shot("chips")
        desk.press(name="With findings", role="push button")
        desk.wait(lambda: not rows(desk, ", Clean") and rows(desk, " findings"), "only sessions with findings")
        desk.shot("filtered")
        desk.press(name="With findings", role="push button")
        desk.wait(lambda: rows(desk, ", Clean"), "all sessions")

        # What is kept was looked at: it counts no more.
        before = count(desk)
        walk.open_session(desk)
        desk.press(contains=KEY, role="list item")
        desk.press(name=f"Keep {KEY}")
        desk.press(name="Keep in this session", role="push button")
        desk.wait(lambda: count(desk) == before - 1, "one finding less")
        desk.press(name="Undo", role="push button")
        desk.wait(lambda: count(desk) == before, "the finding again")

        walk.rail(desk, "Settings")
        desk.press(name="Off")
        walk.rail(desk, "Sessions")
        desk.gone(name="With findings")
        desk.wait(lambda: not rows(desk, " findings"), "no numbers")
        desk.shot("off")


main()
