#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Links that older files of opencode tell of: what is wrong with each, what is public behind it, filters, expiry, a
second data folder, and the export."""

import csv
import json
import os
import sys

import walk
from desk import Desk
from share_server import ShareServer

SECRET = "Rotate the key"
PLAIN = "Explain the parser"
GONE = "Write the guide"
OTHER = "From a backup"


def items(session, text):
    return [
        {"type": "session", "data": {"id": session, "title": "T", "time": {"created": 1, "updated": 1}}},
        {"type": "message", "data": {"id": "msg_1", "sessionID": session, "role": "user", "time": {"created": 1}}},
        {"type": "part", "data": {"id": "prt_1", "messageID": "msg_1", "sessionID": session, "type": "text", "text": text}},
    ]


def add(folder, server, number, title, text):
    """A link as opencode kept it before it had a database; without text it is gone from the server."""
    session = f"ses_5f1c2d3e4a5bAbCdEf{number:08}"
    name, key = server.share(session, items(session, text or ""))
    for part, content in (
        ("session_share", {"id": name, "secret": key, "url": f"{server.origin}/share/{name}"}),
        ("session/project", {"id": session, "title": title, "directory": "/home/ada/web-shop"}),
    ):
        os.makedirs(os.path.join(folder, "storage", part), exist_ok=True)
        with open(os.path.join(folder, "storage", part, session + ".json"), "w", encoding="utf-8") as file:
            json.dump(content, file)
    if not text:
        del server.shares[name]


def filters(desk):
    desk.press(contains="1 With secrets", role="push button")
    desk.find(contains="1 of 3 shown")
    desk.press(contains="1 With secrets", role="push button")
    desk.find(contains="3 of 3 shown")
    desk.shot("links")


def detail(desk):
    desk.press(contains=SECRET, role="push button")
    desk.find(contains="Findings: 1 secret")
    desk.find(contains="Known from: files of an older opencode")
    desk.press(name="Never", role="push button")
    desk.press(contains="In 7 days")
    desk.find(contains=" days", role="push button")
    desk.shot("link-detail")
    desk.press(name="Back to the list", role="push button")


def second_folder(desk, path):
    walk.rail(desk, "Settings")
    field = "Folder that holds opencode.db or storage"
    desk.reveal(field)
    desk.type(path + "/nothing", field)
    desk.keys("Return")
    desk.find(contains="is no data folder of opencode's")
    desk.keys("ctrl+a")
    desk.type(path, field)
    desk.keys("Return")
    desk.find(contains="Remove " + path)
    walk.rail(desk, "Links")
    desk.find(contains=OTHER, role="push button")


def export(desk, path):
    desk.press(name="Export…", role="push button")
    dialog = desk.find(role="dialog", contains="Export links")
    desk.has_focus(contains="File")
    desk.keys("ctrl+a")
    desk.type(path, "File")
    desk.press(name="Export", role="push button", root=dialog)
    desk.find(contains="written to " + path)
    desk.press(name="Close", role="push button", root=dialog)
    desk.gone(role="dialog", contains="Export links")


def main():
    server = ShareServer()
    home = os.environ["HOME"]
    add(os.path.join(os.environ["XDG_DATA_HOME"], "opencode"), server, 1, SECRET, "set DB_PASSWORD=Kp7-vellum-Quartz-31")
    add(os.path.join(os.environ["XDG_DATA_HOME"], "opencode"), server, 2, PLAIN, "It reads a token at a time.")
    add(os.path.join(os.environ["XDG_DATA_HOME"], "opencode"), server, 3, GONE, None)
    add(os.path.join(home, "backup"), server, 4, OTHER, "Of another machine.")
    path = os.path.join(home, "links.csv")
    with Desk(sys.argv[1], ["--vault", "file", *sys.argv[3:]], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        walk.rail(desk, "Links")
        desk.find(contains=SECRET, role="push button")
        desk.press(name="Check now", role="push button")
        desk.find(contains="Live, 1 secret")
        desk.find(contains="Removed, proved")
        filters(desk)
        detail(desk)
        second_folder(desk, os.path.join(home, "backup"))
        export(desk, path)
    with open(path, newline="", encoding="utf-8") as file:
        rows = {row["title"]: row for row in csv.DictReader(file)}
    assert set(rows) == {SECRET, PLAIN, GONE, OTHER}, rows.keys()
    assert rows[SECRET]["secrets"] == "1" and rows[SECRET]["expiresAt"], rows[SECRET]
    assert rows[GONE]["state"] == "removed" and rows[OTHER]["state"] in ("live", "unknown"), rows


main()
