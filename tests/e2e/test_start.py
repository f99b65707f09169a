#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Verifa Desk starts, in a real window: command line, launcher, first run, keyring, what is remembered."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import (BUTTON, PROGRAM, Desk, NotSeen, Sandbox, name_of, role_of, run,  # noqa: E402
                  text_of, wait, walk)

ID = "com.withverifa.Desk"
PATH = "/com/withverifa/Desk"


def refused(*arguments):
    """What a start that fails says: exit status and sentence, without a display."""
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env["GSETTINGS_SCHEMA_DIR"] = os.path.join(os.environ["VRF_BUILD_ROOT"], "data")
    env["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    done = subprocess.run([PROGRAM, *arguments], env=env, capture_output=True, text=True, timeout=20,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def command_line():
    status, said, complaint = refused("--version")
    assert status == 0 and re.match(r"^verifa-desk \d+\.\d+", said) and not complaint, (status, said, complaint)
    for arguments in (["--nonsense"], ["BK-1"], ["--new", "BK-1", "BK-2"], ["--show"]):
        status, said, complaint = refused(*arguments)
        assert status in (1, 2) and len(complaint.strip().splitlines()) == 1, (arguments, status, complaint)
    status, _, complaint = refused("--sandbox")
    assert status == 1 and "display" in complaint, (status, complaint)


def new_at_start():
    """--new at the first start: the form lies over the window, not under it."""
    with Desk("--sandbox", "--new", "BK-76") as desk:
        desk.find_window("^New Verification$")
        desk.find_name("^Connected$")
        # Without a window manager the stacking is the order of mapping; xwininfo names the topmost first.
        tree = subprocess.run(["xwininfo", "-root", "-children"], capture_output=True, text=True,
                              check=True).stdout
        seen = [line for line in tree.splitlines() if '"New Verification"' in line or '"Verifa Desk"' in line]
        assert len(seen) >= 2 and '"New Verification"' in seen[0], tree


def second_start():
    """A second start hands its wish to the first one, and so does a launcher."""
    with Desk("--sandbox") as desk:
        desk.find_name("^Connected$")
        assert desk.start_again("--sandbox", "--new", "BK-77") == (0, "")
        desk.find_window("^New Verification$")
        wait("the reference", lambda: text_of(desk.entry("External Reference")) == "BK-77")
        desk.press("Create Verification")
        desk.find_name("^QR code for BK-77$")
        desk.focus("^Verification Created$")
        desk.key("Escape")
        wait("the dialog to close", lambda: len(desk.frames()) == 1)
        session_id = next(name_of(n) for n in desk.nodes() if name_of(n).startswith("session_"))
        assert desk.start_again("--sandbox", "--show", session_id)[0] == 0
        desk.find_name("^Session Details$")
        status, complaint = desk.start_again("--sandbox", "one", "two")
        assert status == 2 and complaint, (status, complaint)
        assert len(desk.frames()) == 1, "a second window of the same profile"

        assert launcher(desk, "ActivateAction", "new-verification", "[]", "{}") == 0
        desk.find_window("^New Verification$")
        assert launcher(desk, "ActivateAction", "sandbox", "[]", "{}") == 0
        assert launcher(desk, "Activate", "{}") == 0
        assert desk.alive()
        assert "CRITICAL" not in desk.read_log() and "WARNING" not in desk.read_log(), desk.read_log()


def launcher(desk, method, *arguments):
    return subprocess.run(["gdbus", "call", "--session", "--dest", ID, "--object-path", PATH, "--method",
                           "org.freedesktop.Application." + method, *arguments],
                          env=desk.env, capture_output=True, timeout=20, check=False).returncode


def first_run():
    """Nothing chosen yet: the welcome page, and from it into the sandbox, for good."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Desk(home=home) as desk:
            desk.find_name("^Welcome to Verifa Desk$")
            desk.press("Try the Sandbox")
            desk.find_name("^Connected$")
            desk.find_name("^No Verifications Yet$")
            desk.focus("^Verifa Desk$")
            desk.key("ctrl+5")
            wait("the view", lambda: any(role_of(n) == "label" and name_of(n) == "No Verifications Here" or
                                         name_of(n) == "Rejected" for n in desk.nodes()))
            resize(desk, 1210, 733)
            desk.key("ctrl+q")
            desk.process.wait(15)
        with Desk(home=home) as desk:
            desk.find_name("^Connected$")
            assert not desk.sees("^Welcome to Verifa Desk$")
            wait("the size it had", lambda: size(desk) == (1210, 733), 5)
            kept = settings(desk, "view")
            assert kept == "'rejected'", kept
    finally:
        shutil.rmtree(home, ignore_errors=True)


def size(desk):
    shape = subprocess.run(["xdotool", "getwindowgeometry", "--shell", desk.x_windows()[0]],
                           capture_output=True, text=True, check=True).stdout
    found = dict(line.split("=") for line in shape.split() if "=" in line)
    return int(found["WIDTH"]), int(found["HEIGHT"])


def resize(desk, width, height):
    subprocess.run(["xdotool", "windowsize", "--sync", desk.x_windows()[0], str(width), str(height)], check=True)
    wait("the new size", lambda: size(desk) == (width, height), 5)


def settings(desk, key, value=None):
    command = ["gsettings", "get", ID, key] if value is None else ["gsettings", "set", ID, key, value]
    return subprocess.run(command, env=desk.env, capture_output=True, text=True, check=True).stdout.strip()


def remembered():
    """Columns and order survive a restart; the pattern rules Generate."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Sandbox("--seed", "20") as sandbox:
            with Desk(environment=sandbox.environment(), home=home) as desk:
                desk.find_name("^Connected$")
                desk.focus("^Verifa Desk$")
                desk.key("ctrl+7")
                wait("rows", lambda: rows(desk))
                settings(desk, "columns", "['status', 'reference', 'created']")
                settings(desk, "sort", "('reference', false)")
                settings(desk, "reference-pattern", "'ROOM-###'")
                wait("the columns to go", lambda: titles(desk) == {"Status", "Reference", "Created"})
                order = rows(desk)
                desk.key("ctrl+q")
                desk.process.wait(15)
            with Desk(environment=sandbox.environment(), home=home) as desk:
                desk.find_name("^Connected$")
                wait("the same order", lambda: rows(desk) == order)
                assert titles(desk) == {"Status", "Reference", "Created"}, titles(desk)
                desk.focus("^Verifa Desk$")
                desk.key("ctrl+n")
                desk.find_window("^New Verification$")
                desk.press("Generate")
                wait("a reference of the pattern", lambda: re.match(
                    r"^ROOM-\d{3}$", text_of(desk.entry("External Reference"))))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def rows(desk):
    return [name_of(n).split(",")[0] for n in desk.nodes("^Verifa Desk$")
            if role_of(n) == "table row" and "," in name_of(n)]


def titles(desk):
    wanted = {"Status", "Result", "Risk", "Reference", "Applicant", "Workflow", "Created", "Expires"}
    table = next(n for n in desk.nodes("^Verifa Desk$") if name_of(n) == "Verifications")
    header = next(n for n in table if role_of(n) == "table row")
    return {name_of(n) for n in walk(header)} & wanted


class Keyring:
    """A Secret Service of this test's own, unlocked, in a home of its own."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="verifa-keyring-test.")
        env = dict(os.environ, HOME=self.home, XDG_DATA_HOME=os.path.join(self.home, "data"),
                   XDG_RUNTIME_DIR=self.home)
        self.process = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env=env,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(b"\n")
        self.process.stdin.close()
        wait("the Secret Service", self._owned)

    @staticmethod
    def _owned():
        return b"true" in subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
             "--method", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets"],
            capture_output=True, check=False).stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        wait("the Secret Service to be gone", lambda: not self._owned())
        shutil.rmtree(self.home, ignore_errors=True)


def open_connect(desk, url, key):
    desk.press("Connect…")
    desk.find_window("^Connect to Verifa$")
    unfold = desk.find(("list item",), "^Advanced$")
    assert unfold
    desk.focus("^Connect to Verifa$")
    for _ in range(8):
        if any(role_of(n) == "text" and name_of(n) == "Address" for n in desk.nodes("^Connect")):
            break
        desk.key("Tab")
        if desk.focused() == "Advanced":
            desk.key("Return")
    desk.set_text("Address", url)
    try_key(desk, key)


def try_key(desk, key):
    desk.set_text("API Key", key)
    wait_and_press(desk, "Connect")


def wait_and_press(desk, label):
    button = wait("%s" % label, lambda: next(
        (n for n in desk.nodes("^(Connect to Verifa|New API Key)$") if role_of(n) in BUTTON
         and re.search(r"(^|[ _])%s$" % label, name_of(n))), None))
    button.queryAction().doAction(0)


def keyring():
    """A key is asked for once, kept in the keyring, and used without a word at the next start."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Sandbox() as sandbox, Keyring():
            with Desk(home=home) as desk:
                desk.find_name("^Welcome to Verifa Desk$")
                open_connect(desk, sandbox.url, "vk_sandbox_" + "0" * 32)
                desk.find_name("does not accept this key")
                try_key(desk, "pk_sandbox_" + "0" * 32)
                desk.find_name("not a secret key")
                desk.set_text("Address", "http://verifa.example")
                try_key(desk, sandbox.key)
                desk.find_name(r"(?i)https")
                desk.set_text("Address", sandbox.url)
                try_key(desk, sandbox.key)
                desk.find_name("^Connected$")
                assert sandbox.key not in desk.read_log()
                desk.focus("^Verifa Desk$")
                desk.key("ctrl+q")
                desk.process.wait(15)
            with Desk(home=home) as desk:
                desk.find_name("^Connected$")
                assert not desk.sees("^Welcome")
                assert not stored_in_clear(home, sandbox.key), "the key is in a file in clear"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def stored_in_clear(home, key):
    return subprocess.run(["grep", "-rq", key, home], check=False).returncode == 0


def no_keyring():
    """Without a Secret Service the message names it and offers the key for this run."""
    with Sandbox() as sandbox, Desk() as desk:
        desk.find_name("^Welcome to Verifa Desk$")
        open_connect(desk, sandbox.url, sandbox.key)
        desk.find_name(r"Secret Service \(org\.freedesktop\.secrets\)")
        desk.press("Use for This Run Only")
        desk.find_name("^Connected$")


def not_a_key():
    """A key of the environment that no Verifa key looks like ends the start with a sentence."""
    with Sandbox() as sandbox:
        try:
            with Desk(environment=sandbox.environment(key="sk_wrong")) as desk:
                raise AssertionError("opened: %s" % desk.all_names()[:5])
        except NotSeen as ended:
            assert "ended with 1" in str(ended) and "vk_sandbox_" in str(ended), ended


def main():
    tests = [("options and sentences without a display", command_line),
             ("the form that --new asks for lies on top", new_at_start),
             ("a second start, and a launcher", second_start),
             ("the first run, and what is remembered of the window", first_run),
             ("columns, order and pattern are remembered", remembered),
             ("no keyring: the key for this run", no_keyring),
             ("a key that is none", not_a_key)]
    if shutil.which("gnome-keyring-daemon"):
        tests.append(("a key is kept in the keyring", keyring))
    only = os.environ.get("VRF_ONLY")
    run([t for t in tests if only is None or re.search(only, t[0])])


if __name__ == "__main__":
    main()
