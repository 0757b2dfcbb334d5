#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The page Share mode: why a mode is so, a change that is shown before it is written, and taken back; auto is asked
about; many projects at once; a file that another program writes shows at once."""

import glob
import os
import sys

import walk
from desk import Desk


def world():
    """The folder that the sample world of this window writes into."""
    folders = glob.glob(os.path.join(os.environ.get("TMPDIR", "/tmp"), "sharelock-*", "home", "projects"))
    return max(folders, key=os.path.getmtime)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def choose(desk, mode):
    desk.press(name=mode, root=desk.find(name="Share mode of this project"))


def reasons(desk):
    walk.rail(desk, "Share mode")
    desk.find(contains="This computer")
    desk.press(contains="checkout-service", role="push button")
    desk.find(contains="public at once, with everything in it")
    desk.find(contains="wins")
    desk.find(contains="opencode.json says otherwise, but .opencode/opencode.json overrides it.")
    desk.shot("mode")


def change(desk, folder):
    path = os.path.join(folder, "checkout-service", ".opencode", "opencode.json")
    before = read(path)
    choose(desk, "Disabled")
    desk.find(contains='+   "share": "disabled", // demo day')
    desk.shot("mode-change")
    if read(path) != before:
        raise AssertionError("choosing a mode must write nothing")
    desk.press(name="Save change", role="push button")
    desk.find(contains="Saved.")
    desk.find(contains="Why it is Disabled")
    if '"share": "disabled", // demo day' not in read(path):
        raise AssertionError("the change was not written")
    desk.shot("mode-saved")
    desk.press(name="Undo", role="push button")
    desk.find(contains="Why it is Auto")
    if read(path) != before:
        raise AssertionError("undo must restore the file")


def auto(desk, folder):
    path = os.path.join(folder, "playground", "opencode.json")
    desk.press(contains="playground", role="push button")
    desk.find(contains="Why it is Manual")
    choose(desk, "Auto")
    desk.find(contains="Every new session in this project will be public at once")
    desk.shot("mode-auto")
    desk.press(name="Cancel", role="push button")
    desk.gone(name="Make new sessions public")
    if "share" in read(path):
        raise AssertionError("nothing was confirmed")


def outside(desk, folder):
    """Another program writes the file that is looked at."""
    path = os.path.join(folder, "playground", "opencode.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write('{ "share": oops }')
    desk.find(contains="What the layers say")
    desk.find(contains="line 1")
    desk.shot("mode-broken")
    with open(path, "w", encoding="utf-8") as file:
        file.write("{}")
    desk.find(contains="Why it is Manual")


def many(desk, folder):
    for name in ("checkout-service", "playground"):
        desk.press(contains=name, role="push button")
        desk.keys("space")
    desk.find(contains="2 selected")
    desk.shot("mode-many")
    desk.press(name="Disable", role="push button")
    dialog = desk.find(role="dialog", contains="Disable sharing in 2 projects?")
    desk.shot("mode-many-asked")
    desk.press(name="Disable", role="push button", root=dialog)
    desk.gone(contains="2 selected")
    desk.find(contains="Why it is Disabled")
    if '"share": "disabled"' not in read(os.path.join(folder, "playground", "opencode.json")):
        raise AssertionError("the second project was not written")


def main():
    program = sys.argv[1]
    shots = sys.argv[2] if len(sys.argv) > 2 else None
    theme = sys.argv[3] if len(sys.argv) > 3 else "light"
    with Desk(program, ["--demo", "--theme", theme], shots=shots) as desk:
        desk.find(contains=walk.TITLE, role="push button")
        folder = world()
        reasons(desk)
        change(desk, folder)
        auto(desk, folder)
        outside(desk, folder)
        many(desk, folder)


if __name__ == "__main__":
    main()
