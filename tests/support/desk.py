# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real Verifa Desk window as a person would: keyboard, accessibility tree, screenshots.

Runs inside build-aux/headless (its own X server and session bus). Waiting is always for something
that can be seen; nothing here sleeps a fixed time and hopes.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request

import pyatspi

BUTTON = ("push button", "button", "toggle button")
TEXT = ("text", "entry")
POLL_S = 0.04

SOURCE_ROOT = os.environ["VRF_SOURCE_ROOT"]
BUILD_ROOT = os.environ["VRF_BUILD_ROOT"]
PROGRAM = os.path.join(BUILD_ROOT, "src", "desk", "verifa-desk")


class NotSeen(AssertionError):
    """What was waited for did not come."""


def wait(what, probe, timeout=15.0):
    """Polls probe() until it gives something true, and gives that."""
    end = time.monotonic() + timeout
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise NotSeen("waited %g s for %s" % (timeout, what))
        time.sleep(POLL_S)


def children(node):
    try:
        count = node.childCount
    except Exception:  # gone between two calls
        return
    for i in range(count):
        try:
            child = node[i]
        except Exception:
            continue
        if child is not None:
            yield child


def walk(node):
    """Depth first. Big lists cost a D-Bus call a node, so only their first rows are looked at."""
    for n, child in enumerate(children(node)):
        if n >= 60:
            return
        yield child
        yield from walk(child)


def name_of(node):
    try:
        return node.name or ""
    except Exception:
        return ""


def role_of(node):
    try:
        return node.getRoleName()
    except Exception:
        return ""


def text_of(node):
    """The content of a text, else the name."""
    try:
        text = node.queryText()
        return text.getText(0, text.characterCount)
    except Exception:
        return name_of(node)


def is_sensitive(node):
    return node.getState().contains(pyatspi.STATE_SENSITIVE)


class Desk:
    """One running verifa-desk with a home of its own."""

    def __init__(self, *arguments, environment=None, home=None, animated=False):
        self.home = home or tempfile.mkdtemp(prefix="verifa-desk-test.")
        self.owns_home = home is None
        env = dict(os.environ)
        for key in ("VERIFA_API_KEY", "VERIFA_API_URL"):
            env.pop(key, None)
        for key, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"),
                            ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state")):
            env[key] = os.path.join(self.home, folder)
            os.makedirs(env[key], exist_ok=True)
        self._copy_settings(env, animated)
        env["GSETTINGS_SCHEMA_DIR"] = os.path.join(BUILD_ROOT, "data")
        env.update(environment or {})
        self.env = env
        self.log_path = os.path.join(self.home, "log")
        self.log = open(self.log_path, "w", encoding="utf-8")
        self.process = subprocess.Popen([PROGRAM, *arguments], env=env, stderr=self.log,
                                        stdout=self.log)
        self.app = wait("the application on the accessibility bus", self._find_app, 30)

    @staticmethod
    def _copy_settings(env, animated):
        """The screen's font and icons; it moves nothing unless it is asked to."""
        settings = os.path.join(os.environ.get("XDG_CONFIG_HOME", ""), "gtk-4.0", "settings.ini")
        if not os.path.exists(settings):
            return
        folder = os.path.join(env["XDG_CONFIG_HOME"], "gtk-4.0")
        os.makedirs(folder, exist_ok=True)
        with open(settings, encoding="utf-8") as file:
            text = file.read()
        if animated:
            text = text.replace("gtk-enable-animations=false", "gtk-enable-animations=true")
        with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as file:
            file.write(text)

    def _find_app(self):
        if self.process.poll() is not None:
            raise NotSeen("verifa-desk ended with %s:\n%s" % (self.process.returncode, self.read_log()))
        for app in children(pyatspi.Registry.getDesktop(0)):
            try:
                if app.get_process_id() == self.process.pid and app.childCount > 0:
                    return app
            except Exception:
                continue
        return None

    def read_log(self):
        self.log.flush()
        with open(self.log_path, encoding="utf-8") as log:
            return log.read()

    def alive(self):
        return self.process.poll() is None

    # The tree

    def frames(self):
        return list(children(self.app))

    def nodes(self, within=""):
        """All nodes of the windows whose title matches. A hidden page of a stack is in the tree too."""
        for frame in self.frames():
            if re.search(within, name_of(frame)):
                yield from walk(frame)

    def find(self, roles, pattern, timeout=15.0):
        """The first node of one of the roles whose name matches the pattern (re.search)."""
        roles = (roles,) if isinstance(roles, str) else roles
        return wait("%s %r" % ("/".join(roles), pattern), lambda: next(
            (n for n in self.nodes()
             if role_of(n) in roles and re.search(pattern, name_of(n))), None), timeout)

    def find_name(self, pattern, timeout=15.0, within=""):
        return wait("%r" % pattern, lambda: next(
            (n for n in self.nodes(within) if re.search(pattern, name_of(n))), None), timeout)

    def find_window(self, pattern, timeout=15.0):
        return wait("a window %r" % pattern, lambda: next(
            (f for f in self.frames() if re.search(pattern, name_of(f))), None), timeout)

    def sees(self, pattern, within=""):
        return any(re.search(pattern, name_of(n)) for n in self.nodes(within))

    def wait_gone(self, pattern, timeout=15.0):
        wait("%r to go away" % pattern, lambda: not self.sees(pattern), timeout)

    def all_names(self):
        return [name_of(n) for n in self.nodes() if name_of(n)]

    def entry(self, title, timeout=15.0):
        return self.find(TEXT, "^%s" % re.escape(title), timeout)

    def set_text(self, title, value):
        entry = self.entry(title)
        entry.queryEditableText().setTextContents(value)
        wait("%s to hold the text" % title, lambda: text_of(entry) == value, 5)

    def find_button(self, label, timeout=15.0):
        """A button by its label; GTK 4.8 puts the label with its mnemonic's mark before it."""
        return self.find(BUTTON, r"(^|[ _])%s$" % re.escape(label), timeout)

    def press(self, label, timeout=15.0):
        button = self.find_button(label, timeout)
        wait("%r to be sensitive" % label, lambda: is_sensitive(button), timeout)
        action = button.queryAction()
        names = [action.getName(i) for i in range(action.nActions)]
        action.doAction(names.index("click") if "click" in names else 0)

    def focused(self):
        """The name of what has the keyboard, or its text."""
        for node in self.nodes():
            try:
                if node.getState().contains(pyatspi.STATE_FOCUSED):
                    return name_of(node) or text_of(node)
            except Exception:
                continue
        return None

    def wait_focus(self, pattern, timeout=10.0):
        wait("the focus on %r; it is on %r" % (pattern, self.focused()),
             lambda: re.search(pattern, self.focused() or ""), timeout)

    def start_again(self, *arguments):
        """A second start of the same person: gives exit status and what it said."""
        again = subprocess.run([PROGRAM, *arguments], env=self.env, capture_output=True, text=True,
                               timeout=30, check=False)
        return again.returncode, again.stdout + again.stderr

    def clipboard(self, kind="text"):
        """What another program can paste."""
        script = os.path.join(SOURCE_ROOT, "tests", "support", "paste.py")
        return subprocess.run(["/usr/bin/python3", script, kind], capture_output=True,
                              timeout=30, check=False).stdout

    # Keyboard and screen

    def x_windows(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True, check=False).stdout.split()
        return [w for w in found if self._area(w) > 100 * 100]

    @staticmethod
    def _area(window):
        shape = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                               capture_output=True, text=True, check=False).stdout
        size = dict(line.split("=") for line in shape.split() if "=" in line)
        return int(size.get("WIDTH", 0)) * int(size.get("HEIGHT", 0))

    def x_window(self, title):
        """The X window of this title."""
        def window():
            for w in self.x_windows():
                name = subprocess.run(["xdotool", "getwindowname", w], capture_output=True,
                                      text=True, check=False).stdout
                if re.search(title, name):
                    return w
            return None
        return wait("a window titled %r" % title, window)

    def resize(self, title, width, height):
        """Gives the window of this title another size, as a person does at its edge."""
        subprocess.run(["xdotool", "windowsize", self.x_window(title), str(width), str(height)], check=True)

    def focus(self, title):
        """Gives the keyboard to the window of this title: without a window manager nobody else does."""
        found = self.x_window(title)
        subprocess.run(["xdotool", "windowraise", found, "windowfocus", "--sync", found], check=False,
                       stderr=subprocess.DEVNULL)

    @staticmethod
    def key(*keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    @staticmethod
    def type(text):
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def decode_qr(self, timeout=10.0):
        """What an independent decoder reads from a screenshot."""
        path = os.path.join(self.home, "qr.png")

        def read():
            self.screenshot(path)
            found = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path],
                                   capture_output=True, text=True, check=False).stdout.split()
            return found[0] if found else None
        return wait("a QR code that zbarimg reads", read, timeout)

    def sees_qr(self):
        path = os.path.join(self.home, "qr.png")
        self.screenshot(path)
        return bool(subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path],
                                   capture_output=True, check=False).stdout)

    def close(self):
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        if self.owns_home:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            print("# what the window showed: %s" % json.dumps(self.all_names()[:120], ensure_ascii=False))
            print("# what it logged: %s" % json.dumps(self.read_log()[-2000:]))
            keep = os.environ.get("VRF_SCREENSHOTS")
            if keep:
                self.screenshot(os.path.join(keep, "failed.png"))
        self.close()


class Sandbox:
    """One running verifa-sandbox on a port it picked itself."""

    def __init__(self, *arguments):
        program = os.path.join(BUILD_ROOT, "src", "sandbox", "verifa-sandbox")
        self.process = subprocess.Popen([program, "--database", ":memory:", *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.url = self.ready["api_url"]
        self.key = self.ready["sandbox_key"]
        self.live_key = self.ready["live_key"]

    def call(self, method, path, body=None):
        """Asks the server by itself, past the desk: gives what it answers."""
        request = urllib.request.Request(
            self.url + "/api/v1" + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-API-Key": self.key, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=15) as reply:
            return json.loads(reply.read() or b"null")

    def sessions(self):
        return self.call("GET", "/sessions")["data"]

    def environment(self, url=None, key=None):
        return {"VERIFA_API_URL": url or self.url, "VERIFA_API_KEY": key or self.key}

    def close(self):
        self.process.terminate()
        self.process.wait(15)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def open_link(url):
    """A visit, as the phone's page makes it when it opens."""
    visit = urllib.request.Request(url, headers={"Accept": "application/json"})
    with urllib.request.urlopen(visit, timeout=15) as page:
        page.read()


def decode_file(path):
    """What an independent decoder reads from a picture."""
    return subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path],
                          capture_output=True, text=True, check=False).stdout.strip()


class Phone:
    """A phone that opens a capture URL and walks the page: headless Chromium, driven by phone.mjs."""

    def __init__(self, url, *arguments):
        script = os.path.join(SOURCE_ROOT, "tests", "e2e", "phone.mjs")
        self.process = subprocess.Popen(["node", script, url, *arguments], stdout=subprocess.PIPE, text=True)

    def report(self):
        """The line it prints as soon as the page says what was waited for."""
        line = self.process.stdout.readline()
        assert line, "the phone said nothing and ended with %s" % self.process.wait(30)
        return json.loads(line)

    def close(self):
        self.process.stdout.close()
        self.process.wait(30)


def run(tests):
    """Runs (title, function) pairs and prints TAP; those whose title has the first argument in it."""
    import sys
    import traceback
    tests = [test for test in tests if len(sys.argv) < 2 or sys.argv[1] in test[0]]
    print("1..%d" % len(tests), flush=True)
    failures = 0
    for number, (title, function) in enumerate(tests, 1):
        try:
            function()
            print("ok %d - %s" % (number, title), flush=True)
        except Exception:
            failures += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print("not ok %d - %s" % (number, title), flush=True)
    sys.exit(1 if failures else 0)
