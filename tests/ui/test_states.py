#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""What the window says when there is nothing to show, or nothing that it can read; and hostile text."""

import os
import sqlite3
import sys
import tempfile

import walk
from desk import Desk

HOSTILE = '<img src="http://127.0.0.1:9/x.png">'


def desk_on(folder, name, **kwargs):
    return Desk(sys.argv[1], ["--theme", "dark", "--vault", "file"], env={"OPENCODE_DB": os.path.join(folder, name)}, **kwargs)


def no_data(folder):
    with desk_on(folder, "missing.db") as desk:
        desk.press(name="Try it with sample sessions", role="push button")
        desk.find(contains=walk.TITLE)


def not_a_database(folder):
    path = os.path.join(folder, "text.db")
    with open(path, "w", encoding="ascii") as file:
        file.write("this is no database\n" * 500)
    with desk_on(folder, "text.db") as desk:
        desk.find(contains="text.db")
        assert not desk.all(contains=walk.TITLE)
    with open(path, encoding="ascii") as file:
        assert file.read() == "this is no database\n" * 500


def foreign_program(folder):
    connection = sqlite3.connect(os.path.join(folder, "go.db"))
    for table in ("sessions", "messages", "files", "goose_db_version"):
        connection.execute(f"CREATE TABLE {table}(id TEXT)")
    connection.commit()
    connection.close()
    with desk_on(folder, "go.db") as desk:
        desk.find(contains="go.db")


def hostile_text():
    with Desk(sys.argv[1], ["--demo"]) as desk:
        walk.open_session(desk, HOSTILE)
        walk.publish(desk, HOSTILE)
        walk.open_link(desk, HOSTILE)
        walk.rail(desk, "Activity")
        desk.find(contains=HOSTILE)


def panel_stays_on_its_page():
    """What lies over a page goes with it, also where a screen reader leaves it without closing that first."""
    with Desk(sys.argv[1], ["--demo"]) as desk:
        walk.open_session(desk)
        desk.press(name="Review", role="push button")
        desk.find(name="What will be public", role="list")
        walk.rail(desk, "Links")
        desk.find(name="Check now", role="push button")
        desk.gone(name="What will be public", role="list")
        # The keyboard is with the page that came.
        desk.keys("ctrl+f")
        desk.has_focus(contains="Search links")


def main():
    with tempfile.TemporaryDirectory(prefix="sharelock-ui.") as folder:
        no_data(folder)
        not_a_database(folder)
        foreign_program(folder)
    hostile_text()
    panel_stays_on_its_page()


main()
