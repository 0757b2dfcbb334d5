#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The search that goes on into messages, and the menus of the rows, by keyboard and mouse."""

import os
import subprocess
import sys

import walk
from desk import Atspi, Desk


def search(desk):
    desk.find(contains=walk.TITLE)
    desk.keys("ctrl+f")
    desk.has_focus(contains="Search titles")
    desk.type("webhook", into="Search titles")
    # The title holds it; other sessions hold it in their messages only.
    desk.find(contains="found by messages alone")
    desk.find(contains="found in messages")
    desk.shot("search-in-messages")
    desk.keys("Escape")
    desk.find(contains="Fix flaky login test", role="push button")
    desk.gone(contains="found in messages")


def menu_by_keys(desk):
    """Of a session without a link: there is nothing to copy or to take down."""
    desk.keys("ctrl+f")
    desk.has_focus(contains="Search titles")
    desk.type(walk.TITLE, into="Search titles")
    desk.gone(contains="Fix flaky login test", role="push button")
    desk.keys("Down")
    desk.has_focus(name="Sessions", role="list")
    desk.keys("shift+F10")
    menu = desk.find(contains=walk.TITLE, role="popup menu")
    desk.shot("session-menu")
    assert [node.get_name() for node in desk.all(role="push button", root=menu)] == ["Publish…"]
    desk.keys("Return")
    desk.find(contains="Anyone who has the link can read it")
    desk.keys("Escape")
    desk.gone(contains="Anyone who has the link can read it")
    desk.press(name="Clear search", role="push button")


def right_click(desk, node):
    """As a person does, on the row itself."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    place = [str(box.x + 200), str(box.y + box.height // 2)]
    subprocess.run(["xdotool", "mousemove", *place, "click", "3"], check=True)


def menu_of_links(desk):
    walk.rail(desk, "Links")
    desk.press(name="Check now", role="push button")
    desk.find(contains="Live, 2 secrets")
    right_click(desk, desk.find(contains="Fix flaky login test, Live", role="push button"))
    menu = desk.find(contains="Fix flaky login test", role="popup menu")
    desk.shot("link-menu")
    names = [node.get_name() for node in desk.all(role="push button", root=menu)]
    assert names[0] == "Show what is public" and "Replace by redacted snapshot…" in names and "Unshare…" in names, names
    desk.press(name="Unshare…", role="push button", root=menu)
    dialog = desk.find(role="dialog", contains="Unshare")
    desk.has_focus(name="Cancel")
    desk.keys("Escape")
    desk.gone(role="dialog", contains="Unshare")
    # All that are selected, where the row is one of them.
    desk.press(name="Select all shown", role="check box")
    desk.wait(lambda: checked(desk, "Select all shown"), "all to be selected")
    right_click(desk, desk.find(contains="Fix flaky login test, Live", role="push button"))
    desk.find(contains="selected links", role="popup menu")
    desk.shot("links-menu")
    desk.keys("Escape")
    desk.press(name="Select all shown", role="check box")
    desk.wait(lambda: not checked(desk, "Select all shown"), "none to be selected")


def checked(desk, name):
    return any(node.get_state_set().contains(Atspi.StateType.CHECKED) for node in desk.all(name=name))


def roles(desk):
    """What is chosen, and that it is a choice, is there for a screen reader too."""
    walk.rail(desk, "Sessions")
    walk.open_session(desk)
    desk.find(name="As published", role="radio button")
    assert checked(desk, "As published") and not checked(desk, "Original")
    desk.press(name="Original", role="radio button")
    desk.wait(lambda: checked(desk, "Original") and not checked(desk, "As published"), "the other view")
    desk.press(name="Original", role="radio button")
    assert checked(desk, "Original"), "pressed twice it stays chosen"


def main():
    options = ["--demo", "--theme", os.environ.get("THEME", "light")]
    with Desk(sys.argv[1], options, shots=os.environ.get("SHOTS")) as desk:
        search(desk)
        menu_by_keys(desk)
        menu_of_links(desk)
        roles(desk)


main()
