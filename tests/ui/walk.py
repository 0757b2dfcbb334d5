# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""The main job, step by step, as a person does it: used by the tour and by the tests."""

TITLE = "Add retry to payment webhook"


def rail(desk, page):
    """Goes to a page through the navigation rail. A badge may follow its name."""
    desk.press(contains=page, role="push button")


def open_session(desk, title=TITLE):
    desk.press(contains=title, role="push button")
    desk.find(contains=title, role="label")
    desk.find(name="Publish…", role="push button")
    desk.find(role="list", name="Conversation")


def publish(desk, title=TITLE):
    desk.press(name="Publish…", role="push button")
    desk.find(contains="Anyone who has the link can read it")
    desk.shot("publish")
    desk.press(name="Publish snapshot", role="push button")
    desk.find(name="Done", role="push button")
    desk.shot("published")
    desk.press(name="Done", role="push button")
    desk.gone(name="Done", role="push button")


def open_link(desk, title=TITLE):
    rail(desk, "Links")
    desk.press(contains=title, role="push button")
    desk.find(name="Unshare", role="push button")


def unshare(desk):
    desk.press(name="Unshare", role="push button")
    dialog = desk.find(role="dialog", contains="Unshare")
    desk.shot("unshare")
    desk.press(name="Unshare", role="push button", root=dialog)
    desk.gone(role="dialog", contains="Unshare")
    desk.find(contains="Removed")
