#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the clipboard, on stdout: paste.py text, or paste.py image for a PNG. Nothing: it is empty."""

import sys

import gi
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def main():
    Gtk.init()
    loop = GLib.MainLoop()
    clipboard = Gdk.Display.get_default().get_clipboard()

    def text(source, result):
        try:
            sys.stdout.write(source.read_text_finish(result) or "")
        except GLib.Error:
            pass
        loop.quit()

    def image(source, result):
        try:
            sys.stdout.buffer.write(source.read_texture_finish(result).save_to_png_bytes().get_data())
        except GLib.Error:
            pass
        loop.quit()

    if sys.argv[1:] == ["image"]:
        clipboard.read_texture_async(None, image)
    else:
        clipboard.read_text_async(None, text)
    GLib.timeout_add_seconds(10, loop.quit)
    loop.run()


main()
