#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Goes from place to place of a finding in the conversation, selects text there and has it redacted."""

import subprocess
import sys

import walk
from desk import Desk
from gi.repository import Atspi

KEY = "Stripe secret key"
HOSTILE = '<img src="http://127.0.0.1:9/x.png">'


def text_with(desk, wanted):
    """The text of a block that is shown with its marks, and where in it the wanted text begins."""
    for node in desk.all(name="Text of the block"):
        text = node.get_text_iface()
        if text is None:
            continue
        at = Atspi.Text.get_text(text, 0, -1).find(wanted)
        if at >= 0:
            return text, at
    return None


def double_click(desk, text, offset):
    area = Atspi.Text.get_character_extents(text, offset, Atspi.CoordType.SCREEN)
    x, y = area.x + area.width // 2, area.y + area.height // 2
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "1"], check=True)


def state(desk, wanted):
    return lambda: any(wanted in node.get_name() for node in desk.all(contains=KEY, role="list item"))


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        walk.open_session(desk)
        desk.find(contains="secrets and")
        desk.press(name="Review", role="push button")
        desk.has_focus(contains=KEY, role="list item")
        desk.press(name=f"Go to {KEY}", role="push button")
        desk.find(contains="place 1 of 2")
        desk.wait(lambda: text_with(desk, "STRIPE_KEY=<secret-1>"), "the first place, marked")
        desk.keys("g")
        desk.find(contains="place 2 of 2")
        desk.find(contains="Authorization: Bearer <secret-1>")
        desk.keys("shift+g")
        desk.find(contains="place 1 of 2")
        desk.shot("goto")
        # On to the next finding, from the conversation itself, and back.
        desk.keys("F8")
        desk.gone(name=f"Go to {KEY}")
        desk.keys("shift+F8")
        desk.find(name=f"Go to {KEY}")

        desk.press(name=f"Keep {KEY}", role="push button")
        desk.wait(state(desk, "Kept"), "kept")
        desk.press(name=f"Go to {KEY}", role="push button")
        text, at = desk.wait(lambda: text_with(desk, "STRIPE_KEY=sk_"), "the value that is kept")
        at += len("STRIPE_KEY=")
        double_click(desk, text, at + 2)
        desk.wait(lambda: Atspi.Text.get_n_selections(text) == 1, "a selection")
        desk.shot("selected")
        desk.keys("ctrl+r")
        desk.wait(state(desk, "Redacted"), "redacted")
        desk.wait(lambda: text_with(desk, "STRIPE_KEY=<secret-1>"), "the pseudonym again")

        # Text is text, also where it can be selected.
        walk.open_session(desk, HOSTILE)
        block = desk.find(contains="Why does my page", role="list item")
        area = block.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        subprocess.run(["xdotool", "mousemove", str(area.x + 30), str(area.y + area.height // 2)], check=True)
        desk.wait(lambda: text_with(desk, "<img src="), "text to select, with its signs")
        desk.shot("hostile")


main()
