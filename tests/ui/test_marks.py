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
        # Lines end with the separator of paragraphs.
        content = Atspi.Text.get_text(text, 0, -1).replace("\u2029", "\n")
        if wanted in content:
            return node, content, content.index(wanted)
    return None


def select(node, content, begin, length):
    """Draws the mouse over a piece of a line of a block of code; none of the lines before it may wrap."""
    area = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    line_height, width = 18, 7.2
    y = area.y + content.count("\n", 0, begin) * line_height + line_height // 2
    column = begin - (content.rfind("\n", 0, begin) + 1)
    x, end = (str(area.x + round(place * width)) for place in (column, column + length))
    move = ["mousemove", x, str(y), "sleep", "0.1", "mousedown", "1", "mousemove", str(int(x) + 30), str(y)]
    subprocess.run(["xdotool", *move, "sleep", "0.1", "mousemove", end, str(y), "mouseup", "1"], check=True)


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

        desk.keys("x")
        desk.wait(state(desk, "Kept"), "kept")
        node, content, at = desk.wait(lambda: text_with(desk, "STRIPE_KEY=sk_"), "the value that is kept")
        at += len("STRIPE_KEY=")
        select(node, content, at, content.index("\n", at) - at)
        desk.wait(lambda: Atspi.Text.get_n_selections(node.get_text_iface()) == 1, "a selection")
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
