#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""Closing the window leaves Sharelock in the tray, if the person said so; a click or its menu brings it back, its menu or Ctrl+Q ends it."""

import ctypes
import subprocess
import sys

from gi.repository import Gio, GLib

from desk import Desk

HOST = "org.kde.StatusNotifierWatcher"
INTERFACE = f"""
<node><interface name="{HOST}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
</interface></node>"""


class Tray:
    """A desktop's tray."""

    def __init__(self):
        self.items = []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.bus.register_object(
            "/StatusNotifierWatcher",
            Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0],
            self.on_call,
            lambda *_: GLib.Variant("b", True),
            None,
        )
        Gio.bus_own_name_on_connection(self.bus, HOST, Gio.BusNameOwnerFlags.NONE, None, None)

    def on_call(self, _bus, _sender, _path, _interface, _method, arguments, invocation):
        self.items.append(arguments.unpack()[0])
        invocation.return_value(None)

    def call(self, path, interface, method, *arguments):
        answer = self.bus.call_sync(
            self.items[-1], path, interface, method, *arguments, None, Gio.DBusCallFlags.NONE, 30000, None
        )
        return answer.unpack()

    def click(self):
        self.call("/StatusNotifierItem", "org.kde.StatusNotifierItem", "Activate", GLib.Variant("(ii)", (0, 0)))

    def menu(self, method, kinds, *arguments):
        path = self.call(
            "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "Menu")),
        )[0]
        return self.call(path, "com.canonical.dbusmenu", method, GLib.Variant(kinds, arguments))

    def entries(self):
        """What the menu says, by number."""
        _, (_, _, children) = self.menu("GetLayout", "(iias)", 0, -1, [])
        return {number: properties.get("label", "") for number, properties, _ in children}

    def choose(self, label):
        number = next(number for number, text in self.entries().items() if text == label)
        self.menu("Event", "(isvu)", number, "clicked", GLib.Variant("i", 0), 0)


def windows():
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Sharelock"], capture_output=True, text=True)
    return found.stdout.split()


def choice(desk, group, name):
    """Also where it has to be scrolled to."""
    for node in desk.nodes():
        if node.get_name() == group:
            return next((inner for inner in desk.nodes(node) if inner.get_name() == name), None)
    return None


def close_window(desk):
    """As the cross in its frame does, which no window manager draws here."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    protocols, delete = (x11.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    window = int(windows()[0])
    # An XEvent is as large as 24 longs; type, serial, send_event, display, window, message_type, format, data.
    event = (ctypes.c_long * 24)(33, 0, 1, 0, window, protocols, 32, delete)
    x11.XSendEvent(display, window, 0, 0, ctypes.byref(event))
    x11.XCloseDisplay(display)
    desk.wait(lambda: not windows(), "the window to be gone")


def stay(desk, tray):
    desk.press(name="Settings")
    assert not tray.items
    on = desk.wait(lambda: choice(desk, "Keep watching in the tray when the window is closed", "On"), "the choice")
    on.get_action_iface().do_action(0)
    desk.wait(lambda: tray.items, "the icon in the tray")


def main():
    tray = Tray()
    with Desk(sys.argv[1], ["--demo"]) as desk:
        stay(desk, tray)
        close_window(desk)
        assert desk.process.poll() is None
        tray.click()
        desk.wait(windows, "the window to come back")

        close_window(desk)
        assert list(tray.entries().values()) == ["Open Sharelock", "", "Quit"]
        # As trays do that ask for all at once, and for what is not there.
        found = tray.menu("GetGroupProperties", "(aias)", [1, 7], ["label"])[0]
        assert found == [(1, {"label": "Open Sharelock"})]
        assert tray.menu("EventGroup", "(a(isvu))", [(7, "clicked", GLib.Variant("i", 0), 0)]) == ([7],)
        tray.menu("Event", "(isvu)", 3, "hovered", GLib.Variant("i", 0), 0)
        assert tray.menu("AboutToShow", "(i)", 0) == (False,)
        tray.choose("Open Sharelock")
        desk.wait(windows, "the window to come back by the menu")

        close_window(desk)
        desk.has_keyboard = False
        tray.choose("Quit")
        assert desk.process.wait(30) == 0

    tray.items.clear()
    with Desk(sys.argv[1], ["--demo"]) as desk:
        stay(desk, tray)
        desk.has_keyboard = False
        desk.keys("ctrl+q")
        assert desk.process.wait(30) == 0


if __name__ == "__main__":
    main()
