#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""A link whose key opencode deleted with its session: searched for, found and taken down; or a request to copy. And
the export of what was done."""

import csv
import json
import os
import sqlite3
import subprocess
import sys

import walk
from desk import Desk
from share_server import ShareServer

FOUND = "Deleted, with traces"
LOST = "Deleted for good"
TABLES = """
CREATE TABLE project (id text PRIMARY KEY, worktree text, name text, time_created integer, time_updated integer);
CREATE TABLE session (id text PRIMARY KEY, project_id text, parent_id text, slug text, directory text, title text,
    version text, share_url text, time_created integer, time_updated integer);
CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text);
CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer, time_updated integer,
    data text);
CREATE TABLE session_share (session_id text PRIMARY KEY, id text, secret text, url text, time_created integer,
    time_updated integer);
INSERT INTO project VALUES ('p', '/p', 'project', 1, 1);
"""


def folder(name):
    path = os.path.join(os.environ["XDG_DATA_HOME"], name)
    os.makedirs(path, exist_ok=True)
    return path


def share(database, server, session, title):
    items = [
        {"type": "session", "data": {"id": session, "title": title, "time": {"created": 1, "updated": 1}}},
        {"type": "message", "data": {"id": "msg_1", "sessionID": session, "role": "user", "time": {"created": 1}}},
        {"type": "part", "data": {"id": "prt_1", "messageID": "msg_1", "sessionID": session, "type": "text",
                                  "text": "The whole conversation"}},
    ]
    name, key = server.share(session, items)
    url = f"{server.origin}/share/{name}"
    now = 1_760_000_000_000
    database.execute("INSERT INTO session VALUES (?, 'p', NULL, 's', '/p', ?, '1', ?, ?, ?)",
                     (session, title, url, now, now))
    database.execute("INSERT INTO session_share VALUES (?, ?, ?, ?, ?, ?)", (session, name, key, url, now, now))
    return key


def prepare(server):
    path = os.path.join(folder("opencode"), "opencode.db")
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(TABLES)
    share(database, server, "ses_000000000000000LostKey1", LOST)
    run("links")
    database.execute("PRAGMA secure_delete = ON")
    database.execute("DELETE FROM session_share")
    database.execute("DELETE FROM session")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    share(database, server, "ses_000000000000000FindMe2", FOUND)
    run("links")
    database.execute("PRAGMA secure_delete = OFF")
    database.execute("DELETE FROM session_share")
    database.execute("DELETE FROM session")
    ledger = sqlite3.connect(os.path.join(folder("sharelock"), "ledger.db"), isolation_level=None)
    ledger.execute("DROP TRIGGER sealed_key_stays")
    ledger.execute("DELETE FROM sealed_key")
    ledger.close()
    return database


def run(*words):
    done = subprocess.run([sys.argv[1], *words, "--vault", "file"], check=False, capture_output=True)
    assert done.returncode == 0, done
    return done.stdout


def open_lost(desk, title):
    walk.rail(desk, "Links")
    desk.press(contains=title, role="push button")
    desk.press(name="Search for the lost key", role="push button")


def find_and_unshare(desk):
    walk.rail(desk, "Links")
    desk.press(name="Check now", role="push button")
    desk.press(contains=FOUND, role="push button")
    desk.find(contains="The key to remove this link is lost.")
    desk.shot("lost-key")
    desk.press(name="Search for the lost key", role="push button")
    banner = desk.find(contains="Key found.")
    desk.shot("lost-key-found")
    desk.press(name="Unshare", role="push button", root=banner)
    dialog = desk.find(role="dialog", contains="Unshare")
    desk.press(name="Unshare", role="push button", root=dialog)
    desk.gone(role="dialog", contains="Unshare")
    desk.find(contains="Removed, and proved.")
    desk.press(name="Back to the list", role="push button")


def ask_for_removal(desk):
    open_lost(desk, LOST)
    desk.find(contains="The key was not found.")
    desk.find(contains="Share ID: LostKey1")
    desk.shot("lost-key-request")
    desk.press(name="Copy request", role="push button")
    desk.press(name="Back to the list", role="push button")


def export(desk, path):
    walk.rail(desk, "Activity")
    desk.press(contains="proof", role="push button")
    desk.find(contains="Digest of what was public before")
    desk.shot("receipt")
    desk.press(name="Export…", role="push button")
    dialog = desk.find(role="dialog", contains="Export receipts")
    desk.has_focus(contains="File")
    desk.keys("ctrl+a")
    desk.type(path, "File")
    desk.shot("export")
    desk.press(name="Export", role="push button", root=dialog)
    desk.find(contains="written to " + path)
    desk.shot("exported")
    desk.press(name="Close", role="push button", root=dialog)
    desk.gone(role="dialog", contains="Export receipts")


def main():
    server = ShareServer()
    database = prepare(server)
    path = os.path.join(os.environ["HOME"], "receipts.csv")
    with Desk(sys.argv[1], ["--vault", "file", *sys.argv[3:]], shots=sys.argv[2] if len(sys.argv) > 2 else None) as desk:
        find_and_unshare(desk)
        ask_for_removal(desk)
        export(desk, path)
    database.close()
    assert list(server.shares) == ["LostKey1"], server.shares.keys()
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    acts = [row["act"] for row in rows]
    assert acts.count("recover") == 2 and "delete" in acts, acts
    assert len(rows) == len(json.loads(run("receipts", "--json"))), len(rows)
    assert os.stat(path).st_mode & 0o777 == 0o600
    verdict = json.loads(run("receipts", "--verify", "--json"))
    assert verdict["intact"] and verdict["head"] == rows[0]["hash"], verdict


main()
