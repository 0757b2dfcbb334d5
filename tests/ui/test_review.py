#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Decides about findings: keep one for more or less, rename it, take it back, publish a kept one with a reason."""

import sys

import walk
from desk import Desk

KEY = "Stripe secret key"


def keep(desk, choice, state):
    desk.press(name=f"Keep {KEY}")
    desk.find(name="Always keep", role="push button")
    desk.shot("keep-menu")
    desk.press(name=choice, role="push button")
    desk.wait(lambda: any(state in node.get_name() for node in desk.all(contains=KEY, role="list item")), state)


def rename(desk):
    """Another pseudonym, back to the old one, and one that is refused."""
    desk.press(name=f"Rename the pseudonym of {KEY}", role="push button")
    desk.has_focus(name="Pseudonym")
    desk.keys("ctrl+a")
    desk.type("the shop", into="Pseudonym")
    desk.shot("rename")
    desk.press(name="Rename", role="push button")
    desk.gone(name="Rename the pseudonym", role="dialog")
    desk.find(contains="the shop")
    desk.press(name="Undo", role="push button")
    desk.gone(contains="→ the shop")


def own_words(desk):
    """A word, and a pattern that is none."""
    walk.rail(desk, "Settings")
    desk.reveal("Word to always redact")
    desk.type("bluebell", into="Word to always redact")
    desk.keys("Return")
    desk.find(name="Word bluebell", role="list item")
    desk.press(name="Pattern", role="radio button")
    desk.reveal("Pattern to always redact")
    desk.type("a(b", into="Pattern to always redact")
    desk.press(name="Add to what is always redacted", role="push button")
    desk.find(contains="not a pattern")
    desk.shot("own-words")
    desk.press(name="Remove bluebell", role="push button")
    desk.gone(name="Word bluebell", role="list item")


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        walk.open_session(desk)
        desk.find(contains="secrets and")
        desk.find(contains=KEY, role="list item")
        desk.press(contains=KEY, role="list item")
        keep(desk, "Keep in this project", "Kept in")
        desk.shot("kept-in-project")
        desk.press(name="Undo", role="push button")
        desk.wait(
            lambda: any("Redacted" in node.get_name() for node in desk.all(contains=KEY, role="list item")), "redacted"
        )
        rename(desk)
        keep(desk, "Keep in this session", "Kept here")
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
        own_words(desk)


main()
