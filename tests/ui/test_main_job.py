#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Preview, publish, find among the links, take down, see the proof: in the real window, on sample data."""

import sys

import walk
from desk import Desk


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"]) as desk:
        walk.open_session(desk)
        if desk.width() >= 1200:
            desk.find(contains="What will be public")
        desk.find(contains="~/work/web-shop")
        shown = "\n".join(desk.texts())
        assert "/home/alex" not in shown, "the preview shows the home folder"

        desk.press(name="Original", role="radio button")
        desk.find(contains="/home/alex/work/web-shop")
        desk.press(name="As published", role="radio button")
        desk.gone(contains="/home/alex/work/web-shop/logs")

        walk.publish(desk)
        walk.rail(desk, "Links")
        desk.gone(contains="Not checked")
        walk.open_link(desk)
        desk.find(contains="127.0.0.1")
        walk.unshare(desk)
        walk.rail(desk, "Activity")
        desk.find(contains="proof")


main()
