#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The whole main job without a mouse: search, open, publish, find among the links, take down, see the proof."""

import sys

import walk
from desk import Desk


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"]) as desk:
        desk.find(contains=walk.TITLE)
        desk.keys("ctrl+f")
        desk.has_focus(contains="Search titles")
        desk.type("webhook", into="Search titles")
        desk.gone(contains="Fix flaky login test", role="push button")
        desk.keys("Down")
        desk.has_focus(name="Sessions", role="list")
        desk.keys("Return")
        desk.find(name="Publish…", role="push button")

        desk.keys("ctrl+p")
        desk.has_focus(name="Cancel")
        desk.keys("Escape")
        desk.gone(name="Cancel")
        desk.keys("ctrl+p")
        desk.find(contains="Anyone who has the link can read it")
        desk.has_focus(name="Cancel")
        desk.keys("Tab")
        desk.has_focus(name="Publish snapshot")
        desk.keys("Return")
        desk.has_focus(name="Done")
        desk.keys("Return")
        desk.gone(name="Done")

        desk.keys("ctrl+2")
        desk.gone(contains="Not checked")
        desk.has_focus(name="Links", role="list")
        desk.keys("Home", "Return")
        desk.find(name="Unshare", role="push button")
        desk.find(contains=walk.TITLE, role="label")
        desk.keys("Delete")
        desk.has_focus(name="Cancel")
        desk.keys("Tab", "Return")
        desk.gone(name="Cancel")
        desk.find(contains="Removed, and proved")
        desk.keys("ctrl+4")
        desk.find(contains="proof")


main()
