#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Decides about findings: keep one, take it back, publish a kept one with a reason."""

import sys

import walk
from desk import Desk

KEY = "Stripe secret key"


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        walk.open_session(desk)
        desk.find(contains="secrets and")
        desk.find(contains=KEY, role="list item")
        desk.press(contains=KEY, role="list item")
        desk.press(name=f"Keep {KEY}", role="push button")
        desk.wait(lambda: any("Kept" in node.get_name() for node in desk.all(contains=KEY, role="list item")), "kept")
        desk.press(name="Undo", role="push button")
        desk.wait(
            lambda: any("Redacted" in node.get_name() for node in desk.all(contains=KEY, role="list item")), "redacted"
        )
        desk.press(name=f"Keep {KEY}", role="push button")
        desk.wait(lambda: any("Kept" in node.get_name() for node in desk.all(contains=KEY, role="list item")), "kept")
        desk.shot("kept")

        desk.press(name="Publish…", role="push button")
        desk.find(contains="1 secret that you keep will be public")
        desk.shot("unexplained")
        # Without a reason nothing happens.
        desk.press(name="Publish snapshot", role="push button")
        desk.has_focus(name="Cancel")
        reason = desk.find(name="Why these secrets may be public")
        reason.get_component_iface().grab_focus()
        desk.has_focus(name="Why these secrets may be public")
        desk.type("A key of the sandbox", into="Why these secrets")
        desk.shot("reason")
        desk.press(name="Publish snapshot", role="push button")
        desk.press(name="Done", role="push button")
        walk.rail(desk, "Activity")
        desk.press(contains=f"Published, {walk.TITLE}", role="push button")
        desk.find(contains="secrets kept: A key of the sandbox")


main()
