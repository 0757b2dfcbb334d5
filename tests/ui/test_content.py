#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Leaves tool output out, sees the stub, takes it back; the dialog says what is left out."""

import sys

import walk
from desk import Atspi, Desk

TOOLS = "Tool input and output"
STUB = "Tool output left out · bash"


def is_on(desk, name):
    nodes = desk.all(contains=name, role="check box")
    return nodes and nodes[0].get_state_set().contains(Atspi.StateType.CHECKED)


def main():
    with Desk(sys.argv[1], ["--demo", "--theme", "light"], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        walk.open_session(desk)
        # Before all is counted, the switches do nothing.
        desk.find(contains="all decided")
        desk.wait(lambda: is_on(desk, TOOLS), "the switch of tools to be on")
        assert not is_on(desk, "Attachments and images"), "images are left out by default"
        desk.find(contains="Attachment left out · dashboard.png")
        desk.press(contains=TOOLS, role="check box")
        desk.find(contains=STUB)
        assert not is_on(desk, TOOLS)
        desk.shot("left-out")

        desk.press(name="Publish…", role="push button")
        desk.find(contains="Left out: Tool input and output")
        desk.shot("dialog")
        desk.press(name="Cancel", role="push button")
        desk.gone(contains="Left out: Tool input and output")

        desk.press(name="Undo", role="push button")
        desk.gone(contains=STUB)
        desk.wait(lambda: is_on(desk, TOOLS), "the switch of tools to be on again")

        # The keyboard does it too.
        switch = desk.find(contains=TOOLS, role="check box")
        switch.get_component_iface().grab_focus()
        desk.has_focus(contains=TOOLS)
        desk.keys("space")
        desk.find(contains=STUB)
        desk.has_focus(contains=TOOLS)
        desk.shot("by-key")


main()
