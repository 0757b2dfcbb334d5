#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""tour.py PROGRAM FOLDER: the main job on sample data in the real window, with a picture of every page."""

import sys

import walk
from desk import Desk


def tour(program, folder, theme):
    with Desk(program, ["--demo", "--theme", theme], shots=f"{folder}/{theme}") as desk:
        walk.open_session(desk)
        desk.find(contains="are replaced")
        desk.shot("sessions")
        desk.press(name="Original")
        desk.find(contains="This is the original")
        desk.shot("sessions-original")
        desk.press(name="As published")
        walk.publish(desk)
        walk.open_link(desk)
        desk.shot("link")
        walk.unshare(desk)
        desk.shot("link-removed")
        walk.rail(desk, "Links")
        desk.find(name="Export…", role="push button")
        desk.shot("links")
        walk.rail(desk, "Share mode")
        desk.press(contains="checkout-service", role="push button")
        desk.find(contains="Why it is Auto")
        desk.shot("share-mode")
        walk.rail(desk, "Activity")
        desk.find(contains="proof")
        desk.shot("activity")
        walk.rail(desk, "Settings")
        desk.find(name="Appearance", role=None)
        desk.shot("settings")


def main():
    program, folder = sys.argv[1:3]
    for theme in ("light", "dark"):
        tour(program, folder, theme)
    print(f"sharelock: the pictures are in {folder}", file=sys.stderr)


main()
