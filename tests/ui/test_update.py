#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""A published session grows: the window marks what is new, and the update brings it to the same link."""

import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

import walk
from desk import Desk

SAID = "What was said after the snapshot, in /home/alex/work/web-shop"


def grow(folder, title):
    """Writes a message into the sample database, as a running opencode would."""
    [path] = pathlib.Path(folder).rglob("opencode.db")
    database = sqlite3.connect(path, timeout=20)
    with database:
        session, = database.execute("SELECT id FROM session WHERE title = ?", (title,)).fetchone()
        last, = database.execute("SELECT max(time_created) FROM message WHERE session_id = ?", (session,)).fetchone()
        at = last + 60_000
        database.execute(
            "INSERT INTO message (id, session_id, time_created, time_updated, data) VALUES (?, ?, ?, ?, ?)",
            ("msg_ffff00000001AbCdEfGhIjKlMn", session, at, at,
             '{"role":"user","time":{"created":%d},"agent":"build"}' % at))
        database.execute(
            "INSERT INTO part (id, message_id, session_id, time_created, time_updated, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            ("prt_ffff00000001AbCdEfGhIjKlMn", "msg_ffff00000001AbCdEfGhIjKlMn", session, at, at,
             '{"type":"text","text":"%s"}' % SAID))
        database.execute("UPDATE session SET time_updated = ? WHERE id = ?", (at, session))
    database.close()


def scroll_to_end(desk):
    """By the wheel, over the conversation; it grows while one reads."""
    subprocess.run(["xdotool", "mousemove", "700", "600"], check=True)

    def arrived():
        subprocess.run(["xdotool", "click", "--repeat", "60", "--delay", "1", "5"], check=True)
        return desk.all(contains="What was said after the snapshot")

    desk.wait(arrived, "the end of the conversation")


def public(url):
    origin, _, share = url.partition("/share/")
    with urllib.request.urlopen("%s/api/share/%s/data" % (origin, share), timeout=20) as answer:
        return answer.read().decode()


def main(folder):
    options = ["--demo", "--theme", os.environ.get("THEME", "light")]
    with Desk(sys.argv[1], options, env={"TMPDIR": folder}, shots=os.environ.get("SHOTS")) as desk:
        walk.open_session(desk)
        desk.gone(name="Update snapshot")
        walk.publish(desk)
        desk.find(name="Update snapshot", role="push button")
        desk.gone(name="New since the snapshot")

        desk.press(name="Update snapshot", role="push button")
        desk.find(contains="The snapshot is up to date.")
        desk.shot("update-nothing")
        desk.press(name="Close", role="push button")

        grow(folder, walk.TITLE)
        desk.find(contains="125 messages")
        scroll_to_end(desk)
        desk.shot("new-since")
        desk.find(name="New since the snapshot")
        desk.press(name="New", role="radio button")
        desk.find(contains="1 new message")
        desk.gone(contains="The webhook of Larkspur Goods")
        desk.find(contains="What was said after the snapshot")
        desk.shot("new-only")
        desk.press(name="All", role="radio button")
        desk.find(contains="The webhook of Larkspur Goods")
        walk.rail(desk, "Links")
        walk.open_link(desk)
        url = re.search(r"http://\S+/share/\w+", "\n".join(desk.texts())).group()
        assert "after the snapshot" not in public(url)
        desk.shot("link-before")

        desk.press(name="Update snapshot", role="push button")
        desk.find(contains="1 new message")
        desk.shot("update")
        dialog = desk.find(role="dialog", contains="Update snapshot")
        desk.press(name="Update snapshot", role="push button", root=dialog)
        desk.find(name="Updated", role="label")
        desk.shot("updated")
        desk.press(name="Done", role="push button")
        now = public(url)
        assert "What was said after the snapshot, in ~/work/web-shop" in now, "the new message is not public"
        assert "/home/alex" not in now

        walk.rail(desk, "Activity")
        desk.find(contains="Updated")


with tempfile.TemporaryDirectory() as own:
    main(own)
