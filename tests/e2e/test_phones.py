#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones on the same network: let in from Preferences, seen in the window, let out again."""

import os
import re
import subprocess
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import Desk, Sandbox, run, text_of, wait  # noqa: E402

MAIN = "^Verifa Desk$"
PREFERENCES = "^Preferences$"
BAR = r"^Phones on this network until \d\d?:\d\d"


def has_network():
    """Whether the machine has an address that is not its own alone."""
    listing = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout
    return bool(re.search(r"\d+\.\d+\.\d+\.\d+", listing))


def keep(desk, name):
    folder = os.environ.get("VRF_SCREENSHOTS")
    if folder:
        desk.screenshot(os.path.join(folder, name + ".png"))


def open_preferences(desk):
    desk.focus(MAIN)
    desk.key("ctrl+comma")
    desk.find_window(PREFERENCES)
    desk.find(("page tab",), "^Sandbox").queryAction().doAction(0)
    return desk.find(("check box", "toggle button", "switch"), "^Let Phones In$")


def base(url):
    return "/".join(url.split("/")[:3])


def create(desk):
    desk.focus(MAIN)
    desk.key("ctrl+n")
    desk.find_window("^New Verification$")
    desk.set_text("External Reference", "BK-7")
    desk.press("Create Verification")
    desk.find_name("^QR code for BK-7$")


def let_in_and_out():
    """The switch, the bar, and what the QR code says."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        desk.find_name("^Connected$")
        switch = open_preferences(desk)
        keep(desk, "phones-off")
        assert not desk.sees(BAR), "the bar is there before anything was let in"
        switch.queryAction().doAction(0)
        if not has_network():
            desk.find_name("no network that phones could use")
            return
        address = desk.find_name(r"^http://[\d.:]+, until \d\d?:\d\d")
        keep(desk, "phones-on")
        away = text_of(address).split(",")[0]
        desk.focus(PREFERENCES)
        desk.key("Escape")
        wait("Preferences to close", lambda: len(desk.frames()) == 1)
        desk.find_name(BAR)
        keep(desk, "phones-window")

        create(desk)
        url = sandbox.sessions()[0]["capture_url"]
        assert base(url) == away and away != sandbox.url, (away, url)
        assert desk.decode_qr() == url
        with urllib.request.urlopen(url) as reply:
            assert reply.status == 200

        desk.press("Turn Off")
        desk.wait_gone(BAR)
        back = sandbox.sessions()[0]["capture_url"]
        assert base(back) == sandbox.url, back
        wait("the QR code of this computer's address", lambda: desk.decode_qr() == back)


if __name__ == "__main__":
    run([("phones are let in, seen and let out", let_in_and_out)])
