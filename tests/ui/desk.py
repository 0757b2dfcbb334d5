# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Drives the real window through the accessibility tree, as a screen reader would.

Needs a display, a D-Bus session and /usr/bin/python3 with gi (Debian: python3-gi, gir1.2-atspi-2.0). Waits are for
accessibility events, bounded by a time-out; nothing sleeps for a guess.
"""

import os
import signal
import subprocess
import sys
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

EVENTS = (
    "object:state-changed",
    "object:children-changed",
    "object:property-change",
    "object:text-changed",
    "object:visible-data-changed",
    "object:selection-changed",
    "window:",
    "focus:",
)


class Missing(AssertionError):
    """Something that a person should find in the window is not there."""


class Desk:
    """One run of the program and what is in its window."""

    def __init__(self, program, arguments=(), env=None, shots=None, patience=30):
        self.patience = patience
        self.shots = shots
        self.events = 0
        self.has_keyboard = False
        self.loop = GLib.MainLoop()
        Atspi.init()
        self.listener = Atspi.EventListener.new(self._on_event)
        for name in EVENTS:
            self.listener.register(name)
        surroundings = dict(os.environ)
        surroundings.update(QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QUICK_BACKEND="software", QT_QPA_PLATFORM="xcb")
        surroundings.update(env or {})
        # A log of its own would hide crashes; standard error is passed on as it comes.
        self.process = subprocess.Popen([program, *arguments], env=surroundings, stderr=subprocess.PIPE, text=True,
                                        errors="replace")
        self.complaints = []
        self.relay = threading.Thread(target=self._relay, daemon=True)
        self.relay.start()
        self.app = self.wait(self._find_app, "the window's accessibility tree")

    def _relay(self):
        """What the program says; and of it what QML complains about: binding loops, wrong types, missing names."""
        for line in self.process.stderr:
            sys.stderr.write(line)
            if line.startswith("qrc:") or ": QML " in line:
                self.complaints.append(line.strip())

    def _on_event(self, _event):
        self.events += 1
        self.loop.quit()

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            try:
                if child is not None and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    return child
            except GLib.Error:
                continue
        return None

    def wait(self, look, what, patience=None):
        """Calls look() after each accessibility event until it gives something."""
        begin = time.monotonic()
        end = begin + (patience or self.patience)
        while True:
            # An event may be lost on a busy machine; then what is cached of the tree is old.
            if time.monotonic() > begin + 3 and getattr(self, "app", None) is not None:
                self.app.clear_cache()
            if self.process.poll() is not None:
                raise Missing(f"the program ended with {self.process.returncode} while waiting for {what}")
            try:
                found = look()
            except GLib.Error:  # the tree changed under our feet
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise Missing(f"waited {self.patience} s for {what}; the window shows:\n{self.outline()}")
            # Some changes send no event of their own (a text that comes with its parent), so look again at times.
            timer = GLib.timeout_add(200, self._tick)
            self.loop.run()
            GLib.source_remove(timer) if self._pending(timer) else None

    @staticmethod
    def _pending(timer):
        return GLib.MainContext.default().find_source_by_id(timer) is not None

    def _tick(self):
        self.loop.quit()
        return True

    def nodes(self, root=None):
        stack = [root or self.app]
        while stack:
            node = stack.pop()
            try:
                count = node.get_child_count()
            except GLib.Error:
                continue
            yield node
            for index in range(min(count, 400) - 1, -1, -1):
                try:
                    child = node.get_child_at_index(index)
                except GLib.Error:
                    continue
                if child is not None:
                    stack.append(child)

    @staticmethod
    def showing(node):
        return node.get_state_set().contains(Atspi.StateType.SHOWING)

    @staticmethod
    def enabled(node):
        return node.get_state_set().contains(Atspi.StateType.ENABLED)

    @staticmethod
    def focused(node):
        return node.get_state_set().contains(Atspi.StateType.FOCUSED)

    def all(self, name=None, role=None, contains=None, root=None):
        found = []
        for node in self.nodes(root):
            try:
                title = node.get_name() or ""
                if name is not None and title != name:
                    continue
                if contains is not None and contains not in title:
                    continue
                if role is not None and node.get_role_name() != role:
                    continue
                if self.showing(node):
                    found.append(node)
            except GLib.Error:
                continue
        return found

    def find(self, name=None, role=None, contains=None):
        """Waits for something showing with this name (or part of a name) and role."""
        what = f"{role or 'something'} named {name or contains!r}"
        return self.wait(lambda: next(iter(self.all(name, role, contains)), None), what)

    def reveal(self, name):
        """Gives the keyboard to a field that may be out of sight; the page scrolls to it, as it does for Tab."""

        def look():
            for node in self.nodes():
                if node.get_name() == name and node.get_role_name() == "text":
                    return node
            return None

        self.wait(look, f"a field named {name!r}").get_component_iface().grab_focus()
        self.has_focus(name=name)

    def gone(self, name=None, role=None, contains=None):
        self.wait(lambda: not self.all(name, role, contains), f"{name or contains!r} to go")

    def press(self, name=None, role=None, contains=None, root=None):
        what = f"{name or contains!r} to be enabled"

        def usable():
            return next((node for node in self.all(name, role, contains, root) if self.enabled(node)), None)

        node = self.wait(usable, what)
        actions = node.get_action_iface()
        if actions is None or actions.get_n_actions() == 0:
            raise Missing(f"{name or contains!r} can't be pressed through accessibility")
        actions.do_action(0)
        return node

    def width(self):
        """Of the window, in pixels."""
        return self.app.get_child_at_index(0).get_component_iface().get_extents(Atspi.CoordType.SCREEN).width

    def texts(self):
        return [node.get_name() for node in self.nodes() if node.get_name() and self.showing(node)]

    def outline(self):
        lines = []
        for node in self.nodes():
            try:
                if self.showing(node) and node.get_name():
                    lines.append(f"  {node.get_role_name()}: {node.get_name()[:100]!r}")
            except GLib.Error:
                continue
        return "\n".join(lines[:200])

    def keys(self, *names):
        """Real key presses (xdotool), to the focused window."""
        # Without a window manager nobody gives the window the keyboard.
        if not self.has_keyboard:
            window = ["search", "--onlyvisible", "--name", "Sharelock"]
            subprocess.run(["xdotool", *window, "windowfocus", "--sync"], check=True)
            self.has_keyboard = True
        subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)

    def type(self, text, into):
        """Types into the field of that name, which has the keyboard. A busy X server may lose a key: then again."""
        tries = 3
        for number in range(1, tries + 1):
            subprocess.run(["xdotool", "type", "--clearmodifiers", text], check=True)
            try:
                self.wait(lambda: self.content(into) == text, f"{text!r} in {into!r}", 5 if number < tries else None)
                return
            except Missing:
                if number == tries:
                    raise
                self.keys("ctrl+a")

    def content(self, name):
        """What a text field holds."""
        for node in self.all(contains=name):
            text = node.get_text_iface()
            if text is not None:
                return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
        return None

    def has_focus(self, name=None, role=None, contains=None):
        """Waits until the keyboard is with this."""
        what = f"the keyboard to be with {role or 'something'} {name or contains!r}"
        self.wait(lambda: any(self.focused(node) for node in self.all(name, role, contains)), what)

    def shot(self, name):
        """A picture of the screen, if pictures are wanted."""
        if self.shots is None:
            return None
        os.makedirs(self.shots, exist_ok=True)
        path = os.path.join(self.shots, name + ".png")
        subprocess.run(["import", "-window", "root", path], check=True)
        print(f"  {path}", file=sys.stderr)
        return path

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.relay.join(10)  # What the program started may live on.
        for name in EVENTS:
            self.listener.deregister(name)

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self.close()
        assert failed or not self.complaints, self.complaints
